"""A signed file on a stick, from the counter's queue into head office."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.backoffice.outbox_export import export_outbox
from counter_app.domain.submission import OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.import_file import import_outbox
from counter_app.wire.envelope import SealBrokenError
from counter_app.wire.keys import new_signing_key
from tests.canaries import CANARIES
from tests.contract.backoffice.messages import NOW, PNG, Desk
from tests.contract.headoffice.intake import Intake, opened


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with opened(sqlite_url(tmp_path / "office.db"), tmp_path) as made:
        yield made


def _written(intake: Intake, path: Path) -> list[OutboxMessage]:
    sent = [intake.desk.message(images=(PNG,)), intake.desk.message(), intake.desk.message()]
    assert export_outbox(path, sent, lambda _: PNG, intake.desk.keys, NOW) == 3
    return sent


def test_what_is_on_the_stick_arrives_whole_and_once(intake: Intake, tmp_path: Path) -> None:
    path = tmp_path / "stick.outbox"
    sent = _written(intake, path)
    first, second = import_outbox(intake.station, path), import_outbox(intake.station, path)
    assert (first.stored, first.repeated, first.refused) == (3, 0, ())
    assert (second.stored, second.repeated, second.refused) == (0, 3, ())
    assert intake.put(sent[0]).json()["missing"] == []
    assert intake.put(sent[2]).status_code == 200


def test_whoever_finds_the_stick_reads_no_name(intake: Intake, tmp_path: Path) -> None:
    path = tmp_path / "stick.outbox"
    _written(intake, path)
    content = path.read_bytes()
    assert PNG not in content
    assert not [canary for canary in CANARIES if canary.encode() in content]


@pytest.mark.parametrize("part", ["messages/", "images/", "manifest.jws"])
def test_an_altered_file_is_refused_whole(intake: Intake, tmp_path: Path, part: str) -> None:
    path, altered = tmp_path / "stick.outbox", tmp_path / "altered.outbox"
    _written(intake, path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(altered, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith(part):
                data = data[:40] + bytes([data[40] ^ 1]) + data[41:]
            target.writestr(name, data)
    with pytest.raises(SealBrokenError):
        import_outbox(intake.station, altered)
    assert intake.stored() == 0


def test_a_file_of_a_stranger_is_refused(intake: Intake, tmp_path: Path) -> None:
    path = tmp_path / "stick.outbox"
    for stranger in (Desk("110199-99"), Desk("110199-07", new_signing_key())):
        export_outbox(path, [stranger.message()], lambda _: PNG, stranger.keys, NOW)
        with pytest.raises(SealBrokenError):
            import_outbox(intake.station, path)


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04", b"hello"])
def test_junk_on_the_stick_is_refused(intake: Intake, tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "junk.outbox"
    path.write_bytes(junk)
    with pytest.raises(SealBrokenError):
        import_outbox(intake.station, path)


def test_a_predecessor_left_out_is_named(intake: Intake, tmp_path: Path) -> None:
    path = tmp_path / "stick.outbox"
    _, second = intake.desk.message(), intake.desk.message()
    export_outbox(path, [second], lambda _: PNG, intake.desk.keys, NOW)
    report = import_outbox(intake.station, path)
    assert report.refused == ((second.message_id, "predecessor-missing"),)


def test_an_image_that_was_purged_is_left_out(intake: Intake, tmp_path: Path) -> None:
    def gone(_sha256: str) -> bytes:
        raise CounterError(FailureCode.IMAGE_UNKNOWN)

    path = tmp_path / "stick.outbox"
    message = intake.desk.message(images=(PNG,))
    export_outbox(path, [message], gone, intake.desk.keys, NOW)
    assert import_outbox(intake.station, path).stored == 1
    assert intake.put(message).json()["missing"] == [sha256(PNG).hexdigest()]


def test_a_stick_that_is_not_there_is_said(tmp_path: Path) -> None:
    desk = Desk()
    nowhere = tmp_path / "no" / "stick.outbox"
    with pytest.raises(CounterError) as caught:
        export_outbox(nowhere, [desk.message()], lambda _: PNG, desk.keys, NOW)
    assert caught.value.code is FailureCode.INPUT_INVALID
