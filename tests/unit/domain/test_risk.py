"""Risk signals R1 to R15: both sides of every condition, weights, bands, floors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.draft import (
    AgentHistory,
    ChangeReason,
    CodeOutcome,
    Draft,
    Knowledge,
    Lookup,
    NumberHolder,
    OldNumberOutcome,
    OldNumberProof,
)
from counter_app.domain.identity_document import CaptureMethod, Owner, PoliceCheck
from counter_app.domain.merchant import Settlement, SettlementKind
from counter_app.domain.risk import WEIGHTS, RiskBand, RiskSignal, band_of
from tests.unit.domain import cases as c

WEIGHTS_OF_THE_TABLE = {
    "R1": 25,
    "R2": 30,
    "R3": 30,
    "R4": 15,
    "R5": 30,
    "R6": 30,
    "R7": 20,
    "R8": 20,
    "R9": 40,
    "R10": 40,
    "R11": 15,
    "R12": 10,
    "R13": 15,
    "R14": 40,
    "R15": 20,
}


def _days_ago(days: int) -> date:
    return c.TODAY - timedelta(days=days)


def _number(**changes: object) -> Draft:
    return c.in_person(new_number=c.new_number(**changes))


def test_the_weights_are_those_of_the_table() -> None:
    assert {signal.value: weight for signal, weight in WEIGHTS.items()} == WEIGHTS_OF_THE_TABLE
    assert set(WEIGHTS) == set(RiskSignal)


def test_a_usual_visit_has_no_signal() -> None:
    for draft in (c.in_person(), c.delegated(), c.company_delegated(), c.in_person(merchant=None)):
        risk = c.assess(draft).risk
        assert (risk.signals, risk.score, risk.band) == (frozenset(), 0, RiskBand.LOW)


@pytest.mark.parametrize(
    ("changed", "is_there"),
    [(None, False), (_days_ago(91), False), (_days_ago(90), True), (_days_ago(0), True)],
)
def test_r1_the_number_changed_in_the_last_90_days(changed: date | None, is_there: bool) -> None:
    draft = c.in_person(merchant=c.shop(phone_changed_on=changed))
    assert c.signals(draft) == ({"R1"} if is_there else set())


@pytest.mark.parametrize(("others", "is_there"), [(None, False), (0, False), (1, False), (2, True)])
def test_r2_the_number_serves_two_others(others: int | None, is_there: bool) -> None:
    bound = None if others is None else tuple(str(number) for number in range(others))
    assert c.signals(_number(bound_to=bound)) == ({"R2"} if is_there else set())


@pytest.mark.parametrize("holder", [None, *NumberHolder])
def test_r3_the_number_is_a_third_persons(holder: NumberHolder | None) -> None:
    own = {None, NumberHolder.PRINCIPAL, NumberHolder.COMPANY, NumberHolder.LEGAL_REPRESENTATIVE}
    assert c.signals(_number(holder=holder)) == (set() if holder in own else {"R3"})


def test_r3_the_number_is_the_staffs() -> None:
    assessment = c.desk(staff_phones=frozenset({c.NEW_NUMBER})).assess(c.in_person())
    assert assessment.risk.signals == {RiskSignal.R3}


def test_r3_before_a_number_there_is_no_holder() -> None:
    assert not c.signals(c.in_person(new_number=None))


@pytest.mark.parametrize("outcome", [None, *OldNumberOutcome])
@pytest.mark.parametrize("proof", list(OldNumberProof))
def test_r4_the_old_number_is_lost_without_proof(
    outcome: OldNumberOutcome | None, proof: OldNumberProof
) -> None:
    draft = c.in_person(old_number=outcome, old_number_proof=proof)
    is_known = outcome in {None, OldNumberOutcome.VERIFIED} or proof is not OldNumberProof.NONE
    assert c.signals(draft) == (set() if is_known else {"R4"})


@pytest.mark.parametrize(
    ("changed", "is_there"),
    [(None, False), (_days_ago(31), False), (_days_ago(30), True), (_days_ago(0), True)],
)
def test_r5_the_account_changed_in_the_last_30_days(changed: date | None, is_there: bool) -> None:
    account = Settlement("样本银行", c.ACCOUNT, SettlementKind.CARD, changed)
    draft = c.in_person(merchant=c.shop(settlement=account))
    assert c.signals(draft) == ({"R5"} if is_there else set())


def test_r5_without_an_account_there_is_no_change() -> None:
    assert not c.signals(c.in_person(merchant=c.shop(settlement=None)))


@pytest.mark.parametrize(
    ("stated", "is_there"), [(c.NEW_NUMBER, False), (None, True), ("13900000003", True)]
)
def test_r6_the_number_is_not_in_the_letter(stated: str | None, is_there: bool) -> None:
    draft = c.delegated(letter=c.letter(new_number=stated))
    assert c.signals(draft) == ({"R6"} if is_there else set())


@pytest.mark.parametrize(("principals", "is_there"), [(2, False), (3, True)])
def test_r7_the_agent_acted_for_three_others(principals: int, is_there: bool) -> None:
    history = AgentHistory(principals)
    assert c.signals(c.delegated(agent_history=history)) == ({"R7"} if is_there else set())
    assert not c.signals(c.in_person(agent_history=history))


def test_r7_r15_an_agent_nobody_asked_about_has_no_history() -> None:
    assert not c.signals(c.delegated(agent_history=None))


@pytest.mark.parametrize("method", list(CaptureMethod))
def test_r8_the_chip_was_not_read(method: CaptureMethod) -> None:
    draft = c.in_person(documents=(c.document(captured_by=method),))
    assert c.signals(draft) == (set() if method is CaptureMethod.CHIP else {"R8"})


def test_r8_a_copy_that_an_agent_brings_has_no_chip() -> None:
    original = replace(c.principals_copy(), is_original=True)
    documents = (c.document(Owner.AGENT), original)
    assert not c.signals(c.delegated())
    assert c.signals(c.delegated(documents=documents)) == {"R8"}


@pytest.mark.parametrize(
    ("changes", "is_there"),
    [
        ({"valid_from": None, "valid_until": _days_ago(0)}, False),
        ({"valid_from": None, "valid_until": _days_ago(1)}, True),
        ({"police_check": PoliceCheck.VOID}, True),
        ({"police_check": PoliceCheck.PHOTO_DIFFERS}, False),
    ],
)
def test_r9_the_document_is_expired_or_void(changes: dict[str, object], is_there: bool) -> None:
    draft = c.in_person(documents=(c.document(**changes),))
    assert c.signals(draft) == ({"R9"} if is_there else set())


def test_r10_the_terminal_is_another_merchants() -> None:
    assert c.signals(c.in_person(lookup=Lookup.SEVERAL_MERCHANTS)) == {"R10"}
    other = c.licence(uscc=c.ENTERPRISE_USCC)
    assert c.signals(c.in_person(licence=other)) == {"R10"}


@pytest.mark.parametrize("outcome", list(Knowledge))
def test_r11_the_customer_does_not_know_the_merchant(outcome: Knowledge) -> None:
    expected = {"R11"} if outcome is Knowledge.FAILED else set()
    assert c.signals(c.in_person(knowledge=outcome)) == expected


def test_r12_the_number_is_a_virtual_operators() -> None:
    assert c.signals(_number(number="17100000000", repeated="17100000000")) == {"R12"}


@pytest.mark.parametrize(
    ("rejected", "now", "is_there"),
    [
        (None, ChangeReason.SIM_LOST, False),
        (ChangeReason.SIM_LOST, None, False),
        (ChangeReason.SIM_LOST, ChangeReason.SIM_LOST, False),
        (ChangeReason.SIM_LOST, ChangeReason.NO_MESSAGES, True),
    ],
)
def test_r13_it_comes_again_for_another_reason(
    rejected: ChangeReason | None, now: ChangeReason | None, is_there: bool
) -> None:
    draft = c.in_person(rejected_reason=rejected, reason=now)
    assert c.signals(draft) == ({"R13"} if is_there else set())


def test_r14_somebody_instructs_the_customer() -> None:
    assert c.signals(c.in_person(is_coached=True)) == {"R14"}


@pytest.mark.parametrize(("merchants", "is_there"), [(0, False), (1, True), (2, True)])
def test_r15_the_agent_changes_several_merchants_today(merchants: int, is_there: bool) -> None:
    history = AgentHistory(merchants_today=merchants)
    assert c.signals(c.delegated(agent_history=history)) == ({"R15"} if is_there else set())
    assert not c.signals(c.in_person(agent_history=history))


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, RiskBand.LOW),
        (29, RiskBand.LOW),
        (30, RiskBand.MEDIUM),
        (59, RiskBand.MEDIUM),
        (60, RiskBand.HIGH),
        (360, RiskBand.HIGH),
    ],
)
def test_bands_begin_where_the_table_says(score: int, band: RiskBand) -> None:
    assert band_of(score, RiskBand.LOW, c.PACK) is band


@pytest.mark.parametrize("floor", list(RiskBand))
@pytest.mark.parametrize("score", [0, 30, 60])
def test_a_band_is_never_below_its_floor(floor: RiskBand, score: int) -> None:
    plain = band_of(score, RiskBand.LOW, c.PACK)
    band = band_of(score, floor, c.PACK)
    assert band.rank == max(plain.rank, floor.rank)


def test_a_pack_moves_the_bands() -> None:
    strict = replace(c.PACK, medium_from=10, high_from=20)
    assert [band_of(score, RiskBand.LOW, strict) for score in (9, 10, 19, 20)] == [
        RiskBand.LOW,
        RiskBand.MEDIUM,
        RiskBand.MEDIUM,
        RiskBand.HIGH,
    ]


def test_the_score_is_the_sum_of_the_signals() -> None:
    draft = c.in_person(
        is_coached=True,
        knowledge=Knowledge.FAILED,
        documents=(c.document(captured_by=CaptureMethod.CAMERA),),
    )
    risk = c.assess(draft).risk
    assert risk.signals == {RiskSignal.R8, RiskSignal.R11, RiskSignal.R14}
    assert (risk.score, risk.band) == (20 + 15 + 40, RiskBand.HIGH)


@pytest.mark.parametrize(
    ("draft", "band"),
    [
        (c.in_person(), RiskBand.LOW),
        (c.in_person(new_number=None), RiskBand.LOW),
        (c.in_person(new_number=c.new_number(code=None)), RiskBand.LOW),
        (c.in_person(new_number=c.new_number(code=CodeOutcome.NOT_SENT)), RiskBand.MEDIUM),
        (c.in_person(reason=ChangeReason.SUSPECTED_MISUSE), RiskBand.MEDIUM),
        (c.in_person(is_coached=True), RiskBand.MEDIUM),
        (c.delegated(letter=c.notarised()), RiskBand.LOW),
        (c.delegated(letter=c.notarised(is_verified=False)), RiskBand.MEDIUM),
    ],
)
def test_some_circumstances_are_medium_whatever_the_score(draft: Draft, band: RiskBand) -> None:
    assert c.assess(draft).risk.band is band


def test_coaching_stays_medium_where_a_pack_weighs_bands_higher() -> None:
    lenient = replace(c.PACK, medium_from=100, high_from=200)
    assert c.assess(c.in_person(is_coached=True), lenient).risk.band is RiskBand.MEDIUM
