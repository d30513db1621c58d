"""Everything the rules say of a visit at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counter_app.domain.checks import Finding, FindingCode, Severity, found
from counter_app.domain.counter_facts import CounterFacts
from counter_app.domain.delegation import delegation_findings, is_confirmation_due
from counter_app.domain.draft import Consent, Draft
from counter_app.domain.identity_checks import identity_findings
from counter_app.domain.merchant_checks import (
    lookup_findings,
    material_findings,
    merchant_findings,
    swap_findings,
)
from counter_app.domain.phone import SegmentTable
from counter_app.domain.phone_checks import new_number_findings, old_number_findings
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.rare_characters import rare_findings
from counter_app.domain.review import INVALID_ACTS, is_approved, is_review_needed, review_findings
from counter_app.domain.risk import Risk, RiskBand, assess_risk
from counter_app.domain.step import Step


@dataclass(frozen=True, slots=True)
class Assessment:
    """Findings in the order of the steps, the risk, and whether a second person is needed."""

    findings: tuple[Finding, ...]
    risk: Risk
    is_review_needed: bool
    is_approved: bool

    def at(self, step: Step) -> tuple[Finding, ...]:
        """Return the findings that came up at a step."""
        return tuple(finding for finding in self.findings if finding.step == step)

    def stopping(self) -> tuple[Finding, ...]:
        """Return the findings that stop the case."""
        return tuple(
            finding
            for finding in self.findings
            if finding.severity is Severity.BLOCK and finding.code not in INVALID_ACTS
        )

    @property
    def may_be_accepted(self) -> bool:
        """Say whether nothing stands against acceptance."""
        return not self.stopping() and (self.is_approved or not self.is_review_needed)


def assess(
    draft: Draft, rules: RulePack, segments: SegmentTable, facts: CounterFacts
) -> Assessment:
    """Apply every rule to what the visit has gathered so far.

    What was not asked yet raises nothing; what was answered is judged at once.
    """
    raised = tuple(_findings(draft, rules, segments, facts))
    risk = assess_risk(draft, raised, rules, facts.today)
    raised = (*raised, *_call_back_for_band(draft, raised, risk))
    findings = tuple(
        sorted(
            (rules.adjusted(finding) for finding in raised),
            key=lambda finding: Step(finding.step).rank,
        )
    )
    return Assessment(
        findings,
        risk,
        is_review_needed(draft, findings, risk),
        is_approved(draft, risk),
    )


def _findings(
    draft: Draft, rules: RulePack, segments: SegmentTable, facts: CounterFacts
) -> Iterator[Finding]:
    today = facts.today
    yield from _counter_findings(rules, facts)
    yield from lookup_findings(draft)
    yield from merchant_findings(draft, rules)
    yield from identity_findings(draft, today)
    yield from rare_findings(draft, facts.printable)
    yield from delegation_findings(draft, rules, today)
    yield from material_findings(draft, rules, today)
    yield from old_number_findings(draft)
    yield from new_number_findings(draft, rules, segments, facts.staff_phones)
    yield from swap_findings(draft)
    yield from _consent_findings(draft)
    yield from review_findings(draft)


def _counter_findings(rules: RulePack, facts: CounterFacts) -> Iterator[Finding]:
    if facts.is_clock_wrong or facts.today < rules.valid_from:
        yield found(FindingCode.COUNTER_CLOCK, Step.TERMINAL)
    elif facts.today > rules.valid_until:
        day = rules.valid_until.isoformat()
        yield found(FindingCode.COUNTER_RULES_EXPIRED, Step.TERMINAL, day=day)
    if facts.is_queue_too_old:
        yield found(FindingCode.COUNTER_QUEUE_TOO_OLD, Step.TERMINAL)


def _call_back_for_band(
    draft: Draft, findings: tuple[Finding, ...], risk: Risk
) -> Iterator[Finding]:
    """From the medium band on, an agent's case needs the call to the principal in any case."""
    if not draft.is_delegated or draft.letter is None or risk.band is RiskBand.LOW:
        return
    is_raised = any(finding.code is FindingCode.A13_NOT_CONFIRMED for finding in findings)
    if not is_raised and is_confirmation_due(draft):
        yield found(FindingCode.A13_NOT_CONFIRMED, Step.EVIDENCE)


def _consent_findings(draft: Draft) -> Iterator[Finding]:
    if draft.consents is not None and not draft.consents >= set(Consent):
        yield found(FindingCode.CONSENT_MISSING, Step.CONFIRM)
