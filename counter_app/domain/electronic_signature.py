"""What a digital signature on an electronic letter says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SignatureVerdict(StrEnum):
    """Whether a signature holds, best first."""

    GOOD = "GOOD"
    UNKNOWN_AUTHORITY = "UNKNOWN_AUTHORITY"
    OUT_OF_TIME = "OUT_OF_TIME"
    REVOKED = "REVOKED"
    CHANGED_AFTERWARDS = "CHANGED_AFTERWARDS"
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class ElectronicSignature:
    """One signature.

    Attributes:
        signer: The name in the certificate; empty where it cannot be read.
        verdict: Whether it holds. Only GOOD proves who signed.
        signed_at: As the signature itself states, or None.
        is_revocation_known: A list or an answer of the authority shows that the certificate was
            not revoked, or that it was; false where there is neither.
    """

    signer: str = field(repr=False)
    verdict: SignatureVerdict
    signed_at: datetime | None = None
    is_revocation_known: bool = False
