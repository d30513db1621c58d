"""Risk signals R1 to R15 and their bands (DOMAIN §4.10); shown to the second person only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from counter_app.domain.checks import Finding, FindingCode
from counter_app.domain.draft import (
    AgentHistory,
    ChangeReason,
    CodeOutcome,
    Draft,
    Knowledge,
    NumberHolder,
)
from counter_app.domain.identity_checks import is_weak
from counter_app.domain.phone_checks import is_old_number_unproved
from counter_app.domain.provider_rules import RulePack


class RiskSignal(StrEnum):
    """What speaks for a takeover."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R6 = "R6"
    R7 = "R7"
    R8 = "R8"
    R9 = "R9"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"
    R14 = "R14"
    R15 = "R15"


class RiskBand(StrEnum):
    """What a score demands."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Return 0 for low, 1 for medium, 2 for high."""
        return list(RiskBand).index(self)


WEIGHTS: Mapping[RiskSignal, int] = MappingProxyType(
    {
        RiskSignal.R1: 25,
        RiskSignal.R2: 30,
        RiskSignal.R3: 30,
        RiskSignal.R4: 15,
        RiskSignal.R5: 30,
        RiskSignal.R6: 30,
        RiskSignal.R7: 20,
        RiskSignal.R8: 20,
        RiskSignal.R9: 40,
        RiskSignal.R10: 40,
        RiskSignal.R11: 15,
        RiskSignal.R12: 10,
        RiskSignal.R13: 15,
        RiskSignal.R14: 40,
        RiskSignal.R15: 20,
    }
)

RECENT_PHONE_CHANGE = timedelta(days=90)
RECENT_SETTLEMENT_CHANGE = timedelta(days=30)
SHARED_PRINCIPALS = 2
SERIAL_PRINCIPALS = 3
SERIAL_MERCHANTS_A_DAY = 1
THIRD_PERSONS = frozenset(
    {NumberHolder.AGENT, NumberHolder.EMPLOYEE, NumberHolder.RELATIVE, NumberHolder.OTHER}
)
NUMBER_NOT_IN_LETTER = frozenset({FindingCode.A4_NUMBER_MISSING, FindingCode.A4_NUMBER_DIFFERS})
INVALID_IDENTITY = frozenset({FindingCode.ID_EXPIRED, FindingCode.ID_POLICE_VOID})


@dataclass(frozen=True, slots=True)
class Risk:
    """The signals that are there, their sum and what it demands."""

    signals: frozenset[RiskSignal]
    score: int
    band: RiskBand


def assess_risk(draft: Draft, findings: tuple[Finding, ...], rules: RulePack, today: date) -> Risk:
    """Weigh a visit; more signals never give a lower score or band."""
    codes = frozenset(finding.code for finding in findings)
    signals = frozenset(
        (
            *_record_signals(draft, today),
            *_number_signals(draft, codes),
            *_people_signals(draft, codes),
        )
    )
    score = sum(WEIGHTS[signal] for signal in signals)
    return Risk(signals, score, band_of(score, floor_of(draft, codes), rules))


def band_of(score: int, floor: RiskBand, rules: RulePack) -> RiskBand:
    """Return the band of a score, not below the floor."""
    band = RiskBand.LOW
    if score >= rules.medium_from:
        band = RiskBand.MEDIUM
    if score >= rules.high_from:
        band = RiskBand.HIGH
    return max(band, floor, key=lambda item: item.rank)


def floor_of(draft: Draft, codes: frozenset[FindingCode]) -> RiskBand:
    """Return the lowest band that the circumstances allow, whatever the score.

    Medium for a coached customer, a suspected misuse, a new number without its code (R22) and a
    notarial certificate that is still to be verified.
    """
    is_without_code = draft.new_number is not None and (
        draft.new_number.code is CodeOutcome.NOT_SENT
    )
    is_medium = (
        draft.is_coached
        or draft.reason is ChangeReason.SUSPECTED_MISUSE
        or is_without_code
        or FindingCode.A14_UNVERIFIED in codes
    )
    return RiskBand.MEDIUM if is_medium else RiskBand.LOW


def _record_signals(draft: Draft, today: date) -> Iterator[RiskSignal]:
    merchant = draft.merchant
    if merchant is None:
        return
    changed = merchant.phone_changed_on
    if changed is not None and today - changed <= RECENT_PHONE_CHANGE:
        yield RiskSignal.R1
    account = merchant.settlement.changed_on if merchant.settlement is not None else None
    if account is not None and today - account <= RECENT_SETTLEMENT_CHANGE:
        yield RiskSignal.R5
    is_repeated = draft.rejected_reason is not None and draft.reason is not None
    if is_repeated and draft.rejected_reason is not draft.reason:
        yield RiskSignal.R13


def _number_signals(draft: Draft, codes: frozenset[FindingCode]) -> Iterator[RiskSignal]:
    new = draft.new_number
    if new is not None and len(new.bound_to or ()) >= SHARED_PRINCIPALS:
        yield RiskSignal.R2
    is_staff = FindingCode.PHONE_STAFF_NUMBER in codes
    if is_staff or (new is not None and new.holder in THIRD_PERSONS):
        yield RiskSignal.R3
    if is_old_number_unproved(draft):
        yield RiskSignal.R4
    if codes & NUMBER_NOT_IN_LETTER:
        yield RiskSignal.R6
    if FindingCode.PHONE_VIRTUAL_OPERATOR in codes:
        yield RiskSignal.R12


def _people_signals(draft: Draft, codes: frozenset[FindingCode]) -> Iterator[RiskSignal]:
    history = draft.agent_history or AgentHistory()
    checks = (
        (RiskSignal.R7, draft.is_delegated and history.principals >= SERIAL_PRINCIPALS),
        (RiskSignal.R8, any(is_weak(draft, document) for document in draft.documents)),
        (RiskSignal.R9, bool(codes & INVALID_IDENTITY)),
        (RiskSignal.R10, FindingCode.TERMINAL_OTHER_MERCHANT in codes),
        (RiskSignal.R11, draft.knowledge is Knowledge.FAILED),
        (RiskSignal.R14, draft.is_coached),
        (
            RiskSignal.R15,
            draft.is_delegated and history.merchants_today >= SERIAL_MERCHANTS_A_DAY,
        ),
    )
    yield from (signal for signal, is_there in checks if is_there)
