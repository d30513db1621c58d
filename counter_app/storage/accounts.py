"""Accounts in the database: sign-in with argon2id and growing delays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, Update, select, update
from sqlalchemy.dialects.sqlite import insert

from counter_app.domain.account import Account, Role
from counter_app.domain.journal import JournalAction, JournalEntry, Place
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.storage.account_file import FiledAccount, read_account_file
from counter_app.storage.database import Database
from counter_app.storage.rows import Rows
from counter_app.storage.tables import ACCOUNTS

TRIES = 3
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
SHORTEST_PASSWORD = 10
_SERIAL = "store.accounts_serial"
_DAY_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Attempt:
    row: Row[tuple[object, ...]] | None
    passed: bool


class SqlAccounts:
    """The counter's accounts; every attempt is in the journal, no password is."""

    def __init__(
        self,
        database: Database,
        place: Place,
        head_office: Ed25519PublicKey,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._database = database
        self._place = place
        self._head_office = head_office
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def sign_in(self, account_id: str, password: str, now: datetime) -> Account:
        """Return the account of who signs in."""
        return self._prove(account_id, password, now, JournalAction.SIGNED_IN)

    def step_up(self, account_id: str, password: str, now: datetime) -> Authorisation:
        """Return a fresh authorisation of the second person; nobody is signed out."""
        account = self._prove(account_id, password, now, None)
        if self.must_change(account_id):
            raise CounterError(FailureCode.PASSWORD_MUST_CHANGE)
        with self._database.write() as sql:
            act = JournalAction.STEPPED_UP
            Rows(sql, self._place).journal(JournalEntry(now, account_id, act))
        return Authorisation(account, now)

    def must_change(self, account_id: str) -> bool:
        """Say whether the password has to be changed before working."""
        with self._database.read() as sql:
            row = _find(sql, account_id)
        return row is not None and bool(row._mapping["must_change"])  # noqa: SLF001 - SQLAlchemy's public name

    def change_password(self, account_id: str, old: str, new: str, now: datetime) -> None:
        """Change a password: ten characters at least, new, without the account's name."""
        account = self._prove(account_id, old, now, None)
        weakness = _weakness(account, old, new)
        if weakness:
            raise CounterError(FailureCode.PASSWORD_REFUSED, cause=weakness)
        password = self._hasher.hash(new)
        with self._database.write() as sql:
            values = {"password": password, "must_change": 0, "changed_at": now}
            sql.execute(_change(account_id).values(values))
            act = JournalAction.PASSWORD_CHANGED
            Rows(sql, self._place).journal(JournalEntry(now, account_id, act))

    def find(self, account_id: str) -> Account | None:
        """Return an account, or None."""
        with self._database.read() as sql:
            row = _find(sql, account_id)
        return None if row is None else _account(row)

    def everyone(self) -> tuple[Account, ...]:
        """Return the accounts that may sign in, by id."""
        with self._database.read() as sql:
            query = select(ACCOUNTS).where(ACCOUNTS.c.disabled == 0)
            return tuple(
                _account(row) for row in sql.execute(query.order_by(ACCOUNTS.c.account_id))
            )

    def staff_numbers(self) -> frozenset[str]:
        """Return the staff's own mobile numbers, which may not become a merchant's."""
        return frozenset(account.phone for account in self.everyone() if account.phone)

    def add(self, account: Account, password: str, now: datetime) -> None:
        """Add an account at this counter; the password has to be changed at the first sign-in."""
        filed = FiledAccount(account, self._hasher.hash(password))
        with self._database.write() as sql:
            _put(sql, filed, now)
            facts = (("accounts", "1"), ("account", account.account_id))
            act = JournalAction.ACCOUNTS_LOADED
            Rows(sql, self._place).journal(JournalEntry(now, "system", act, "", facts))

    def load(self, path: Path, now: datetime) -> int:
        """Take over a signed account file of head office; returns how many accounts it holds."""
        file = read_account_file(path, self._head_office)
        if file.issued_at > now + _DAY_AHEAD:
            raise CounterError(
                FailureCode.ACCOUNTS_INVALID, file=path.name, line=1, key="issued_at"
            )
        with self._database.write() as sql:
            rows = Rows(sql, self._place)
            if file.serial <= int(rows.recall(_SERIAL) or 0):
                raise CounterError(
                    FailureCode.ACCOUNTS_INVALID, file=path.name, line=1, key="serial"
                )
            sql.execute(update(ACCOUNTS).values(disabled=1))
            for filed in file.accounts:
                _put(sql, filed, now)
            rows.remember(_SERIAL, str(file.serial))
            facts = (("accounts", str(len(file.accounts))), ("serial", str(file.serial)))
            rows.journal(JournalEntry(now, "system", JournalAction.ACCOUNTS_LOADED, "", facts))
        return len(file.accounts)

    def _prove(
        self, account_id: str, password: str, now: datetime, act: JournalAction | None
    ) -> Account:
        attempt = self._attempt(account_id, password, now)
        with self._database.write() as sql:
            rows = Rows(sql, self._place)
            if attempt.passed and attempt.row is not None:
                sql.execute(_change(account_id).values(failures=0, locked_until=None))
                if act is not None:
                    rows.journal(JournalEntry(now, account_id, act))
                return _account(attempt.row)
            left = self._count_failure(sql, account_id, now)
            known = attempt.row is not None
            facts = (("account", account_id if known else "unknown"),)
            refused = JournalAction.SIGN_IN_REFUSED
            rows.journal(JournalEntry(now, "unknown", refused, "", facts))
        raise CounterError(FailureCode.SIGN_IN_REFUSED, left=left)

    def _attempt(self, account_id: str, password: str, now: datetime) -> _Attempt:
        """Compare the password outside any transaction; it takes long on purpose."""
        with self._database.read() as sql:
            row = _find(sql, account_id)
        self._refuse_locked(row, account_id, now)
        kept = self._nobody if row is None else row._mapping["password"]  # noqa: SLF001 - SQLAlchemy's public name
        fits = self._fits(kept, password)
        may = row is not None and not row._mapping["disabled"]  # noqa: SLF001 - SQLAlchemy's public name
        return _Attempt(row, fits and may)

    def _refuse_locked(
        self, row: Row[tuple[object, ...]] | None, account_id: str, now: datetime
    ) -> None:
        """Refuse a locked account; its delay begins again when the clock was set back meanwhile."""
        if row is None or row._mapping["locked_until"] is None:  # noqa: SLF001 - SQLAlchemy's public name
            return
        kept = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
        until = min(kept["locked_until"], now + _delay(kept["failures"]))
        if until != kept["locked_until"]:
            with self._database.write() as sql:
                sql.execute(_change(account_id).values(locked_until=until))
        if now < until:
            wait = (until - now).total_seconds()
            raise CounterError(FailureCode.SIGN_IN_LOCKED, wait_s=int(wait) + 1)

    def _fits(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def _count_failure(self, sql: Connection, account_id: str, now: datetime) -> int:
        query = select(ACCOUNTS.c.failures).where(ACCOUNTS.c.account_id == account_id)
        failures = (sql.execute(query).scalar() or 0) + 1
        locked_until = now + _delay(failures) if failures >= TRIES else None
        sql.execute(_change(account_id).values(failures=failures, locked_until=locked_until))
        return max(0, TRIES - failures)


def _delay(failures: int) -> timedelta:
    """Return how long so many failures lock; it doubles with each beyond the tries."""
    doublings: int = max(0, min(failures - TRIES, 10))
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def _weakness(account: Account, old: str, new: str) -> str:
    if len(new) < SHORTEST_PASSWORD:
        return "short"
    if new == old:
        return "same"
    if account.account_id.lower() in new.lower() or account.display_name in new:
        return "name"
    return ""


def _find(sql: Connection, account_id: str) -> Row[tuple[object, ...]] | None:
    return sql.execute(select(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id)).one_or_none()


def _change(account_id: str) -> Update:
    return update(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id)


def _put(sql: Connection, filed: FiledAccount, now: datetime) -> None:
    """Write an account; who changed the password here keeps it until head office sets another."""
    account = filed.account
    values: dict[str, object] = {
        "display_name": account.display_name,
        "roles": " ".join(sorted(account.roles)),
        "phone": account.phone,
        "disabled": int(filed.disabled),
    }
    fresh: dict[str, object] = {
        "password": filed.password,
        "filed_password": filed.password,
        "must_change": int(filed.must_change),
        "failures": 0,
        "locked_until": None,
        "changed_at": now,
    }
    query = select(ACCOUNTS.c.filed_password).where(ACCOUNTS.c.account_id == account.account_id)
    if sql.execute(query).scalar() != filed.password:
        values |= fresh
    statement = insert(ACCOUNTS).values(account_id=account.account_id, **(fresh | values))
    sql.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=values))


def _account(row: Row[tuple[object, ...]]) -> Account:
    kept = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for the mapping
    roles = frozenset(Role(name) for name in kept["roles"].split())
    return Account(kept["account_id"], kept["display_name"], roles, kept["phone"])
