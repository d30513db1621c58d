"""Reading a chip's files, in parts as large as chip and reader allow.

Source: ICAO Doc 9303-10, section 3.6; ISO/IEC 7816-4 section 7.2.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Answer, Chip, command
from counter_app.errors import CounterError, FailureCode

CARD_ACCESS, CARD_SECURITY = 0x011C, 0x011D
COM, SECURITY_OBJECT = 0x011E, 0x011D
FIRST_GROUP = 0x0100
MOST_FILE_BYTES = 1 << 20
PARTS = (0xDF, 0xA0, 0x70, 0x38, 0x18)
LONGEST_PART = 4000
OVERHEAD = 64
HEAD_BYTES = 8
NOT_THERE = (0x6A82, 0x6A83, 0x6982, 0x6A88, 0x6985, 0x6986, 0x6A86, 0x6D00, 0x6E00, 0x6A81)
NOT_FOUND = 0x6A82
OTHER_FORM = (NOT_FOUND, 0x6A86, 0x6A81, 0x6A80, 0x6D00, 0x6E00, 0x6700, 0x6B00, 0x6986)
TOO_LONG = (0x6700, 0x6B00, 0x6282, 0x6F00)

Progress = Callable[[int, int], None]
"""Told how many bytes of how many of the file at hand are read."""


def group_file(number: int) -> int:
    """Return the identifier of a data group's file."""
    return FIRST_GROUP + number


class _Form(Enum):
    """How a chip wants a file to be named, the usual form first."""

    SELECT = "00A4020C"
    SELECT_WITH_ANSWER = "00A40200"
    SHORT_NAME = "00B08000"


class Files:
    """Reads files of the selected application; learns how to name them and how large parts are."""

    def __init__(self, chip: Chip, longest_part: int = LONGEST_PART) -> None:
        """Prepare to read.

        Args:
            chip: Its application is selected, or none is.
            longest_part: Most bytes to ask for at once.
        """
        self._chip = chip
        usable = min(LONGEST_PART, longest_part, chip.most_answer - OVERHEAD)
        extended = (usable,) if usable > PARTS[0] else ()
        short = tuple(part for part in PARTS if part <= longest_part)
        self._parts = extended + (short or PARTS[-1:])
        self._forms = tuple(_Form)

    def read(self, identifier: int, on_progress: Progress) -> bytes | None:
        """Read a whole file.

        Args:
            identifier: Two bytes; the last five bits are the short name.
            on_progress: Called after each part.

        Returns:
            The file up to the end of its only data object, or None when the chip has no such file
            or does not let it be read.

        Raises:
            CounterError: CARD_PROTOCOL, the file is broken; what the transport raises.
        """
        head = self._head(identifier)
        if head.status in NOT_THERE:
            return None
        _, begin, length = tlv.header(head.data)
        total = begin + length
        if total > MOST_FILE_BYTES:
            raise CounterError(FailureCode.CARD_PROTOCOL, step="read", length=total)
        return self._rest(head.data[:total], total, on_progress)

    def _head(self, identifier: int) -> Answer:
        """Return the file's first bytes, named in the first form that the chip takes."""
        head = Answer(b"", OTHER_FORM[-1])
        for place, form in enumerate(self._forms):
            if head.status == NOT_FOUND and form is _Form.SELECT_WITH_ANSWER:
                continue
            head = self._named(form, identifier)
            if head.data:
                self._forms = self._forms[place:]
                return head
            if head.status not in OTHER_FORM:
                return head
        return head

    def _named(self, form: _Form, identifier: int) -> Answer:
        if form is _Form.SHORT_NAME:
            name = f"{0x80 | identifier & 0x1F:02X}"
            return self._chip.send(command(f"00B0{name}00", expected=HEAD_BYTES))
        expected = SHORT_ANSWER if form is _Form.SELECT_WITH_ANSWER else 0
        selected = self._chip.send(command(form.value, identifier.to_bytes(2, "big"), expected))
        if not selected.is_ok() and selected.status >> 8 not in (0x61, 0x62):
            return Answer(b"", selected.status)
        return self._chip.send(command("00B00000", expected=HEAD_BYTES))

    def _rest(self, start: bytes, total: int, on_progress: Progress) -> bytes:
        content = bytearray(start)
        on_progress(len(content), total)
        while len(content) < total:
            part = self._part(len(content), total - len(content))
            if not part:
                raise CounterError(FailureCode.CARD_PROTOCOL, step="read", length=len(content))
            content += part
            on_progress(len(content), total)
        return bytes(content)

    def _part(self, offset: int, left: int) -> bytes:
        while True:
            wanted = min(left, self._parts[0])
            data, status = self._read_at(offset, wanted)
            if status == 0x9000 or (data and status == 0x6282):
                return data[:left]
            is_too_long = status in TOO_LONG or status >> 8 == 0x6C
            if not is_too_long or len(self._parts) == 1:
                raise CounterError(FailureCode.CARD_PROTOCOL, step="read", status=f"{status:04X}")
            # Some chips and readers carry less than they say: try shorter parts from here on.
            self._parts = self._parts[1:]

    def _read_at(self, offset: int, wanted: int) -> tuple[bytes, int]:
        if offset < 0x8000:
            answer = self._chip.send(command(f"00B0{offset:04X}", expected=wanted))
            return answer.data, answer.status
        where = tlv.encode(0x54, offset.to_bytes(3, "big"))
        room = 4 if wanted > 0x7F else 2
        answer = self._chip.send(command("00B10000", where, expected=min(wanted + room, 65536)))
        return tlv.find(answer.data, 0x53) or b"", answer.status
