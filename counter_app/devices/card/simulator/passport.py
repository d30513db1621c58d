"""A passport's chip: answers commands as ICAO Doc 9303-10 and -11 say."""

from __future__ import annotations

import hashlib
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import Command
from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.emrtd.access import APPLICATION
from counter_app.devices.card.emrtd.files import CARD_ACCESS
from counter_app.devices.card.emrtd.pace import domain_of
from counter_app.devices.card.emrtd.secure_messaging import SessionKeys
from counter_app.devices.card.simulator.card import answer, parse_command
from counter_app.devices.card.simulator.chip_session import (
    ChipMessaging,
    PaceSide,
    answer_basic_access,
    answer_chip_authentication,
)
from counter_app.devices.card.simulator.passport_files import ActiveKey, PassportContent
from counter_app.errors import CounterError

OK, WRONG_LENGTH, LOCKED, WRONG_MESSAGING = 0x9000, 0x6700, 0x6982, 0x6988
NO_FILE, WRONG_PLACE, NO_COMMAND, NO_CLASS = 0x6A82, 0x6B00, 0x6D00, 0x6E00
NOT_NOW, WRONG_DATA, NOT_PROVEN = 0x6985, 0x6A80, 0x6300
Reply = tuple[int, bytes]


class SimulatedPassport:
    """One chip; the content does not change, the session does."""

    def __init__(self, content: PassportContent) -> None:
        self._content = content
        self.reset()

    @property
    def atr(self) -> bytes:
        """Answer to reset of a contactless card, as PC/SC makes it up from the ATS."""
        history = bytes.fromhex("80738021" + ("40" if self._content.offer.extended else "00"))
        body = bytes([0x80 | len(history), 0x80, 0x01]) + history
        check = 0
        for byte in body:
            check ^= byte
        return b"\x3b" + body + bytes([check])

    def reset(self) -> None:
        """Forget the session and what is selected."""
        self._messaging: ChipMessaging | None = None
        self._next_keys: SessionKeys | None = None
        self._in_application = False
        self._selected: bytes | None = None
        self._challenge = b""
        self._pace: PaceSide | None = None
        self._chip_suite: Suite | None = None

    def process(self, sent: bytes) -> bytes:
        """Answer one command."""
        command = parse_command(sent)
        if command is None:
            return answer(WRONG_LENGTH)
        if command.head[0] & 0x0C != 0x0C:
            if self._messaging is not None:
                self._messaging = None
            return self._plain(command)
        return self._protected(command)

    def _plain(self, command: Command) -> bytes:
        status, data = self._carry_out(command)
        if self._next_keys is not None:
            self._messaging, self._next_keys = ChipMessaging(self._next_keys), None
        return answer(status, data)

    def _protected(self, command: Command) -> bytes:
        messaging = self._messaging
        plain = messaging.open(command) if messaging is not None else None
        if messaging is None or plain is None:
            self._messaging = None
            return answer(WRONG_MESSAGING)
        status, data = self._carry_out(plain)
        sent = messaging.close(data, status, 0x85 if plain.head[1] & 1 else 0x87)
        if self._next_keys is not None:
            self._messaging, self._next_keys = ChipMessaging(self._next_keys), None
        return sent

    def _carry_out(self, command: Command) -> Reply:
        is_reading = command.head[1] in (0xB0, 0xB1)
        if is_reading and command.expected > self._content.offer.longest_answer:
            return WRONG_LENGTH, b""
        handlers = {
            0xA4: self._select,
            0xB0: self._read,
            0xB1: self._read_far,
            0x84: self._give_challenge,
            0x82: self._authenticate_terminal,
            0x22: self._set_environment,
            0x86: self._general_authenticate,
            0x88: self._sign_challenge,
        }
        handler = handlers.get(command.head[1])
        if handler is None:
            return NO_COMMAND, b""
        try:
            return handler(command)
        except (ValueError, CounterError):
            self._pace = None
            return NOT_PROVEN, b""

    def _select(self, command: Command) -> Reply:
        if command.head[2] == 0x04:
            if command.data != APPLICATION:
                return NO_FILE, b""
            self._in_application, self._selected = True, None
            return OK, b""
        if command.data in (b"", b"\x3f\x00"):
            self._in_application, self._selected = False, None
            return OK, b""
        return self._select_file(int.from_bytes(command.data, "big"))

    def _select_file(self, identifier: int) -> Reply:
        content = self._content
        files = content.files if self._in_application else content.root
        is_open = identifier == CARD_ACCESS and not self._in_application
        if not is_open and self._messaging is None:
            return LOCKED, b""
        if identifier not in files:
            return NO_FILE, b""
        self._selected = files[identifier]
        return OK, b""

    def _read(self, command: Command) -> Reply:
        first, second = command.head[2:4]
        if not first & 0x80:
            return self._part(first << 8 | second, command.expected)
        status, _ = self._select_file(0x0100 | first & 0x1F)
        return self._part(second, command.expected) if status == OK else (status, b"")

    def _read_far(self, command: Command) -> Reply:
        offset = int.from_bytes(tlv.need(command.data, 0x54), "big")
        room = 2 if command.expected <= 0x81 else 3 if command.expected <= 0x102 else 4
        status, data = self._part(offset, max(0, command.expected - room))
        return status, tlv.encode(0x53, data) if data else b""

    def _part(self, offset: int, expected: int) -> Reply:
        if self._selected is None:
            return 0x6986, b""
        if offset >= len(self._selected):
            return WRONG_PLACE, b""
        data = self._selected[offset : offset + expected]
        return OK, data

    def _give_challenge(self, _command: Command) -> Reply:
        if not self._content.offer.has_basic_access:
            return NO_COMMAND, b""
        self._challenge = secrets.token_bytes(8)
        return OK, self._challenge

    def _authenticate_terminal(self, command: Command) -> Reply:
        challenge, self._challenge = self._challenge, b""
        if not challenge or not self._in_application:
            return NOT_NOW, b""
        agreed = answer_basic_access(self._content.password, challenge, command.data)
        if agreed is None:
            return NOT_PROVEN, b""
        data, self._next_keys = agreed
        return OK, data

    def _set_environment(self, command: Command) -> Reply:
        kind = command.head[2:4]
        if kind == b"\xc1\xa4":
            return self._begin_pace(command.data)
        if self._messaging is None or self._content.offer.chip_authentication is None:
            return LOCKED, b""
        if kind == b"\x41\xa6":
            return self._agree_chip_keys(Suite.TDES, tlv.need(command.data, 0x91))
        self._chip_suite = self._content.offer.chip_authentication
        return OK, b""

    def _begin_pace(self, data: bytes) -> Reply:
        info = self._content.pace_info
        if info is None or tlv.need(data, 0x80) != info.identifier:
            return WRONG_DATA, b""
        domain = domain_of(info)
        if domain is None or tlv.find(data, 0x83) != b"\x01":
            return WRONG_DATA, b""
        self._pace = PaceSide(info, domain, self._content.password, self._content.chip_key)
        return OK, b""

    def _general_authenticate(self, command: Command) -> Reply:
        if self._pace is None:
            if self._chip_suite is None:
                return NOT_NOW, b""
            theirs = tlv.need(command.data, 0x7C, 0x80)
            return self._agree_chip_keys(self._chip_suite, theirs)
        data = self._pace.step(command.data)
        if self._pace.is_done:
            self._next_keys, self._pace = self._pace.keys, None
        return OK, data

    def _agree_chip_keys(self, suite: Suite, theirs: bytes) -> Reply:
        key = self._content.chip_key
        if key is None:
            return NOT_NOW, b""
        self._next_keys = answer_chip_authentication(key, suite, theirs)
        return OK, b"" if suite is Suite.TDES else b"\x7c\x00"

    def _sign_challenge(self, command: Command) -> Reply:
        key = self._content.active_key
        if key is None or self._messaging is None:
            return LOCKED, b""
        return OK, sign_active(key, command.data)


def sign_active(key: ActiveKey, challenge: bytes) -> bytes:
    """Sign as Active Authentication does.

    Source: ISO/IEC 9796-2 scheme 1 with SHA-1; BSI TR-03111 section 5.2.1 (plain ECDSA).
    """
    if isinstance(key, ec.EllipticCurvePrivateKey):
        r, s = decode_dss_signature(key.sign(challenge, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return _sign_with_recovery(key, challenge)


def _sign_with_recovery(key: rsa.RSAPrivateKey, challenge: bytes) -> bytes:
    numbers = key.private_numbers()
    size = key.key_size // 8
    message = secrets.token_bytes(size - 20 - 2)
    digest = hashlib.sha1(message + challenge, usedforsecurity=False).digest()
    opened = int.from_bytes(b"\x6a" + message + digest + b"\xbc", "big")
    return pow(opened, numbers.d, numbers.public_numbers.n).to_bytes(size, "big")
