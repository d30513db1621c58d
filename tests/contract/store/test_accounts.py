from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.account import Account, Role
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Accounts
from counter_app.storage.accounts import SqlAccounts
from counter_app.storage.database import Database
from counter_app.storage.signed_file import Purpose, sign_file
from counter_app.storage.store import SqlCaseStore
from tests.contract.store.builders import NOW, PLACE, minutes

OFFICE = Ed25519PrivateKey.from_private_bytes(b"head office for testing only !!!")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CLERK = Account("c01", "样本丙", frozenset({Role.CLERK}), "13900000001")
REVIEWER = Account("s01", "样本丁", frozenset({Role.REVIEWER, Role.CENTRE_MANAGER}))
GOOD, WRONG = "correct horse battery", "wrong horse battery"


@pytest.fixture
def accounts(sql_store: SqlCaseStore, database: Database) -> SqlAccounts:
    kept = SqlAccounts(database, PLACE, OFFICE.public_key(), QUICK)
    kept.add(CLERK, GOOD, NOW)
    kept.add(REVIEWER, GOOD, NOW)
    return kept


def refused(accounts: Accounts, account_id: str, password: str, at: float = 0) -> CounterError:
    with pytest.raises(CounterError) as caught:
        accounts.sign_in(account_id, password, minutes(at))
    return caught.value


def test_the_right_password_signs_in(accounts: SqlAccounts) -> None:
    assert accounts.sign_in("c01", GOOD, NOW) == CLERK
    assert accounts.find("s01") == REVIEWER
    assert accounts.everyone() == (CLERK, REVIEWER)
    assert accounts.staff_numbers() == {"13900000001"}


@pytest.mark.parametrize(
    ("account_id", "password"), [("c01", WRONG), ("c01", ""), ("nobody", GOOD), ("C01", GOOD)]
)
def test_a_wrong_password_and_an_unknown_account_look_the_same(
    accounts: SqlAccounts, account_id: str, password: str
) -> None:
    error = refused(accounts, account_id, password)
    assert error.code is FailureCode.SIGN_IN_REFUSED
    assert error.facts == {"left": 2}


def test_wrong_passwords_are_met_with_growing_delays(accounts: SqlAccounts) -> None:
    assert [refused(accounts, "c01", WRONG).facts["left"] for _ in range(3)] == [2, 1, 0]
    locked = refused(accounts, "c01", GOOD)
    assert locked.code is FailureCode.SIGN_IN_LOCKED
    assert locked.facts == {"wait_s": 31}
    assert refused(accounts, "c01", WRONG, at=0.5).code is FailureCode.SIGN_IN_REFUSED
    assert refused(accounts, "c01", GOOD, at=1).facts == {"wait_s": 31}
    for attempt in range(10):
        refused(accounts, "c01", WRONG, at=60 * (attempt + 1))
    assert refused(accounts, "c01", GOOD, at=600).facts == {"wait_s": 15 * 60 + 1}
    assert accounts.sign_in("c01", GOOD, minutes(616)) == CLERK
    assert refused(accounts, "c01", WRONG, at=617).facts == {"left": 2}


def test_one_persons_delay_is_not_anothers(accounts: SqlAccounts) -> None:
    for _ in range(3):
        refused(accounts, "c01", WRONG)
    assert accounts.sign_in("s01", GOOD, NOW) == REVIEWER


def test_delays_outlive_the_program(accounts: SqlAccounts, database: Database) -> None:
    for _ in range(3):
        refused(accounts, "c01", WRONG)
    again = SqlAccounts(database, PLACE, OFFICE.public_key(), QUICK)
    assert refused(again, "c01", GOOD).code is FailureCode.SIGN_IN_LOCKED


def test_a_clock_set_back_locks_nobody_out_for_longer_and_opens_nothing_sooner(
    accounts: SqlAccounts,
) -> None:
    for _ in range(3):
        refused(accounts, "c01", WRONG)
    year = 365 * 24 * 60
    assert refused(accounts, "c01", GOOD, at=-year).facts == {"wait_s": 31}
    assert refused(accounts, "c01", GOOD, at=-year + 0.4).code is FailureCode.SIGN_IN_LOCKED
    assert accounts.sign_in("c01", GOOD, minutes(-year + 0.5)) == CLERK


def test_the_second_person_authorises_at_this_moment_only(accounts: SqlAccounts) -> None:
    accounts.change_password("s01", GOOD, "another long password", NOW)
    proof = accounts.step_up("s01", "another long password", NOW)
    assert proof.account == REVIEWER
    assert proof.is_fresh(minutes(2))
    assert not proof.is_fresh(minutes(2.1))
    assert not proof.is_fresh(minutes(-1))
    with pytest.raises(CounterError) as caught:
        accounts.step_up("s01", WRONG, NOW)
    assert caught.value.code is FailureCode.SIGN_IN_REFUSED


def test_a_password_that_others_know_authorises_nothing(accounts: SqlAccounts) -> None:
    with pytest.raises(CounterError) as caught:
        accounts.step_up("s01", GOOD, NOW)
    assert caught.value.code is FailureCode.PASSWORD_MUST_CHANGE


def test_a_first_password_has_to_be_changed(accounts: SqlAccounts) -> None:
    assert accounts.must_change("c01")
    accounts.change_password("c01", GOOD, "another long password", NOW)
    assert not accounts.must_change("c01")
    assert refused(accounts, "c01", GOOD).code is FailureCode.SIGN_IN_REFUSED
    assert accounts.sign_in("c01", "another long password", NOW) == CLERK


@pytest.mark.parametrize(
    ("new", "cause"),
    [
        ("short", "short"),
        (GOOD, "same"),
        ("my C01 password", "name"),
        ("样本丙的口令很长很长", "name"),
    ],
)
def test_a_weak_new_password_is_refused(accounts: SqlAccounts, new: str, cause: str) -> None:
    with pytest.raises(CounterError) as caught:
        accounts.change_password("c01", GOOD, new, NOW)
    assert caught.value.code is FailureCode.PASSWORD_REFUSED
    assert caught.value.facts == {"cause": cause}
    assert accounts.sign_in("c01", GOOD, NOW) == CLERK


def test_changing_needs_the_old_password(accounts: SqlAccounts) -> None:
    with pytest.raises(CounterError) as caught:
        accounts.change_password("c01", WRONG, "another long password", NOW)
    assert caught.value.code is FailureCode.SIGN_IN_REFUSED


def test_every_attempt_is_in_the_journal_and_no_password_is(
    accounts: SqlAccounts, sql_store: SqlCaseStore
) -> None:
    accounts.sign_in("c01", GOOD, NOW)
    refused(accounts, "c01", WRONG)
    refused(accounts, GOOD, "a password typed as the name")
    with sql_store.view() as unit:
        rows = [row.record.decode() for row in unit.journal_rows()]
    acts = [json.loads(row)["action"] for row in rows][2:]
    assert acts == ["SIGNED_IN", "SIGN_IN_REFUSED", "SIGN_IN_REFUSED"]
    assert not any(secret in row for row in rows for secret in (GOOD, WRONG, "typed as the name"))


def account_file(
    tmp_path: Path, serial: int, /, *accounts: dict[str, object], **changes: object
) -> Path:
    path = tmp_path / f"accounts-{serial}.json"
    said = {
        "schema": 1,
        "serial": serial,
        "issued_at": NOW.isoformat(),
        "accounts": list(accounts),
    } | changes
    path.write_text(json.dumps(said, indent=1), encoding="utf-8")
    sign_file(path, Purpose.ACCOUNTS, OFFICE)
    return path


def filed(account_id: str, password: str = GOOD, **changes: object) -> dict[str, object]:
    said = {"account_id": account_id, "display_name": "样本戊", "roles": ["clerk"]}
    return said | {"password": QUICK.hash(password)} | changes


def test_a_signed_file_of_head_office_brings_accounts(
    accounts: SqlAccounts, tmp_path: Path
) -> None:
    path = account_file(tmp_path, 1, filed("c02", must_change=False), filed("c03", disabled=True))
    assert accounts.load(path, NOW) == 2
    assert accounts.sign_in("c02", GOOD, NOW).account_id == "c02"
    assert not accounts.must_change("c02")
    assert refused(accounts, "c03", GOOD).code is FailureCode.SIGN_IN_REFUSED


def test_who_is_not_in_the_file_may_no_longer_sign_in(
    accounts: SqlAccounts, tmp_path: Path
) -> None:
    accounts.load(account_file(tmp_path, 1, filed("c02")), NOW)
    assert refused(accounts, "c01", GOOD).code is FailureCode.SIGN_IN_REFUSED
    assert [account.account_id for account in accounts.everyone()] == ["c02"]
    assert accounts.find("c01") == CLERK


def test_a_changed_password_outlives_the_next_file_until_head_office_sets_another(
    accounts: SqlAccounts, tmp_path: Path
) -> None:
    entry = filed("c02")
    accounts.load(account_file(tmp_path, 1, entry), NOW)
    accounts.change_password("c02", GOOD, "another long password", NOW)
    accounts.load(account_file(tmp_path, 2, entry), NOW)
    assert accounts.sign_in("c02", "another long password", NOW).account_id == "c02"
    accounts.load(account_file(tmp_path, 3, filed("c02", "reset by head office")), NOW)
    assert accounts.sign_in("c02", "reset by head office", NOW).account_id == "c02"
    assert accounts.must_change("c02")


@pytest.mark.parametrize(
    ("entry", "changes", "key"),
    [
        (filed("c02"), {"serial": 0}, "serial"),
        (filed("c02"), {"schema": 2}, "schema"),
        (filed("c02"), {"extra": 1}, "schema"),
        (filed("c02"), {"issued_at": (NOW + timedelta(days=3)).isoformat()}, "issued_at"),
        (filed("c02", colour="red"), {}, "colour"),
        (filed("c02", roles=["king"]), {}, "roles"),
        (filed("c02", roles=[]), {}, "roles"),
        (filed("c02") | {"password": "plain"}, {}, "password"),
        ({"account_id": "c02"}, {}, "display_name"),
        (filed("c02"), {"issued_at": "2026-11-23T10:00:00"}, "issued_at"),
        (filed("c02", disabled=True), {}, "accounts"),
        (filed(" "), {}, "account_id"),
    ],
)
def test_a_malformed_file_is_refused_whole_with_its_place(
    accounts: SqlAccounts,
    tmp_path: Path,
    entry: dict[str, object],
    changes: dict[str, object],
    key: str,
) -> None:
    path = account_file(tmp_path, 1, entry, **changes)
    with pytest.raises(CounterError) as caught:
        accounts.load(path, NOW)
    assert caught.value.code is FailureCode.ACCOUNTS_INVALID
    assert (caught.value.facts["file"], caught.value.facts["key"]) == (path.name, key)
    assert accounts.sign_in("c01", GOOD, NOW) == CLERK


def test_the_place_of_a_bad_account_is_its_line(accounts: SqlAccounts, tmp_path: Path) -> None:
    path = account_file(tmp_path, 1, filed("c02"), filed("c03", roles=["king"]))
    with pytest.raises(CounterError) as caught:
        accounts.load(path, NOW)
    line = int(caught.value.facts["line"])
    assert "c03" in path.read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_file_that_names_somebody_twice_is_refused(accounts: SqlAccounts, tmp_path: Path) -> None:
    path = account_file(tmp_path, 1, filed("c02"), filed("c02", roles=["admin"]))
    with pytest.raises(CounterError) as caught:
        accounts.load(path, NOW)
    assert caught.value.facts["key"] == "account_id"


def test_nonsense_is_refused_with_its_line(accounts: SqlAccounts, tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    path.write_text("{\n\n nonsense", encoding="utf-8")
    sign_file(path, Purpose.ACCOUNTS, OFFICE)
    with pytest.raises(CounterError) as caught:
        accounts.load(path, NOW)
    assert caught.value.facts == {"file": "accounts.json", "line": 3, "key": "json"}


def test_a_file_of_somebody_else_is_refused(accounts: SqlAccounts, tmp_path: Path) -> None:
    path = account_file(tmp_path, 1, filed("c02"))
    sign_file(path, Purpose.ACCOUNTS, Ed25519PrivateKey.generate())
    with pytest.raises(CounterError) as caught:
        accounts.load(path, NOW)
    assert caught.value.code is FailureCode.RULES_SIGNATURE
    assert accounts.sign_in("c01", GOOD, NOW) == CLERK


def test_an_older_file_is_refused(accounts: SqlAccounts, tmp_path: Path) -> None:
    accounts.load(account_file(tmp_path, 5, filed("c02")), NOW)
    with pytest.raises(CounterError) as caught:
        accounts.load(account_file(tmp_path, 4, filed("c03")), NOW)
    assert caught.value.facts["key"] == "serial"
