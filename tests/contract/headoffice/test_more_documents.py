"""Documents added later: one case, decided once, on what came last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.domain.submission import MessageType, OutboxMessage, Verdict
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.deciding import Judgement, answers_after, decide
from counter_app.headoffice.identity import Caller, IdentityMode, register
from counter_app.headoffice.review.reading import Filter, counts, list_rows
from counter_app.headoffice.review.sheet import read_sheet
from counter_app.headoffice.station import Station, open_station
from counter_app.headoffice.taking_in import keep_image, read_incoming, take_in
from counter_app.wire.envelope import seal_blob
from counter_app.wire.keys import public_half
from tests.contract.backoffice.messages import PNG, Desk
from tests.contract.headoffice.office import picture

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ASKED = Judgement(
    Verdict.NEED_MORE, "shen", "UNCLEAR", "", "请重拍", (), ("letter",), date(2026, 11, 30)
)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = open_station(sqlite_url(tmp_path / "office.db"), tmp_path, IdentityMode.HEADER)
    yield opened
    opened.database.close()


@pytest.fixture
def desk(station: Station) -> Desk:
    assert station.institution_key is not None
    made = Desk(institution_key=station.institution_key)
    with station.database.writing() as connection:
        register(connection, made.counter, public_half(made.signing_key), AT)
    return made


def send(station: Station, desk: Desk, message: OutboxMessage, *images: bytes) -> None:
    caller = Caller(desk.counter, (public_half(desk.signing_key),))
    for data in images:
        digest = sha256(data).hexdigest()
        sealed = seal_blob(data, public_half(desk.institution_key))
        keep_image(station, desk.counter, digest, sealed)
    take_in(station, read_incoming(message.payload, message.message_id, caller))


def judge(database: Database, message: OutboxMessage, judgement: Judgement) -> bool:
    with database.writing() as connection:
        return decide(connection, "110199-07", message.message_id, judgement, AT)


@pytest.fixture
def both(station: Station, desk: Desk) -> tuple[OutboxMessage, OutboxMessage]:
    """A case of which more was asked, and the documents that came then."""
    first = desk.message(images=(PNG,))
    send(station, desk, first, PNG)
    assert judge(station.database, first, ASKED)
    added = picture("letter once more")
    more = desk.message(
        images=(added,),
        type=MessageType.MORE_DOCUMENTS,
        case_id=first.case_id,
        corrects=first.message_id,
    )
    send(station, desk, more, added)
    return first, more


def test_the_answer_says_what_to_bring_and_by_when(
    station: Station, both: tuple[OutboxMessage, OutboxMessage]
) -> None:
    with station.database.reading() as connection:
        (answer,) = answers_after(connection, "110199-07", 0)
    assert (answer.wanted, answer.deadline) == (["letter"], date(2026, 11, 30))


def test_only_what_came_last_waits(
    station: Station, both: tuple[OutboxMessage, OutboxMessage]
) -> None:
    with station.database.reading() as connection:
        waiting = list_rows(connection, Filter(), station.institution_key, AT)
        asked = list_rows(connection, Filter("NEED_MORE"), station.institution_key, AT)
        numbers = counts(connection)
    assert [row.message_id for row in waiting] == [both[1].message_id]
    assert asked == []
    assert numbers == {"RECEIVED": 1}


def test_new_documents_stand_before_the_earlier_ones(
    station: Station, both: tuple[OutboxMessage, OutboxMessage]
) -> None:
    first, more = both
    with station.database.reading() as connection:
        sheet = read_sheet(connection, "110199-07", more.message_id, station.institution_key)
        before = read_sheet(connection, "110199-07", first.message_id, station.institution_key)
    assert sheet is not None
    assert before is not None
    assert [one.ref.sha256 for one in sheet.pictures] == list(more.blobs)
    assert [one.message_id for one in sheet.earlier] == [first.message_id]
    assert [event.verdict for event in sheet.events] == ["NEED_MORE"]
    assert (before.is_newest, before.earlier) == (False, ())


def test_the_earlier_message_is_not_decided_any_more(
    station: Station, both: tuple[OutboxMessage, OutboxMessage]
) -> None:
    first, more = both
    assert not judge(station.database, first, Judgement(Verdict.REJECTED, "shen", "OTHER"))
    assert judge(station.database, more, Judgement(Verdict.APPLIED, "shen"))
    assert not judge(station.database, more, Judgement(Verdict.REJECTED, "shen", "OTHER"))
    with station.database.reading() as connection:
        verdicts = [one.verdict for one in answers_after(connection, "110199-07", 0)]
        sheet = read_sheet(connection, "110199-07", first.message_id, station.institution_key)
    assert verdicts == [Verdict.NEED_MORE, Verdict.APPLIED]
    assert sheet is not None
    assert sheet.verdict == "APPLIED"


def test_more_can_be_asked_for_twice(
    station: Station, desk: Desk, both: tuple[OutboxMessage, OutboxMessage]
) -> None:
    first, more = both
    assert judge(station.database, more, ASKED)
    again = desk.message(images=(PNG,), type=MessageType.MORE_DOCUMENTS, case_id=first.case_id)
    send(station, desk, again, PNG)
    assert not judge(station.database, more, ASKED)
    assert judge(station.database, again, Judgement(Verdict.IN_PROCESS, "shen"))
    with station.database.reading() as connection:
        numbers = counts(connection)
    assert numbers == {"IN_PROCESS": 1}
