"""What guided fuzzing feeds: one function for each kind of input, run by `guided_fuzz`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["counter_app", "asn1crypto"]):
    from counter_app.devices.card import tlv
    from counter_app.devices.card.apdu import Chip
    from counter_app.devices.card.bank.account import read_bank_card
    from counter_app.devices.card.emrtd.data_groups import parse_group11, parse_group12
    from counter_app.devices.card.emrtd.passive import check_signature, parse_security_object
    from counter_app.devices.card.emrtd.photo import parse_group2
    from counter_app.devices.card.emrtd.reading import read_travel_document
    from counter_app.devices.card.emrtd.security_infos import parse_security_infos
    from counter_app.devices.card.emrtd.trust import TrustStore
    from counter_app.devices.id_reader.card_wait import split_reading
    from counter_app.devices.id_reader.frame import LONGEST_BODY, SHORTEST_ANSWER, FrameBuffer
    from counter_app.domain.mrz import MrzKey, parse_chip_mrz, parse_mrz
    from counter_app.domain.resident_record import parse_appended, parse_record
    from counter_app.errors import CounterError
from tests.bench.fuzz_seeds import seeds_of

SLOWEST_S = 5
LONGEST = 4096
TODAY = date(2026, 11, 23)
KEY = MrzKey("X00000017", "900307", "301231")
NOBODY = TrustStore([])


class Told:
    """A card whose answers are the input: each one byte of length, then that many bytes."""

    most_answer = 256

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def transmit(self, _sent: bytes) -> bytes:
        if self._at >= len(self._data):
            return b"\x6a\x82"
        begin = self._at + 1
        self._at = begin + self._data[self._at]
        return self._data[begin : self._at] + b"\x90\x00"

    def reset(self) -> None:
        """Go on telling."""


def tolerant(*parsers: Callable[[bytes], object]) -> Callable[[bytes], None]:
    """Return what hands the input to each parser; only named failures may come out."""

    def run(data: bytes) -> None:
        for parse in parsers:
            try:
                parse(data)
            except CounterError:
                continue

    return run


def frames(data: bytes) -> None:
    """The line gives the input in two parts."""
    buffer = FrameBuffer(SHORTEST_ANSWER)
    cut = len(data) // 2
    for part in (data[:cut], data[cut:]):
        buffer.feed(part)
        while (frame := buffer.take()) is not None:
            assert len(frame.payload) < LONGEST_BODY
            tolerant(split_reading, parse_appended)(frame.payload)
    buffer.give_up()


def record(data: bytes) -> None:
    """The input is the text of a resident card."""
    tolerant(lambda text: parse_record(text, b"", "", ()))(data)


def objects(data: bytes) -> None:
    """No value goes past the length before it."""
    for read in (tlv.objects, lambda part: tlv.leaves(part, (0x70, 0x77))):
        tolerant(lambda part, read=read: within(read(part), part))(data)


def within(found: Iterator[tlv.Tlv], data: bytes) -> None:
    """Check that all values together are inside the data."""
    assert sum(len(item.value) + 2 for item in found) <= len(data)


def zones(data: bytes) -> None:
    """Text with and without line ends."""
    text = data.decode("latin-1")
    for parse in (parse_chip_mrz, lambda given: parse_mrz(given.splitlines())):
        try:
            parse(text).key().information()
        except ValueError:
            continue


def security(data: bytes) -> None:
    """The input is EF.SOD, or what is inside it."""
    tolerant(lambda file: check_signature(parse_security_object(file).signed))(data)


def passports(data: bytes) -> None:
    """The input is all that a passport answers."""
    tolerant(lambda told: read_travel_document(Told(told), KEY, NOBODY, lambda _step: None))(data)


def bank_cards(data: bytes) -> None:
    """The input is all that a bank card answers."""
    tolerant(lambda told: read_bank_card(Chip(Told(told).transmit), TODAY, bytes(16)))(data)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "frames": frames,
    "record": record,
    "objects": objects,
    "zones": zones,
    "security": security,
    "groups": tolerant(parse_group2, parse_group11, parse_group12, parse_security_infos),
    "passports": passports,
    "bank_cards": bank_cards,
}


def guide(name: str, seconds: int) -> None:
    """Run one target in this process; atheris ends the process."""
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds_of(name)):
            Path(folder, str(number)).write_bytes(seed)
        limits = (f"-max_total_time={seconds}", f"-timeout={SLOWEST_S}", f"-max_len={LONGEST}")
        atheris.Setup([name, *limits, "-print_final_stats=1", folder], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    guide(sys.argv[1], int(sys.argv[2]))
