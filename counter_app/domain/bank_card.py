"""A bank card that was read: masked, and comparable with the account on record."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class BankCard:
    """What may be kept of a bank card; the number itself is not kept.

    Attributes:
        masked: First six and last four digits of the card number with `*` between.
        label: Application label or preferred name as the card states it.
        application: Identifier of the card's application, upper-case hex.
        expires: YYMM, or empty when the card does not say.
        salt: Random bytes of this reading.
        digest: HMAC-SHA256 of the number under the salt.
    """

    masked: str
    label: str
    application: str
    expires: str
    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)

    def matches(self, account_on_record: str) -> bool:
        """Say whether this is the card of the settlement account.

        Args:
            account_on_record: Digits; blanks and hyphens between them are ignored.
        """
        digits = "".join(mark for mark in account_on_record if mark not in " -")
        return hmac.compare_digest(_digest(digits, self.salt), self.digest)


def bank_card(number: str, salt: bytes, *, label: str, application: str, expires: str) -> BankCard:
    """Mask a card number at once.

    Args:
        number: 12 to 19 digits.
        salt: At least 16 random bytes, new for each reading.
        label: As the card states it.
        application: Identifier, upper-case hex.
        expires: YYMM or empty.

    Raises:
        ValueError: The number is not one of a card.

    Source: ISO/IEC 7812-1; PCI DSS 4.0 requirement 3.4 (first six and last four may be shown).
    """
    if not 12 <= len(number) <= 19 or not (number.isascii() and number.isdigit()):
        raise ValueError("a card number has 12 to 19 digits")
    if not is_luhn_valid(number):
        raise ValueError("the last digit of the card number is wrong")
    masked = number[:6] + "*" * (len(number) - 10) + number[-4:]
    return BankCard(masked, label, application, expires, salt, _digest(number, salt))


def is_luhn_valid(digits: str) -> bool:
    """Say whether the last digit is the check digit of the others.

    Source: ISO/IEC 7812-1, annex B.
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _digest(number: str, salt: bytes) -> bytes:
    return hmac.new(salt, number.encode(), sha256).digest()
