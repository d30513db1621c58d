"""The simulated module keeps the protocol, also where the counter never goes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.devices.id_reader import simulate
from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.id_reader.frame import SHORTEST_ANSWER, FrameBuffer, encode_frame
from counter_app.devices.id_reader.simulator.module import (
    CardPolicy,
    Latency,
    SimulatedIdCardReader,
)
from counter_app.devices.id_reader.simulator.people import AGENT, PEOPLE, PRINCIPAL
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.domain.resident_card_checks import contradictions
from counter_app.domain.resident_record import encode_record, parse_record
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from tests.contract.id_reader.rig import PATIENT

FIND, SELECT, READ, APPENDED = b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x30\x03"


@pytest.fixture
def reader() -> SimulatedIdCardReader:
    return SimulatedIdCardReader(environment="test")


def raw_answer(reader: SimulatedIdCardReader, content: bytes) -> bytes:
    return b"".join(piece.content for piece in reader.receive(content))


def payload(reader: SimulatedIdCardReader, request: bytes) -> bytes:
    buffer = FrameBuffer(SHORTEST_ANSWER)
    buffer.feed(raw_answer(reader, encode_frame(request)))
    frame = buffer.take()
    assert frame is not None
    return frame.payload


def status(reader: SimulatedIdCardReader, request: bytes) -> int:
    return payload(reader, request)[2]


def test_no_simulator_runs_in_production() -> None:
    with pytest.raises(CounterError) as caught:
        SimulatedIdCardReader(environment="production")
    assert caught.value.code is FailureCode.SIMULATOR_IN_PRODUCTION
    with pytest.raises(CounterError, match="SIMULATOR_IN_PRODUCTION"):
        simulate.run("production", [], print)


def test_find_select_read_is_the_only_way_to_a_card(reader: SimulatedIdCardReader) -> None:
    assert status(reader, FIND) == 0x80
    reader.insert(ResidentCardSpecimen.of(PRINCIPAL))
    assert [status(reader, request) for request in (SELECT, READ)] == [0x81, 0x41]
    assert [status(reader, request) for request in (FIND, READ)] == [0x9F, 0x41]
    assert [status(reader, request) for request in (FIND, SELECT, READ)] == [0x9F, 0x90, 0x90]
    assert [status(reader, request) for request in (READ, FIND)] == [0x41, 0x80]


def test_a_module_that_finds_again_reads_again() -> None:
    reader = SimulatedIdCardReader(environment="test", policy=CardPolicy.REPEAT_ALLOWED)
    reader.insert(ResidentCardSpecimen.of(PRINCIPAL))
    twice = (FIND, SELECT, READ) * 2
    assert [status(reader, request) for request in twice] == [0x9F, 0x90, 0x90] * 2


def test_appended_addresses_come_without_a_length(reader: SimulatedIdCardReader) -> None:
    assert status(reader, APPENDED) == 0x41
    reader.insert(ResidentCardSpecimen.of(PRINCIPAL))
    assert status(reader, APPENDED) == 0x91
    reader.insert(ResidentCardSpecimen.of(replace(AGENT, appended_addresses=("甲路", "乙路"))))
    assert len(payload(reader, APPENDED)) == 3 + 2 * 70


@pytest.mark.parametrize(
    ("request_bytes", "expected"),
    [
        (b"\x10\xff", 0x90),
        (b"\x11\xff", 0x90),
        (b"\x60\x00", 0x90),
        (b"\x60\x04", 0x90),
        (b"\x61\xff\x50", 0x90),
        (b"\x61\xff\x17", 0x21),
        (b"\x61\xff", 0x21),
        (b"\x30\x05", 0x41),
        (b"\x77\x77", 0x21),
    ],
)
def test_the_other_requests_are_known(
    reader: SimulatedIdCardReader, request_bytes: bytes, expected: int
) -> None:
    assert status(reader, request_bytes) == expected


def test_the_body_number_has_28_bytes(reader: SimulatedIdCardReader) -> None:
    reader.insert(ResidentCardSpecimen.of(PRINCIPAL))
    assert len(payload(reader, b"\x30\x05")) == 3 + 28


@pytest.mark.parametrize(
    ("request_hex", "answer_hex"),
    [
        ("AAAAAA9669000311FFEE", "AAAAAA9669000400001014"),
        ("AAAAAA9669FFFF11FFED", "AAAAAA9669000400001115"),
        ("AAAAAAAAAA9669000311FFED", "AAAAAA9669000400009094"),
        ("0102AAAAAA9669000311FFED", "AAAAAA9669000400009094"),
    ],
    ids=["checksum", "length", "stray preamble bytes", "noise"],
)
def test_requests_that_came_garbled(
    reader: SimulatedIdCardReader, request_hex: str, answer_hex: str
) -> None:
    assert raw_answer(reader, bytes.fromhex(request_hex)).hex().upper() == answer_hex


@pytest.mark.parametrize("who", list(PEOPLE))
def test_the_invented_people_have_sound_cards(who: str) -> None:
    card = PEOPLE[who]
    assert contradictions(card) == ()
    assert parse_record(encode_record(card)).number == card.number


@pytest.mark.parametrize("tcp_port", [None, 0], ids=["pty", "tcp"])
def test_the_program_serves_what_its_prompt_is_told(tmp_path: Path, tcp_port: int | None) -> None:
    said: list[str] = []
    line = simulate.Line(link=tmp_path / "id-reader", tcp_port=tcp_port, latency=Latency())
    numbers: list[str] = []

    def commands() -> Iterator[str]:
        card_reader = open_id_card_reader(said[0], PATIENT)
        yield "insert agent"
        numbers.append(card_reader.wait_for_card(never(), _ignore).number)
        yield "remove"
        yield "insert principal"
        yield "status 41"
        yield "disturb trickled"
        numbers.append(card_reader.wait_for_card(never(), _ignore).number)
        yield "unplug"
        assert not card_reader.health().is_present
        yield "plug"
        assert card_reader.health().is_present
        card_reader.close()
        yield "status zz"
        yield "quit"
        raise AssertionError("the program went on")

    simulate.run("test", commands(), said.append, line)
    assert numbers == [AGENT.number, PRINCIPAL.number]
    assert said[1:] == ["done"] * 7 + ["; ".join(simulate.HELP)]


def test_nobody_at_the_keyboard_leaves_the_reader_served_with_its_card() -> None:
    waited: list[bool] = []
    nobody = simulate.typed("agent", io.StringIO(""), lambda: waited.append(True))
    assert list(nobody) == ["insert agent"]
    assert waited == [True]
    somebody = simulate.typed("", io.StringIO("remove\nquit\n"), lambda: waited.append(True))
    assert [line.strip() for line in somebody] == ["remove", "quit"]
    assert waited == [True]


def test_a_file_that_is_there_already_is_not_removed(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("keep")
    with pytest.raises(CounterError):
        simulate.run("test", [], lambda _text: None, simulate.Line(link=file))
    assert file.read_text() == "keep"


@pytest.mark.parametrize(
    ("line", "option"),
    [
        (simulate.Line(link=Path("/nowhere/at/all")), "link"),
        (simulate.Line(tcp_port=99_999), "tcp-port"),
    ],
)
def test_a_place_where_no_reader_can_appear_is_wrong_use(line: simulate.Line, option: str) -> None:
    with pytest.raises(CounterError) as caught:
        simulate.run("test", [], lambda _text: None, line)
    assert caught.value.code is FailureCode.INPUT_INVALID
    assert caught.value.facts == {"option": option}


def _ignore(_progress: object) -> None: ...
