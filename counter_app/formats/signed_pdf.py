"""What pyHanko raises for files that are damaged, for whoever judges a signature of a PDF file."""

from __future__ import annotations

import logging
import zlib

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError

BAD_FILE = (
    PdfError,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What its parser raises: it trusts what it reads (found by fuzzing)."""

BAD_SIGNATURE = (
    CMSExtractionError,
    SignatureValidationError,
    ValidationInfoReadingError,
    *BAD_FILE,
)
"""What taking a signature apart and judging it raises besides."""

for _library in ("pyhanko", "pyhanko_certvalidator"):
    # What they find is in the verdict; their tracebacks would only frighten the clerk.
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False
