"""Payment cards as banks issue them, with other layouts than our simulator's."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.contract.card.foreign.passport import split
from tests.contract.card.foreign.secure import ber

PPSE, PSE = b"2PAY.SYS.DDF01", b"1PAY.SYS.DDF01"
DEBIT = bytes.fromhex("A000000333010101")
CREDIT = bytes.fromhex("A000000333010102")
WALLET = bytes.fromhex("A000000333010106")
VISA = bytes.fromhex("A0000000031010")


def bcd(digits: str) -> bytes:
    return bytes.fromhex(digits + "F" * (len(digits) % 2))


def entry(name: bytes, label: bytes = b"PBOC DEBIT", priority: int = 1) -> bytes:
    return ber("61", ber("4F", name), ber("50", label), ber("87", bytes([priority])))


def control(name: bytes, *inside: bytes) -> bytes:
    return ber("6F", ber("84", name), ber("A5", *inside))


def contactless_list(*entries: bytes) -> bytes:
    return control(PPSE, ber("BF0C", *entries))


@dataclass
class Payment:
    """One application: its control information, its options, its records by file and number."""

    fci: bytes
    options: bytes
    records: dict[tuple[int, int], bytes] = field(default_factory=dict)
    status: int = 0x9000
    wishes_bytes: int | None = None
    select_status: int = 0x9000


@dataclass
class ForeignBankCard:
    """Applications and lists by name.

    Attributes:
        byte_wise: Answers are fetched with GET RESPONSE, wrong lengths answered with 6C.
    """

    held: dict[bytes, Payment]
    byte_wise: bool = False
    atr: bytes = bytes.fromhex("3B6D000000318065B0890201F083009000")[:17]
    sent: list[bytes] = field(default_factory=list)

    def reset(self) -> None:
        self.chosen: Payment | None = None
        self.pending = b""

    def process(self, raw: bytes) -> bytes:
        self.sent.append(raw)
        if not self.byte_wise:
            return self._answer(raw)
        if raw[1] == 0xC0:
            return self._fetched(raw[4])
        answer = self._answer(raw)
        data, status = answer[:-2], answer[-2:]
        if not data or status != b"\x90\x00":
            return answer
        if raw[1] == 0xB2:
            exact = len(data) % 256
            return answer if raw[4] == exact else bytes([0x6C, exact])
        self.pending = data
        return bytes([0x61, len(data) % 256])

    def _fetched(self, wanted: int) -> bytes:
        if wanted % 256 != len(self.pending) % 256:
            return bytes([0x6C, len(self.pending) % 256])
        data, self.pending = self.pending, b""
        return data + b"\x90\x00"

    def _answer(self, raw: bytes) -> bytes:
        head, data, _ = split(raw)
        match head[1]:
            case 0xA4:
                return self._select(data)
            case 0xB2 if self.chosen is not None:
                found = self.chosen.records.get((head[3] >> 3, head[2]))
                return b"\x6a\x83" if found is None else found + b"\x90\x00"
            case 0xA8 if self.chosen is not None:
                return self._options(data)
            case _:
                return b"\x6d\x00"

    def _select(self, name: bytes) -> bytes:
        for known, payment in self.held.items():
            if known.startswith(name):
                self.chosen = payment
                return payment.fci + payment.select_status.to_bytes(2, "big")
        return b"\x6a\x82"

    def _options(self, data: bytes) -> bytes:
        assert self.chosen is not None
        wishes = self.chosen.wishes_bytes
        if wishes is not None and (data[0] != 0x83 or data[1] != wishes):
            return b"\x67\x00"
        if self.chosen.status != 0x9000:
            return self.chosen.status.to_bytes(2, "big")
        return self.chosen.options + b"\x90\x00"
