"""Every command and answer encrypted and proven, once keys are agreed.

Source: ICAO Doc 9303-11, section 9.8; ISO/IEC 7816-4 section 10.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Answer, Command
from counter_app.devices.card.crypto.suite import Suite, pad, unpad
from counter_app.errors import CounterError, FailureCode

ENCRYPTED, ENCRYPTED_ODD, EXPECTED, STATUS, PROOF = 0x87, 0x85, 0x97, 0x99, 0x8E
PROOF_BYTES = 10


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """What both sides know after the keys are agreed.

    Attributes:
        counter: Start of the send sequence counter, one block long.
    """

    suite: Suite
    encryption: bytes = field(repr=False)
    proof: bytes = field(repr=False)
    counter: int = field(default=0, repr=False)


def derive_keys(suite: Suite, secret: bytes, counter: int = 0) -> SessionKeys:
    """Return the session keys of a shared secret."""
    return SessionKeys(suite, suite.derive(secret, 1), suite.derive(secret, 2), counter)


class SecureMessaging:
    """The terminal's side of one session."""

    def __init__(self, keys: SessionKeys) -> None:
        self._keys = keys
        self._counter = keys.counter

    def protect(self, plain: Command) -> Command:
        """Return the command as it is sent.

        Raises:
            CounterError: CARD_PROTOCOL, the command is longer than the standard can protect.
        """
        start = self._step()
        head = bytes([plain.head[0] | 0x0C]) + plain.head[1:]
        body = self._encrypted(plain, start) + _expected(plain)
        covered = start + pad(head, self._keys.suite.block_bytes) + body
        code = self._keys.suite.mac(self._keys.proof, self._padded(covered))
        whole = body + tlv.encode(PROOF, code)
        is_short = plain.is_short() and len(whole) <= 255 and plain.expected <= SHORT_ANSWER
        return Command(head, whole, SHORT_ANSWER if is_short else 65536)

    def unprotect(self, answer: Answer) -> Answer:
        """Return the answer as it was meant.

        Raises:
            CounterError: CARD_PROTOCOL, it is not protected or its proof is wrong. The session is
                lost then: access has to be asked for again.
        """
        start = self._step()
        if not answer.data:
            raise _lost(f"{answer.status:04X}")
        covered, proof = answer.data[:-PROOF_BYTES], answer.data[-PROOF_BYTES:]
        code = self._keys.suite.mac(self._keys.proof, self._padded(start + covered))
        if not hmac.compare_digest(tlv.encode(PROOF, code), proof):
            raise _lost("proof")
        items = list(tlv.objects(covered))
        status = next((item.value for item in items if item.tag == STATUS), b"")
        if len(status) != 2:
            raise _lost("status")
        return Answer(self._decrypted(items, start), int.from_bytes(status, "big"))

    def _step(self) -> bytes:
        size = self._keys.suite.block_bytes
        self._counter = (self._counter + 1) % (1 << 8 * size)
        return self._counter.to_bytes(size, "big")

    def _padded(self, data: bytes) -> bytes:
        # TDES codes pad by themselves.
        return data if self._keys.suite is Suite.TDES else pad(data, 16)

    def _vector(self, start: bytes) -> bytes:
        suite = self._keys.suite
        return b"" if suite is Suite.TDES else suite.encrypt(self._keys.encryption, start)

    def _encrypted(self, plain: Command, start: bytes) -> bytes:
        if not plain.data:
            return b""
        suite = self._keys.suite
        hidden = suite.encrypt(
            self._keys.encryption, pad(plain.data, suite.block_bytes), self._vector(start)
        )
        if plain.head[1] & 1:
            return tlv.encode(ENCRYPTED_ODD, hidden)
        return tlv.encode(ENCRYPTED, b"\x01" + hidden)

    def _decrypted(self, items: list[tlv.Tlv], start: bytes) -> bytes:
        hidden = b""
        for item in items:
            if item.tag == ENCRYPTED_ODD:
                hidden = item.value
            elif item.tag == ENCRYPTED and item.value[:1] == b"\x01":
                hidden = item.value[1:]
        if not hidden:
            return b""
        try:
            return unpad(
                self._keys.suite.decrypt(self._keys.encryption, hidden, self._vector(start))
            )
        except ValueError as error:
            raise _lost("padding") from error


def _expected(plain: Command) -> bytes:
    if not plain.expected:
        return b""
    if plain.is_short():
        return tlv.encode(EXPECTED, bytes([plain.expected % 256]))
    return tlv.encode(EXPECTED, (plain.expected % 65536).to_bytes(2, "big"))


def _lost(fact: str) -> CounterError:
    return CounterError(FailureCode.CARD_PROTOCOL, secure_messaging=fact)
