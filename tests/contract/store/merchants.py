"""Invented merchants for the directory."""

from __future__ import annotations

from datetime import date

from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantRecord,
    MerchantStatus,
    MerchantType,
    Ownership,
    Principal,
    Settlement,
    SettlementKind,
    Terminal,
)

FULLEST = MerchantRecord(
    merchant_no="102110054990001",
    name="样本小吃店",
    provider="lakala",
    type=MerchantType.SOLE_PROPRIETOR,
    principal=Principal("样本甲", DocumentType.RESIDENT_ID, "110199199003070017"),
    phone="13900000001",
    uscc="92110199MA00ABCD4U",
    phone_changed_on=date(2024, 5, 1),
    settlement=Settlement("样本银行", "6222020000000000018", SettlementKind.CARD, date(2024, 1, 1)),
    status=MerchantStatus.FROZEN,
    in_flight=True,
    operator_on_licence="样本乙",
    address="样本路1号",
    terminals=(
        Terminal("N500W00012345", "10000001", Ownership.BOUGHT, "1440012345678"),
        Terminal("N500W00012346"),
    ),
)


def merchant(
    number: int, name: str = "", phone: str = "", uscc: str | None = None
) -> MerchantRecord:
    return MerchantRecord(
        merchant_no=f"1021100549{number:05d}",
        name=name or f"样本商户{number:05d}",
        provider="lakala",
        type=MerchantType.MICRO,
        principal=Principal("样本乙", DocumentType.RESIDENT_ID, "110199198811020021"),
        phone=phone or f"1390000{number:04d}",
        uscc=uscc,
        terminals=(Terminal(f"SN-{number:06d}"),),
    )


BARE = merchant(2)
