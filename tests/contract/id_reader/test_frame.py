"""Frames: published examples, the shared specimens, and any bytes at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.devices.id_reader.card_wait import split_reading
from counter_app.devices.id_reader.frame import (
    HEADER_BYTES,
    LONGEST_BODY,
    PREAMBLE,
    SHORTEST_ANSWER,
    FrameBuffer,
    FrameFault,
    encode_frame,
)
from counter_app.devices.id_reader.module_connection import over_transports
from counter_app.devices.id_reader.reader import PollingIdCardReader
from counter_app.devices.id_reader.sam_v import Command, TimeLimits
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.people import PRINCIPAL
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.domain.resident_record import parse_record
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never

PUBLISHED_REQUESTS = {
    Command.RESET: "AAAAAA9669000310FFEC",
    Command.STATUS: "AAAAAA9669000311FFED",
    Command.MODULE_NUMBER: "AAAAAA9669000312FFEE",
    Command.FIND: "AAAAAA96690003200122",
    Command.SELECT: "AAAAAA96690003200221",
    Command.READ: "AAAAAA96690003300132",
    Command.READ_APPENDED: "AAAAAA96690003300330",
}
PUBLISHED_ANSWERS = {
    "AAAAAA9669000800009F0000000097": "00009f00000000",
    "AAAAAA9669000C00009000000000000000009C": "0000900000000000000000",
    "AAAAAA9669000400004145": "000041",
    "AAAAAA9669000400003236": "000032",
    "AAAAAA9669000400008084": "000080",
    "AAAAAA966900140000900500 0100A53A340187D61200B1CB740067": (
        "00009005000100a53a340187d61200b1cb7400"
    ),
}
READ_WITH_FINGERPRINTS = bytes.fromhex("AAAAAA96690003301023")
SPECIMENS = ("CN", "CN_MINORITY", "I", "J", "Y")


def answer_of(reader: SimulatedIdCardReader, *requests: bytes) -> bytes:
    answers = [reader.receive(request) for request in requests]
    return b"".join(piece.content for piece in answers[-1])


def payload_of(frame: bytes) -> bytes:
    buffer = FrameBuffer(SHORTEST_ANSWER)
    buffer.feed(frame)
    taken = buffer.take()
    assert taken is not None
    return taken.payload


@pytest.mark.parametrize("command", list(Command))
def test_requests_are_the_published_bytes(command: Command) -> None:
    assert encode_frame(bytes(command.value)) == bytes.fromhex(PUBLISHED_REQUESTS[command])


@pytest.mark.parametrize("frame", list(PUBLISHED_ANSWERS))
def test_published_answers_are_understood(frame: str) -> None:
    assert payload_of(bytes.fromhex(frame)) == bytes.fromhex(PUBLISHED_ANSWERS[frame])


@pytest.mark.parametrize("name", SPECIMENS)
def test_shared_specimens_travel_as_the_known_frames(shared_data: Path, name: str) -> None:
    path = shared_data / "cards" / "resident_id_specimens.json"
    specimen = json.loads(path.read_text(encoding="utf-8"))[name]
    text = bytes.fromhex(specimen["text_hex"])
    reader = SimulatedIdCardReader(environment="test")
    reader.insert(ResidentCardSpecimen(text, fingerprints=bytes(1_024)))
    lay = (encode_frame(b"\x20\x01"), encode_frame(b"\x20\x02"))
    frame = answer_of(reader, *lay, encode_frame(b"\x30\x01"))
    assert len(frame) == 1_295
    assert hashlib.sha256(frame).hexdigest() == specimen["frame_3001_sha256"]
    assert f"{frame[-1]:02X}" == specimen["frame_3001_checksum"]
    read_text, photo = split_reading(payload_of(frame)[3:])
    assert (read_text, len(photo)) == (text, 1_024)
    assert parse_record(read_text).raw_sha256 == hashlib.sha256(text).hexdigest()
    reader.insert(ResidentCardSpecimen(text, fingerprints=bytes(1_024)))
    whole = answer_of(reader, *lay, READ_WITH_FINGERPRINTS)
    assert len(whole) == 2_321
    assert hashlib.sha256(whole).hexdigest() == specimen["frame_3010_fp1024zero_sha256"]
    assert f"{whole[-1]:02X}" == specimen["frame_3010_checksum"]


def test_an_invented_card_travels_as_a_frame_of_known_size_and_order() -> None:
    reader = SimulatedIdCardReader(environment="test")
    reader.insert(ResidentCardSpecimen.of(PRINCIPAL))
    frame = answer_of(reader, *(encode_frame(bytes(pair)) for pair in ([32, 1], [32, 2], [48, 1])))
    assert frame[:14].hex() == "aaaaaa9669050800009001000400"
    assert frame[14:20].decode("utf-16-le") == PRINCIPAL.name
    assert frame[270:294] == b"WLT-SPECIMEN-NOT-A-PHOTO"
    assert len(frame) == 1_295


@pytest.mark.parametrize(
    "reading",
    [
        b"",
        b"\x01\x00",
        b"\x01\x00\x04\x00" + bytes(100),
        b"\x00\x00\x04\x01" + bytes(1_025),
    ],
)
def test_lengths_that_do_not_fit_are_garbled(reading: bytes) -> None:
    with pytest.raises(CounterError) as caught:
        split_reading(reading)
    assert caught.value.code is FailureCode.READER_GARBLED


def test_what_stands_behind_the_portrait_is_left_out() -> None:
    assert split_reading(b"\x01\x00\x00\x01" + bytes(256) + b"p" + b"rest") == (bytes(256), b"p")


def test_a_frame_that_was_cut_off_does_not_hide_the_next_one() -> None:
    buffer = FrameBuffer(SHORTEST_ANSWER)
    long, good = encode_frame(b"\0\0\x90" + bytes(20)), encode_frame(b"\0\0\x41")
    buffer.feed(long[:15] + good)
    assert buffer.take() is None
    assert buffer.give_up()
    frame = buffer.take()
    assert frame is not None
    assert frame.payload == b"\0\0\x41"
    assert not buffer.give_up()


def test_a_shorter_photo_is_taken_as_it_is() -> None:
    assert split_reading(b"\x01\x00\x00\x05" + bytes(256) + b"photo") == (bytes(256), b"photo")


def test_a_corrupted_frame_is_reported_and_the_next_one_read() -> None:
    buffer = FrameBuffer(SHORTEST_ANSWER)
    good = encode_frame(b"\0\0\x90")
    buffer.feed(good[:-1] + b"\xff" + good)
    faulty, sound = buffer.take(), buffer.take()
    assert faulty is not None
    assert faulty.fault is FrameFault.CHECKSUM
    assert sound is not None
    assert sound.payload == b"\0\0\x90"


@pytest.mark.parametrize("length", [0, 3, LONGEST_BODY + 1, 0xFFFF])
def test_an_impossible_length_is_a_false_start(length: int) -> None:
    buffer = FrameBuffer(SHORTEST_ANSWER)
    buffer.feed(PREAMBLE + length.to_bytes(2, "big") + encode_frame(b"\0\0\x90"))
    false_start, sound = buffer.take(), buffer.take()
    assert false_start is not None
    assert false_start.fault is FrameFault.LENGTH
    assert sound is not None
    assert sound.payload == b"\0\0\x90"


payloads = st.binary(min_size=3, max_size=1_400)


@settings(max_examples=150, deadline=None)
@given(payloads, st.binary(max_size=20), st.integers(1, 64))
def test_a_frame_is_found_in_any_chunks_after_any_noise(
    payload: bytes, noise: bytes, chunk: int
) -> None:
    stream = noise.replace(b"\x96\x69", b"") + encode_frame(payload)
    buffer = FrameBuffer(SHORTEST_ANSWER)
    taken = []
    for at in range(0, len(stream), chunk):
        buffer.feed(stream[at : at + chunk])
        while frame := buffer.take():
            taken.append(frame.payload)
    assert taken == [payload]
    assert buffer.held == 0


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=80),
            st.just(PREAMBLE),
            st.binary(max_size=8).map(lambda tail: PREAMBLE + tail),
        ),
        max_size=30,
    )
)
def test_any_bytes_leave_a_bounded_buffer_and_no_error(parts: list[bytes]) -> None:
    buffer = FrameBuffer(SHORTEST_ANSWER)
    for part in parts:
        buffer.feed(part)
        while buffer.take():
            pass
        assert buffer.held <= HEADER_BYTES + LONGEST_BODY


class ScriptedTransport:
    """A line on which every request is answered by the next of some bytes, then by silence."""

    name = "scripted"

    def __init__(self, answers: list[bytes]) -> None:
        self._answers = list(answers)
        self._pending = b""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def discard(self) -> None:
        self._pending = b""

    def send(self, frame: bytes) -> None:
        self._pending = self._answers.pop(0) if self._answers else b""

    def receive(self) -> bytes:
        received, self._pending = self._pending, b""
        return received


INSTANT = TimeLimits(
    short_s=0.002, read_s=0.002, silence_s=0.001, probe_s=0.002, poll_s=0.0, same_card_s=0.0
)
answers = st.one_of(
    st.binary(max_size=60),
    st.binary(min_size=3, max_size=60).map(encode_frame),
    st.tuples(st.sampled_from([0x90, 0x9F, 0x91, 0x80, 0x41]), st.binary(max_size=1_300)).map(
        lambda told: encode_frame(b"\0\0" + bytes([told[0]]) + told[1])
    ),
)
GREETING = [
    encode_frame(b"\0\0\x90"),
    encode_frame(b"\0\0\x90" + bytes(16)),
    encode_frame(b"\0\0\x9f" + bytes(4)),
    encode_frame(b"\0\0\x90" + bytes(8)),
]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 4), st.lists(answers, max_size=6))
def test_whatever_a_module_answers_only_named_failures_come_out(
    greeted: int, told: list[bytes]
) -> None:
    line = ScriptedTransport([*GREETING[:greeted], *told])
    reader = PollingIdCardReader(over_transports(lambda: [line], INSTANT))
    with pytest.raises(CounterError) as caught:
        reader.wait_for_card(never(), lambda _progress: None)
    assert caught.value.code.startswith(("READER_", "CARD_"))
    reader.close()
