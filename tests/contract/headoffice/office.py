"""A head office with cases in it, for the review page's tests."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.domain.submission import MessageType, OutboxMessage
from counter_app.headoffice import embedded, manage
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.review.letter import IDS
from counter_app.headoffice.schema import messages
from counter_app.headoffice.station import institution_key
from counter_app.ports.stop import never
from counter_app.wire.case_data import Check, ChipProof, Delegation, LetterCheck
from counter_app.wire.keys import public_half
from tests.contract.backoffice.conftest import address_of
from tests.contract.backoffice.messages import Desk
from tests.contract.headoffice.receipts import Stationery, stationery

REVIEWER, PASSWORD = "shen", "correct horse 7"
EVIL = '<script>document.title="owned"</script><img src=x onerror=alert(1)>'


def picture(label: str, size: tuple[int, int] = (640, 404)) -> bytes:
    """Draw a stand-in for a photographed document."""
    image = Image.new("RGB", size, "#dbe6ee")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((20, 20, size[0] - 20, size[1] - 20), 24, fill="#f7fafc", outline="#8aa")
    draw.text((60, 60), label, fill="#345", font_size=34)
    for row in range(5):
        draw.rectangle((60, 140 + row * 44, 360 - row * 30, 158 + row * 44), fill="#c5d2dc")
    draw.rectangle((440, 120, 580, 300), fill="#b9c8d4")
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


CHIP_PROOFS = (
    ChipProof(owner="principal", check="signature", state="verified"),
    ChipProof(owner="agent", check="issuer", state="not_verified", reason="issuer_unknown"),
    ChipProof(owner="agent", check="original", state="failed", reason="proof_wrong"),
    ChipProof(owner="agent", check="iris", state="verified"),
)
LETTER_FINDINGS = (
    Check(id="A10.third_party_number", result="found", severity="review"),
    Check(id="A16.altered", result="found", severity="review"),
)
LETTER = Delegation(
    kind="signed",
    letter_hash="L-1",
    letter_no="L110199-26-000012",
    original=True,
    matters=("change_phone",),
    starts_on=date(2026, 11, 20),
    ends_on=date(2026, 12, 20),
    checks=tuple(
        LetterCheck(id=name, verdict={"A10": "caution", "A16": "caution"}.get(name, "good"))
        for name in IDS
    ),
)


@dataclass
class Filled:
    """A running head office, the counter that sent the cases, and its messages."""

    office: embedded.EmbeddedOffice
    database: Database
    desk: Desk
    sent: list[OutboxMessage]
    papers: Stationery

    def age(self, message: OutboxMessage, age: timedelta) -> None:
        """Make a message look older."""
        with self.database.writing() as connection:
            connection.execute(
                messages.update()
                .where(messages.c.message_id == message.message_id)
                .values(received_at=datetime.now(UTC) - age)
            )


def fill(folder: Path, count: int = 6) -> Filled:
    """Start a head office, which believes a demonstration branch, and send it cases."""
    papers = stationery(folder / "pki")
    desk = Desk(institution_key=institution_key(folder))
    options = embedded.EmbeddedOptions(
        decide=embedded.Deciding.MANUAL,
        counters={desk.counter: public_half(desk.signing_key)},
        program="counter_app.bootstrap.office_process",
        trust=papers.trust,
    )
    office = embedded.start(folder, options)
    database = Database(sqlite_url(folder / "headoffice.db"))
    manage.add_reviewer(database, REVIEWER, PASSWORD, datetime.now(UTC))
    client = HttpBackOffice(address_of(desk, office.url))
    sent = []
    for number in range(count):
        images = (
            picture(f"ID card, front {number}"),
            picture(f"ID card, back {number}"),
            picture(f"Letter {number}", (420, 594)),
        )
        name = EVIL if number == 1 else "样本甲"
        kind = MessageType.TERMINAL_SWAP if number == 3 else MessageType.PHONE_REBIND
        case_id = sent[3].case_id if number == 7 else None
        proofs = CHIP_PROOFS if number == 6 else ()
        letter = {"delegation": LETTER, "checks": LETTER_FINDINGS} if number == 4 else {}
        message = desk.message(
            images=images, name=name, type=kind, case_id=case_id, chip_proofs=proofs, **letter
        )
        for data in images[: 2 if number == 2 else 3]:
            client.put_blob(sha256(data).hexdigest(), data, never())
        client.put_message(message, never())
        sent.append(message)
    client.close()
    return Filled(office, database, desk, sent, papers)
