"""Invented people, merchants and cases for tests of the window."""

from __future__ import annotations

from datetime import UTC, date, datetime

from counter_app.domain.account import Account, Role
from counter_app.domain.counter_facts import CounterFacts
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantRecord,
    MerchantType,
    Principal,
    Settlement,
    SettlementKind,
    Terminal,
)
from counter_app.domain.phone import PhoneClass, Segment, SegmentTable
from counter_app.domain.provider_rules import RulePack
from counter_app.flow.state import Desk, FlowState

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CASE_ID = "0193576a-0000-7000-8000-000000000042"
CLERK = Account("c01", "张三", frozenset({Role.CLERK}))
MANAGER = Account("m01", "李四", frozenset({Role.CENTRE_MANAGER}))
PASSWORD = "correct horse 1"

MERCHANT = MerchantRecord(
    merchant_no="102110054990001",
    name="样本小吃店",
    provider="lakala",
    type=MerchantType.SOLE_PROPRIETOR,
    principal=Principal("样本甲", DocumentType.RESIDENT_ID, "110199199003070017"),
    phone="13900000001",
    uscc="92110199MA00ABCD4U",
    phone_changed_on=date(2024, 5, 1),
    settlement=Settlement("样本银行", "6222020000000000018", SettlementKind.CARD, date(2024, 1, 1)),
    address="样本市样本区样本路 1 号",
    terminals=(
        Terminal("N500W00012345", "10000001", sim="1440012345678"),
        Terminal("N500W00012346", "10000002"),
    ),
)

LAKALA = RulePack(
    provider="lakala",
    title="拉卡拉",
    version="2026.11.1",
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 12, 31),
    basis="指南",
    served=frozenset(MerchantType),
    licence_for=frozenset({MerchantType.ENTERPRISE}),
    seal_for=frozenset({MerchantType.ENTERPRISE}),
)
SEGMENTS = SegmentTable("test", date(2026, 1, 1), (Segment("139", PhoneClass.MOBILE),))


def desk(now: datetime = NOW) -> Desk:
    """The rules as they are in tests."""
    return Desk((LAKALA,), SEGMENTS, CounterFacts(now))


def document(owner: Owner = Owner.PRINCIPAL) -> IdentityDocument:
    """The principal's or the agent's card, read from its chip."""
    is_principal = owner is Owner.PRINCIPAL
    return IdentityDocument(
        owner=owner,
        type=DocumentType.RESIDENT_ID,
        number="110199199003070017" if is_principal else "110199198811020021",
        name="样本甲" if is_principal else "样本乙",
        captured_by=CaptureMethod.CHIP,
        born_on=date(1990, 3, 7) if is_principal else date(1988, 11, 2),
        valid_from=date(2020, 1, 1),
        valid_until=date(2040, 1, 1),
    )


def fresh_state() -> FlowState:
    """A case that has just begun."""
    return FlowState(Draft(CASE_ID, CASE_ID, CLERK.account_id, NOW))
