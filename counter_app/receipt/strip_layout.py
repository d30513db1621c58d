"""A paper on an 80 mm roll: one narrow column, as long as it needs to be."""

from __future__ import annotations

from counter_app.domain.acceptance_number import check, grouped
from counter_app.domain.paper import NoticeRecord, ReceiptRecord
from counter_app.domain.paper_parts import NoticeLine
from counter_app.receipt.flow import STRIP, STRIP_ELDER, Flow, Frame
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import INK, MM, SOFT, Box, Code, Page, Text
from counter_app.receipt.tongue import Tongue, local_time, tongue
from counter_app.receipt.words import Words

_WIDTH = 72 * MM
_TALL = 2000 * MM
_CODE = 44 * MM
LABEL_SHARE = 0.45
"""The most of a strip's width that labels take from their values."""


def strip_page(
    record: ReceiptRecord | NoticeRecord, book: FontBook, code: str, note: tuple[str, str]
) -> Page:
    """Set a paper as one strip: large for elders, with English when bilingual."""
    frame = Frame(_WIDTH, _TALL, 2 * MM, 3 * MM, 2 * MM, 0)
    flow = Flow(book, frame, STRIP_ELDER if record.elder_mode else STRIP, lambda _: None)
    words = tongue(bilingual=record.bilingual)
    if isinstance(record, ReceiptRecord):
        _receipt(flow, words, record)
    else:
        _notice(flow, words, record)
    _close(flow, words, code, [*note, _demonstration(words.zh, record)])
    flow.page.height = flow.y + 12 * MM
    return flow.page


def _receipt(flow: Flow, words: Tongue, record: ReceiptRecord) -> None:
    _title(flow, words.both("receipt", "title"))
    _headline(flow, words.both("receipt", "headline"))
    for each, day in zip((words.zh, words.en), words.day(record.expected_by), strict=True):
        if each is not None:
            flow.paragraph(each.of("receipt", "headline_note", day=day))
    if record.offline:
        _paragraphs(flow, words.both("receipt", "offline"))
    _rows(flow, [*_case_rows(words, record), *_service_rows(words, record)])
    _paragraphs(flow, words.both("receipt", "unchanged_note"))
    for document_line in record.documents:
        name = words.named("document", document_line.name)
        flow.item("·", f"{name} ×{document_line.copies}")
    for check_line in record.verification:
        name, result = check_line.check, check_line.result
        flow.item("·", f"{words.named('check', name)} {words.named('result', result)}")
    _paragraphs(flow, words.both("receipt", "safety_code"))


def _case_rows(words: Tongue, record: ReceiptRecord) -> list[tuple[str, str]]:
    presenter = record.presenter
    document = words.zh.of(
        "receipt",
        "document_tail",
        document=words.named("document", presenter.document_type),
        tail=presenter.document_tail,
    )
    role = words.named("presenter", presenter.role)
    tail = words.zh.of("receipt", "terminal_tail", tail=record.terminal_sn_tail)
    return [
        (words.label("common", "number"), grouped(record.acceptance_no)),
        (words.label("common", "accepted_at"), local_time(record.accepted_at)),
        (words.label("receipt", "merchant_name"), record.merchant_name),
        (words.label("receipt", "merchant_no"), record.merchant_no),
        (words.label("receipt", "terminal"), tail),
        (words.label("receipt", "presenter"), f"{role} {presenter.name}"),
        (words.label("receipt", "presenter_document"), document),
        (words.label("receipt", "old_number"), record.old_number or "—"),
        (words.label("receipt", "new_number"), record.new_number),
    ]


def _service_rows(words: Tongue, record: ReceiptRecord) -> list[tuple[str, str]]:
    return [
        (words.label("receipt", "fee"), _fee(record.fee_fen, words)),
        (words.label("receipt", "clerk"), record.clerk_id),
        (words.label("receipt", "reviewer"), record.reviewer_name),
        (words.label("receipt", "branch"), record.branch.name),
        (words.label("receipt", "branch_phone"), record.branch.phone),
        (words.label("receipt", "enquiry"), record.enquiry),
        (words.label("receipt", "complaint"), record.complaint),
    ]


def _notice(flow: Flow, words: Tongue, record: NoticeRecord) -> None:
    _title(flow, words.both("notice", record.paper))
    number = record.paper_no
    if number:
        _headline(flow, (grouped(number) if check(number) else number, ""))
    _paragraphs(flow, words.both("notice_intro", record.paper))
    rows = [
        (words.label("common", "issued_at"), local_time(record.issued_at)),
        (words.label("receipt", "branch"), record.branch.name),
        (words.label("notice", "clerk"), record.clerk_id),
        *((_said(words, line), line.value) for line in record.heading),
    ]
    _rows(flow, rows)
    for number_of_line, line in enumerate(record.lines, 1):
        _item(flow, words, f"{number_of_line}.", line)
    if record.remedies:
        flow.paragraph(words.label("notice", "remedies"), bold=True)
    for line in record.remedies:
        _item(flow, words, "·", line)
    if record.objection:
        _paragraphs(flow, words.both("notice", "objection"))
    if record.complaint:
        flow.paragraph(record.complaint)


def _item(flow: Flow, words: Tongue, mark: str, line: NoticeLine) -> None:
    """Write a line with its value; the English below where it is a sentence of its own."""
    if line.value:
        flow.item(mark, f"{_said(words, line)}{words.zh.of('common', 'colon')}{line.value}")
        return
    flow.item(mark, line.zh)
    if words.en and line.en:
        flow.item("", line.en)


def _said(words: Tongue, line: NoticeLine) -> str:
    return f"{line.zh} {line.en}" if words.en else line.zh


def _paragraphs(flow: Flow, texts: tuple[str, str]) -> None:
    for text in filter(None, texts):
        flow.paragraph(text)


def _title(flow: Flow, titles: tuple[str, str]) -> None:
    for place, title in enumerate(filter(None, titles)):
        size = flow.sizes.title * (1 - 0.3 * place)
        flow.gap(size)
        flow.put_centre(flow.frame.width / 2, Text(0, flow.y, title, size, bold=True))
        flow.gap(size * 0.5)


def _headline(flow: Flow, words: tuple[str, str]) -> None:
    top = flow.y
    for place, line in enumerate(filter(None, words)):
        size = flow.sizes.headline * (1 - 0.35 * place)
        wide = flow.width_of(line, size, bold=True)
        size = min(size, size * (flow.frame.inner - 8) / wide)
        y = flow.y + size * (1.32 if place == 0 else 0.85)
        flow.put_centre(flow.frame.width / 2, Text(0, y, line, size, bold=True))
        flow.gap(size * (1.9 if place == 0 else 1.3))
    box = Box(flow.left, top, flow.frame.inner, flow.y - top, stroke=INK, stroke_width=1.2)
    flow.page.marks.append(box)
    flow.gap(3)


def _rows(flow: Flow, rows: list[tuple[str, str]]) -> None:
    flow.gap(3)
    flow.rule(colour=INK)
    flow.gap(2)
    indent = _indent(flow, [label for label, value in rows if value])
    for label, value in rows:
        if value:
            _row(flow, label, value, indent)
    flow.gap(2)
    flow.rule(colour=INK)
    flow.gap(3)


def _indent(flow: Flow, labels: list[str]) -> float:
    """Return where values begin: behind the labels that leave them room."""
    size, most = flow.sizes.body, flow.frame.inner * LABEL_SHARE
    widths = (flow.width_of(label, size) + size * 0.7 for label in labels)
    return max((width for width in widths if width <= most), default=0)


def _row(flow: Flow, label: str, value: str, indent: float) -> None:
    """Write a value beside its label, or below it where it would be torn or pushed aside."""
    size = flow.sizes.body
    is_short = flow.width_of(label, size) + size * 0.5 <= indent
    room = flow.frame.inner - indent
    is_whole = flow.width_of(value, size) <= room
    if is_short and (is_whole or flow.sizes is STRIP):
        flow.put(Text(flow.left, flow.y + size * 1.08, label, size, colour=SOFT))
        flow.paragraph(value, indent=indent)
        return
    flow.paragraph(label, colour=SOFT)
    flow.paragraph(value, indent=size)


def _close(flow: Flow, words: Tongue, code: str, notes: list[str]) -> None:
    flow.gap(4)
    left = (flow.frame.width - _CODE) / 2
    flow.page.marks.append(Code(left, flow.y, _CODE, code, error="L"))
    flow.gap(_CODE + 3)
    keep = words.both("receipt", "keep_thermal")
    texts = (*words.both("receipt", "code_note"), *keep, *notes)
    for text in texts:
        if text:
            flow.paragraph(text, flow.sizes.note)


def _demonstration(words: Words, record: ReceiptRecord | NoticeRecord) -> str:
    return words.of("common", "demonstration_note") if record.demonstration else ""


def _fee(fee_fen: int, words: Tongue) -> str:
    if fee_fen == 0:
        return words.label("common", "free")
    return words.zh.of("common", "amount", amount=f"{fee_fen // 100}.{fee_fen % 100:02d}")
