"""A paper on an 80 mm roll: one narrow column, as long as it needs to be."""

from __future__ import annotations

from counter_app.domain.acceptance_number import check, grouped
from counter_app.domain.paper import NoticeRecord, ReceiptRecord
from counter_app.receipt.flow import STRIP, Flow, Frame
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import INK, MM, Box, Code, Page, Text
from counter_app.receipt.tongue import local_time
from counter_app.receipt.words import Words, load_words

_WIDTH = 72 * MM
_TALL = 2000 * MM
_CODE = 44 * MM


def strip_page(record: ReceiptRecord | NoticeRecord, book: FontBook, code: str, note: str) -> Page:
    """Set a paper as one strip."""
    frame = Frame(_WIDTH, _TALL, 2 * MM, 3 * MM, 2 * MM, 0)
    flow = Flow(book, frame, STRIP, lambda _: None)
    words = load_words("zh")
    if isinstance(record, ReceiptRecord):
        _receipt(flow, words, record)
    else:
        _notice(flow, words, record)
    _close(flow, words, code, [note, _demonstration(words, record)])
    flow.page.height = flow.y + 12 * MM
    return flow.page


def _receipt(flow: Flow, words: Words, record: ReceiptRecord) -> None:
    _title(flow, words.of("receipt", "title"))
    _headline(flow, words.of("receipt", "headline"))
    day = words.day(record.expected_by)
    flow.paragraph(words.of("receipt", "headline_note", day=day))
    if record.offline:
        flow.paragraph(words.of("receipt", "offline"))
    _rows(flow, [*_case_rows(words, record), *_service_rows(words, record)])
    flow.paragraph(words.of("receipt", "unchanged_note"))
    for document_line in record.documents:
        name = words.named("document", document_line.name)
        flow.item("·", f"{name} ×{document_line.copies}")
    for check_line in record.verification:
        name, result = check_line.check, check_line.result
        flow.item("·", f"{words.named('check', name)} {words.named('result', result)}")
    flow.paragraph(words.of("receipt", "safety_code"))


def _case_rows(words: Words, record: ReceiptRecord) -> list[tuple[str, str]]:
    presenter = record.presenter
    document = words.of(
        "receipt",
        "document_tail",
        document=words.named("document", presenter.document_type),
        tail=presenter.document_tail,
    )
    role = words.named("presenter", presenter.role)
    tail = words.of("receipt", "terminal_tail", tail=record.terminal_sn_tail)
    return [
        (words.of("common", "number"), grouped(record.acceptance_no)),
        (words.of("common", "accepted_at"), local_time(record.accepted_at)),
        (words.of("receipt", "merchant_name"), record.merchant_name),
        (words.of("receipt", "merchant_no"), record.merchant_no),
        (words.of("receipt", "terminal"), tail),
        (words.of("receipt", "presenter"), f"{role} {presenter.name}"),
        (words.of("receipt", "presenter_document"), document),
        (words.of("receipt", "old_number"), record.old_number or "—"),
        (words.of("receipt", "new_number"), record.new_number),
    ]


def _service_rows(words: Words, record: ReceiptRecord) -> list[tuple[str, str]]:
    return [
        (words.of("receipt", "fee"), _fee(record.fee_fen, words)),
        (words.of("receipt", "clerk"), record.clerk_id),
        (words.of("receipt", "reviewer"), record.reviewer_name),
        (words.of("receipt", "branch"), record.branch.name),
        (words.of("receipt", "branch_phone"), record.branch.phone),
        (words.of("receipt", "enquiry"), record.enquiry),
        (words.of("receipt", "complaint"), record.complaint),
    ]


def _notice(flow: Flow, words: Words, record: NoticeRecord) -> None:
    _title(flow, words.of("notice", record.paper))
    number = record.paper_no
    if number:
        _headline(flow, grouped(number) if check(number) else number)
    flow.paragraph(words.of("notice_intro", record.paper))
    rows = [
        (words.of("common", "issued_at"), local_time(record.issued_at)),
        (words.of("receipt", "branch"), record.branch.name),
        (words.of("notice", "clerk"), record.clerk_id),
        *((line.zh, line.value) for line in record.heading),
    ]
    _rows(flow, rows)
    for number_of_line, line in enumerate(record.lines, 1):
        flow.item(f"{number_of_line}.", f"{line.zh} {line.value}".rstrip())
    if record.remedies:
        flow.paragraph(words.of("notice", "remedies"), bold=True)
    for line in record.remedies:
        flow.item("·", line.zh)
    if record.objection:
        flow.paragraph(words.of("notice", "objection"))
    if record.complaint:
        flow.paragraph(record.complaint)


def _title(flow: Flow, title: str) -> None:
    size = flow.sizes.title
    flow.gap(size)
    flow.put_centre(flow.frame.width / 2, Text(0, flow.y, title, size, bold=True))
    flow.gap(size * 0.5)


def _headline(flow: Flow, words: str) -> None:
    size = flow.sizes.headline
    wide = flow.width_of(words, size, bold=True)
    size = min(size, size * (flow.frame.inner - 8) / wide)
    box = Box(flow.left, flow.y, flow.frame.inner, size * 1.9, stroke=INK, stroke_width=1.2)
    flow.page.marks.append(box)
    flow.put_centre(flow.frame.width / 2, Text(0, flow.y + size * 1.32, words, size, bold=True))
    flow.gap(size * 1.9 + 3)


def _rows(flow: Flow, rows: list[tuple[str, str]]) -> None:
    flow.gap(3)
    flow.rule(colour=INK)
    flow.gap(2)
    flow.pairs([(label, value) for label, value in rows if value], 1)
    flow.gap(2)
    flow.rule(colour=INK)
    flow.gap(3)


def _close(flow: Flow, words: Words, code: str, notes: list[str]) -> None:
    flow.gap(4)
    left = (flow.frame.width - _CODE) / 2
    flow.page.marks.append(Code(left, flow.y, _CODE, code, error="L"))
    flow.gap(_CODE + 3)
    texts = (words.of("receipt", "code_note"), words.of("receipt", "keep_thermal"), *notes)
    for text in texts:
        if text:
            flow.paragraph(text, flow.sizes.note)


def _demonstration(words: Words, record: ReceiptRecord | NoticeRecord) -> str:
    return words.of("common", "demonstration_note") if record.demonstration else ""


def _fee(fee_fen: int, words: Words) -> str:
    if fee_fen == 0:
        return words.of("common", "free")
    return words.of("common", "amount", amount=f"{fee_fen // 100}.{fee_fen % 100:02d}")
