"""The canonical records behind every paper the counter hands out.

A record is what was agreed; the page shows it and carries it. Values arrive masked: a record that
holds a whole mobile, identity or card number refuses to exist.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeAlias

from counter_app.domain import paper_codec
from counter_app.domain.masking import WHOLE_NUMBER
from counter_app.domain.merchant import MerchantType
from counter_app.domain.paper_parts import (
    Branch,
    NoticeLine,
    PaperKind,
    Presenter,
    PresenterRole,
    ReceivedDocument,
    RulePackStamp,
    Verification,
)

__all__ = [
    "Branch",
    "LetterRecord",
    "MerchantType",
    "NoticeLine",
    "NoticeRecord",
    "PaperKind",
    "PaperRecord",
    "Presenter",
    "PresenterRole",
    "ReceiptRecord",
    "ReceivedDocument",
    "RulePackStamp",
    "Verification",
    "read_record",
    "record_sha256",
]

_SPARSE = {"technical": True, "sparse": True}
_TECHNICAL = {"technical": True}
_POINT = re.compile(r"U\+(10|[0-9A-F])?[0-9A-F]{4}")
_MASKED_NUMBER = re.compile(r"\d{0,3}\*{3,}\d{0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecord:
    """What a receipt says: accepted, not yet in force.

    Attributes:
        case_id: UUID text.
        accepted_at: Aware UTC, whole seconds count.
        reviewer_name: Name of the second person, shown as 授权; empty when nobody authorised.
        terminal_sn_tail: Last six characters of the terminal's serial number, no more.
        old_number: Masked mobile number such as 139****0001; may be empty when unknown.
        new_number: Masked mobile number.
        unchanged: Codes of what does not change ("settlement_account", "fee_rate", "address").
        fee_fen: Fee in fen; 0 prints as free.
        expected_by: Asia/Shanghai day by which the result can be asked for.
        enquiry: Where to ask for progress, one line; complaint: where to complain, one line.
        journal_head: First hex digits of the journal's head when the case was accepted.
        linked_channels: Codes ("alipay", "wechat", "unionpay", "online_bank").
        letter_no: Number of the delegation letter used, or empty.
        by_image: A name holds a character no font has; the page shows 〓 with its code point and
            以图片为准 instead of refusing.
        by_picture: Their code points ("U+2EBF0").
        corrects: Acceptance number of the case that this one corrects, or empty.
        copies: How many copies of the receipt are handed over or filed, as the page states.
        layout: Edition of the page layout the record was first drawn with.
    """

    acceptance_no: str = field(metadata=_TECHNICAL)
    case_id: str = field(metadata=_TECHNICAL)
    accepted_at: datetime
    branch: Branch
    counter: str
    clerk_id: str
    reviewer_name: str = field(default="", repr=False)
    queue_ticket: str = ""
    provider: str = ""
    merchant_name: str = field(repr=False)
    merchant_no: str = field(metadata=_TECHNICAL)
    merchant_type: MerchantType
    terminal_sn_tail: str
    presenter: Presenter
    old_number: str = field(repr=False)
    new_number: str = field(repr=False)
    unchanged: tuple[str, ...] = ("settlement_account", "fee_rate", "address")
    documents: tuple[ReceivedDocument, ...] = ()
    verification: tuple[Verification, ...] = ()
    fee_fen: int = 0
    expected_by: date
    enquiry: str = field(metadata=_TECHNICAL)
    complaint: str = field(metadata=_TECHNICAL)
    notice_version: str
    rule_pack: RulePackStamp
    offline: bool = False
    journal_head: str = field(default="", metadata=_TECHNICAL)
    linked_channels: tuple[str, ...] = ()
    letter_no: str = ""
    elder_mode: bool = False
    bilingual: bool = False
    by_image: bool = False
    by_picture: tuple[str, ...] = field(default=(), metadata=_SPARSE)
    corrects: str = field(default="", metadata=_TECHNICAL)
    copies: int = 2
    demonstration: bool = False
    layout: int = 2

    def __post_init__(self) -> None:
        """Refuse what must not be on paper."""
        _refuse_whole_numbers(self)
        _require_points(self.by_picture)
        _require_aware(self.accepted_at)
        if len(self.terminal_sn_tail) > 6 or len(self.presenter.document_tail) > 4:
            raise ValueError("the tail of a number is too long")
        for number in (self.old_number, self.new_number):
            if number and not _MASKED_NUMBER.fullmatch(number):
                raise ValueError("a mobile number is not masked")

    @property
    def kind(self) -> PaperKind:
        """The kind of paper."""
        return PaperKind.RECEIPT

    @property
    def number(self) -> str:
        """The number printed as a code on the page."""
        return self.acceptance_no

    def to_json(self) -> bytes:
        """Write the canonical bytes whose SHA-256 the code on the page carries."""
        return paper_codec.encode(self, self.kind.value)

    @classmethod
    def from_json(cls, raw: bytes) -> ReceiptRecord:
        """Read canonical bytes; raises ValueError for anything else."""
        if paper_codec.kind_of(raw) != PaperKind.RECEIPT:
            raise ValueError("not a receipt")
        return paper_codec.decode(cls, raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """Any other printed paper: a heading, lines, what to do now, and who signs.

    Attributes:
        paper: Which paper; neither a receipt nor a letter form.
        paper_no: The paper's own or the case's number; empty on a blank number slip.
        heading: Facts under the title (merchant, terminal, old and new serial numbers, period).
        lines: The body: what is missing, why it was refused, counts, parked cases.
        remedies: What the person can do now.
        objection: Print the 反洗钱法 art. 39 line (answer within 15 days); only for a measure of
            money-laundering risk management.
        signatures: Codes of who signs ("customer", "agent", "clerk", "reviewer", "from_clerk",
            "to_clerk").
        refers_to: Number of the paper or case this one voids, corrects or confirms.
    """

    paper: PaperKind
    paper_no: str = field(metadata=_TECHNICAL)
    issued_at: datetime
    branch: Branch
    counter: str
    clerk_id: str
    reviewer_name: str = field(default="", repr=False)
    heading: tuple[NoticeLine, ...] = ()
    lines: tuple[NoticeLine, ...] = ()
    remedies: tuple[NoticeLine, ...] = ()
    objection: bool = False
    complaint: str = field(default="", metadata=_TECHNICAL)
    signatures: tuple[str, ...] = ()
    refers_to: str = field(default="", metadata=_TECHNICAL)
    elder_mode: bool = False
    bilingual: bool = False
    by_image: bool = False
    by_picture: tuple[str, ...] = field(default=(), metadata=_SPARSE)
    demonstration: bool = False
    layout: int = 2

    def __post_init__(self) -> None:
        """Refuse what must not be on paper."""
        if self.paper in {PaperKind.RECEIPT, PaperKind.LETTER_FORM}:
            raise ValueError("this paper has a record of its own")
        _refuse_whole_numbers(self)
        _require_points(self.by_picture)
        _require_aware(self.issued_at)

    @property
    def kind(self) -> PaperKind:
        """The kind of paper."""
        return self.paper

    @property
    def number(self) -> str:
        """The number printed as a code on the page."""
        return self.paper_no

    def to_json(self) -> bytes:
        """Write the canonical bytes."""
        return paper_codec.encode(self, self.kind.value)

    @classmethod
    def from_json(cls, raw: bytes) -> NoticeRecord:
        """Read canonical bytes; raises ValueError for anything else."""
        record = paper_codec.decode(cls, raw)
        if paper_codec.kind_of(raw) != record.paper:
            raise ValueError("the kind contradicts the record")
        return record


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """A delegation letter to be signed, blank or filled in beforehand.

    It is the principal's own statement, so it carries whole numbers; it is never kept by the
    counter as a record, and `PaperMaker` attaches nothing to its page.
    Empty text leaves a line to write on.
    """

    letter_no: str = field(metadata=_TECHNICAL)
    issued_at: datetime
    branch: Branch
    principal_name: str = field(default="", repr=False)
    principal_number: str = field(default="", repr=False)
    legal_representative: str = field(default="", repr=False)
    principal_phone: str = field(default="", repr=False)
    principal_address: str = field(default="", repr=False)
    agent_name: str = field(default="", repr=False)
    agent_number: str = field(default="", repr=False)
    agent_phone: str = field(default="", repr=False)
    merchant_name: str = field(default="", repr=False)
    merchant_no: str = ""
    terminal_sn: str = ""
    old_number_tail: str = field(default="", repr=False)
    new_number: str = field(default="", repr=False)
    starts_on: date | None = None
    ends_on: date | None = None
    demonstration: bool = False
    layout: int = 2

    @property
    def kind(self) -> PaperKind:
        """The kind of paper."""
        return PaperKind.LETTER_FORM

    @property
    def number(self) -> str:
        """The number printed as a code on the page."""
        return self.letter_no

    def to_json(self) -> bytes:
        """Write the canonical bytes; only their hash leaves the page."""
        return paper_codec.encode(self, self.kind.value)


PaperRecord: TypeAlias = ReceiptRecord | NoticeRecord | LetterRecord


def record_sha256(record: PaperRecord) -> str:
    """Hash a record's canonical bytes; lower-case hex."""
    return hashlib.sha256(record.to_json()).hexdigest()


def read_record(raw: bytes) -> ReceiptRecord | NoticeRecord:
    """Read the record a page carries; raises ValueError when it is not one."""
    if paper_codec.kind_of(raw) == PaperKind.RECEIPT:
        return ReceiptRecord.from_json(raw)
    return NoticeRecord.from_json(raw)


def _refuse_whole_numbers(record: object) -> None:
    if any(WHOLE_NUMBER.search(text) for text in paper_codec.texts_of(record)):
        raise ValueError("a whole personal number must not be on paper")


def _require_aware(moment: datetime) -> None:
    if moment.tzinfo is None or moment.astimezone(UTC).microsecond:
        raise ValueError("a time on paper is aware and has whole seconds")


def _require_points(points: tuple[str, ...]) -> None:
    if any(_POINT.fullmatch(point) is None for point in points):
        raise ValueError("a code point is not one")
