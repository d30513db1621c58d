"""What a seal's own check came to, whichever algorithm made it."""

from __future__ import annotations

from dataclasses import dataclass, field

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel


@dataclass(frozen=True, slots=True)
class SealStatus:
    """The state of one seal.

    Attributes:
        is_good: Bytes, hash and signature belong together.
        is_trusted: The signer's certificate leads to a trusted root.
        is_permitted: What was added later is what the seal permits.
        path: Certificates from the root to the signer's, without gaps.
    """

    is_good: bool
    is_trusted: bool
    is_permitted: bool
    coverage: SignatureCoverageLevel
    changes: ModificationLevel
    path: tuple[asn1_x509.Certificate, ...] = field(default=(), repr=False)


def of_library(status: PdfSignatureStatus) -> SealStatus:
    """Take over what pyHanko's validator found."""
    path = status.validation_path or ()
    return SealStatus(
        is_good=status.intact and status.valid,
        is_trusted=status.trusted,
        is_permitted=bool(status.docmdp_ok),
        coverage=status.coverage or SignatureCoverageLevel.UNCLEAR,
        changes=status.modification_level or ModificationLevel.OTHER,
        path=tuple(entry for entry in path if isinstance(entry, asn1_x509.Certificate)),
    )
