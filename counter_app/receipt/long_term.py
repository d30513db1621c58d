"""Making a seal outlive its certificate: validation data and a timestamp, added when online.

The counter seals at B-B, offline. The sender, or head office, adds the certificates and revocation
lists (B-LT) and, where there is a timestamp service, a document timestamp (B-LTA); the seal permits
exactly these additions. Source: ETSI EN 319 142-1, 5.4 to 5.6.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.sign.validation import add_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.certificates import to_asn1
from counter_app.receipt.timestamp import HttpTimeStamper
from counter_app.receipt.trust import Trust, load_trust

_FAILED: Final = (
    PdfError,
    SigningError,
    SignatureValidationError,
    TimestampRequestError,
    PathBuildingError,
    PathValidationError,
    ValueError,
    OSError,
)


class LongTermSeal:
    """Extends sealed papers with what the trust folder holds then; see `ports.paper.Extender`.

    Args:
        trust: Folder of roots and revocation lists, as head office hands it out.
        timestamps: Address of a timestamp service, or empty for B-LT without one.
    """

    def __init__(self, trust: Path, timestamps: str = "") -> None:
        self._trust = trust
        self._timestamper = HttpTimeStamper(timestamps) if timestamps else None

    def extend(self, sealed: bytes, now: datetime) -> bytes:
        """Append validation data, and a timestamp where there is a service for it."""
        return with_validation_data(sealed, load_trust(self._trust), now, self._timestamper)


def with_validation_data(
    sealed: bytes, trust: Trust, now: datetime, timestamper: TimeStamper | None = None
) -> bytes:
    """Append validation data to a sealed paper; the sealed bytes stay the beginning of the file.

    Args:
        sealed: A sealed paper.
        trust: Roots and revocation lists to append.
        now: Aware; when this is done.
        timestamper: A timestamp service, or None for B-LT without one.

    Raises:
        CounterError: SEAL_FAILED.
    """
    context = _context(trust, now)
    try:
        seal = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures[0]
        longer = io.BytesIO()
        add_validation_info(seal, context, output=longer)
        if timestamper is None:
            return longer.getvalue()
        stamped = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(longer.getvalue()))
        PdfTimeStamper(timestamper).timestamp_pdf(writer, "sha256", context, output=stamped)
    except (*_FAILED, IndexError) as error:
        raise CounterError(FailureCode.SEAL_FAILED, part="validation_data") from error
    return stamped.getvalue()


def _context(trust: Trust, now: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=[to_asn1(root) for root in trust.roots],
        crls=[crl.public_bytes(Encoding.DER) for crl in trust.revoked],
        moment=now,
        allow_fetching=False,
        retroactive_revinfo=True,
    )
