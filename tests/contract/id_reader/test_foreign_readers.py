"""Readers whose bytes were not made by our own simulator."""

from __future__ import annotations

import pytest

from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.id_reader.sam_v import TimeLimits
from counter_app.domain.resident_card import ResidentCard
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from tests.contract.id_reader.foreign_reader import (
    ADDED,
    FIND,
    GOOD,
    HANG_UP,
    NUMBER,
    PREAMBLE,
    READ,
    SELECT,
    STATUS,
    ForeignReader,
    Part,
    answer,
    reading,
    record,
)

BRISK = TimeLimits(
    short_s=0.4, read_s=0.6, silence_s=0.25, probe_s=0.2, poll_s=0.02, same_card_s=0.02
)
WHOLE = GOOD[READ][0]
assert isinstance(WHOLE, bytes)
FOUND = answer(0x9F, bytes(4))
NONE = answer(0x80)


def read(reader: ForeignReader, limits: TimeLimits = BRISK) -> ResidentCard:
    port = open_id_card_reader(reader.source, limits)
    try:
        return port.wait_for_card(never(), lambda _progress: None)
    finally:
        port.close()


def failure(reader: ForeignReader, limits: TimeLimits = BRISK) -> FailureCode:
    with pytest.raises(CounterError) as caught:
        read(reader, limits)
    return caught.value.code


def trickled(data: bytes, step: int, pause_s: float) -> tuple[Part, ...]:
    parts: list[Part] = []
    for at in range(0, len(data), step):
        parts += [data[at : at + step], pause_s]
    return tuple(parts)


MANNERS: dict[str, dict[str, tuple[Part, ...]]] = {
    "noise before": {READ: (b"\x00\xff\xaa\x55" + WHOLE,), FIND: (b"\xaa\xaa", FOUND)},
    "more sync bytes": {READ: (b"\xaa" * 7 + WHOLE,), STATUS: (b"\xaa" + answer(0x90),)},
    "preamble in halves": {READ: (WHOLE[:3], 0.05, WHOLE[3:6], 0.05, WHOLE[6:])},
    "a false start before": {READ: (PREAMBLE + b"\xff\xff" + WHOLE,)},
    "a false start cut by the answer": {READ: (PREAMBLE, 0.02, WHOLE)},
    "an impossible length before": {READ: (PREAMBLE + b"\x00\x01" + WHOLE,)},
    "single bytes": {FIND: trickled(FOUND, 1, 0.004), SELECT: trickled(answer(0x90), 1, 0.004)},
    "small packets": {READ: trickled(WHOLE, 64, 0.003)},
    "pauses inside": {READ: (WHOLE[:700], 0.15, WHOLE[700:1290], 0.15, WHOLE[1290:])},
    "padding behind": {READ: (WHOLE + bytes(49),), FIND: (FOUND + bytes(48),)},
    "every answer twice": {
        STATUS: (answer(0x90) * 2,),
        FIND: (FOUND * 2,),
        SELECT: (answer(0x90, bytes(8)) * 2,),
    },
    "the answer before comes again late": {
        FIND: (FOUND, 0.01, FOUND),
        SELECT: (FOUND + answer(0x90, bytes(8)),),
        READ: (answer(0x90, bytes(8)) + WHOLE,),
    },
    "the request comes back first": {
        FIND: (bytes.fromhex("aaaaaa96690003200122") + FOUND,),
        READ: (bytes.fromhex("aaaaaa96690003300132") + WHOLE,),
    },
    "no number": {NUMBER: (answer(0x21),)},
    "a short number": {NUMBER: (answer(0x90, b"0123456789"),)},
    "no answer for the number": {NUMBER: ()},
    "status with data": {STATUS: (answer(0x90, bytes(4)),)},
    "found without data": {FIND: (answer(0x9F),)},
    "selected without data": {SELECT: (answer(0x90),)},
    "no portrait": {READ: (answer(0x90, reading(record(), b"")),)},
    "data behind the portrait": {READ: (answer(0x90, reading(record()) + bytes(6)),)},
    "no answer for addresses": {ADDED: ()},
    "addresses unknown": {ADDED: (answer(0x21),)},
    "addresses empty": {ADDED: (answer(0x90),)},
    "addresses of an odd length": {ADDED: (answer(0x90, bytes(71)),)},
    "addresses garbled": {ADDED: (answer(0x90, bytes(70))[:-1] + b"\x00",)},
}


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_reader_with_manners_of_its_own_is_understood(
    manner: dict[str, tuple[Part, ...]],
) -> None:
    with ForeignReader(always=manner) as reader:
        assert read(reader).number == "440524188001010014"


STUMBLES: dict[str, dict[str, list[tuple[Part, ...]]]] = {
    "find garbled": {FIND: [(FOUND[:-1] + b"\x00",)]},
    "find unanswered": {FIND: [()]},
    "find cut off": {FIND: [(FOUND[:8],)]},
    "find answered too late": {FIND: [(0.55, FOUND)]},
    "find answered too late twice": {FIND: [(0.55, FOUND), (0.55, FOUND)]},
    "select refused": {SELECT: [(answer(0x81),)]},
    "select refused twice": {SELECT: [(answer(0x81),), (answer(0x81),)]},
    "select unanswered": {SELECT: [()]},
    "select garbled": {SELECT: [(b"\x00" * 15,)]},
    "read cut off": {READ: [(WHOLE[:600],)]},
    "read garbled": {READ: [(WHOLE[:600] + b"\x55" + WHOLE[601:],)]},
    "read unanswered": {READ: [()]},
    "read answered too late": {READ: [(0.8, WHOLE)]},
    "read failed": {READ: [(answer(0x41, card="6A82"),)]},
    "read unrecognised": {READ: [(answer(0x24),)]},
    "random number failed": {READ: [(answer(0x47),)]},
    "request garbled": {READ: [(answer(0x10),)], FIND: [(answer(0x11),)]},
    "card refused": {READ: [(answer(0x31),)]},
    "reader refused": {READ: [(answer(0x32),)]},
    "lengths wrong": {READ: [(answer(0x90, b"\x01\x00\x04\x00" + bytes(100)),)]},
    "status garbled": {STATUS: [(b"\x00\x00\xfc\x00",)]},
    "status unanswered": {STATUS: [()]},
    "status too late": {STATUS: [(0.3, answer(0x90))]},
    "number too late": {NUMBER: [(0.55, answer(0x90, bytes(16)))]},
}


@pytest.mark.parametrize("stumble", STUMBLES.values(), ids=STUMBLES)
def test_one_stumble_does_not_end_the_wait(stumble: dict[str, list[tuple[Part, ...]]]) -> None:
    script = {request: list(answers) for request, answers in stumble.items()}
    with ForeignReader(script) as reader:
        assert read(reader).number == "440524188001010014"


ENDS: dict[str, tuple[dict[str, tuple[Part, ...]], FailureCode]] = {
    "silent": ({STATUS: ()}, FailureCode.READER_NO_ANSWER),
    "noise": ({STATUS: (b"\xff" * 20,)}, FailureCode.READER_GARBLED),
    "self-test": ({STATUS: (answer(0x60),)}, FailureCode.READER_SELF_TEST),
    "not authorised": ({STATUS: (answer(0x66),)}, FailureCode.READER_NOT_AUTHORISED),
    "not permitted": ({READ: (answer(0x23),)}, FailureCode.READER_NOT_AUTHORISED),
    "card refuses": ({READ: (answer(0x31),)}, FailureCode.CARD_REFUSED_READER),
    "not genuine": ({READ: (answer(0x32),)}, FailureCode.CARD_NOT_GENUINE),
    "check failed": ({READ: (answer(0x33),)}, FailureCode.CARD_CHECK_FAILED),
    "other card": ({SELECT: (answer(0x40),)}, FailureCode.CARD_WRONG_KIND),
    "unreadable": ({READ: (answer(0x41),)}, FailureCode.CARD_UNREADABLE),
    "never selected": ({SELECT: (answer(0x81),)}, FailureCode.CARD_UNREADABLE),
    "empty": ({READ: (answer(0x91),)}, FailureCode.CARD_UNREADABLE),
    "gone at read": ({READ: (answer(0x80),)}, FailureCode.CARD_REMOVED),
    "unknown status": ({READ: (answer(0x77),)}, FailureCode.READER_GARBLED),
    "hangs up": ({READ: (WHOLE[:500], HANG_UP)}, FailureCode.READER_LOST),
    "never the whole": ({READ: (WHOLE[:600],)}, FailureCode.READER_GARBLED),
    "never an answer": ({READ: ()}, FailureCode.READER_NO_ANSWER),
    "nonsense": ({READ: (answer(0x90, reading(bytes(256))),)}, FailureCode.CARD_RECORD_INVALID),
    "half a text": ({READ: (answer(0x90, reading(bytes(128))),)}, FailureCode.CARD_RECORD_INVALID),
    "no lengths": ({READ: (answer(0x90, b"\x01"),)}, FailureCode.READER_GARBLED),
}


@pytest.mark.parametrize(("manner", "code"), ENDS.values(), ids=ENDS)
def test_every_end_has_its_own_code(manner: dict[str, tuple[Part, ...]], code: FailureCode) -> None:
    with ForeignReader(always=manner) as reader:
        assert failure(reader) is code


def test_a_card_taken_away_while_it_is_read_is_told_as_such() -> None:
    script: dict[str, list[tuple[Part, ...]]] = {
        READ: [(WHOLE[:300], 0.02, answer(0x41, card="6A82"))],
        FIND: [(FOUND,), (NONE,), (NONE,)],
    }
    with ForeignReader(script) as reader:
        assert failure(reader) is FailureCode.CARD_REMOVED


def test_a_wait_goes_on_until_a_card_is_laid_down() -> None:
    with ForeignReader({FIND: [(NONE,)] * 5}) as reader:
        assert read(reader).number == "440524188001010014"
        assert reader.requests.count(FIND) == 6


@pytest.mark.parametrize("kind", ["X", "a", "9"])
def test_an_unknown_type_character_is_a_mainland_card(kind: str) -> None:
    with ForeignReader(always={READ: (answer(0x90, reading(record(kind=kind))),)}) as reader:
        assert read(reader).number == "440524188001010014"


def test_no_fingerprint_is_ever_asked_for() -> None:
    with ForeignReader(always={READ: (answer(0x33),)}) as reader:
        failure(reader)
        assert not any(request.startswith("3010") for request in reader.requests)
