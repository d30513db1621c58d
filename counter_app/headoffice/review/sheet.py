"""One case as the review page shows it: all its messages, images and decisions together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from counter_app.domain.submission import EVIDENCE, MessageType
from counter_app.headoffice.blob_store import get_blob, has_blob
from counter_app.headoffice.deciding import ABOUT_THE_CHANGE, is_newest
from counter_app.headoffice.review.letter import LetterFact, letter_facts
from counter_app.headoffice.schema import counters, decisions, messages, signing_keys
from counter_app.wire.case_data import CaseData, ImageRef, PersonalData
from counter_app.wire.envelope import Opened, SealBrokenError, open_blob, open_message

_SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "application/pdf"})


@dataclass(frozen=True, slots=True)
class Picture:
    """One image of a case; `is_here` is False until it was received.

    Attributes:
        message_id: The message that brought it.
    """

    ref: ImageRef
    is_here: bool
    message_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was decided."""

    at: datetime
    by: str
    verdict: str
    reason_code: str
    reason_text: str = field(repr=False)
    next_action: str = field(repr=False)
    wanted: tuple[str, ...]
    deadline: date | None
    channels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another message of the same case: a withdrawal, more documents, a swap."""

    message_id: str
    type: str
    verdict: str


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """Everything the page shows of one message.

    Attributes:
        case: None when the seal does not hold.
        personal: None when the seal does not hold or the institution's key is not here.
        pictures: What this message brought.
        earlier: What messages before it brought for the same change.
        signed: Pages with the customer's signature, in the order in which they came.
        is_newest: False when later documents of the same case came; those are decided on.
    """

    counter: str
    message_id: str
    acceptance_no: str
    case_id: str
    lane: str
    type: str
    verdict: str
    received_at: datetime
    not_before: datetime | None
    case: CaseData | None
    personal: PersonalData | None = field(repr=False)
    pictures: tuple[Picture, ...] = ()
    earlier: tuple[Picture, ...] = ()
    signed: tuple[Picture, ...] = ()
    is_newest: bool = True
    events: tuple[Event, ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def is_evidence(self) -> bool:
        """Say whether it only belongs to a case and is not decided on."""
        return self.type in EVIDENCE

    @property
    def letter(self) -> tuple[LetterFact, ...]:
        """The checks of the delegation letter; none without a letter."""
        return () if self.case is None else letter_facts(self.case)


def read_sheet(
    connection: Connection, counter: str, message_id: str, key: bytes | None
) -> CaseSheet | None:
    """Read one message, or None when it is unknown."""
    row = connection.execute(
        with_key().where(messages.c.counter == counter, messages.c.message_id == message_id)
    ).first()
    if row is None:
        return None
    opened = opened_of(row, key)
    return CaseSheet(
        counter=counter,
        message_id=message_id,
        acceptance_no=row.acceptance_no,
        case_id=row.case_id,
        lane=row.lane,
        type=row.type,
        verdict=row.verdict,
        received_at=row.received_at,
        not_before=row.not_before,
        case=None if opened is None else opened.case,
        personal=None if opened is None else opened.personal,
        pictures=_pictures(connection, row, opened),
        earlier=_earlier(connection, row),
        signed=_signed(connection, row),
        is_newest=_is_newest(connection, row.seq),
        events=_events(connection, counter, row.case_id, row.seq),
        related=_related(connection, counter, message_id, row.case_id),
    )


def read_picture(
    connection: Connection, counter: str, message_id: str, sha256: str, key: bytes
) -> tuple[bytes, str] | None:
    """Open an image that a message names; returns its bytes and media type, or None."""
    sheet = read_sheet(connection, counter, message_id, None)
    if sheet is None or sheet.case is None:
        return None
    refs = [ref for ref in sheet.case.images if ref.sha256 == sha256]
    sealed = get_blob(connection, counter, sha256) if refs else None
    if sealed is None or refs[0].media_type not in _SHOWN_TYPES:
        return None
    try:
        return open_blob(sealed, sha256, key), refs[0].media_type
    except SealBrokenError:
        return None


def with_key() -> Select[Any]:
    """Select messages with the key that each was signed with."""
    key = func.coalesce(signing_keys.c.signing_key, counters.c.signing_key).label("signing_key")
    return (
        select(messages, key)
        .join(counters, counters.c.counter == messages.c.counter)
        .outerjoin(
            signing_keys,
            and_(
                signing_keys.c.counter == messages.c.counter,
                signing_keys.c.key_id == messages.c.key_id,
            ),
        )
    )


def opened_of(row: Row[Any], key: bytes | None) -> Opened | None:
    """Open a message, or return None when its seal does not hold."""
    try:
        return open_message(row.payload, row.signing_key.encode(), key)
    except SealBrokenError:
        return None


def _pictures(connection: Connection, row: Row[Any], opened: Opened | None) -> tuple[Picture, ...]:
    if opened is None:
        return ()
    return tuple(
        Picture(ref, has_blob(connection, row.counter, ref.sha256), row.message_id)
        for ref in sorted(opened.case.images, key=lambda one: one.ref.endswith(".original"))
    )


def _earlier(connection: Connection, row: Row[Any]) -> tuple[Picture, ...]:
    if row.type not in ABOUT_THE_CHANGE:
        return ()
    before = connection.execute(
        with_key()
        .where(
            messages.c.counter == row.counter,
            messages.c.case_id == row.case_id,
            messages.c.type.in_(ABOUT_THE_CHANGE),
            messages.c.seq < row.seq,
        )
        .order_by(messages.c.seq.desc())
    ).all()
    return tuple(
        picture for one in before for picture in _pictures(connection, one, opened_of(one, None))
    )


def _signed(connection: Connection, row: Row[Any]) -> tuple[Picture, ...]:
    if row.type == MessageType.SIGNED_COPY:
        return ()
    copies = connection.execute(
        with_key()
        .where(
            messages.c.counter == row.counter,
            messages.c.case_id == row.case_id,
            messages.c.type == MessageType.SIGNED_COPY.value,
        )
        .order_by(messages.c.seq)
    ).all()
    return tuple(
        picture for one in copies for picture in _pictures(connection, one, opened_of(one, None))
    )


def _is_newest(connection: Connection, seq: int) -> bool:
    query = select(messages.c.seq).where(messages.c.seq == seq, is_newest())
    return connection.execute(query).first() is not None


def _events(connection: Connection, counter: str, case_id: str, seq: int) -> tuple[Event, ...]:
    """Read what was decided on this message and on those of its case before it."""
    rows = connection.execute(
        select(decisions)
        .join(
            messages,
            and_(
                messages.c.counter == decisions.c.counter,
                messages.c.message_id == decisions.c.message_id,
            ),
        )
        .where(decisions.c.counter == counter, messages.c.case_id == case_id, messages.c.seq <= seq)
        .order_by(decisions.c.cursor)
    )
    return tuple(
        Event(
            at=row.decided_at,
            by=row.decided_by,
            verdict=row.verdict,
            reason_code=row.reason_code,
            reason_text=row.reason_text,
            next_action=row.next_action,
            wanted=tuple(row.wanted or ()),
            deadline=row.deadline,
            channels=tuple(row.channels.items()),
        )
        for row in rows
    )


def _related(
    connection: Connection, counter: str, message_id: str, case_id: str
) -> tuple[Related, ...]:
    rows = connection.execute(
        select(messages.c.message_id, messages.c.type, messages.c.verdict)
        .where(
            messages.c.counter == counter,
            messages.c.case_id == case_id,
            messages.c.message_id != message_id,
            messages.c.type.not_in([kind.value for kind in EVIDENCE]),
        )
        .order_by(messages.c.seq)
    )
    return tuple(Related(row.message_id, row.type, row.verdict) for row in rows)
