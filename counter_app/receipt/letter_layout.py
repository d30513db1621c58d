"""The delegation letter, drawn from the geometry that the camera reads it back with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counter_app.domain import letter_form as form
from counter_app.domain.paper import LetterRecord
from counter_app.domain.reading import FieldName, MarkName
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import BLACK, MM, Box, Code, Line, Mark, Page, Text
from counter_app.receipt.words import load_words

_SEALS = frozenset({MarkName.SEAL, MarkName.REPRESENTATIVE_SEAL})
_DATE_PARTS_MM = (1.0, 20.0, 31.0)
_VALUE_SIZE = 11.0
_LEAST_SIZE = 7.0


def letter_pages(record: LetterRecord, book: FontBook) -> list[Page]:
    """Set a delegation letter, blank or filled in; always one page."""
    page = Page(form.PAGE_WIDTH_MM * MM, form.PAGE_HEIGHT_MM * MM)
    page.marks += _printed(record)
    page.marks += _values(record, book)
    return [page]


def _printed(record: LetterRecord) -> Iterator[Mark]:
    half = form.MARK_SIZE_MM / 2
    for x, y in form.REGISTRATION_MARKS:
        yield _box(form.Region(x - half, y - half, 2 * half, 2 * half), is_filled=True)
    qr = form.QR_REGION
    text = form.qr_text(record.letter_no)
    yield Code(qr.left * MM, qr.top * MM, qr.width * MM, text)
    for words in form.TEXTS:
        x, y = words.left * MM, words.baseline * MM
        yield Text(x, y, words.text, words.size_pt, words.is_bold, BLACK)
    for each in form.FIELDS:
        yield _rule(each.region)
    for tick in form.TICKS:
        yield _box(tick.region, is_filled=False)
    for mark in form.MARKS:
        yield _outline(mark.region) if mark.name in _SEALS else _rule(mark.region)
    if record.demonstration:
        note = load_words("zh").of("common", "demonstration_note")
        yield Text(88 * MM, 291 * MM, note, 8, colour=BLACK)


def _values(record: LetterRecord, book: FontBook) -> Iterator[Mark]:
    texts = _texts(record)
    for each in form.FIELDS:
        text = texts.get(each.name, "")
        if text:
            yield from _fitted(text, each.region, book)
    days = {FieldName.TERM_FROM: record.starts_on, FieldName.TERM_UNTIL: record.ends_on}
    for each in form.FIELDS:
        day = days.get(each.name)
        if day:
            yield from _date(day, each.region)


def _texts(record: LetterRecord) -> dict[FieldName, str]:
    return {
        FieldName.LETTER_NUMBER: record.letter_no,
        FieldName.PRINCIPAL_NAME: record.principal_name,
        FieldName.PRINCIPAL_DOCUMENT: record.principal_number,
        FieldName.PRINCIPAL_REPRESENTATIVE: record.legal_representative,
        FieldName.PRINCIPAL_PHONE: record.principal_phone,
        FieldName.PRINCIPAL_ADDRESS: record.principal_address,
        FieldName.AGENT_NAME: record.agent_name,
        FieldName.AGENT_DOCUMENT: record.agent_number,
        FieldName.AGENT_PHONE: record.agent_phone,
        FieldName.MERCHANT_NUMBER: record.merchant_no,
        FieldName.TERMINAL_SN: record.terminal_sn,
        FieldName.MERCHANT_NAME: record.merchant_name,
        FieldName.OLD_PHONE: record.old_number_tail,
        FieldName.NEW_PHONE: record.new_number,
    }


def _fitted(text: str, region: form.Region, book: FontBook) -> Iterator[Text]:
    """Write a value on its line; what would become too small to read goes on two."""
    room = (region.width - 2) * MM
    wide = book.width(text, _VALUE_SIZE, bold=False)
    x, y = (region.left + 1) * MM, (region.top + region.height - 1.9) * MM
    size = _VALUE_SIZE if wide <= room else _VALUE_SIZE * room / wide
    if size >= _LEAST_SIZE:
        yield Text(x, y, text, size, colour=BLACK)
        return
    middle = (len(text) + 1) // 2
    halves = (text[:middle], text[middle:])
    widest = max(book.width(half, _VALUE_SIZE, bold=False) for half in halves)
    size = min(_LEAST_SIZE, _VALUE_SIZE * room / widest)
    for place, half in enumerate(halves):
        yield Text(x, y + 0.6 * MM - (1 - place) * size * 1.12, half, size, colour=BLACK)


def _date(day: date, region: form.Region) -> Iterator[Text]:
    baseline = (region.top + 5.6) * MM
    parts = (f"{day.year}", f"{day.month:02d}", f"{day.day:02d}")
    for part, at in zip(parts, _DATE_PARTS_MM, strict=True):
        yield Text((region.left + at) * MM, baseline, part, _VALUE_SIZE, colour=BLACK)


def _rule(region: form.Region) -> Line:
    y = (region.top + region.height) * MM
    right = (region.left + region.width) * MM
    return Line(region.left * MM, y, right, y, form.RULE_MM * MM, BLACK)


def _outline(region: form.Region) -> Box:
    x, y = region.left * MM, region.top * MM
    size = (region.width * MM, region.height * MM)
    return Box(x, y, *size, stroke=BLACK, stroke_width=form.RULE_MM * MM, dash=(1, 2))


def _box(region: form.Region, *, is_filled: bool) -> Box:
    x, y = region.left * MM, region.top * MM
    size = (region.width * MM, region.height * MM)
    if is_filled:
        return Box(x, y, *size, fill=BLACK)
    return Box(x, y, *size, stroke=BLACK, stroke_width=form.RULE_MM * MM)
