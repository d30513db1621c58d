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
    signer: str | None = None
    told = [_notice(verdicts)]
    if verdicts == {SignatureVerdict.GOOD}:
        signer = signatures[0].signer
        if not all(each.is_revocation_known for each in signatures):
            told.append(Notice.REVOCATION_UNKNOWN)
    notices = (*reading.notices, *told)
    return replace(reading, notices=notices, signatures=tuple(signatures), signer=signer)


def _notice(verdicts: set[SignatureVerdict]) -> Notice:
    if verdicts & {SignatureVerdict.BROKEN, SignatureVerdict.CHANGED_AFTERWARDS}:
        return Notice.SIGNATURE_BROKEN
    if SignatureVerdict.REVOKED in verdicts:
        return Notice.SIGNATURE_REVOKED
    if verdicts == {SignatureVerdict.GOOD}:
        return Notice.SIGNED_ELECTRONICALLY
    return Notice.SIGNATURE_NOT_TRUSTED
