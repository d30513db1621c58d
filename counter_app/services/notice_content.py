"""The content of every other paper: what is missing, why not, what was voided or handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.checks import Finding
from counter_app.domain.counter_facts import SHANGHAI
from counter_app.domain.draft import Draft
from counter_app.domain.masking import masked_phone, without_whole_numbers
from counter_app.domain.paper import LetterRecord, NoticeRecord
from counter_app.domain.paper_parts import NoticeLine, PaperKind
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.submission import Decision
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.paper_language import wants_english
from counter_app.words.findings import finding_words, remedy_words
from counter_app.words.words import Language

REFUSED_BY_REVIEW = NoticeLine(
    "review",
    "复核后不予受理。",
    "Not accepted after review.",
)


AFTER_CARE = (
    NoticeLine(
        "restart",
        "请重启终端并签到，再试一笔交易。",
        "Restart the terminal, sign on, and try one payment.",
    ),
    NoticeLine(
        "hotline",
        "请用新号码拨打客服热线，确认能收到验证码。",
        "Call the hotline from the new number and check that codes arrive.",
    ),
    NoticeLine(
        "wallets",
        "支付宝、微信、网上银行里绑定的手机号，请本人在手机上更新。",
        "Change the number kept by Alipay, WeChat and online banking yourself.",
    ),
    NoticeLine(
        "old_number",
        "旧号码如已停用，请到运营商办理销号。",
        "If the old number is out of use, have the operator close it.",
    ),
)
"""What the customer still does once the number is in force."""

_CHANNELS = {
    "unionpay": ("银联", "UnionPay"),
    "alipay": ("支付宝", "Alipay"),
    "wechat": ("微信", "WeChat Pay"),
}
_CHANNEL_STATES = {
    "done": ("已更新", "updated"),
    "pending": ("处理中", "pending"),
    "failed": ("失败", "failed"),
}


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice says beside the draft.

    Attributes:
        paper_no: The acceptance number, or the case's short number before acceptance.
        reason: Words of the person who voids or withdraws, or empty.
        refers_to: Number of the case that is voided or corrected, or empty.
        answer: What head office said, for the paper that tells how the case came out.
    """

    paper_no: str
    at: datetime
    reviewer_name: str = ""
    reason: str = ""
    refers_to: str = ""
    answer: Decision | None = None


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
        reason = NoticeLine("reason", "作废原因", "Reason", without_whole_numbers(facts.reason))
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

    def confirmation(self, draft: Draft, facts: NoticeFacts) -> NoticeRecord:
        """Tell how the case came out, channel by channel, and what the customer still does."""
        return self._notice(
            PaperKind.CONFIRMATION,
            draft,
            facts,
            lines=tuple(_outcome(draft, facts.answer)),
            remedies=AFTER_CARE,
            signatures=("clerk",),
        )

    def number_slip(self, draft: Draft, facts: NoticeFacts) -> NoticeRecord:
        """Give the number to a customer whose receipt cannot be printed now."""
        branch = self.profile.branch
        lines = (
            NoticeLine("enquiry", "进度查询", "Status", self.profile.enquiry),
            NoticeLine("branch_phone", "网点电话", "Phone", branch.phone),
        )
        return self._notice(
            PaperKind.NUMBER_SLIP, draft, facts, lines=lines, remedies=(), signatures=()
        )

    def letter_form(self, draft: Draft, facts: NoticeFacts) -> LetterRecord:
        """A letter to take home, filled in with what the record already knows."""
        merchant = draft.merchant
        return LetterRecord(
            letter_no=facts.paper_no.upper(),
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
            bilingual=wants_english(draft),
            demonstration=self.profile.is_demonstration,
        )


def _outcome(draft: Draft, answer: Decision | None) -> Iterator[NoticeLine]:
    number = masked_phone(draft.new_number.number) if draft.new_number else ""
    yield NoticeLine("new_number", "已生效的手机号码", "Number now in force", number)
    if answer is None:
        return
    on = answer.decided_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    yield NoticeLine("decided_at", "生效时间", "In force since", on)
    for channel, state in answer.channels:
        zh, en = _CHANNELS.get(channel, (channel, channel))
        said = _CHANNEL_STATES.get(state, (state,))
        shown = " ".join(said if wants_english(draft) else said[:1])
        yield NoticeLine(f"channel.{channel}", zh, en, shown)


def _heading(draft: Draft) -> Iterator[NoticeLine]:
    if draft.merchant is not None:
        name = without_whole_numbers(draft.merchant.name)
        yield NoticeLine("merchant", "商户名称", "Merchant", name)
        yield NoticeLine("merchant_no", "商户编号", "Merchant no.", draft.merchant.merchant_no)
    if draft.terminal is not None:
        yield NoticeLine("terminal", "终端序列号", "Terminal", draft.terminal.sn)


def _lines(findings: tuple[Finding, ...]) -> Iterator[NoticeLine]:
    for finding in findings:
        zh = finding_words(finding, Language.ZH)
        en = finding_words(finding, Language.EN)
        yield NoticeLine(finding.code.value, f"{zh.title}（{zh.ground}）", en.title)


def _remedies(findings: tuple[Finding, ...]) -> Iterator[NoticeLine]:
    """Yield what the customer can do, each once: two letters' faults may ask for the same."""
    said: set[str] = set()
    for finding in findings:
        zh, en = remedy_words(finding, Language.ZH), remedy_words(finding, Language.EN)
        if zh not in said:
            said.add(zh)
            yield NoticeLine(finding.code.value, zh, en)
