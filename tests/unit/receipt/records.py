"""Papers of invented people for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from counter_app.domain.paper import (
    Branch,
    LetterRecord,
    MerchantType,
    NoticeLine,
    NoticeRecord,
    PaperKind,
    Presenter,
    PresenterRole,
    ReceiptRecord,
    ReceivedDocument,
    RulePackStamp,
    Verification,
)

NOW = datetime(2026, 11, 23, 2, 0, 0, tzinfo=UTC)
BRANCH = Branch(
    "110199", "样本市商户服务中心", "010-00000000", "样本市样本区样本路1号", "工作日 9:00–17:00"
)


def receipt(**changes: object) -> ReceiptRecord:
    """A principal in person with everything in order."""
    values: dict[str, object] = {
        "acceptance_no": "110199202611230100017",
        "case_id": "0193580e-0000-7000-8000-13900000001a",
        "accepted_at": NOW,
        "branch": BRANCH,
        "counter": "01",
        "clerk_id": "c01",
        "provider": "样本支付",
        "merchant_name": "样本小吃店",
        "merchant_no": "102110054990001",
        "merchant_type": MerchantType.SOLE_PROPRIETOR,
        "terminal_sn_tail": "012345",
        "presenter": Presenter(PresenterRole.PRINCIPAL, "样本甲", "resident_id", "0017"),
        "old_number": "139****0001",
        "new_number": "139****0002",
        "documents": (
            ReceivedDocument("resident_id"),
            ReceivedDocument("business_licence"),
        ),
        "verification": (
            Verification("identity_chip", "read"),
            Verification("new_number_code", "passed"),
            Verification("old_number_code", "passed"),
        ),
        "expected_by": date(2026, 11, 30),
        "enquiry": "凭受理编号致电 010-00000000 或到受理网点查询",
        "complaint": "样本市样本区样本路1号，010-00000001，15日内答复",
        "notice_version": "2026.1",
        "rule_pack": RulePackStamp("lakala", "2026.11.1"),
        "journal_head": "9f86d081884c7d65",
        "linked_channels": ("alipay", "wechat", "online_bank"),
        "demonstration": True,
    }
    return ReceiptRecord(**{**values, **changes})  # type: ignore[arg-type]


def delegated_receipt(**changes: object) -> ReceiptRecord:
    """An agent with a signed letter, authorised by a second person."""
    values: dict[str, object] = {
        "presenter": Presenter(PresenterRole.AGENT, "样本乙", "resident_id", "0021"),
        "reviewer_name": "样本主管",
        "letter_no": "L110199-26-000012",
        "documents": (
            ReceivedDocument("resident_id", 2),
            ReceivedDocument("business_licence"),
            ReceivedDocument("delegation_letter", number="L110199-26-000012"),
        ),
        "verification": (
            Verification("identity_chip", "read"),
            Verification("new_number_code", "passed"),
            Verification("old_number_code", "unreachable"),
            Verification("callback", "confirmed"),
            Verification("letter_checked", "passed"),
        ),
    }
    return receipt(**{**values, **changes})


def notice(kind: PaperKind, **changes: object) -> NoticeRecord:
    """Any other paper with two lines and a remedy."""
    values: dict[str, object] = {
        "paper": kind,
        "paper_no": "110199202611230100025",
        "issued_at": NOW,
        "branch": BRANCH,
        "counter": "01",
        "clerk_id": "c01",
        "heading": (
            NoticeLine("merchant", "商户名称", "Merchant", "样本小吃店"),
            NoticeLine("merchant_no", "商户编号", "Merchant no.", "102110054990001"),
        ),
        "lines": (
            NoticeLine("A5.expired", "授权委托书已超过期限", "The letter has expired"),
            NoticeLine("A4.number_missing", "授权委托书没有写明新号码", "No new number"),
        ),
        "remedies": (NoticeLine("new_letter", "请委托人重新出具授权委托书", "Bring a new letter"),),
        "complaint": "样本市样本区样本路1号，010-00000001",
        "signatures": ("customer", "clerk"),
        "demonstration": True,
    }
    return NoticeRecord(**{**values, **changes})  # type: ignore[arg-type]


def letter(**changes: object) -> LetterRecord:
    """A blank delegation letter."""
    values: dict[str, object] = {
        "letter_no": "L110199-26-000012",
        "issued_at": NOW,
        "branch": BRANCH,
    }
    return LetterRecord(**{**values, **changes})  # type: ignore[arg-type]
