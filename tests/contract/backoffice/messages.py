"""Messages of invented people, sealed for real."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import uuid_utils

from counter_app.domain.submission import MessageType, OutboxMessage
from counter_app.services.outgoing_message import Outgoing, closed_message
from counter_app.wire.case_data import (
    CaseData,
    Check,
    Delegation,
    ImageRef,
    Person,
    PersonalData,
    Presenter,
    Risk,
)
from counter_app.wire.keys import SealingKeys, new_institution_key, new_signing_key, public_half

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LANE = "102110054990001"
INSTITUTION_KEY = new_institution_key()
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass
class Desk:
    """A counter that seals messages: its keys and the last message of each lane."""

    counter: str = "110199-07"
    signing_key: bytes = field(default_factory=new_signing_key)
    institution_key: bytes = INSTITUTION_KEY
    last: dict[str, str] = field(default_factory=dict)
    made: int = 0

    @property
    def keys(self) -> SealingKeys:
        return SealingKeys(self.counter, self.signing_key, public_half(self.institution_key))

    def last_in_lane(self, lane: str) -> str | None:
        return self.last.get(lane)

    def device_epoch(self) -> str:
        return "e1"

    def message(
        self,
        *,
        lane: str = LANE,
        images: tuple[bytes, ...] = (),
        type: MessageType = MessageType.PHONE_REBIND,  # noqa: A002
        name: str = "样本甲",
        corrects: str | None = None,
        case_id: str | None = None,
        **more: object,
    ) -> OutboxMessage:
        """Seal the next message of a lane."""
        self.made += 1
        message_id = str(uuid_utils.uuid7())
        usual: dict[str, object] = {
            "out_request_no": message_id,
            "acceptance_no": f"110199-20261123-07-{self.made:04d}",
            "merchant_no": lane,
            "created_at": NOW + timedelta(minutes=self.made),
            "images": image_refs(images),
            "corrects": corrects,
        }
        case = case_of(**{**usual, **more})
        told = Outgoing(message_id, case_id or message_id, type, case, person(name))
        message = closed_message(self, told, self.keys)
        self.last[lane] = message_id
        return message


def image_refs(images: tuple[bytes, ...]) -> tuple[ImageRef, ...]:
    return tuple(
        ImageRef(
            ref=f"image.{n}",
            sha256=sha256(data).hexdigest(),
            media_type="image/png",
            size=len(data),
        )
        for n, data in enumerate(images)
    )


def case_of(**values: object) -> CaseData:
    """A delegated case as a counter tells it; `values` by field name."""
    told: dict[str, object] = {
        "terminal_sn": "N500W00012345",
        "reason": "02",
        "clerk": "c01",
        "provider": "lakala",
        "presenter": Presenter(role="agent", id_type="resident_id", method="chip"),
        "delegation": Delegation(kind="signed", letter_hash="L-1", matters=("change_phone",)),
        "checks": (
            Check(id="A3.scope", result="PASS"),
            Check(id="A13.callback", result="NEED"),
        ),
        "risk": Risk(score=20, band="low", signals=("R8",)),
        "linked_channels": ("unionpay", "alipay", "wechat"),
    }
    return CaseData(**{**told, **values})  # type: ignore[arg-type]  # field names


def person(name: str) -> PersonalData:
    return PersonalData(
        merchant_name="样本小吃店",
        principal=Person(name=name, id_type="resident_id", id_number="110199199003070017"),
        old_phone="13900000001",
        new_phone="13900000002",
    )
