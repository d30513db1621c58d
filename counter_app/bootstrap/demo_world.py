"""An invented branch with invented people, for demonstrations, training and tests."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.bootstrap.places import Places, resource
from counter_app.domain.account import Account, Role
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantRecord,
    MerchantType,
    Ownership,
    Principal,
    Settlement,
    SettlementKind,
    Terminal,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.rulebook.signing import read_private_key
from counter_app.settings import Environment
from counter_app.storage.accounts import SqlAccounts
from counter_app.storage.directory import SqlDirectory
from counter_app.storage.directory_file import FileKind, Header, write_directory
from counter_app.storage.signed_file import Purpose, sign_file, signature_of

PASSWORD = "demo-2026-counter"  # noqa: S105 - known to all, for invented people only
CLERK = "c01"
REVIEWER = "s01"
MANAGER = "m01"
TERMINAL_SN = "N500W00012345"
PRINCIPAL_NAME = "样本甲"
PRINCIPAL_NUMBER = "110199199003070017"
AGENT_NAME = "样本乙"
AGENT_NUMBER = "110199198811020021"
NEW_NUMBER = "13900000002"

PEOPLE = (
    Account(CLERK, "演示经办", frozenset({Role.CLERK}), "13900000071"),
    Account("c02", "演示经办二", frozenset({Role.CLERK}), "13900000072"),
    Account(REVIEWER, "演示复核", frozenset({Role.CLERK, Role.REVIEWER}), "13900000073"),
    Account(
        MANAGER,
        "演示主任",
        frozenset({Role.REVIEWER, Role.CENTRE_MANAGER, Role.ADMIN}),
        "13900000074",
    ),
)


_OWNER = Principal(PRINCIPAL_NAME, DocumentType.RESIDENT_ID, PRINCIPAL_NUMBER)
_SECOND = Principal(AGENT_NAME, DocumentType.RESIDENT_ID, AGENT_NUMBER)
_CARD = Settlement("样本银行", "6222020000000000018", SettlementKind.CARD, date(2024, 1, 1))
_CORPORATE = Settlement(
    "样本银行", "1100-0000-0000-9001", SettlementKind.CORPORATE, date(2023, 6, 1)
)

MERCHANTS = (
    MerchantRecord(
        merchant_no="102110054990001",
        name="样本小吃店",
        provider="lakala",
        type=MerchantType.SOLE_PROPRIETOR,
        principal=_OWNER,
        phone="13900000001",
        uscc="92110199MA00ABCD4U",
        phone_changed_on=date(2024, 5, 1),
        settlement=_CARD,
        address="样本市样本路1号",
        terminals=(Terminal(TERMINAL_SN, "10000001", Ownership.LEASED, "1440012345678"),),
    ),
    MerchantRecord(
        merchant_no="102110053110002",
        name="样本商贸有限公司",
        provider="chinaums",
        type=MerchantType.ENTERPRISE,
        principal=_SECOND,
        phone="13900000011",
        uscc="91110199MA00ABCD4Y",
        settlement=_CORPORATE,
        address="样本市样本路2号",
        terminals=(
            Terminal("N500W00022001", "10000002", Ownership.BOUGHT),
            Terminal("N500W00022002", "10000003", Ownership.BOUGHT),
        ),
    ),
    MerchantRecord(
        merchant_no="102110055990003",
        name="样本水果摊",
        provider="shengpay",
        type=MerchantType.MICRO,
        principal=_SECOND,
        phone="13900000012",
        settlement=Settlement(
            "样本银行", "6217000000000000012", SettlementKind.CARD, date(2025, 3, 1)
        ),
        address="样本市样本路3号",
        terminals=(Terminal("N500W00033001", "10000004", Ownership.DEPOSIT),),
    ),
    MerchantRecord(
        merchant_no="102110057990004",
        name="样本个人",
        provider="allinpay",
        type=MerchantType.INDIVIDUAL,
        principal=_OWNER,
        phone="13900000013",
        settlement=_CARD,
        terminals=(Terminal("N500W00044001", "10000005", Ownership.BOUGHT),),
    ),
)
"""One of each type."""


def furnish(
    environment: Environment,
    places: Places,
    accounts: SqlAccounts,
    directory: SqlDirectory,
    now: datetime,
) -> None:
    """Put the invented branch into an empty data folder; once is enough.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """
    if environment is Environment.PRODUCTION:
        raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, device="demonstration data")
    if not accounts.everyone():
        for person in PEOPLE:
            accounts.add(person, PASSWORD + "-first", now)
            accounts.change_password(person.account_id, PASSWORD + "-first", PASSWORD, now)
    if directory.state().serial == 0:
        file = _directory_file(places.data, now)
        directory.load(file, now)
        for path in (file, signature_of(file)):
            path.unlink()


def _directory_file(folder: Path, now: datetime) -> Path:
    path = folder / "demo-directory.jsonl"
    write_directory(path, Header(FileKind.FULL, 1, 0, now), MERCHANTS)
    sign_file(path, Purpose.DIRECTORY, demo_head_office())
    return path


def demo_head_office() -> Ed25519PrivateKey:
    """Return the demonstration's head-office key, which everybody has."""
    return read_private_key(resource("simulator", "demo_head_office_key.pem").read_bytes())
