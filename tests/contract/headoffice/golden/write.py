"""What a release sealed, kept as bytes: `python -m tests.contract.headoffice.golden.write`.

Run once when a version is new; the files are never written again. The keys are made from fixed
numbers, so that the files can be opened for ever and no key lies in the repository.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.backoffice.outbox_export import export_outbox
from counter_app.domain.submission import MessageType, OutboxMessage
from counter_app.wire.case_data import (
    ChipProof,
    Consent,
    Delegation,
    LetterCheck,
    Notary,
    Otp,
    ReceiptRef,
    ReplacedTerminal,
    Review,
)
from counter_app.wire.envelope import seal_blob
from counter_app.wire.keys import public_half
from counter_app.wire.version import CURRENT_VERSION
from tests.contract.backoffice.messages import PNG, Desk

HERE = Path(__file__).parent
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PARTS = {
    "reason_text": "号码已注销",
    "merchant_type": "sole_proprietor",
    "terminal_id": "10000001",
    "subject_hash": "92110199MA00ABCD4U",
    "chip_proofs": (
        ChipProof(owner="agent", check="issuer", state="not_verified", reason="issuer_unknown"),
    ),
    "delegation": Delegation(
        kind="notarised",
        letter_hash="0" * 64,
        letter_no="L110199-26-000012",
        original=True,
        matters=("change_phone", "collect_receipt"),
        starts_on=date(2026, 11, 20),
        ends_on=date(2026, 12, 20),
        notary=Notary(
            number="(2026)样证字第1号",
            office="样本公证处",
            day=date(2026, 11, 19),
            verified=True,
            issued_in="mainland",
        ),
        checks=(LetterCheck(id="A1", verdict="good"), LetterCheck(id="A16", verdict="caution")),
    ),
    "consents": (Consent(document="notice", version="2026-11", time=AT),),
    "otp": Otp(old="verified", new="passed"),
    "reviews": (Review(reviewer="s01", decision="approve", time=AT, reason="已核对"),),
    "receipt": ReceiptRef(sha256="1" * 64, printed_at=AT, copies=2, signed="pad"),
    "replaced_terminal": ReplacedTerminal(old_sn="N500W00012345", new_sn="N500W00054321"),
    "rule_pack": "lakala/3",
    "notice_version": "2026-11",
    "deadline": AT + timedelta(days=5),
    "not_before": AT + timedelta(hours=24),
}
"""Every part of a case that the builder of messages leaves out."""


def golden_desk() -> Desk:
    """Return the counter that sealed the kept messages."""
    signing = Ed25519PrivateKey.from_private_bytes(sha256(b"golden counter").digest())
    number = int.from_bytes(sha256(b"golden institution").digest()) >> 8
    return Desk("110199-42", _pem(signing), _pem(derive_private_key(number, SECP256R1())))


def _pem(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def sealed_now() -> list[OutboxMessage]:
    """Seal one message of every type, the first with every part, all of one lane."""
    desk = golden_desk()
    first = desk.message(images=(PNG,), **PARTS)
    later = [
        desk.message(type=kind, case_id=first.case_id, corrects=first.message_id)
        for kind in MessageType
        if kind is not MessageType.PHONE_REBIND
    ]
    return [first, *later]


def main() -> None:
    """Write what this release seals, unless its version is kept already."""
    folder = HERE / f"v{CURRENT_VERSION}"
    folder.mkdir()
    desk, sent = golden_desk(), sealed_now()
    for number, message in enumerate(sent):
        (folder / f"{number}-{message.message_id}.json").write_bytes(message.payload)
    sealed = seal_blob(PNG, public_half(desk.institution_key))
    (folder / f"{sha256(PNG).hexdigest()}.jose").write_bytes(sealed)
    export_outbox(folder / "stick.outbox", sent, lambda _: PNG, desk.keys, AT)


if __name__ == "__main__":
    main()
