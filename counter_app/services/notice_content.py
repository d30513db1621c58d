"""The content of every other paper: what is missing, why not, what was voided or handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.checks import Finding
from counter_app.domain.draft import Draft
from counter_app.domain.paper import LetterRecord, NoticeRecord
from counter_app.domain.paper_parts import NoticeLine, PaperKind
from counter_app.domain.provider_rules import RulePack
from counter_app.services.counter_profile import CounterProfile
from counter_app.words.findings import finding_words
from counter_app.words.words import Language

REFUSED_BY_REVIEW = NoticeLine(
    "review",
    "复核后不予受理。",
    "Not accepted after review.",
)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice says beside the draft.

    Attributes:
        paper_no: The acceptance number, or the case's short number before acceptance.
        reason: Words of the person who voids or withdraws, or empty.
        refers_to: Number of the case that is voided or corrected, or empty.
    """

    paper_no: str
    at: datetime
    reviewer_name: str = ""
    reason: str = ""
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class NoticeWriter:
    """Writes the records of notices for one counter."""

    profile: CounterProfile

    def missing_list(
        self, draft: Draft, stopping: Iterable[Finding], facts: NoticeFacts
    ) -> NoticeRecord:
        """List once, and completely, what the customer has to bring (一次性告知)."""
        findings = tuple(stopping)
        return self._notice(
            PaperKind.MISSING_LIST,
            draft,
            facts,
            lines=tuple(_lines(findings)),
            remedies=tuple(_remedies(findings)),
            signatures=("customer", "clerk"),
        )

    def refusal(
        self, draft: Draft, stopping: Iterable[Finding], rules: RulePack, facts: NoticeFacts
    ) -> NoticeRecord:
        """Say which rule says no, and what remains possible; never a suspicion."""
        findings = tuple(stopping)
        lines = tuple(_lines(findings)) or (REFUSED_BY_REVIEW,)
        basis = NoticeLine(
            "basis",
            "依据的规则包",
            "Rule pack",
            f"{rules.title} {rules.version}（{rules.basis}）",
        )
        return self._notice(
            PaperKind.REFUSAL,
            draft,
            facts,
            lines=(*lines, basis),
            remedies=tuple(_remedies(findings)),
            signatures=("customer", "clerk"),
        )

    def void_notice(self, draft: Draft, facts: NoticeFacts) -> NoticeRecord:
        """Void an accepted case before it left; signed by the customer (R26)."""
        reason = NoticeLine("reason", "作废原因", "Reason", facts.reason)
        return self._notice(
            PaperKind.VOID_NOTICE,
            draft,
            facts,
            lines=(reason,),
            remedies=(),
            signatures=("customer", "clerk"),
        )

    def correction(self, draft: Draft, facts: NoticeFacts) -> NoticeRecord:
        """Link a corrected case to the wrong one; both stay on record (R28)."""
        line = NoticeLine(
            "correction",
            "更正后的受理编号",
            "Acceptance number after correction",
            facts.paper_no,
        )
        return self._notice(
            PaperKind.CORRECTION,
            draft,
            facts,
            lines=(line,),
            remedies=(),
            signatures=("customer", "clerk"),
        )

    def swap_slip(self, draft: Draft, facts: NoticeFacts) -> NoticeRecord:
        """Hand a replacement terminal over; signed by both."""
        old = draft.terminal.sn if draft.terminal else ""
        lines = (
            NoticeLine("old_terminal", "收回终端序列号", "Terminal returned", old),
            NoticeLine("new_terminal", "换发终端序列号", "Terminal handed out", draft.swap_to_sn),
            NoticeLine("accessories", "配件（电源、纸卷）", "Accessories", "________"),
            NoticeLine("condition", "外观与功能", "Condition", "________"),
        )
        return self._notice(
            PaperKind.SWAP_SLIP,
            draft,
            facts,
            lines=lines,
            remedies=(),
            signatures=("customer", "clerk"),
        )

    def letter_form(self, draft: Draft, facts: NoticeFacts) -> LetterRecord:
        """A letter to take home, filled in with what the record already knows."""
        merchant = draft.merchant
        return LetterRecord(
            letter_no=facts.paper_no,
            issued_at=facts.at.replace(microsecond=0),
            branch=self.profile.branch,
            merchant_name=merchant.name if merchant else "",
            merchant_no=merchant.merchant_no if merchant else "",
            terminal_sn=draft.terminal.sn if draft.terminal else "",
            demonstration=self.profile.is_demonstration,
        )

    def _notice(
        self,
        kind: PaperKind,
        draft: Draft,
        facts: NoticeFacts,
        *,
        lines: tuple[NoticeLine, ...],
        remedies: tuple[NoticeLine, ...],
        signatures: tuple[str, ...],
    ) -> NoticeRecord:
        return NoticeRecord(
            paper=kind,
            paper_no=facts.paper_no,
            issued_at=facts.at.replace(microsecond=0),
            branch=self.profile.branch,
            counter=self.profile.counter,
            clerk_id=draft.clerk_id,
            reviewer_name=facts.reviewer_name,
            heading=tuple(_heading(draft)),
            lines=lines,
            remedies=remedies,
            complaint=self.profile.complaint,
            signatures=signatures,
            refers_to=facts.refers_to,
            elder_mode=draft.is_elder_mode,
            demonstration=self.profile.is_demonstration,
        )


def _heading(draft: Draft) -> Iterator[NoticeLine]:
    if draft.merchant is not None:
        yield NoticeLine("merchant", "商户名称", "Merchant", draft.merchant.name)
        yield NoticeLine("merchant_no", "商户编号", "Merchant no.", draft.merchant.merchant_no)
    if draft.terminal is not None:
        yield NoticeLine("terminal", "终端序列号", "Terminal", draft.terminal.sn)


def _lines(findings: tuple[Finding, ...]) -> Iterator[NoticeLine]:
    for finding in findings:
        zh = finding_words(finding, Language.ZH)
        en = finding_words(finding, Language.EN)
        yield NoticeLine(finding.code.value, f"{zh.title}（{zh.ground}）", en.title)


def _remedies(findings: tuple[Finding, ...]) -> Iterator[NoticeLine]:
    for finding in findings:
        zh = finding_words(finding, Language.ZH)
        en = finding_words(finding, Language.EN)
        yield NoticeLine(finding.code.value, zh.advice, en.advice)
