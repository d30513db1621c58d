"""PACE: the printed lines open the chip without giving an eavesdropper anything to guess with.

Source: ICAO Doc 9303-11, section 4.4, appendices B, G, H and I.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Chip, Command, command
from counter_app.devices.card.crypto.domain_parameters import CURVES, GROUPS
from counter_app.devices.card.crypto.suite import unpad
from counter_app.devices.card.emrtd.access import RandomBytes, seed_of
from counter_app.devices.card.emrtd.pace_mapping import (
    Domain,
    generic_generator,
    integrated_generator,
)
from counter_app.devices.card.emrtd.secure_messaging import (
    SecureMessaging,
    SessionKeys,
    derive_keys,
)
from counter_app.devices.card.emrtd.security_infos import Mapping, PaceInfo
from counter_app.domain.mrz import MrzKey
from counter_app.errors import CounterError, FailureCode

DYNAMIC, PUBLIC_KEY, POINT, NUMBER = 0x7C, 0x7F49, 0x86, 0x84
PASSWORD_IS_MRZ = b"\x01"
TRIES_LEFT = 0x63C
PREFERENCE = (
    Mapping.ECDH_CHIP_AUTHENTICATION,
    Mapping.ECDH_GENERIC,
    Mapping.ECDH_INTEGRATED,
    Mapping.DH_GENERIC,
    Mapping.DH_INTEGRATED,
)


@dataclass(frozen=True, slots=True)
class Chance:
    """Where random numbers come from; worked examples hand in their own.

    Attributes:
        number: Returns a number from 1 to its argument minus 1.
        data: Returns as many bytes as asked for.
    """

    number: Callable[[int], int] = field(default=lambda limit: secrets.randbelow(limit - 1) + 1)
    data: RandomBytes = secrets.token_bytes


@dataclass(frozen=True, slots=True)
class MappingProof:
    """What the chip sent so that its static key can be checked (chip authentication mapping).

    Attributes:
        parameters: Number of the domain parameters.
        mapped_public: The chip's public element of the mapping.
        proof: Decrypted chip authentication data.
    """

    parameters: int
    mapped_public: bytes = field(repr=False)
    proof: int = field(repr=False)


def domain_of(info: PaceInfo) -> Domain | None:
    """Return the group the chip names, or None when it is not a standardised one."""
    if info.mapping.is_elliptic:
        return CURVES.get(info.parameters)
    return GROUPS.get(info.parameters)


def usable(infos: tuple[PaceInfo, ...]) -> tuple[PaceInfo, ...]:
    """Return the offers this program can take, the best first."""
    known = (info for info in infos if domain_of(info) is not None)
    rank = {mapping: place for place, mapping in enumerate(PREFERENCE)}
    return tuple(sorted(known, key=lambda info: rank[info.mapping]))


def open_by_pace(
    chip: Chip, info: PaceInfo, key: MrzKey, chance: Chance | None = None
) -> MappingProof | None:
    """Agree keys and begin secure messaging.

    Args:
        chip: After a reset, before an application is selected.
        info: One that `usable` returned.
        key: From the printed lines.
        chance: Where random numbers come from.

    Returns:
        The chip's proof when the mapping brings one.

    Raises:
        CounterError: CARD_ACCESS_DENIED, the key does not open the chip; CARD_PROTOCOL.
    """
    return Pace(chip, info, chance or Chance()).run(seed_of(key))


class Pace:
    """One run of the protocol."""

    def __init__(self, chip: Chip, info: PaceInfo, chance: Chance) -> None:
        domain = domain_of(info)
        if domain is None:
            raise CounterError(FailureCode.CARD_PROTOCOL, pace_parameters=info.parameters)
        self._chip = chip
        self._info = info
        self._chance = chance
        self._domain = domain
        self._mapped_public = b""

    def run(self, password: bytes) -> MappingProof | None:
        """Do all four steps; the session begins when the last is done."""
        try:
            return self._run(password)
        except ValueError as error:
            raise CounterError(FailureCode.CARD_PROTOCOL, step="pace") from error

    def _run(self, password: bytes) -> MappingProof | None:
        self._choose()
        generator = self._generator(self._nonce(password))
        private = self._chance.number(self._domain.order)
        ours = self._domain.multiply(private, generator)
        theirs = self._exchange(0x83, ours, 0x84)
        if hmac.compare_digest(ours, theirs):
            raise ValueError("the chip sent our own key back")
        secret = self._domain.secret(self._domain.multiply(private, theirs))
        keys = derive_keys(self._info.suite, secret)
        proof = self._prove(keys, ours, theirs)
        self._chip.guard = SecureMessaging(keys)
        return proof

    def _choose(self) -> None:
        parameters = tlv.encode(0x84, self._info.parameters.to_bytes(1, "big"))
        choice = tlv.encode(0x80, self._info.identifier) + tlv.encode(0x83, PASSWORD_IS_MRZ)
        answer = self._chip.send(command("0022C1A4", choice + parameters))
        if not answer.is_ok() and answer.status >> 4 != TRIES_LEFT:
            # A chip with one set of parameters may refuse to be told which.
            answer = self._chip.send(command("0022C1A4", choice))
        if not answer.is_ok() and answer.status >> 4 != TRIES_LEFT:
            raise CounterError(
                FailureCode.CARD_PROTOCOL, step="pace", status=f"{answer.status:04X}"
            )

    def _nonce(self, password: bytes) -> bytes:
        hidden = tlv.need(self._send(b""), DYNAMIC, 0x80)
        suite = self._info.suite
        return suite.decrypt(suite.derive(password, 3), hidden)

    def _generator(self, nonce: bytes) -> bytes:
        suite = self._info.suite
        if self._info.mapping.is_integrated:
            terminal = self._chance.data(suite.key_bytes)
            self._send(tlv.encode(0x81, terminal))
            return integrated_generator(self._domain, suite, nonce, terminal)
        private = self._chance.number(self._domain.order)
        ours = self._domain.multiply(private, self._domain.base())
        self._mapped_public = self._exchange(0x81, ours, 0x82)
        agreed = self._domain.multiply(private, self._mapped_public)
        return generic_generator(self._domain, nonce, agreed)

    def _prove(self, keys: SessionKeys, ours: bytes, theirs: bytes) -> MappingProof | None:
        code = token(self._info, keys, theirs)
        sent = Command(bytes.fromhex("00860000"), _dynamic(tlv.encode(0x85, code)), SHORT_ANSWER)
        answer = self._chip.send(sent)
        if not answer.is_ok():
            raise CounterError(FailureCode.CARD_ACCESS_DENIED, status=f"{answer.status:04X}")
        if not hmac.compare_digest(
            tlv.need(answer.data, DYNAMIC, 0x86), token(self._info, keys, ours)
        ):
            raise CounterError(FailureCode.CARD_PROTOCOL, step="pace token")
        hidden = tlv.find(answer.data, DYNAMIC, 0x8A)
        if self._info.mapping is not Mapping.ECDH_CHIP_AUTHENTICATION or hidden is None:
            return None
        return MappingProof(self._info.parameters, self._mapped_public, reveal_proof(keys, hidden))

    def _exchange(self, tag: int, element: bytes, answer_tag: int) -> bytes:
        return tlv.need(self._send(tlv.encode(tag, element)), DYNAMIC, answer_tag)

    def _send(self, data: bytes) -> bytes:
        sent = Command(bytes.fromhex("10860000"), _dynamic(data), SHORT_ANSWER)
        return self._chip.need(sent, "pace")


def _dynamic(data: bytes) -> bytes:
    return tlv.encode(DYNAMIC, data)


def token(info: PaceInfo, keys: SessionKeys, element: bytes) -> bytes:
    """Return the eight bytes that prove the knowledge of the keys over the other's element."""
    tag = POINT if info.mapping.is_elliptic else NUMBER
    body = tlv.encode(0x06, info.identifier) + tlv.encode(tag, element)
    return keys.suite.mac(keys.proof, tlv.encode(PUBLIC_KEY, body))


def reveal_proof(keys: SessionKeys, hidden: bytes) -> int:
    """Decrypt the chip authentication data.

    Raises:
        ValueError: It is no whole number of blocks or not padded.

    Source: ICAO Doc 9303-11, section 4.4.3.5.
    """
    suite = keys.suite
    start = suite.encrypt(keys.encryption, b"\xff" * suite.block_bytes)
    return int.from_bytes(unpad(suite.decrypt(keys.encryption, hidden, start)), "big")
