"""A travel document's chip as others build them, with the habits that are met in the field."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.contract.card.foreign.secure import Keys, Session, ber, kdf, unber

APPLICATION = bytes.fromhex("A0000002471001")
SHORT_NAMES = {0x1E: 0x011E, 0x1D: 0x011D, 0x1C: 0x011C, **{n: 0x0100 + n for n in range(1, 17)}}


@dataclass(frozen=True)
class Habits:
    """What this chip does differently.

    Attributes:
        most: Longest answer it gives; longer wishes get `too_long`.
        too_long: Status for a wish that is too long; 0 gives what fits with 9000.
        loses_session: A wish that is too long is answered without protection.
        past_end: Status of a reading beyond the end, with what there is; 0 refuses with 6B00.
        by_name_only: Files are read by their short name; selecting them is refused with this.
        fetched: Answers are fetched with GET RESPONSE, wrong lengths answered with 6C.
        select_control: P2 of SELECT must be this.
        needs_master: EF.CardAccess is found after the master file was selected only.
        parameter_refused: Status for naming the parameters of PACE.
    """

    most: int = 256
    too_long: int = 0x6700
    loses_session: bool = False
    past_end: int = 0x6282
    by_name_only: int = 0
    fetched: bool = False
    select_control: int | None = None
    needs_master: bool = False
    parameter_refused: int = 0
    is_open: bool = False


@dataclass
class ForeignPassport:
    """Files by identifier; `access` are the files outside the application."""

    files: dict[int, bytes]
    key: str
    habits: Habits = Habits()
    access: dict[int, bytes] = field(default_factory=dict)
    pace: Callable[[ForeignPassport], PaceChip] | None = None
    has_basic: bool = True
    agreement: Callable[[bytes], Keys] | None = None
    active: Callable[[bytes], bytes] | None = None
    atr: bytes = bytes.fromhex("3B8880010000000000000000A1")[:12]
    sent: list[bytes] = field(default_factory=list)

    def reset(self) -> None:
        self.session: Session | None = None
        self.chosen = "start"
        self.current: bytes | None = None
        self.challenge = b""
        self.pending = b""
        self.pacing: PaceChip | None = None

    def process(self, raw: bytes) -> bytes:
        self.sent.append(raw)
        if self.habits.fetched:
            return self._fetched(raw)
        return self._answer(raw)

    def _fetched(self, raw: bytes) -> bytes:
        if raw[1] == 0xC0:
            part, self.pending = self.pending[: raw[4] or 256], self.pending[raw[4] or 256 :]
            left = min(len(self.pending), 255)
            return part + (bytes([0x61, left]) if left else self.status)
        whole = self._answer(raw)
        data, self.status = whole[:-2], whole[-2:]
        if not data or len(raw) <= 5:
            return whole if len(data) <= 256 else data[:256] + b"\x90\x00"
        self.pending = data
        return bytes([0x61, len(data) % 256])

    def _answer(self, raw: bytes) -> bytes:
        head, data, wanted = split(raw)
        if head[0] & 0x0C != 0x0C or self.session is None:
            if self.session is not None and head[0] & 0x0C == 0:
                self.session = None
            answer, status = self._do(head, data, wanted)
            return answer + status.to_bytes(2, "big")
        opened = self.session.open(head, data)
        if opened is None:
            self.session = None
            return bytes.fromhex("6988")
        session = self.session
        answer, status = self._do(bytes([head[0] & 0xF0]) + head[1:], *opened)
        if status == self.habits.too_long and self.habits.loses_session:
            self.session = None
            return status.to_bytes(2, "big")
        wrapped = session.close(answer, status, bool(head[1] & 1))
        if self.pending_session is not None:
            self.session, self.pending_session = self.pending_session, None
        return wrapped + (b"\x90\x00" if status == 0x9000 else status.to_bytes(2, "big"))

    pending_session: Session | None = None

    def _do(self, head: bytes, data: bytes, wanted: int) -> tuple[bytes, int]:
        match head[1]:
            case 0xA4:
                return self._select(head, data)
            case 0xB0 | 0xB1:
                return self._read(head, data, wanted)
            case 0x84 if (
                self.has_basic and not self.habits.is_open and self.chosen == "application"
            ):
                self.challenge = secrets.token_bytes(8)
                return self.challenge, 0x9000
            case 0x82 if self.challenge:
                return self._authenticate(data)
            case _:
                return self._prove(head, data)

    def _prove(self, head: bytes, data: bytes) -> tuple[bytes, int]:
        match head[1]:
            case 0x22 | 0x86 if self.agreement is not None and self.session is not None:
                return self._agree(data)
            case 0x88 if self.active is not None:
                return self.active(data), 0x9000
            case 0x22 | 0x86 if self.pace is not None:
                return self._run_pace(head, data)
            case _:
                return b"", 0x6D00

    def _select(self, head: bytes, data: bytes) -> tuple[bytes, int]:
        habits = self.habits
        if habits.select_control is not None and head[3] != habits.select_control:
            return b"", 0x6A86
        if head[2] == 4:
            return self._select_application(data)
        if head[2] == 0 and data in (b"", b"\x3f\x00"):
            self.chosen, self.current = "master", None
            return b"", 0x9000
        if habits.by_name_only:
            return b"", habits.by_name_only
        return self._use(int.from_bytes(data, "big"))

    def _select_application(self, name: bytes) -> tuple[bytes, int]:
        if name != APPLICATION:
            return b"", 0x6A82
        if not self.has_basic and self.session is None:
            return b"", 0x6982
        self.chosen, self.current = "application", None
        return b"", 0x9000

    def _use(self, identifier: int) -> tuple[bytes, int]:
        if self.chosen == "start" and self.habits.needs_master:
            return b"", 0x6A82
        inside = self.chosen == "application"
        if inside and self.session is None and not self.habits.is_open:
            return b"", 0x6982
        found = (self.files if inside else self.access).get(identifier)
        if found is None:
            return b"", 0x6A82
        self.current = found
        return b"", 0x9000

    def _read(self, head: bytes, data: bytes, wanted: int) -> tuple[bytes, int]:
        offset = int.from_bytes(head[2:4], "big")
        if head[1] == 0xB1:
            offset = int.from_bytes(unber(data)[0x54], "big")
        elif head[2] & 0x80:
            _, status = self._use(SHORT_NAMES.get(head[2] & 0x1F, 0))
            if status != 0x9000:
                return b"", status
            offset = head[3]
        if self.current is None:
            return b"", 0x6986
        if wanted > self.habits.most and self.habits.too_long:
            return b"", self.habits.too_long
        wanted = min(wanted, self.habits.most)
        part = self.current[offset : offset + wanted]
        if not part or (len(part) < wanted and not self.habits.past_end):
            return b"", 0x6B00
        status = 0x9000 if len(part) == wanted else self.habits.past_end
        return (ber("53", part) if head[1] == 0xB1 else part), status

    def _authenticate(self, data: bytes) -> tuple[bytes, int]:
        seed = hashlib.sha1(self.key.encode()).digest()[:16]
        keys = Keys("3des", kdf("3des", seed, 1), kdf("3des", seed, 2))
        challenge, self.challenge = self.challenge, b""
        if keys.tag(data[:32]) != data[32:]:
            return b"", 0x6300
        plain = keys.decrypt(data[:32], bytes(8))
        theirs, part = plain[:8], plain[16:]
        if plain[8:16] != challenge:
            return b"", 0x6300
        own = secrets.token_bytes(16)
        hidden = keys.encrypt(challenge + theirs + own, bytes(8))
        shared = bytes(x ^ y for x, y in zip(part, own, strict=True))
        counter = int.from_bytes(challenge[4:] + theirs[4:], "big")
        self.session = Session(Keys.derive("3des", shared), counter)
        return hidden + keys.tag(hidden), 0x9000

    def _agree(self, data: bytes) -> tuple[bytes, int]:
        assert self.agreement is not None
        found = unber(data)
        if 0x7C in found:
            found = unber(found[0x7C])
        theirs = found.get(0x91) or found.get(0x80, b"")
        if len(theirs) > 16:
            self.pending_session = Session(self.agreement(theirs), 0)
            return b"" if 0x91 in found else ber("7C"), 0x9000
        return b"", 0x9000

    def _run_pace(self, head: bytes, data: bytes) -> tuple[bytes, int]:
        assert self.pace is not None
        if head[1] == 0x22:
            found = unber(data)
            if 0x84 in found and self.habits.parameter_refused:
                return b"", self.habits.parameter_refused
            self.pacing = self.pace(self)
            return b"", 0x9000 if found.get(0x80) == self.pacing.identifier else 0x6A80
        if self.pacing is None:
            return b"", 0x6985
        answer, status, session = self.pacing.step(data)
        if session is not None:
            self.session, self.pacing = session, None
        return answer, status


class PaceChip:
    """One run of PACE on the chip's side."""

    identifier: bytes

    def step(self, data: bytes) -> tuple[bytes, int, Session | None]:
        raise NotImplementedError


def split(raw: bytes) -> tuple[bytes, bytes, int]:
    """Take a command apart: head, data, expected length."""
    head, rest = raw[:4], raw[4:]
    if not rest:
        return head, b"", 0
    if len(rest) == 1:
        return head, b"", rest[0] or 256
    if rest[0] == 0 and len(rest) >= 3:
        size = int.from_bytes(rest[1:3], "big")
        if len(rest) == 3:
            return head, b"", size or 65536
        tail = rest[3 + size :]
        return head, rest[3 : 3 + size], (int.from_bytes(tail, "big") or 65536) if tail else 0
    size, tail = rest[0], rest[1 + rest[0] :]
    return head, rest[1 : 1 + size], (tail[0] or 256) if tail else 0
