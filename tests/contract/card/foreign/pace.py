"""The chip's side of PACE with the generic mapping, affine arithmetic and all."""

from __future__ import annotations

import hashlib
import secrets

from counter_app.devices.card.crypto.domain_parameters import CURVES, GROUPS
from tests.contract.card.foreign.passport import PaceChip
from tests.contract.card.foreign.secure import Keys, Session, ber, kdf, unber

KINDS = {1: "3des", 2: "aes128", 3: "aes192", 4: "aes256"}
Point = tuple[int, int] | None


class Field:
    """A curve by its published numbers."""

    def __init__(self, number: int) -> None:
        known = CURVES[number]
        self.p, self.a, self.n = known.prime, known.a, known.order
        self.g: Point = known.generator
        self.width = (self.p.bit_length() + 7) // 8

    def add(self, one: Point, two: Point) -> Point:
        if one is None or two is None:
            return one or two
        if one[0] == two[0] and (one[1] + two[1]) % self.p == 0:
            return None
        if one == two:
            slope = (3 * one[0] * one[0] + self.a) * pow(2 * one[1], -1, self.p)
        else:
            slope = (two[1] - one[1]) * pow(two[0] - one[0], -1, self.p)
        x = (slope * slope - one[0] - two[0]) % self.p
        return x, (slope * (one[0] - x) - one[1]) % self.p

    def times(self, number: int, point: Point) -> Point:
        total: Point = None
        while number:
            if number & 1:
                total = self.add(total, point)
            point, number = self.add(point, point), number >> 1
        return total

    def write(self, point: Point) -> bytes:
        assert point is not None
        return b"\x04" + b"".join(v.to_bytes(self.width, "big") for v in point)

    def read(self, data: bytes) -> Point:
        half = 1 + self.width
        return int.from_bytes(data[1:half], "big"), int.from_bytes(data[half:], "big")

    def secret(self, point: Point) -> bytes:
        return self.write(point)[1 : 1 + self.width]


class Numbers:
    """The same over numbers modulo a prime."""

    def __init__(self, number: int) -> None:
        known = GROUPS[number]
        self.p, self.n, self.g = known.prime, known.order, known.generator
        self.width = (self.p.bit_length() + 7) // 8

    def add(self, one: int, two: int) -> int:
        return one * two % self.p

    def times(self, number: int, element: int) -> int:
        return pow(element, number, self.p)

    def write(self, element: int) -> bytes:
        return element.to_bytes(self.width, "big")

    def read(self, data: bytes) -> int:
        return int.from_bytes(data, "big")

    secret = write


class GenericMapping(PaceChip):
    """ECDH (second arc 2) or DH (1) with the cipher of the last arc."""

    def __init__(self, key: str, arc: int, cipher: int, number: int) -> None:
        self.identifier = bytes.fromhex("04007F0007020204") + bytes([arc, cipher])
        self.kind, self.is_curve = KINDS[cipher], arc == 2
        self.group = Field(number) if self.is_curve else Numbers(number)
        self.secret = hashlib.sha1(key.encode()).digest()
        self.nonce = secrets.token_bytes(16)

    def step(self, data: bytes) -> tuple[bytes, int, Session | None]:
        asked = unber(unber(data)[0x7C])
        if not asked:
            password = Keys(self.kind, kdf(self.kind, self.secret, 3), b"")
            hidden = password.encrypt(self.nonce, bytes(password.block))
            return ber("7C", ber("80", hidden)), 0x9000, None
        if 0x81 in asked:
            return self._map(asked[0x81]), 0x9000, None
        if 0x83 in asked:
            return self._agree(asked[0x83]), 0x9000, None
        return self._prove(asked[0x85])

    def _number(self) -> int:
        return secrets.randbelow(self.group.n - 1) + 1

    def _map(self, theirs: bytes) -> bytes:
        group, own = self.group, self._number()
        agreed = group.times(own, group.read(theirs))
        scaled = group.times(int.from_bytes(self.nonce, "big") % group.n, group.g)
        self.generator = group.add(scaled, agreed)
        return ber("7C", ber("82", group.write(group.times(own, group.g))))

    def _agree(self, theirs: bytes) -> bytes:
        group, own = self.group, self._number()
        self.theirs = theirs
        self.ours = group.write(group.times(own, self.generator))
        self.keys = Keys.derive(self.kind, group.secret(group.times(own, group.read(theirs))))
        return ber("7C", ber("84", self.ours))

    def _token(self, element: bytes) -> bytes:
        body = ber("06", self.identifier) + ber("86" if self.is_curve else "84", element)
        return self.keys.tag(ber("7F49", body))

    def _prove(self, code: bytes) -> tuple[bytes, int, Session | None]:
        if code != self._token(self.ours):
            return b"", 0x6300, None
        return ber("7C", ber("86", self._token(self.theirs))), 0x9000, Session(self.keys, 0)


def info(arc: int, cipher: int, number: int) -> bytes:
    """Return one PACEInfo."""
    identifier = bytes.fromhex("04007F0007020204") + bytes([arc, cipher])
    return ber("30", ber("06", identifier), bytes.fromhex("020102"), ber("02", bytes([number])))
