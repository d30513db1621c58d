"""Reading a chip's files, in parts as large as chip and reader allow.

Source: ICAO Doc 9303-10, section 3.6; ISO/IEC 7816-4 section 7.2.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Chip, command
from counter_app.errors import CounterError, FailureCode

CARD_ACCESS, CARD_SECURITY = 0x011C, 0x011D
COM, SECURITY_OBJECT = 0x011E, 0x011D
FIRST_GROUP = 0x0100
MOST_FILE_BYTES = 1 << 20
SHORT_PARTS = (0xDF, 0xA0, 0x70)
LONGEST_PART = 4000
OVERHEAD = 64
NOT_THERE = (0x6A82, 0x6A83, 0x6982, 0x6A88, 0x6985, 0x6986, 0x6A86, 0x6D00, 0x6E00, 0x6A81)
TOO_LONG = (0x6700, 0x6B00, 0x6282, 0x6F00)

Progress = Callable[[int, int], None]
"""Told how many bytes of how many of the file at hand are read."""


def group_file(number: int) -> int:
    """Return the identifier of a data group's file."""
    return FIRST_GROUP + number


class Files:
    """Reads files of the selected application; learns how large a part may be."""

    def __init__(self, chip: Chip) -> None:
        self._chip = chip
        usable = min(LONGEST_PART, chip.most_answer - OVERHEAD)
        extended = (usable,) if chip.most_answer > SHORT_ANSWER else ()
        self._parts = extended + SHORT_PARTS

    def read(self, identifier: int, on_progress: Progress) -> bytes | None:
        """Read a whole file.

        Args:
            identifier: Two bytes.
            on_progress: Called after each part.

        Returns:
            The file up to the end of its only data object, or None when the chip has no such file
            or does not let it be read.

        Raises:
            CounterError: CARD_PROTOCOL, the file is broken; what the transport raises.
        """
        answer = self._chip.send(command("00A4020C", identifier.to_bytes(2, "big")))
        if answer.status in NOT_THERE:
            return None
        if not answer.is_ok() and answer.status >> 8 not in (0x61, 0x62):
            raise CounterError(
                FailureCode.CARD_PROTOCOL, step="select", status=f"{answer.status:04X}"
            )
        head = self._chip.send(command("00B00000", expected=8))
        if head.status in NOT_THERE:
            return None
        _, begin, length = tlv.header(head.data)
        total = begin + length
        if total > MOST_FILE_BYTES:
            raise CounterError(FailureCode.CARD_PROTOCOL, step="read", length=total)
        return self._rest(head.data[:total], total, on_progress)

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
