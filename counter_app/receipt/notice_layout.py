"""Every paper but the receipt and the delegation letter, on A4."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.acceptance_number import check, grouped
from counter_app.domain.paper import NoticeLine, NoticeRecord, PaperKind, record_sha256
from counter_app.receipt import letterhead
from counter_app.receipt.flow import A4_FRAME, ELDER, NORMAL, Flow
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import INK, MM, Box, Page, Text
from counter_app.receipt.seal_picture import seal_picture
from counter_app.receipt.table import table
from counter_app.receipt.tongue import local_time, tongue

ACCEPTANCE_DIGITS = 21
COLUMNS = (0.07, 0.55, 0.38)
"""Shares of the page's width: number, words, value."""
_UNSEALED = frozenset({PaperKind.DAY_SUMMARY, PaperKind.HAND_OVER, PaperKind.NUMBER_SLIP})
"""Internal lists and the emergency slip bear no seal picture."""


def notice_pages(
    record: NoticeRecord, book: FontBook, code: str, note: tuple[str, str]
) -> list[Page]:
    """Set a notice; the arguments are those of `receipt_pages`."""
    return _Notice(record, book).set(code, note).pages


class _Notice:
    """One notice while it is set."""

    def __init__(self, record: NoticeRecord, book: FontBook) -> None:
        self.record = record
        self.words = tongue(bilingual=record.bilingual)
        sizes = ELDER if record.elder_mode else NORMAL
        frame = replace(A4_FRAME, bottom=30 * MM if record.elder_mode else A4_FRAME.bottom)
        self.flow = Flow(book, frame, sizes, self._run_on)

    def set(self, code: str, note: tuple[str, str]) -> Flow:
        flow, words, record = self.flow, self.words, self.record
        self._head(code)
        self._intro()
        if record.heading:
            pairs = [(self._text(line), line.value) for line in record.heading]
            flow.pairs(pairs, 1 if record.elder_mode else 2)
        for sentence in filter(None, note):
            flow.paragraph(sentence, bold=True)
        self._lines()
        if record.remedies:
            flow.section(words.label("notice", "remedies"))
            self._numbered(record.remedies)
        self._rights()
        self._close()
        if record.demonstration:
            letterhead.mark_demonstration(flow, words)
        letterhead.set_foot(flow, words, self._foot_notes())
        return flow

    def _run_on(self, flow: Flow) -> None:
        title = self.words.zh.of("notice", self.record.paper)
        letterhead.set_running_head(flow, title, _shown(self.record.paper_no), "")

    def _text(self, line: NoticeLine) -> str:
        return f"{line.zh} {line.en}".rstrip() if self.record.bilingual else line.zh

    def _cell(self, line: NoticeLine) -> str:
        """Return the words of a line in the table; English below where both are too long."""
        text, size = self._text(line), self.flow.sizes.body
        is_short = self.flow.width_of(text, size) < COLUMNS[1] * self.flow.frame.inner - size
        return text if is_short or not self.record.bilingual else f"{line.zh}\n{line.en}".rstrip()

    def _head(self, code: str) -> None:
        words, record = self.words, self.record
        facts = [
            (words.label("common", "issued_at"), local_time(record.issued_at)),
            (words.label("receipt", "branch"), record.branch.name),
        ]
        if record.refers_to:
            facts.append((words.label("notice", "refers_to"), _shown(record.refers_to)))
        is_case = check(record.paper_no) or record.paper is PaperKind.NUMBER_SLIP
        head = letterhead.Head(
            title=words.both("notice", record.paper),
            subtitle=words.both("common", "product"),
            number_label=words.label("common", "number" if is_case else "paper_no"),
            number=_shown(record.paper_no),
            facts=tuple(facts),
            code=code,
            code_note=words.both("receipt", "code_note"),
            tag="",
        )
        letterhead.set_head(self.flow, head)

    def _intro(self) -> None:
        for sentence in self.words.both("notice_intro", self.record.paper):
            if sentence:
                self.flow.paragraph(sentence, bold=True)
        self.flow.gap(self.flow.sizes.body * 0.5)
        if self.record.paper is PaperKind.NUMBER_SLIP:
            self._number()

    def _number(self) -> None:
        flow, record = self.flow, self.record
        size = flow.sizes.headline
        if record.paper_no:
            flow.gap(size)
            number = Text(0, flow.y, _shown(record.paper_no), size, bold=True)
            flow.put_centre(flow.frame.width / 2, number)
            flow.gap(size * 0.6)
            return
        flow.paragraph(self.words.zh.of("notice", "number_by_hand"))
        side = flow.frame.inner / ACCEPTANCE_DIGITS
        flow.gap(flow.sizes.body * 0.4)
        for place in range(ACCEPTANCE_DIGITS):
            x = flow.left + place * side
            box = Box(x, flow.y, side * 0.94, side * 1.3, stroke=INK, stroke_width=0.6)
            flow.page.marks.append(box)
        flow.gap(side * 1.3 + flow.sizes.body)

    def _lines(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        if not record.lines:
            return
        flow.section(words.label("notice_list", record.paper))
        if any(line.value for line in record.lines):
            rows = [
                (str(n), self._cell(line), line.value) for n, line in enumerate(record.lines, 1)
            ]
            table(flow, COLUMNS, (), rows)
            return
        self._numbered(record.lines)

    def _numbered(self, lines: tuple[NoticeLine, ...]) -> None:
        for number, line in enumerate(lines, 1):
            text = f"{line.zh}{self.words.zh.of('common', 'colon')}{line.value}"
            self.flow.item(f"{number}.", text if line.value else line.zh)
            if self.record.bilingual and line.en:
                self.flow.item("", line.en)

    def _rights(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        if not record.objection and not record.complaint:
            return
        flow.section(words.label("notice", "complaint"))
        if record.objection:
            for sentence in words.both("notice", "objection"):
                if sentence:
                    flow.paragraph(sentence)
        if record.complaint:
            flow.paragraph(record.complaint)

    def _close(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        flow.gap(flow.sizes.body)
        radius = (20 if record.elder_mode else 15) * MM
        if record.paper not in _UNSEALED:
            flow.keep(2 * radius + 4 * MM)
            centre = (flow.right - radius - 2 * MM, flow.y + radius)
            key = "demonstration" if record.demonstration else "purpose"
            purpose = words.zh.of("seal", key)
            name = record.branch.name
            flow.page.marks += seal_picture(flow.book, centre, radius, name, purpose)
            bottom = flow.y + 2 * radius
            flow.gap(radius)
            self._staff(2 * radius + 8 * MM)
            flow.y = max(flow.y + radius * 0.2, bottom - radius * 0.4)
        else:
            self._staff(0)
        labels = [words.label("signature", who) for who in record.signatures]
        letterhead.set_signatures(flow, labels, words.label("receipt", "sign_date"))

    def _staff(self, room: float) -> None:
        """Name the staff, leaving `room` points to the right for the seal."""
        words, record = self.words, self.record
        staff = [(words.label("notice", "clerk"), record.clerk_id)]
        if record.reviewer_name:
            staff.append((words.label("notice", "reviewer"), record.reviewer_name))
        frame = self.flow.frame
        letterhead.narrowed(self.flow, self.flow.left, self.flow.right - room)
        self.flow.pairs(staff, 1 if record.elder_mode else 2)
        self.flow.frame = frame

    def _foot_notes(self) -> list[str]:
        words, record = self.words.zh, self.record
        notes = [
            words.of("common", "printing"),
            words.of("common", "record", digest=record_sha256(record)[:16]),
            words.of("common", "demonstration_note") if record.demonstration else "",
        ]
        return [entry for entry in notes if entry]


def _shown(number: str) -> str:
    return grouped(number) if check(number) else number
