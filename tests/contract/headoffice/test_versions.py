"""Old counters and a newer head office, newer counters and an old one: nothing is lost between."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.backoffice.answer import Answer
from counter_app.backoffice.failures import read_answer
from counter_app.backoffice.outbox_export import export_outbox
from counter_app.domain.submission import MessageState, MessageType, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.app import attach
from counter_app.headoffice.blob_store import has_blob
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.identity import register
from counter_app.headoffice.import_file import import_outbox
from counter_app.headoffice.station import Station
from counter_app.ports.back_office import Ack, DecisionPage, SkipReason
from counter_app.ports.stop import Stop, never
from counter_app.services.deliver import Delivery
from counter_app.wire.answers import Receipt
from counter_app.wire.case_data import CaseData
from counter_app.wire.envelope import Unsealed, open_message, seal_message
from counter_app.wire.jose import canonical
from counter_app.wire.keys import public_half
from counter_app.wire.version import (
    CURRENT_VERSION,
    FORMS,
    TREATMENT,
    Form,
    Forms,
    Standing,
    wire_type,
)
from counter_app.words.refusals import refusal_words
from tests.contract.backoffice.messages import NOW, Desk
from tests.contract.headoffice.golden.write import HERE, golden_desk
from tests.contract.headoffice.intake import DIGEST, Intake, opened, problem_of
from tests.faults.simulation.counters import Pictures
from tests.faults.simulation.memory_outbox import MemoryOutbox

VERSIONS = sorted(int(folder.name[1:]) for folder in HERE.glob("v*"))


class CaseV2(CaseData):
    """A planted second version: the reason has another name, and there is something new."""

    reason: str = ""
    why: str
    branch_mood: str


class FormV2(Form):
    """Reads the planted versions into the form that head office works with."""

    def case(self, text: str) -> CaseData:
        value = json.loads(text)
        value["reason"] = value.pop("why")
        return super().case(json.dumps(value))


def later(newest: int) -> Forms:
    """Return what a head office reads whose newest version is this one."""
    return Forms({1: Form()} | {number: FormV2() for number in range(2, newest + 1)})


class GrownCase(CaseData):
    """The present version with one more optional field."""

    branch_mood: str = ""


def resealed(desk: Desk, message: OutboxMessage, case: CaseData, version: int) -> OutboxMessage:
    """Seal a message again, its case in another form."""
    read = open_message(message.payload, public_half(desk.signing_key), desk.institution_key)
    assert read.personal is not None
    unsealed = Unsealed(
        message_id=message.message_id,
        case_id=message.case_id,
        type=message.type,
        lane=message.lane,
        prev=message.prev,
        terminal=read.case.terminal_sn,
        device_time=read.envelope.devicetime,
        device_epoch=read.envelope.deviceepoch,
        case=case,
        personal=read.personal,
        version=version,
    )
    return replace(message, payload=seal_message(unsealed, desk.keys))


def message_of(desk: Desk, version: int, form: type[CaseData] = CaseV2) -> OutboxMessage:
    """Seal a message as a counter of a later version would."""
    message = desk.message()
    read = open_message(message.payload, public_half(desk.signing_key), None)
    renamed = {"why": read.case.reason, "reason": ""} if form is CaseV2 else {}
    fields = {**read.case.model_dump(), **renamed, "branch_mood": "fair"}
    return resealed(desk, message, form.model_validate(fields), version)


@contextmanager
def office(folder: Path, forms: Forms) -> Iterator[Intake]:
    (folder / "institution.key").write_bytes(golden_desk().institution_key)
    with opened(sqlite_url(folder / "office.db"), folder) as made:
        station = replace(made.station, forms=forms)
        attach(made.client.app, station)
        yield Intake(station, made.client, made.desk)


@pytest.mark.parametrize(
    ("newest", "expected"),
    [(1, "current"), (2, "supported"), (3, "deprecated"), (4, "retired"), (9, "retired")],
)
def test_a_version_grows_old_by_one_table(newest: int, expected: str) -> None:
    assert later(newest).standing(1) == expected
    assert later(newest).standing(newest + 1) is Standing.UNKNOWN
    assert set(TREATMENT) == set(Standing)


@pytest.mark.parametrize("newest", [1, 2, 3])
def test_the_newest_version_and_two_before_it_are_taken_in(tmp_path: Path, newest: int) -> None:
    with office(tmp_path, later(newest)) as intake:
        assert intake.put(intake.desk.message()).status_code == 201
        for version in range(2, newest + 1):
            assert intake.put(message_of(intake.desk, version)).status_code == 201
        too_new = message_of(intake.desk, newest + 1)
        assert problem_of(intake.put(too_new)) == "unknown-version later"
        assert intake.stored() == newest


def test_the_third_before_the_newest_is_refused_but_not_lost(tmp_path: Path) -> None:
    with office(tmp_path, later(3)) as intake:
        held = intake.desk.message()
        assert intake.put(held).status_code == 201
        attach(intake.client.app, replace(intake.station, forms=later(4)))
        late = intake.desk.message()
        assert problem_of(intake.put(late)) == "version-retired never"
        assert intake.put(held).status_code == 200, "what is held is acknowledged for ever"
        other = problem_of(intake.put(held, held.payload + b"\n"))
        assert other == "idempotency-mismatch never"


def test_what_is_retired_still_comes_in_by_hand(tmp_path: Path) -> None:
    with office(tmp_path, later(4)) as intake:
        enrol_golden(intake.station)
        report = import_outbox(intake.station, HERE / "v1" / "stick.outbox")
        assert report.refused == ()
        assert report.stored == len(list((HERE / "v1").glob("*.json")))


def test_whatever_a_newer_counter_sends_waits_for_head_office(tmp_path: Path) -> None:
    """An older head office cannot know the shape; to call it broken would be final."""
    with office(tmp_path, FORMS) as intake:
        message = intake.desk.message()
        shapes: list[dict[str, object]] = [
            {"type": "counter.case.phone-rebind.v2"},
            {"type": "counter.case.iris-scan.v1"},
            {"type": "counter.case.phone-rebind.v2", "attachments": [], "prev": {"lane": 1}},
            {"type": "counter.case.phone-rebind.v7", "data": "AAAA", "id": 5},
        ]
        for shape in shapes:
            payload = canonical({**json.loads(message.payload), **shape})
            assert problem_of(intake.put(message, payload)) == "unknown-version later"
        assert intake.put(message).status_code == 201


def test_an_optional_field_of_a_newer_counter_does_no_harm(tmp_path: Path) -> None:
    with office(tmp_path, FORMS) as intake:
        grown = message_of(intake.desk, CURRENT_VERSION, GrownCase)
        assert json.loads(grown.payload)["data"]["case"]["branch_mood"] == "fair"
        assert intake.put(grown).status_code == 201


class OverTheLine:
    """A counter's way to a station, with the counter's own reading of answers."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake

    def put_blob(self, sha256: str, data: bytes, stop: Stop) -> None:
        raise AssertionError

    def put_message(self, message: OutboxMessage, stop: Stop) -> Ack:
        heard = self.intake.put(message)
        answer = Answer(heard.status_code, heard.headers, heard.content)
        receipt = read_answer(answer, Receipt)
        return Ack(receipt.epoch, receipt.servertime)

    def skip(self, message_id: str, reason: SkipReason, stop: Stop) -> None:
        raise AssertionError

    def decisions(self, after: int, stop: Stop, wait_s: float) -> DecisionPage:
        return DecisionPage((), after, self.intake.station.epoch, NOW)


@pytest.mark.expects_warnings
def test_a_newer_counter_holds_its_cases_until_head_office_is_brought_up_to_date(
    tmp_path: Path,
) -> None:
    with office(tmp_path, FORMS) as intake:
        outbox, line = MemoryOutbox(), OverTheLine(intake)
        first = message_of(intake.desk, 2)
        other = intake.desk.message(lane="102110054990002")
        outbox.add_message(first)
        outbox.add_message(other)
        sender = Delivery(outbox, Pictures(), line, lambda: 0.5)
        for tick in range(5):
            sender.step(NOW, float(tick), never())
        held = outbox.message(first.message_id)
        assert (held.state, held.reason) == (MessageState.HELD, "unknown-version")
        assert "总部升级" in refusal_words(held.reason).advice
        assert outbox.message(other.message_id).state is MessageState.ACKED
        attach(intake.client.app, replace(intake.station, forms=later(2)))
        for tick in range(400, 405):
            sender.step(NOW + timedelta(seconds=tick), float(tick), never())
        assert outbox.message(first.message_id).state is MessageState.ACKED
        assert intake.stored() == 2


@pytest.mark.expects_warnings
def test_an_old_counter_that_is_refused_says_what_to_do(tmp_path: Path) -> None:
    with office(tmp_path, later(4)) as intake:
        outbox = MemoryOutbox()
        late = intake.desk.message()
        outbox.add_message(late)
        sender = Delivery(outbox, Pictures(), OverTheLine(intake), lambda: 0.5)
        for tick in range(5):
            sender.step(NOW, float(tick), never())
        frozen = outbox.message(late.message_id)
        assert (frozen.state, frozen.reason) == (MessageState.FROZEN, "version-retired")
        assert "U盘" in refusal_words(frozen.reason).advice
        path = tmp_path / "late.outbox"
        export_outbox(path, [one.message for one in outbox.waiting()], gone, intake.desk.keys, NOW)
        assert import_outbox(intake.station, path).stored == 1


def gone(_sha256: str) -> bytes:
    raise CounterError(FailureCode.IMAGE_UNKNOWN)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_earlier_release_sealed_is_taken_in(tmp_path: Path, version: int) -> None:
    with office(tmp_path, FORMS) as intake:
        enrol_golden(intake.station)
        counter = {"Counter-Id": golden_desk().counter}
        folder = HERE / f"v{version}"
        (image,) = folder.glob("*.jose")
        assert intake.put_blob(image.stem, image.read_bytes(), **counter).status_code == 201
        kinds = set()
        for file in sorted(folder.glob("*.json")):
            message_id = file.stem.partition("-")[2]
            message = replace(intake.desk.message(), message_id=message_id)
            answer = intake.put(message, file.read_bytes(), **counter)
            assert (answer.status_code, answer.json()["missing"]) == (201, [])
            kinds.add(json.loads(file.read_bytes())["type"])
        assert kinds <= {wire_type(kind, version) for kind in MessageType}
        with intake.station.database.reading() as connection:
            assert has_blob(connection, golden_desk().counter, DIGEST)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_part_that_an_earlier_release_wrote_is_still_read(version: int) -> None:
    desk = golden_desk()
    first = min((HERE / f"v{version}").glob("0-*.json"))
    raw = json.loads(first.read_bytes())["data"]["case"]
    read = open_message(first.read_bytes(), public_half(desk.signing_key), desk.institution_key)
    assert read.case.model_dump(mode="json", exclude_defaults=True) == raw
    assert read.personal is not None
    assert read.personal.new_phone == "13900000002"
    assert set(raw) >= set(CaseData.model_fields) - {"corrects", "retention_class"}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_stick_of_an_earlier_release_is_read(tmp_path: Path, version: int) -> None:
    path = tmp_path / "from the branch.outbox"
    shutil.copyfile(HERE / f"v{version}" / "stick.outbox", path)
    with office(tmp_path, FORMS) as intake:
        enrol_golden(intake.station)
        report = import_outbox(intake.station, path)
        assert report.refused == ()
        assert report.stored == len(list((HERE / f"v{version}").glob("*.json")))
        with intake.station.database.reading() as connection:
            assert has_blob(connection, golden_desk().counter, DIGEST)


def test_this_release_writes_no_version_that_is_not_kept() -> None:
    assert max(VERSIONS) == CURRENT_VERSION == FORMS.newest


def enrol_golden(station: Station) -> None:
    """Enrol the counter whose messages are kept."""
    desk = golden_desk()
    with station.database.writing() as connection:
        register(connection, desk.counter, public_half(desk.signing_key), station.now())
