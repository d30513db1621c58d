"""Our events, read by the CloudEvents project's own library, and its events read by us."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cloudevents.core.bindings.http import (
    HTTPMessage,
    from_http_event,
    to_binary_event,
    to_structured_event,
)
from cloudevents.core.exceptions import CloudEventValidationError
from jsonschema import Draft202012Validator

from counter_app.domain.submission import MessageType, Verdict
from counter_app.headoffice.app import build_app
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.deciding import Judgement, decide
from counter_app.headoffice.identity import register
from counter_app.headoffice.intake import Incoming
from counter_app.headoffice.relay import unrelayed
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.wire.answers import ENVELOPE_TYPE
from counter_app.wire.envelope import SealBrokenError, open_message, read_envelope
from counter_app.wire.jose import canonical
from counter_app.wire.keys import public_half
from counter_app.wire.version import wire_type
from tests.contract.backoffice.messages import INSTITUTION_KEY, NOW, PNG, Desk
from tests.contract.headoffice.golden.write import HERE


def over_http(payload: bytes) -> HTTPMessage:
    return HTTPMessage({"content-type": ENVELOPE_TYPE}, payload)


@pytest.mark.parametrize("kind", list(MessageType), ids=str)
def test_what_a_counter_sends_is_an_event_to_the_library(kind: MessageType) -> None:
    desk = Desk()
    desk.message()
    message = desk.message(type=kind, images=(PNG,))
    event = from_http_event(over_http(message.payload))
    assert event.get_id() == message.message_id
    assert event.get_source() == "urn:counter:110199-07"
    assert event.get_type() == wire_type(kind, 1)
    assert event.get_subject() == f"{message.lane}/N500W00012345"
    assert event.get_time() == datetime(2026, 11, 23, 2, 2, tzinfo=UTC)
    assert event.get_extension("prev") == message.prev
    assert event.get_extension("lane") == message.lane
    data = event.get_data()
    assert isinstance(data, dict)
    assert set(data) == {"case", "personal", "manifest"}


@pytest.mark.parametrize("file", sorted(HERE.glob("v*/*.json")), ids=lambda file: file.stem[:1])
def test_what_an_earlier_release_sent_is_one_too(file: Path) -> None:
    assert from_http_event(over_http(file.read_bytes())).get_id() == file.stem.partition("-")[2]


def test_an_event_that_went_through_the_library_still_holds_its_seal() -> None:
    """A gateway may read and write an event; the signature covers what it says, not its spaces."""
    desk = Desk()
    message = desk.message(images=(PNG,))
    written = to_structured_event(from_http_event(over_http(message.payload)))
    assert written.body != message.payload
    value = json.loads(written.body)
    value["time"] = json.loads(message.payload)["time"]
    opened = open_message(canonical(value), public_half(desk.signing_key), INSTITUTION_KEY)
    assert opened.envelope.id == message.message_id
    binary = to_binary_event(from_http_event(over_http(message.payload)))
    assert binary.headers["ce-id"] == message.message_id
    with pytest.raises(SealBrokenError):
        read_envelope(binary.body)


@pytest.mark.parametrize(
    "change", [{"specversion": "1.1"}, {"source": ""}, {"id": 5}, {"device_time": "x"}]
)
def test_the_library_does_object_to_what_is_no_event(change: dict[str, object]) -> None:
    value = {**json.loads(Desk().message().payload), **change}
    with pytest.raises((CloudEventValidationError, ValueError)):
        from_http_event(over_http(canonical(value)))


def test_what_the_relay_hands_on_is_an_event_to_the_library(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "office.db"))
    database.upgrade(NOW)
    kind = (MessageType.PHONE_REBIND, 1)
    with database.writing() as connection:
        register(connection, "110199-01", b"key", NOW)
        message = Incoming("110199-01", "m1", "case-1", "m1", "m", None, *kind, "0" * 64, (), b"")
        SqlLedger(connection).add(message, NOW)
        decide(connection, "110199-01", "m1", Judgement(Verdict.APPLIED, "shen"), NOW)
    (kept,) = unrelayed(database)
    database.close()
    event = from_http_event(over_http(kept.body))
    assert (event.get_id(), event.get_type()) == (kept.event_id, "headoffice.case.decided.v1")
    assert (event.get_subject(), event.get_time()) == ("case-1", NOW)


def test_every_schema_of_the_contract_is_a_valid_json_schema() -> None:
    schemas = build_app().openapi()["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assert {"Envelope", "CaseData", "PersonalData", "Problem", "DecisionList"} <= set(schemas)
