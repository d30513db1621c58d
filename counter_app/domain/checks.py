"""Findings: what the rules say about a visit, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """What a finding does to the case: stops it, needs the second person, or is only recorded."""

    WARN = "warn"
    REVIEW = "review"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """Return 0 for warn, 1 for review, 2 for block."""
        return ("warn", "review", "block").index(self.value)


class FindingCode(StrEnum):
    """Every finding there is; the values are those of the rehearsal contract."""

    ID_EXPIRED = "ID.expired"
    ID_NOT_YET_VALID = "ID.not_yet_valid"
    ID_NUMBER_INVALID = "ID.number_invalid"
    ID_VALIDITY_AGE_MISMATCH = "ID.validity_age_mismatch"
    ID_CHIP_PRINT_MISMATCH = "ID.chip_print_mismatch"
    ID_NOT_HOLDER = "ID.not_holder"
    ID_NOT_ON_RECORD = "ID.not_on_record"
    ID_COPY_ONLY = "ID.copy_only"
    ID_POLICE_VOID = "ID.police_void"
    ID_POLICE_MISMATCH = "ID.police_mismatch"
    ID_WEAK_CAPTURE = "ID.weak_capture"
    ID_RARE_CHARACTER = "ID.rare_character"
    ID_CHIP_DOUBTED = "ID.chip_doubted"
    MERCHANT_NOT_FOUND = "MERCHANT.not_found"
    MERCHANT_FROZEN = "MERCHANT.frozen"
    MERCHANT_CLOSED = "MERCHANT.closed"
    MERCHANT_OWNER_CHANGED = "MERCHANT.owner_changed"
    CASE_IN_FLIGHT = "CASE.in_flight"
    TERMINAL_OTHER_MERCHANT = "TERMINAL.other_merchant"
    TERMINAL_UNKNOWN = "TERMINAL.unknown"
    TERMINAL_SWAP_KNOWN_ELSEWHERE = "TERMINAL.swap_known_elsewhere"
    PROVIDER_TYPE_NOT_SERVED = "PROVIDER.type_not_served"
    MATERIAL_LICENCE_MISSING = "MATERIAL.licence_missing"
    MATERIAL_LICENCE_EXPIRED = "MATERIAL.licence_expired"
    MATERIAL_SEAL_MISSING = "MATERIAL.seal_missing"
    MATERIAL_LETTER_MISSING = "MATERIAL.letter_missing"
    MATERIAL_ID_MISSING = "MATERIAL.id_missing"
    MATERIAL_PHONE_PROOF_MISSING = "MATERIAL.phone_proof_missing"
    A1_PRINCIPAL_MISMATCH = "A1.principal_mismatch"
    A2_AGENT_MISMATCH = "A2.agent_mismatch"
    A3_NOT_COVERED = "A3.not_covered"
    A3_UNCLEAR = "A3.unclear"
    A4_NUMBER_MISSING = "A4.number_missing"
    A4_NUMBER_DIFFERS = "A4.number_differs"
    A5_EXPIRED = "A5.expired"
    A5_NOT_STARTED = "A5.not_started"
    A5_NO_END = "A5.no_end"
    A6_UNSIGNED = "A6.unsigned"
    A6_SEAL_MISSING = "A6.seal_missing"
    A6_LEGAL_REPRESENTATIVE_MISSING = "A6.legal_representative_missing"
    A7_MINOR = "A7.minor"
    A7_CAPACITY = "A7.capacity"
    A8_JOINT_AGENTS_ABSENT = "A8.joint_agents_absent"
    A9_NO_SUBSTITUTION = "A9.no_substitution"
    A10_THIRD_PARTY_NUMBER = "A10.third_party_number"
    A11_USED = "A11.used"
    A12_REVOKED = "A12.revoked"
    A13_NOT_CONFIRMED = "A13.not_confirmed"
    A14_UNVERIFIED = "A14.unverified"
    A14_CHANNEL_MISSING = "A14.channel_missing"
    A14_PURPOSE = "A14.purpose"
    A15_SERIAL_AGENT = "A15.serial_agent"
    A16_ALTERED = "A16.altered"
    PHONE_FORMAT = "PHONE.format"
    PHONE_SATELLITE = "PHONE.satellite"
    PHONE_TERMINAL_SIM = "PHONE.terminal_sim"
    PHONE_SAME_AS_OLD = "PHONE.same_as_old"
    PHONE_REPEAT_DIFFERS = "PHONE.repeat_differs"
    PHONE_DATA_ONLY = "PHONE.data_only"
    PHONE_UNASSIGNED = "PHONE.unassigned"
    PHONE_VIRTUAL_OPERATOR = "PHONE.virtual_operator"
    PHONE_STAFF_NUMBER = "PHONE.staff_number"
    PHONE_SHARED = "PHONE.shared"
    PHONE_OTP_FAILED = "PHONE.otp_failed"
    PHONE_OTP_NOT_SENT = "PHONE.otp_not_sent"
    OLD_UNREACHABLE_WITHOUT_PROOF = "OLD.unreachable_without_proof"
    SETTLEMENT_MISMATCH = "SETTLEMENT.mismatch"
    CONSENT_MISSING = "CONSENT.missing"
    REVIEW_SAME_PERSON = "REVIEW.same_person"
    REVIEW_STALE_SESSION = "REVIEW.stale_session"
    REVIEW_NO_REASON = "REVIEW.no_reason"
    COUNTER_CLOCK = "COUNTER.clock"
    COUNTER_QUEUE_TOO_OLD = "COUNTER.queue_too_old"
    COUNTER_RULES_EXPIRED = "COUNTER.rules_expired"


DEFAULT_SEVERITY: Mapping[FindingCode, Severity] = MappingProxyType(
    {
        FindingCode.ID_EXPIRED: Severity.BLOCK,
        FindingCode.ID_NOT_YET_VALID: Severity.BLOCK,
        FindingCode.ID_NUMBER_INVALID: Severity.BLOCK,
        FindingCode.ID_VALIDITY_AGE_MISMATCH: Severity.REVIEW,
        FindingCode.ID_CHIP_PRINT_MISMATCH: Severity.BLOCK,
        FindingCode.ID_NOT_HOLDER: Severity.BLOCK,
        FindingCode.ID_NOT_ON_RECORD: Severity.BLOCK,
        FindingCode.ID_COPY_ONLY: Severity.BLOCK,
        FindingCode.ID_POLICE_VOID: Severity.BLOCK,
        FindingCode.ID_POLICE_MISMATCH: Severity.REVIEW,
        FindingCode.ID_WEAK_CAPTURE: Severity.REVIEW,
        FindingCode.ID_RARE_CHARACTER: Severity.WARN,
        FindingCode.ID_CHIP_DOUBTED: Severity.REVIEW,
        FindingCode.MERCHANT_NOT_FOUND: Severity.BLOCK,
        FindingCode.MERCHANT_FROZEN: Severity.BLOCK,
        FindingCode.MERCHANT_CLOSED: Severity.BLOCK,
        FindingCode.MERCHANT_OWNER_CHANGED: Severity.BLOCK,
        FindingCode.CASE_IN_FLIGHT: Severity.BLOCK,
        FindingCode.TERMINAL_OTHER_MERCHANT: Severity.BLOCK,
        FindingCode.TERMINAL_UNKNOWN: Severity.BLOCK,
        FindingCode.TERMINAL_SWAP_KNOWN_ELSEWHERE: Severity.BLOCK,
        FindingCode.PROVIDER_TYPE_NOT_SERVED: Severity.BLOCK,
        FindingCode.MATERIAL_LICENCE_MISSING: Severity.BLOCK,
        FindingCode.MATERIAL_LICENCE_EXPIRED: Severity.BLOCK,
        FindingCode.MATERIAL_SEAL_MISSING: Severity.BLOCK,
        FindingCode.MATERIAL_LETTER_MISSING: Severity.BLOCK,
        FindingCode.MATERIAL_ID_MISSING: Severity.BLOCK,
        FindingCode.MATERIAL_PHONE_PROOF_MISSING: Severity.REVIEW,
        FindingCode.A1_PRINCIPAL_MISMATCH: Severity.BLOCK,
        FindingCode.A2_AGENT_MISMATCH: Severity.BLOCK,
        FindingCode.A3_NOT_COVERED: Severity.BLOCK,
        FindingCode.A3_UNCLEAR: Severity.REVIEW,
        FindingCode.A4_NUMBER_MISSING: Severity.BLOCK,
        FindingCode.A4_NUMBER_DIFFERS: Severity.BLOCK,
        FindingCode.A5_EXPIRED: Severity.BLOCK,
        FindingCode.A5_NOT_STARTED: Severity.BLOCK,
        FindingCode.A5_NO_END: Severity.BLOCK,
        FindingCode.A6_UNSIGNED: Severity.BLOCK,
        FindingCode.A6_SEAL_MISSING: Severity.BLOCK,
        FindingCode.A6_LEGAL_REPRESENTATIVE_MISSING: Severity.BLOCK,
        FindingCode.A7_MINOR: Severity.BLOCK,
        FindingCode.A7_CAPACITY: Severity.REVIEW,
        FindingCode.A8_JOINT_AGENTS_ABSENT: Severity.BLOCK,
        FindingCode.A9_NO_SUBSTITUTION: Severity.BLOCK,
        FindingCode.A10_THIRD_PARTY_NUMBER: Severity.BLOCK,
        FindingCode.A11_USED: Severity.BLOCK,
        FindingCode.A12_REVOKED: Severity.BLOCK,
        FindingCode.A13_NOT_CONFIRMED: Severity.REVIEW,
        FindingCode.A14_UNVERIFIED: Severity.REVIEW,
        FindingCode.A14_CHANNEL_MISSING: Severity.BLOCK,
        FindingCode.A14_PURPOSE: Severity.BLOCK,
        FindingCode.A15_SERIAL_AGENT: Severity.REVIEW,
        FindingCode.A16_ALTERED: Severity.REVIEW,
        FindingCode.PHONE_FORMAT: Severity.BLOCK,
        FindingCode.PHONE_SATELLITE: Severity.BLOCK,
        FindingCode.PHONE_TERMINAL_SIM: Severity.BLOCK,
        FindingCode.PHONE_SAME_AS_OLD: Severity.BLOCK,
        FindingCode.PHONE_REPEAT_DIFFERS: Severity.BLOCK,
        FindingCode.PHONE_DATA_ONLY: Severity.WARN,
        FindingCode.PHONE_UNASSIGNED: Severity.WARN,
        FindingCode.PHONE_VIRTUAL_OPERATOR: Severity.WARN,
        FindingCode.PHONE_STAFF_NUMBER: Severity.BLOCK,
        FindingCode.PHONE_SHARED: Severity.REVIEW,
        FindingCode.PHONE_OTP_FAILED: Severity.BLOCK,
        FindingCode.PHONE_OTP_NOT_SENT: Severity.REVIEW,
        FindingCode.OLD_UNREACHABLE_WITHOUT_PROOF: Severity.REVIEW,
        FindingCode.SETTLEMENT_MISMATCH: Severity.BLOCK,
        FindingCode.CONSENT_MISSING: Severity.BLOCK,
        FindingCode.REVIEW_SAME_PERSON: Severity.BLOCK,
        FindingCode.REVIEW_STALE_SESSION: Severity.BLOCK,
        FindingCode.REVIEW_NO_REASON: Severity.BLOCK,
        FindingCode.COUNTER_CLOCK: Severity.BLOCK,
        FindingCode.COUNTER_QUEUE_TOO_OLD: Severity.BLOCK,
        FindingCode.COUNTER_RULES_EXPIRED: Severity.BLOCK,
    }
)
"""Severity where neither the circumstances nor the rule pack say otherwise."""

MAY_BE_LOWERED = frozenset(
    {
        FindingCode.ID_WEAK_CAPTURE,
        FindingCode.MATERIAL_PHONE_PROOF_MISSING,
        FindingCode.PHONE_OTP_NOT_SENT,
    }
)
"""Findings whose severity a rule pack may lower; every other one may only be raised."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the rules have to say.

    Attributes:
        step: Name of the step where it came up (a value of `flow.steps.Step`).
        facts: Short values for the words on the screen (a date, a count); shown, never logged.
    """

    code: FindingCode
    severity: Severity
    step: str
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def found(code: FindingCode, step: str, severity: Severity | None = None, **facts: str) -> Finding:
    """Make a finding with its default severity, or the one the circumstances demand."""
    return Finding(code, severity or DEFAULT_SEVERITY[code], step, tuple(facts.items()))


def needs_review(findings: tuple[Finding, ...]) -> bool:
    """Say whether anything here needs the second person."""
    return any(finding.severity is Severity.REVIEW for finding in findings)
