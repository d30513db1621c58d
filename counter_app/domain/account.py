"""Who works at the counter, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What an account may do; an account may hold several roles."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    CENTRE_MANAGER = "centre_manager"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Account:
    """One person who signs in.

    Attributes:
        account_id: Staff number, for example "c01"; safe to log.
        display_name: Name on the screen and, for an authorisation, on the receipt.
        phone: The person's own mobile number, eleven digits, or None; refused as a new number.
    """

    account_id: str
    display_name: str = field(repr=False)
    roles: frozenset[Role]
    phone: str | None = field(default=None, repr=False)

    def may_review(self) -> bool:
        """Say whether this person may act as the second person."""
        return bool(self.roles & {Role.REVIEWER, Role.CENTRE_MANAGER})

    def is_manager(self) -> bool:
        """Say whether this person may approve cases of the high risk band."""
        return Role.CENTRE_MANAGER in self.roles
