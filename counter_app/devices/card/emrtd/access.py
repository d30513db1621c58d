"""Basic Access Control: the printed lines open the chip.

Source: ICAO Doc 9303-11, sections 4.3 and 9.7, appendix D.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from counter_app.devices.card.apdu import SHORT_ANSWER, Answer, Chip, command
from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.emrtd.secure_messaging import (
    SecureMessaging,
    SessionKeys,
    derive_keys,
)
from counter_app.domain.mrz import MrzKey
from counter_app.errors import CounterError, FailureCode

OTHER_FORM = (0x6A86, 0x6A81, 0x6700)
APPLICATION = bytes.fromhex("A0000002471001")
RandomBytes = Callable[[int], bytes]


def select_application(chip: Chip) -> Answer:
    """Select the travel document's application; the answer says whether the chip has it."""
    answer = chip.send(command("00A4040C", APPLICATION))
    if answer.status not in OTHER_FORM:
        return answer
    return chip.send(command("00A40400", APPLICATION, SHORT_ANSWER))


def seed_of(key: MrzKey) -> bytes:
    """Return the 20 bytes that the printed lines give: the seed of BAC, the password of PACE.

    Raises:
        CounterError: CARD_ACCESS_DENIED, a field holds characters no machine readable zone has.
    """
    try:
        return hashlib.sha1(key.information().encode(), usedforsecurity=False).digest()
    except ValueError as error:
        raise CounterError(FailureCode.CARD_ACCESS_DENIED, step="key") from error


def open_by_basic_access(
    chip: Chip, key: MrzKey, random_bytes: RandomBytes = secrets.token_bytes
) -> None:
    """Prove the knowledge of the printed lines and begin secure messaging.

    Args:
        chip: The application must be selected.
        key: From the printed lines.
        random_bytes: Returns as many random bytes as asked for.

    Raises:
        CounterError: CARD_ACCESS_DENIED, the chip does not accept the key; CARD_PROTOCOL.
    """
    seed = seed_of(key)[:16]
    suite = Suite.TDES
    encryption, proof = suite.derive(seed, 1), suite.derive(seed, 2)
    challenge = chip.need(command("00840000", expected=8), "get challenge")
    if len(challenge) != 8:
        raise CounterError(FailureCode.CARD_PROTOCOL, step="get challenge")
    ours, our_part = random_bytes(8), random_bytes(16)
    hidden = suite.encrypt(encryption, ours + challenge + our_part)
    answer = chip.send(command("00820000", hidden + suite.mac(proof, hidden), expected=40))
    if not answer.is_ok():
        raise CounterError(FailureCode.CARD_ACCESS_DENIED, status=f"{answer.status:04X}")
    chip.guard = SecureMessaging(
        _session(suite, encryption, proof, answer.data, (challenge, ours, our_part))
    )


def _session(
    suite: Suite,
    encryption: bytes,
    proof: bytes,
    data: bytes,
    sent: tuple[bytes, bytes, bytes],
) -> SessionKeys:
    challenge, ours, our_part = sent
    if len(data) != 40 or not suite.is_mac(proof, data[:32], data[32:]):
        raise CounterError(FailureCode.CARD_PROTOCOL, step="mutual authentication")
    plain = suite.decrypt(encryption, data[:32])
    if not hmac.compare_digest(plain[:16], challenge + ours):
        raise CounterError(FailureCode.CARD_PROTOCOL, step="mutual authentication")
    shared = bytes(left ^ right for left, right in zip(our_part, plain[16:], strict=True))
    return derive_keys(suite, shared, int.from_bytes(challenge[4:] + ours[4:], "big"))
