"""The acceptance receipt on A4: the customer's copy and the branch's copy."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.acceptance_number import grouped
from counter_app.domain.paper import PresenterRole, ReceiptRecord, record_sha256
from counter_app.receipt import letterhead
from counter_app.receipt.flow import A4_FRAME, DENSE, ELDER, NORMAL, Flow, Sizes
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import INK, MM, SOFT, TINT, Box, Page, Shape, Text
from counter_app.receipt.receipt_lists import set_evidence, set_to_do
from counter_app.receipt.seal_picture import seal_picture
from counter_app.receipt.tongue import Tongue, local_time, tongue

_COPIES = ("customer_copy", "branch_copy")


def receipt_pages(
    record: ReceiptRecord, book: FontBook, code: str, note: tuple[str, str]
) -> list[Page]:
    """Set a receipt.

    Args:
        record: What was agreed.
        book: The fonts.
        code: Text of the QR code.
        note: Words for characters that a picture stands for, Chinese and English, or empty.
    """
    sizes = ELDER if record.elder_mode else NORMAL
    flows = _copies(record, book, sizes, code, note)
    if sizes is NORMAL and len(flows[0].pages) > 1:
        tighter = _copies(record, book, DENSE, code, note)
        flows = tighter if len(tighter[0].pages) == 1 else flows
    return letterhead.joined(flows)


def _copies(
    record: ReceiptRecord, book: FontBook, sizes: Sizes, code: str, note: tuple[str, str]
) -> list[Flow]:
    words = tongue(bilingual=record.bilingual)
    tags = [words.label("common", copy) for copy in _COPIES[: max(1, record.copies)]]
    return [_Copy(record, book, words, tag, sizes).set(code, note) for tag in tags]


class _Copy:
    """One copy while it is set."""

    def __init__(
        self, record: ReceiptRecord, book: FontBook, words: Tongue, tag: str, sizes: Sizes
    ) -> None:
        self.record = record
        self.words = words
        self.tag = tag
        foot = 30 * MM if sizes is ELDER else A4_FRAME.bottom
        self.flow = Flow(book, replace(A4_FRAME, bottom=foot), sizes, self._run_on)
        self.columns = 1 if sizes is ELDER else 2

    def set(self, code: str, note: tuple[str, str]) -> Flow:
        self._head(code)
        self._headline()
        self._change()
        self._parties(note)
        set_evidence(self.flow, self.words, self.record)
        self._service()
        self._enquiry()
        set_to_do(self.flow, self.words, self.record)
        self._confirmation()
        if self.record.demonstration:
            letterhead.mark_demonstration(self.flow, self.words)
        letterhead.set_foot(self.flow, self.words, self._foot_notes())
        return self.flow

    def _run_on(self, flow: Flow) -> None:
        title = self.words.zh.of("receipt", "title")
        letterhead.set_running_head(flow, title, grouped(self.record.acceptance_no), self.tag)

    def _head(self, code: str) -> None:
        words, record = self.words, self.record
        facts = [
            (words.label("common", "accepted_at"), local_time(record.accepted_at)),
            (words.label("receipt", "branch"), record.branch.name),
        ]
        if record.queue_ticket:
            facts.append((words.label("receipt", "queue_ticket"), record.queue_ticket))
        head = letterhead.Head(
            title=words.both("receipt", "title"),
            subtitle=words.both("common", "product"),
            number_label=words.label("common", "number"),
            number=grouped(record.acceptance_no),
            facts=tuple(facts),
            code=code,
            code_note=words.both("receipt", "code_note"),
            tag=self.tag,
        )
        letterhead.set_head(self.flow, head)

    def _headline(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        size, body = flow.sizes.headline, flow.sizes.body
        zh_day, en_day = words.day(record.expected_by)
        notes = [words.zh.of("receipt", "headline_note", day=zh_day)]
        if words.en:
            notes.append(words.en.of("receipt", "headline_note", day=en_day))
        if record.offline:
            notes += words.both("receipt", "offline")
        rows = [
            row for note in notes if note for row in flow.lines(note, flow.frame.inner - 24, body)
        ]
        second = words.en.of("receipt", "headline") if words.en else ""
        height = size * 1.75 + (size * 0.85 if second else 0) + len(rows) * body * 1.5 + body * 0.6
        flow.keep(height)
        box = Box(flow.left, flow.y, flow.frame.inner, height, stroke=INK, stroke_width=1.4)
        flow.page.marks.append(box)
        middle = flow.frame.width / 2
        flow.gap(size * 1.28)
        flow.put_centre(
            middle, Text(0, flow.y, words.zh.of("receipt", "headline"), size, bold=True)
        )
        if second:
            flow.gap(size * 0.85)
            flow.put_centre(middle, Text(0, flow.y, second, size * 0.62, bold=True))
        flow.gap(size * 0.32)
        for row in rows:
            flow.gap(body * 1.5)
            flow.put_centre(middle, Text(0, flow.y - body * 0.1, row, body))
        flow.gap(body * 1.1)

    def _change(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        flow.section(words.label("receipt", "section_change"))
        self._numbers()
        zh, en = words.listed("unchanged", record.unchanged)
        note_zh, note_en = words.both("receipt", "unchanged_note")
        rows = [(words.label("receipt", "unchanged"), f"{zh}。{note_zh}")]
        if en:
            rows.append(("", f"{en}. {note_en}"))
        flow.pairs(rows, 1)
        if record.corrects:
            for sentence in words.both("receipt", "corrects", number=grouped(record.corrects)):
                if sentence:
                    flow.paragraph(sentence)

    def _numbers(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        figure, note = flow.sizes.key_figure, flow.sizes.note
        height, gap = figure * 1.4 + note * 2.2, 13 * MM
        width = (flow.frame.inner - gap) / 2
        flow.keep(height)
        fields = (("old_number", record.old_number or "—"), ("new_number", record.new_number))
        for place, (key, number) in enumerate(fields):
            x = flow.left + place * (width + gap)
            box = Box(x, flow.y, width, height, fill=TINT if place else None, stroke=SOFT)
            flow.page.marks.append(box)
            flow.put(
                Text(x + 8, flow.y + note * 1.5, words.label("receipt", key), note, colour=SOFT)
            )
            y = flow.y + note * 1.9 + figure * 1.08
            flow.put(Text(x + 8, y, number, figure, bold=True))
        self._arrow(flow.left + width + gap / 2, flow.y + height / 2)
        flow.gap(height + flow.sizes.body * 0.4)

    def _arrow(self, x: float, y: float) -> None:
        tip, barb, half = 4.2 * MM, 0.4 * MM, 0.55 * MM
        points = (
            (x - tip, y - half),
            (x + barb, y - half),
            (x + barb, y - 2 * MM),
            (x + tip, y),
            (x + barb, y + 2 * MM),
            (x + barb, y + half),
            (x - tip, y + half),
        )
        self.flow.page.marks.append(Shape(points, INK))

    def _parties(self, note: tuple[str, str]) -> None:
        flow, words, record = self.flow, self.words, self.record
        flow.section(words.label("receipt", "section_parties"))
        presenter = record.presenter
        document = " ".join(
            each.of(
                "receipt",
                "document_tail",
                document=each.named("document", presenter.document_type),
                tail=presenter.document_tail,
            )
            for each in (words.zh, words.en)
            if each is not None
        )
        role = words.named("presenter", presenter.role)
        terminal = words.both("receipt", "terminal_tail", tail=record.terminal_sn_tail)
        rows = [
            ("merchant_name", record.merchant_name),
            ("merchant_no", record.merchant_no),
            ("terminal", " ".join(filter(None, terminal))),
            ("merchant_type", words.named("merchant_type", record.merchant_type)),
            ("presenter", f"{role}　{presenter.name}"),
            ("presenter_document", document),
            ("provider", record.provider),
            ("letter_no", record.letter_no),
        ]
        labelled = [(words.label("receipt", key), value) for key, value in rows if value]
        flow.pairs(labelled, self.columns)
        for sentence in filter(None, note):
            flow.paragraph(sentence, bold=True)

    def _service(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        flow.section(words.label("receipt", "section_service"))
        clerk = words.zh.of("receipt", "clerk_at", clerk=record.clerk_id, counter=record.counter)
        rows = [
            ("fee", _fee(record.fee_fen, words)),
            ("clerk", clerk),
            ("reviewer", record.reviewer_name),
            ("branch_phone", record.branch.phone),
            ("branch_hours", record.branch.hours),
            ("branch_address", record.branch.address),
        ]
        labelled = [(words.label("receipt", key), value) for key, value in rows if value]
        flow.pairs(labelled, self.columns)

    def _enquiry(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        flow.section(words.label("receipt", "section_enquiry"))
        rows = [("enquiry", record.enquiry), ("complaint", record.complaint)]
        flow.pairs([(words.label("receipt", key), value) for key, value in rows if value], 1)

    def _confirmation(self) -> None:
        flow, words, record = self.flow, self.words, self.record
        radius = (20 if record.elder_mode else 14.5) * MM
        flow.keep(2 * radius + flow.sizes.section * 2.4 + 1 * MM)
        flow.section(words.label("receipt", "section_confirm"))
        top, right = flow.y, flow.right
        frame = flow.frame
        letterhead.narrowed(flow, flow.left, right - 2 * radius - 6 * MM)
        is_agent = record.presenter.role is PresenterRole.AGENT
        statement = words.both("receipt", "confirm_agent" if is_agent else "confirm_principal")
        notice = words.both("receipt", "notice_version", version=record.notice_version)
        for sentence in (*statement, *(f"✓ {part}" if part else "" for part in notice)):
            if sentence:
                flow.paragraph(sentence)
        label, day = words.label("receipt", "signature"), words.label("receipt", "sign_date")
        letterhead.set_signature(flow, label, day)
        flow.frame = frame
        purpose = words.zh.of("seal", "demonstration" if record.demonstration else "purpose")
        centre = (right - radius - 1 * MM, top + radius + 0.5 * MM)
        name = record.branch.name
        flow.page.marks += seal_picture(flow.book, centre, radius, name, purpose)
        flow.y = max(flow.y, top + 2 * radius + 1 * MM)

    def _foot_notes(self) -> list[str]:
        words, record = self.words.zh, self.record
        stamp = record.rule_pack
        notes = [
            words.of("common", "printing"),
            words.of("common", "rules", pack=stamp.pack_id, version=stamp.version),
            words.of("common", "record", digest=record_sha256(record)[:16]),
            words.of("common", "journal", head=record.journal_head[:16])
            if record.journal_head
            else "",
            words.of("common", "demonstration_note") if record.demonstration else "",
        ]
        return [entry for entry in notes if entry]


def _fee(fee_fen: int, words: Tongue) -> str:
    if fee_fen == 0:
        return words.label("common", "free")
    return words.zh.of("common", "amount", amount=f"{fee_fen // 100}.{fee_fen % 100:02d}")
