"""What the signatures of an electronic letter make of its reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.electronic_signature import ElectronicSignature, SignatureVerdict
from counter_app.domain.reading import Notice, Reading


def with_signatures(reading: Reading, signatures: Sequence[ElectronicSignature]) -> Reading:
    """Return the reading with what the signatures say; the signer only where every one holds."""
    if not signatures:
        return reading
    verdicts = {each.verdict for each in signatures}
    good = (each.signer for each in signatures if each.verdict is SignatureVerdict.GOOD)
    if verdicts & {SignatureVerdict.BROKEN, SignatureVerdict.CHANGED_AFTERWARDS}:
        notice, signer = Notice.SIGNATURE_BROKEN, None
    elif verdicts == {SignatureVerdict.GOOD}:
        notice, signer = Notice.SIGNED_ELECTRONICALLY, next(good)
    else:
        notice, signer = Notice.SIGNATURE_NOT_TRUSTED, None
    notices = (*reading.notices, notice)
    return replace(reading, notices=notices, signatures=tuple(signatures), signer=signer)
