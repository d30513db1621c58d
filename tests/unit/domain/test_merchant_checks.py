"""MERCHANT, TERMINAL, PROVIDER, MATERIAL and SETTLEMENT findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.draft import ChangeReason, Lookup, RealNameCheck
from counter_app.domain.merchant import MerchantStatus, MerchantType
from counter_app.domain.provider_rules import PhoneProofRule
from counter_app.domain.step import Step
from counter_app.flow.answers import SettlementCardAnswer
from tests.unit.domain import cases as c

BLOCK, REVIEW = Severity.BLOCK, Severity.REVIEW
LICENSED = {MerchantType.ENTERPRISE, MerchantType.SOLE_PROPRIETOR}


@pytest.mark.parametrize(
    ("lookup", "expected"),
    [
        (Lookup.NOT_ASKED, set()),
        (Lookup.FOUND, set()),
        (Lookup.UNKNOWN_TERMINAL, {"TERMINAL.unknown", "MERCHANT.not_found"}),
        (Lookup.UNKNOWN_MERCHANT, {"MERCHANT.not_found"}),
        (Lookup.SEVERAL_MERCHANTS, {"TERMINAL.other_merchant"}),
    ],
)
def test_what_the_directory_does_not_know_stops_at_the_terminal(
    lookup: Lookup, expected: set[str]
) -> None:
    draft = replace(c.in_person(merchant=None, terminal=None), lookup=lookup)
    found = c.assess(draft).at(Step.TERMINAL)
    assert {finding.code.value for finding in found} == expected
    assert all(finding.severity is BLOCK for finding in found)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": MerchantStatus.ACTIVE}, None),
        ({"status": MerchantStatus.FROZEN}, "MERCHANT.frozen"),
        ({"status": MerchantStatus.CLOSED}, "MERCHANT.closed"),
        ({"in_flight": True}, "CASE.in_flight"),
        ({"operator_on_licence": "样本甲"}, None),
        ({"operator_on_licence": "样本丙"}, "MERCHANT.owner_changed"),
    ],
)
def test_a_merchants_state_stops_before_any_identity_is_taken(
    changes: dict[str, object], code: str | None
) -> None:
    assessment = c.assess(c.in_person(merchant=c.shop(**changes)))
    found = {finding.code.value for finding in assessment.at(Step.TERMINAL)}
    assert found == ({code} if code else set())
    assert bool(assessment.stopping()) is bool(code)


@pytest.mark.parametrize("kind", list(MerchantType))
def test_a_provider_serves_the_types_of_its_pack(kind: MerchantType) -> None:
    pack = replace(c.PACK, served=frozenset(LICENSED))
    found = c.assess(c.in_person(merchant=c.shop(type=kind)), pack).at(Step.TERMINAL)
    assert [finding.code.value for finding in found] == (
        [] if kind in LICENSED else ["PROVIDER.type_not_served"]
    )
    if found:
        assert dict(found[0].facts) == {"provider": "拉卡拉", "version": "test"}


@pytest.mark.parametrize("reason", [None, *ChangeReason])
def test_a_change_of_owner_is_another_case_first(reason: ChangeReason | None) -> None:
    found = c.codes(c.in_person(reason=reason))
    is_other = reason in {
        ChangeReason.LEGAL_REPRESENTATIVE_CHANGED,
        ChangeReason.MERCHANT_TRANSFERRED,
    }
    assert found == ({"MERCHANT.owner_changed": BLOCK} if is_other else {})


@pytest.mark.parametrize("kind", list(MerchantType))
@pytest.mark.parametrize("is_missing", [True, False])
def test_a_licence_is_missing_where_the_pack_wants_one(
    kind: MerchantType, is_missing: bool
) -> None:
    draft = c.in_person(merchant=c.shop(type=kind), licence=None, is_licence_missing=is_missing)
    expected = {"MATERIAL.licence_missing": BLOCK} if is_missing and kind in LICENSED else {}
    assert c.codes(draft) == expected


@pytest.mark.parametrize(
    ("until", "is_expired"),
    [(date(2026, 11, 22), True), (date(2026, 11, 23), False), (None, False)],
)
@pytest.mark.parametrize("kind", [MerchantType.SOLE_PROPRIETOR, MerchantType.MICRO])
def test_the_last_day_of_a_licence_counts_where_one_is_wanted(
    kind: MerchantType, until: date | None, is_expired: bool
) -> None:
    draft = c.in_person(merchant=c.shop(type=kind), licence=c.licence(valid_until=until))
    is_wanted = kind in LICENSED
    expected = {"MATERIAL.licence_expired": BLOCK} if is_expired and is_wanted else {}
    assert c.codes(draft) == expected


@pytest.mark.parametrize("has_seal", [True, False])
@pytest.mark.parametrize("kind", [MerchantType.ENTERPRISE, MerchantType.SOLE_PROPRIETOR])
def test_an_enterprise_seals_its_form(kind: MerchantType, has_seal: bool) -> None:
    draft = c.in_person(merchant=c.shop(type=kind), licence=c.licence(has_seal=has_seal))
    is_missing = kind is MerchantType.ENTERPRISE and not has_seal
    assert c.codes(draft) == ({"MATERIAL.seal_missing": BLOCK} if is_missing else {})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"uscc": c.SHOP_USCC.lower()}, None),
        ({"uscc": c.ENTERPRISE_USCC}, "TERMINAL.other_merchant"),
        ({"uscc": c.ENTERPRISE_USCC, "operator": "样本丙"}, "TERMINAL.other_merchant"),
        ({"operator": "样本丙"}, "MERCHANT.owner_changed"),
        ({"operator": ""}, None),
    ],
)
def test_the_licence_is_this_merchants_and_this_persons(
    changes: dict[str, object], code: str | None
) -> None:
    found = c.codes(c.in_person(licence=c.licence(**changes)))
    assert found == ({code: BLOCK} if code else {})


def test_a_merchant_without_a_code_is_compared_by_its_operator_only() -> None:
    merchant = c.shop(type=MerchantType.MICRO, uscc=None)
    assert not c.codes(c.in_person(merchant=merchant))
    other = c.in_person(merchant=merchant, licence=c.licence(operator="样本丙"))
    assert c.codes(other) == {"MERCHANT.owner_changed": BLOCK}


@pytest.mark.parametrize("rule", list(PhoneProofRule))
@pytest.mark.parametrize("check", list(RealNameCheck))
@pytest.mark.parametrize("is_shown", [True, False])
def test_proof_of_the_number_is_asked_for_as_the_pack_says(
    rule: PhoneProofRule, check: RealNameCheck, is_shown: bool
) -> None:
    draft = c.in_person(new_number=c.new_number(real_name=check), has_phone_proof=is_shown)
    is_asked = rule is PhoneProofRule.ALWAYS or (
        rule is PhoneProofRule.WHEN_NAME_DIFFERS and check is RealNameCheck.DIFFERS
    )
    expected = {"MATERIAL.phone_proof_missing": REVIEW} if is_asked and not is_shown else {}
    assert c.codes(draft, replace(c.PACK, phone_proof=rule)) == expected


def test_proof_is_not_asked_for_before_the_number_is_settled() -> None:
    pack = replace(c.PACK, phone_proof=PhoneProofRule.ALWAYS)
    assert not c.codes(c.in_person(new_number=None), pack)
    assert not c.codes(c.in_person(new_number=c.new_number(code=None)), pack)


@pytest.mark.parametrize(
    ("confirmed", "card", "is_wrong"),
    [
        (True, None, False),
        (None, None, False),
        (False, None, True),
        (True, c.ACCOUNT, False),
        (True, "6222 0200 0000 0000 018", False),
        (True, "6217000000000000012", True),
    ],
)
def test_the_account_is_confirmed_and_never_edited(
    confirmed: bool | None, card: str | None, is_wrong: bool
) -> None:
    draft = c.in_person(is_settlement_confirmed=confirmed)
    if card is not None:
        draft = SettlementCardAnswer(card).on(draft)
    assert c.codes(draft) == ({"SETTLEMENT.mismatch": BLOCK} if is_wrong else {})


def test_without_an_account_on_record_no_card_differs() -> None:
    draft = SettlementCardAnswer(c.ACCOUNT).on(c.in_person(merchant=c.shop(settlement=None)))
    assert not c.codes(draft)


@pytest.mark.parametrize(
    ("is_wanted", "sn", "is_known", "is_stopped"),
    [
        (True, c.OTHER_SN, False, False),
        (True, c.OTHER_SN, None, False),
        (True, c.OTHER_SN, True, True),
        (True, c.SHOP_SN, False, True),
        (True, "", None, False),
        (False, c.OTHER_SN, True, False),
    ],
)
def test_a_replacement_is_bound_nowhere(
    is_wanted: bool, sn: str, is_known: bool | None, is_stopped: bool
) -> None:
    draft = c.in_person(is_swap_wanted=is_wanted, swap_to_sn=sn, is_swap_sn_known=is_known)
    expected = {"TERMINAL.swap_known_elsewhere": BLOCK} if is_stopped else {}
    assert c.codes(draft) == expected
    assert c.codes(replace(draft, terminal=None)).keys() <= {"TERMINAL.swap_known_elsewhere"}


def test_without_a_merchant_no_material_is_judged() -> None:
    draft = c.in_person(merchant=None, licence=None, is_licence_missing=True)
    assert not c.codes(draft)


def test_a_merchants_terminal_is_found_by_its_serial_number() -> None:
    assert c.shop().terminal(c.SHOP_SN) == c.shop().terminals[0]
    assert c.shop().terminal("N0") is None
