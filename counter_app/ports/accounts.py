"""Who may work here: sign-in, the second person's authorisation, passwords."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from counter_app.domain.account import Account

FRESH = timedelta(minutes=2)
"""How long the second person's authorisation counts as given at that moment."""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A person proved with the password, at this moment, who they are."""

    account: Account
    at: datetime

    def is_fresh(self, now: datetime, within: timedelta = FRESH) -> bool:
        """Say whether it still counts; one from the future does not."""
        return timedelta(0) <= now - self.at <= within


class Accounts(Protocol):
    """The counter's accounts; they work without a network.

    Raises:
        CounterError: SIGN_IN_REFUSED for an unknown or disabled account and for a wrong password
            (fact `left`: tries before a delay); SIGN_IN_LOCKED while a delay runs (fact `wait_s`).
    """

    def sign_in(self, account_id: str, password: str, now: datetime) -> Account:
        """Return the account of who signs in."""
        ...

    def must_change(self, account_id: str) -> bool:
        """Say whether the password has to be changed before working."""
        ...

    def step_up(self, account_id: str, password: str, now: datetime) -> Authorisation:
        """Return a fresh authorisation of the second person; nobody is signed out.

        Raises:
            CounterError: PASSWORD_MUST_CHANGE: a password that others know authorises nothing.
        """
        ...

    def change_password(self, account_id: str, old: str, new: str, now: datetime) -> None:
        """Change a password: ten characters at least, new, without the account's name."""
        ...

    def find(self, account_id: str) -> Account | None:
        """Return an account, or None."""
        ...

    def everyone(self) -> tuple[Account, ...]:
        """Return the accounts that may sign in, by id."""
        ...

    def staff_numbers(self) -> frozenset[str]:
        """Return the staff's own mobile numbers, which may not become a merchant's."""
        ...

    def load(self, path: Path, now: datetime) -> int:
        """Take over a signed account file of head office; returns how many accounts it holds.

        Raises:
            CounterError: RULES_SIGNATURE when its signature is wrong or missing; ACCOUNTS_INVALID
                (facts `file`, `line`, `key`) when it is malformed, or older than what is here.
        """
        ...
