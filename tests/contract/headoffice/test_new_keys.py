"""A counter on a new computer, with a new signing key: what it sealed before is still good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import counter_app.headoffice
from counter_app.backoffice.outbox_export import export_outbox
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.identity import Caller, IdentityMode, keys_of, register, revoke
from counter_app.headoffice.import_file import import_outbox
from counter_app.headoffice.intake import Taken
from counter_app.headoffice.station import open_station
from counter_app.headoffice.taking_in import read_incoming, take_in
from counter_app.wire.envelope import SealBrokenError
from counter_app.wire.keys import new_signing_key, public_half
from tests.contract.backoffice.messages import NOW, PNG, Desk
from tests.contract.headoffice.intake import Intake, problem_of
from tests.contract.headoffice.reviewing import address, sign_in, words_of


def enrolled_anew(intake: Intake) -> Desk:
    """Let the same counter come back with another key."""
    desk = replace(intake.desk, signing_key=new_signing_key())
    with intake.station.database.writing() as connection:
        public = public_half(desk.signing_key)
        register(connection, desk.counter, public, intake.station.now())
    return desk


def test_a_case_sealed_before_is_read_and_its_queue_taken_in(intake: Intake) -> None:
    before, waiting = intake.desk.message(), intake.desk.message()
    assert intake.put(before).status_code == 201
    desk = enrolled_anew(intake)
    assert intake.put(waiting).status_code == 201
    after = desk.message()
    assert intake.put(after).status_code == 201
    sign_in(intake)
    for message in (before, waiting, after):
        assert "签名有效" in words_of(intake.client.get(address(intake, message)).text)


def test_a_key_that_was_revoked_signs_nothing_more_but_is_still_read(intake: Intake) -> None:
    before, stolen = intake.desk.message(), intake.desk.message()
    assert intake.put(before).status_code == 201
    with intake.station.database.writing() as connection:
        assert revoke(connection, intake.desk.counter, intake.station.now())
    desk = enrolled_anew(intake)
    assert problem_of(intake.put(stolen)) == "seal-broken never"
    desk.last[before.lane] = before.message_id
    assert intake.put(desk.message()).status_code == 201
    sign_in(intake)
    assert "签名有效" in words_of(intake.client.get(address(intake, before)).text)


def test_a_stick_written_before_is_taken_in_and_one_of_a_revoked_key_is_not(
    intake: Intake, tmp_path: Path
) -> None:
    path = tmp_path / "stick.outbox"
    export_outbox(path, [intake.desk.message()], lambda _: PNG, intake.desk.keys, NOW)
    enrolled_anew(intake)
    assert import_outbox(intake.station, path).stored == 1
    with intake.station.database.writing() as connection:
        revoke(connection, intake.desk.counter, intake.station.now())
    enrolled_anew(intake)
    with pytest.raises(SealBrokenError):
        import_outbox(intake.station, path)


def test_a_store_of_an_earlier_release_knows_its_counters_keys(tmp_path: Path) -> None:
    url, desk = sqlite_url(tmp_path / "office.db"), Desk()
    engine = create_engine(url)
    config = Config()
    folder = Path(counter_app.headoffice.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        row = {"counter": desk.counter, "key": public_half(desk.signing_key).decode()}
        connection.execute(
            text(
                "INSERT INTO counters (counter, signing_key, enrolled_at, last_cursor)"
                " VALUES (:counter, :key, '2026-11-01 00:00:00', 0)"
            ),
            row,
        )
        connection.commit()
    engine.dispose()
    (tmp_path / "institution.key").write_bytes(desk.institution_key)
    station = open_station(url, tmp_path, IdentityMode.HEADER)
    with station.database.reading() as connection:
        assert keys_of(connection, desk.counter) == (public_half(desk.signing_key),)
    incoming = read_incoming(*sealed(desk), Caller(desk.counter, (public_half(desk.signing_key),)))
    assert take_in(station, incoming)[0] is Taken.STORED
    station.database.close()


def sealed(desk: Desk) -> tuple[bytes, str]:
    message = desk.message()
    return message.payload, message.message_id
