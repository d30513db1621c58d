"""The account file of head office: JSON, signed; passwords only as argon2id hashes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from argon2 import Type, extract_parameters
from argon2.exceptions import InvalidHashError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.domain.account import Account, Role
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.signed_file import Purpose, check_file

_KEYS = {"account_id", "display_name", "roles", "phone", "password", "must_change", "disabled"}
_NEEDED = {"account_id", "display_name", "roles", "password"}


@dataclass(frozen=True, slots=True)
class FiledAccount:
    """One account of the file.

    Attributes:
        password: argon2id hash in PHC form.
    """

    account: Account
    password: str = field(repr=False)
    must_change: bool = True
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class AccountFile:
    """The whole file; accounts that it does not name may no longer sign in."""

    serial: int
    issued_at: datetime
    accounts: tuple[FiledAccount, ...]


def read_account_file(path: Path, key: Ed25519PublicKey) -> AccountFile:
    """Read a signed account file.

    Raises:
        CounterError: RULES_SIGNATURE; ACCOUNTS_INVALID with the facts `file`, `line` and `key`.
    """
    count = check_file(path, Purpose.ACCOUNTS, key)
    text = path.read_bytes()[:count]
    try:
        said = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise _invalid(path, line, "json") from error
    try:
        if said["schema"] != 1 or set(said) != {"schema", "serial", "issued_at", "accounts"}:
            raise _invalid(path, 1, "schema")
        issued_at = datetime.fromisoformat(said["issued_at"])
        if issued_at.tzinfo is None:
            raise _invalid(path, 1, "issued_at")
        accounts = tuple(
            _account(path, text, place, one) for place, one in enumerate(said["accounts"])
        )
        _require_people(path, text, accounts)
        return AccountFile(int(said["serial"]), issued_at, accounts)
    except (KeyError, TypeError, ValueError) as error:
        raise _invalid(path, 1, str(error).strip("'")[:40]) from error


def _account(path: Path, text: bytes, place: int, said: dict[str, object]) -> FiledAccount:
    line = _line_of(text, place)
    unknown = set(said) - _KEYS or _NEEDED - set(said)
    if unknown:
        raise _invalid(path, line, min(unknown))
    password = str(said["password"])
    if not _is_argon2id(password):
        raise _invalid(path, line, "password")
    return FiledAccount(
        Account(
            account_id=str(said["account_id"]),
            display_name=str(said["display_name"]),
            roles=_roles(path, line, said["roles"]),
            phone=str(said["phone"]) if said.get("phone") else None,
        ),
        password,
        must_change=bool(said.get("must_change", True)),
        disabled=bool(said.get("disabled", False)),
    )


def _require_people(path: Path, text: bytes, accounts: tuple[FiledAccount, ...]) -> None:
    """Refuse a file after which nobody could sign in, or that names somebody twice."""
    names = [one.account.account_id for one in accounts]
    for place, name in enumerate(names):
        if not name.strip() or name in names[:place]:
            raise _invalid(path, _line_of(text, place), "account_id")
    if all(one.disabled for one in accounts):
        raise _invalid(path, 1, "accounts")


def _roles(path: Path, line: int, said: object) -> frozenset[Role]:
    if not isinstance(said, list) or not said:
        raise _invalid(path, line, "roles")
    try:
        return frozenset(Role(one) for one in said)
    except ValueError as error:
        raise _invalid(path, line, "roles") from error


def _is_argon2id(password: str) -> bool:
    try:
        return extract_parameters(password).type is Type.ID
    except InvalidHashError:
        return False


def _line_of(text: bytes, place: int) -> int:
    """Return the line on which the account at a place of the list begins."""
    at = -1
    for _ in range(place + 1):
        at = text.find(b'"account_id"', at + 1)
    return text[:at].count(b"\n") + 1 if at >= 0 else 1


def _invalid(path: Path, line: int, key: str) -> CounterError:
    return CounterError(FailureCode.ACCOUNTS_INVALID, file=path.name, line=line, key=key)
