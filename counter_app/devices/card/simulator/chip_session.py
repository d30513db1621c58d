"""The chip's side of secure messaging and of the protocols that begin it.

Source: ICAO Doc 9303-11, sections 4.3, 4.4, 6.2 and 9.8.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import Command
from counter_app.devices.card.crypto.elliptic import Curve
from counter_app.devices.card.crypto.suite import Suite, pad, unpad
from counter_app.devices.card.emrtd.pace import DYNAMIC, token
from counter_app.devices.card.emrtd.pace_mapping import (
    Domain,
    generic_generator,
    integrated_generator,
)
from counter_app.devices.card.emrtd.secure_messaging import SessionKeys, derive_keys
from counter_app.devices.card.emrtd.security_infos import Mapping, PaceInfo
from counter_app.errors import CounterError


class ChipMessaging:
    """Takes commands out of their protection and puts answers into it."""

    def __init__(self, keys: SessionKeys) -> None:
        self._keys = keys
        self._counter = keys.counter
        self._start = b""

    def open(self, sent: Command) -> Command | None:
        """Return the plain command, or None when its proof is wrong."""
        self._step()
        suite = self._keys.suite
        covered, proof = sent.data[:-10], sent.data[-10:]
        whole = self._start + pad(sent.head, suite.block_bytes) + covered
        code = suite.mac(self._keys.proof, self._padded(whole))
        if not hmac.compare_digest(tlv.encode(0x8E, code), proof):
            return None
        try:
            items = {item.tag: item.value for item in tlv.objects(covered)}
            return self._plain(sent, items)
        except (CounterError, ValueError):
            return None

    def _plain(self, sent: Command, items: dict[int, bytes]) -> Command:
        suite = self._keys.suite
        hidden = items[0x87][1:] if 0x87 in items else items.get(0x85, b"")
        data = b""
        if hidden:
            data = unpad(suite.decrypt(self._keys.encryption, hidden, self._vector()))
        expected = 0
        if 0x97 in items:
            width = len(items[0x97])
            most = 256 if width == 1 else 65536
            expected = int.from_bytes(items[0x97], "big") or most
        head = bytes([sent.head[0] & 0xF3]) + sent.head[1:]
        return Command(head, data, expected)

    def close(self, data: bytes, status: int, tag: int = 0x87) -> bytes:
        """Return the protected answer with its outer status word."""
        self._step()
        suite = self._keys.suite
        body = b""
        if data:
            hidden = suite.encrypt(
                self._keys.encryption, pad(data, suite.block_bytes), self._vector()
            )
            body = tlv.encode(tag, b"\x01" + hidden if tag == 0x87 else hidden)
        body += tlv.encode(0x99, status.to_bytes(2, "big"))
        code = suite.mac(self._keys.proof, self._padded(self._start + body))
        return body + tlv.encode(0x8E, code) + b"\x90\x00"

    def _step(self) -> None:
        size = self._keys.suite.block_bytes
        self._counter = (self._counter + 1) % (1 << 8 * size)
        self._start = self._counter.to_bytes(size, "big")

    def _padded(self, data: bytes) -> bytes:
        return data if self._keys.suite is Suite.TDES else pad(data, 16)

    def _vector(self) -> bytes:
        suite = self._keys.suite
        return b"" if suite is Suite.TDES else suite.encrypt(self._keys.encryption, self._start)


def answer_basic_access(
    seed: bytes, challenge: bytes, data: bytes
) -> tuple[bytes, SessionKeys] | None:
    """Return the answer to EXTERNAL AUTHENTICATE and the session keys, or None."""
    suite = Suite.TDES
    encryption, proof = suite.derive(seed[:16], 1), suite.derive(seed[:16], 2)
    if len(data) != 40 or not suite.is_mac(proof, data[:32], data[32:]):
        return None
    plain = suite.decrypt(encryption, data[:32])
    theirs, their_part = plain[:8], plain[16:]
    if plain[8:16] != challenge:
        return None
    our_part = secrets.token_bytes(16)
    hidden = suite.encrypt(encryption, challenge + theirs + our_part)
    shared = bytes(left ^ right for left, right in zip(their_part, our_part, strict=True))
    counter = int.from_bytes(challenge[4:] + theirs[4:], "big")
    return hidden + suite.mac(proof, hidden), derive_keys(suite, shared, counter)


@dataclass(frozen=True, slots=True)
class StaticKey:
    """The chip's own key on a curve."""

    curve: Curve
    private: int = field(repr=False)

    def public(self) -> bytes:
        """Return the encoded public point."""
        return self.curve.multiply(self.private, self.curve.base())


def static_key(curve: Curve) -> StaticKey:
    """Make a key."""
    return StaticKey(curve, secrets.randbelow(curve.order - 1) + 1)


class PaceSide:
    """The chip in one PACE run; each step answers the data of one GENERAL AUTHENTICATE."""

    def __init__(
        self, info: PaceInfo, domain: Domain, password: bytes, static: StaticKey | None
    ) -> None:
        self._info = info
        self._domain = domain
        self._static = static
        size = max(16, info.suite.key_bytes // 16 * 16)
        self._nonce = secrets.token_bytes(size)
        self._hidden = info.suite.encrypt(info.suite.derive(password, 3), self._nonce)
        self._mapping = secrets.randbelow(domain.order - 1) + 1
        self._private = secrets.randbelow(domain.order - 1) + 1
        self._generator = b""
        self._keys: SessionKeys | None = None
        self._elements = (b"", b"")
        self.is_done = False

    @property
    def keys(self) -> SessionKeys:
        """The session keys once the run is done."""
        if self._keys is None:
            raise ValueError("the run is not done")
        return self._keys

    def step(self, data: bytes) -> bytes:
        """Answer one step.

        Raises:
            ValueError: The step is wrong; the run is over.
            CounterError: The data is broken; the run is over.
        """
        items = {item.tag: item.value for item in tlv.objects(tlv.need(data, DYNAMIC))}
        if not items:
            return tlv.encode(DYNAMIC, tlv.encode(0x80, self._hidden))
        if 0x81 in items:
            return tlv.encode(DYNAMIC, tlv.encode(0x82, self._map(items[0x81])))
        if 0x83 in items:
            return tlv.encode(DYNAMIC, tlv.encode(0x84, self._agree(items[0x83])))
        return tlv.encode(DYNAMIC, self._prove(items[0x85]))

    def _map(self, sent: bytes) -> bytes:
        if self._info.mapping.is_integrated:
            self._generator = integrated_generator(
                self._domain, self._info.suite, self._nonce, sent
            )
            return b""
        agreed = self._domain.multiply(self._mapping, sent)
        self._generator = generic_generator(self._domain, self._nonce, agreed)
        return self._domain.multiply(self._mapping, self._domain.base())

    def _agree(self, theirs: bytes) -> bytes:
        ours = self._domain.multiply(self._private, self._generator)
        secret = self._domain.secret(self._domain.multiply(self._private, theirs))
        self._keys = derive_keys(self._info.suite, secret)
        self._elements = (ours, theirs)
        return ours

    def _prove(self, sent: bytes) -> bytes:
        ours, theirs = self._elements
        if not hmac.compare_digest(sent, token(self._info, self.keys, ours)):
            raise ValueError("the terminal's token is wrong")
        self.is_done = True
        proven = tlv.encode(0x86, token(self._info, self.keys, theirs))
        if self._info.mapping is not Mapping.ECDH_CHIP_AUTHENTICATION or self._static is None:
            return proven
        return proven + tlv.encode(0x8A, self._mapping_proof(self._static))

    def _mapping_proof(self, static: StaticKey) -> bytes:
        order = static.curve.order
        number = pow(static.private, -1, order) * self._mapping % order
        suite = self.keys.suite
        start = suite.encrypt(self.keys.encryption, b"\xff" * suite.block_bytes)
        plain = number.to_bytes(static.curve.width_bytes, "big")
        return suite.encrypt(self.keys.encryption, pad(plain, suite.block_bytes), start)


def answer_chip_authentication(static: StaticKey, suite: Suite, theirs: bytes) -> SessionKeys:
    """Return the session keys of Chip Authentication.

    Raises:
        ValueError: The terminal's point is not on the curve.
    """
    return derive_keys(suite, static.curve.secret(static.curve.multiply(static.private, theirs)))
