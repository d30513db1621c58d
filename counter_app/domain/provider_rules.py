"""A provider's rule pack: what one acquirer asks for, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType

from counter_app.domain.checks import MAY_BE_LOWERED, Finding, FindingCode, Severity
from counter_app.domain.delegation_letter import LetterKind
from counter_app.domain.merchant import MerchantType
from counter_app.domain.phone import PhoneClass


class PhoneProofRule(StrEnum):
    """When proof of use of the new number (话单、充值记录) is asked for."""

    NEVER = "never"
    WHEN_NAME_DIFFERS = "when_name_differs"
    ALWAYS = "always"


class UkeyRule(StrEnum):
    """Whether the customer needs a U盾 or the like; its PIN never concerns the counter."""

    NOT_USED = "not_used"
    CUSTOMER_DOES_IT = "customer_does_it"


@dataclass(frozen=True, slots=True)
class Hotline:
    """A service line; without `verified_on` it is shown as 未核实 and not printed as a fact."""

    number: str = ""
    hours: str = ""
    verified_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CodePolicy:
    """How a one-time code is handled (C3 data: the code itself is never stored or shown)."""

    digits: int = 6
    tries: int = 5
    valid_s: int = 300
    resend_after_s: int = 60


@dataclass(frozen=True, slots=True)
class RulePack:
    """What one provider asks for.

    Attributes:
        served: Merchant types that may change their number here.
        licence_for: Types that must show a business licence.
        seal_for: Types whose application form must bear the company seal.
        shared_limit: Above so many other merchants on the new number a reason must be given.
        medium_from: Risk score where the medium band begins.
        high_from: Risk score where the high band begins.
        cooling_hours: Hold of a high-risk case before it may be applied.
        fee_fen: Fee in fen (1/100 yuan); 0 is printed as 免费.
        sampling_percent: Share of low-risk cases that are reviewed afterwards.
        severities: Severities that differ from the defaults.
    """

    provider: str
    title: str
    version: str
    valid_from: date
    valid_until: date
    basis: str
    served: frozenset[MerchantType]
    licence_for: frozenset[MerchantType]
    seal_for: frozenset[MerchantType]
    letters: frozenset[LetterKind] = frozenset(LetterKind)
    is_pending_notary_allowed: bool = True
    callback_for: frozenset[LetterKind] = frozenset({LetterKind.SIGNED})
    phone_proof: PhoneProofRule = PhoneProofRule.WHEN_NAME_DIFFERS
    refused_classes: frozenset[PhoneClass] = frozenset()
    shared_limit: int = 2
    medium_from: int = 30
    high_from: int = 60
    cooling_hours: int = 24
    fee_fen: int = 0
    working_days: int = 3
    cut_off: time = time(17, 0)
    channels: tuple[str, ...] = ("unionpay", "alipay", "wechat")
    ukey: UkeyRule = UkeyRule.CUSTOMER_DOES_IT
    hotline: Hotline = Hotline()
    code: CodePolicy = CodePolicy()
    sampling_percent: int = 0
    severities: Mapping[FindingCode, Severity] = field(default_factory=lambda: MappingProxyType({}))

    def is_valid_on(self, day: date) -> bool:
        """Say whether the pack is in force on a day."""
        return self.valid_from <= day <= self.valid_until

    def adjusted(self, finding: Finding) -> Finding:
        """Return the finding with the severity that this pack gives it.

        A pack may raise any severity, and lower only those of `MAY_BE_LOWERED`.
        """
        wanted = self.severities.get(finding.code)
        if wanted is None:
            return finding
        if wanted.rank < finding.severity.rank and finding.code not in MAY_BE_LOWERED:
            return finding
        return Finding(finding.code, wanted, finding.step, finding.facts)
