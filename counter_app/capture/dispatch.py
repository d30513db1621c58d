"""Hands a picture to the reader of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from counter_app.capture import values
from counter_app.capture.bank_card import read_bank_card
from counter_app.capture.barcodes import SQUARE_FORMATS, glance_codes, read_codes
from counter_app.capture.box_map import Matrix, inverse, moved, moved_codes, quarter_turns_in
from counter_app.capture.form_pose import find_form
from counter_app.capture.free_letter import LONG_SIDE_PX, letter_of
from counter_app.capture.label import read_label
from counter_app.capture.letter_form_reading import read_form
from counter_app.capture.letter_signers import with_signatures
from counter_app.capture.licence import read_licence
from counter_app.capture.mrz_decode import FILLER_LOOKS
from counter_app.capture.mrz_reading import has_zone, read_mrz, zone_reader
from counter_app.capture.picture import Picture
from counter_app.capture.resident_front import read_front
from counter_app.capture.resident_id import read_back
from counter_app.capture.text_detection import LONG_SIDE_PX as CUT_LONG_SIDE_PX
from counter_app.capture.text_engine import TextEngine
from counter_app.capture.upright import UprightPage, read_upright
from counter_app.capture.view import View
from counter_app.domain.letter_form import letter_number_of
from counter_app.domain.reading import CodeRead, DocumentKind, FieldName, Notice, Reading
from counter_app.ports.stop import Stop

_SIGNS = (
    (DocumentKind.LETTER, r"授权委托|委托书|受托人|被委托人"),
    (DocumentKind.LICENCE, r"营业执照|统一社会信用代码.*登记机关"),
    (DocumentKind.RESIDENT_ID_BACK, r"签发机关|居民身份证|公安局"),
    (DocumentKind.RESIDENT_ID_FRONT, r"公民身份|身份号码|民族.*出生|住址"),
)
FEWEST_MARKS = 14
"""A document has more characters on it than this."""
WHOLE_LONG_SIDE_PX = 1920
"""A whole picture is searched for small print at this size."""

_CHINESE = frozenset(
    {DocumentKind.RESIDENT_ID_FRONT, DocumentKind.RESIDENT_ID_BACK, DocumentKind.LICENCE}
)
FOREIGN_LETTERS = 30
_MRZ_ROW = re.compile(rf"[A-Z0-9<{FILLER_LOOKS}]{{24,}}")


def read_picture(picture: Picture, kind: DocumentKind, engine: TextEngine, stop: Stop) -> Reading:
    """Read a picture as the kind says; AUTO finds out first.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    if picture.signatures and kind is DocumentKind.AUTO:
        kind = DocumentKind.LETTER
    match kind:
        case DocumentKind.AUTO:
            return read_unknown(picture, engine, stop)
        case DocumentKind.BARCODE:
            return _label(picture, engine, stop)
        case DocumentKind.LETTER:
            return read_letter(picture, engine, stop)
        case DocumentKind.MRZ:
            return _zone(picture, engine, stop)
        case _:
            page, picture = _page_of(picture, engine, stop)
            return _checked_kind(_read_page(page, kind, picture, engine), page)


def _zone(picture: Picture, engine: TextEngine, stop: Stop) -> Reading:
    views = _views(picture)
    return read_mrz(views, zone_reader(views[0].bgr, engine), stop)


def _views(picture: Picture) -> tuple[View, ...]:
    whole = View(picture.whole, picture.whole_to_given)
    if picture.cut is picture.whole:
        return (whole,)
    return (View(picture.cut, picture.cut_to_given), whole)


def _page_of(
    picture: Picture, engine: TextEngine, stop: Stop, long_side: int | None = None
) -> tuple[UprightPage, Picture]:
    """Read what was cut out; where next to nothing stands on it, the whole picture instead.

    What was cut out may be the grain of the desk, or a sheet under the document.
    """
    page = read_upright(picture.cut, engine, stop, long_side or CUT_LONG_SIDE_PX)
    if picture.cut is picture.whole or _marks_on(page) >= FEWEST_MARKS:
        return page, picture
    whole = read_upright(picture.whole, engine, stop, WHOLE_LONG_SIDE_PX)
    if _marks_on(whole) <= _marks_on(page):
        return page, picture
    return whole, replace(
        picture, cut=picture.whole, cut_to_given=picture.whole_to_given, outline=None
    )


def _marks_on(page: UprightPage) -> int:
    return sum(len(values.plain(line.text)) for line in page.lines)


def _label(picture: Picture, engine: TextEngine, stop: Stop) -> Reading:
    return moved(read_label(picture.whole, engine, stop), picture.whole_to_given)


def _back(page: UprightPage, picture: Picture) -> Matrix:
    return picture.cut_to_given @ page.to_given


def _given(reading: Reading, page: UprightPage, picture: Picture) -> Reading:
    """Return what was read on an upright page, in pixels of the picture handed in."""
    return replace(moved(reading, _back(page, picture)), quarter_turns=page.quarter_turns)


def _read_page(
    page: UprightPage, kind: DocumentKind, picture: Picture, engine: TextEngine
) -> Reading:
    match kind:
        case DocumentKind.LICENCE:
            reading = read_licence(page, _codes_on(page, picture), engine)
        case DocumentKind.BANK_CARD:
            reading = read_bank_card(page)
        case DocumentKind.RESIDENT_ID_BACK:
            reading = read_back(page)
        case _:
            reading = read_front(page, engine)
    return _given(reading, page, picture)


def _codes_on(page: UprightPage, picture: Picture) -> tuple[CodeRead, ...]:
    """Return the square codes of the whole picture as if they had been found on the page."""
    onto = inverse(_back(page, picture)) @ picture.whole_to_given
    return moved_codes(read_codes(picture.whole, SQUARE_FORMATS), onto)


def read_letter(picture: Picture, engine: TextEngine, stop: Stop) -> Reading:
    """Read our own form where its code and marks are found, any other letter as text."""
    reading = _form(picture, engine, stop)
    if reading is None:
        page, picture = _page_of(picture, engine, stop, LONG_SIDE_PX)
        reading = letter_of(page, picture.sha256)
        if not reading.phrases and reading.field(FieldName.AGENT_NAME) is None:
            reading = _checked_kind(reading, page)
        reading = _given(reading, page, picture)
    return with_signatures(reading, picture.signatures)


def _form(picture: Picture, engine: TextEngine, stop: Stop) -> Reading | None:
    for view in reversed(_views(picture)):
        pose = find_form(view.bgr)
        if pose is not None:
            back = view.to_given @ pose.to_given
            reading = moved(read_form(pose, engine, picture.sha256, stop), back)
            return replace(reading, quarter_turns=quarter_turns_in(back, pose.page))
    return None


def read_unknown(picture: Picture, engine: TextEngine, stop: Stop) -> Reading:
    """Find out what the picture shows, then read it as that."""
    if _shows_form(glance_codes(picture.whole)):
        return read_letter(picture, engine, stop)
    views = _views(picture)
    zones = zone_reader(views[0].bgr, engine)
    if any(has_zone(view, zones, stop) for view in views):
        return read_mrz(views, zones, stop)
    page, picture = _page_of(picture, engine, stop)
    kind = kind_of(page)
    if kind is DocumentKind.AUTO and read_codes(picture.whole):
        return _label(picture, engine, stop)
    if kind is DocumentKind.MRZ:
        return read_mrz(views, zones, stop)
    if kind is DocumentKind.LETTER and _shows_form(read_codes(picture.whole, SQUARE_FORMATS)):
        return read_letter(picture, engine, stop)
    return _read_known(page, kind, picture, engine)


def _shows_form(codes: Iterable[CodeRead]) -> bool:
    return any(letter_number_of(code.text) for code in codes)


def _read_known(
    page: UprightPage, kind: DocumentKind, picture: Picture, engine: TextEngine
) -> Reading:
    if kind is DocumentKind.LETTER:
        return _given(letter_of(page, picture.sha256), page, picture)
    if kind is DocumentKind.AUTO:
        lines = tuple(line.as_text_line() for line in page.lines)
        foreign = (Notice.OTHER_COUNTRY,) if _is_foreign(page) else ()
        notices = (*page.notices(), Notice.NOTHING_READ, *foreign)
        nothing = Reading(DocumentKind.AUTO, notices=notices, lines=lines)
        return _given(nothing, page, picture)
    if _shows_both_sides(page):
        return _given(_both_sides(page, engine), page, picture)
    return _read_page(page, kind, picture, engine)


def _shows_both_sides(page: UprightPage) -> bool:
    text = "".join(values.plain(line.text) for line in page.lines)
    return all(
        re.search(pattern, text)
        for kind, pattern in _SIGNS
        if kind in (DocumentKind.RESIDENT_ID_FRONT, DocumentKind.RESIDENT_ID_BACK)
    )


def _both_sides(page: UprightPage, engine: TextEngine) -> Reading:
    """Read a sheet with both sides of a resident card, as copies are made."""
    front, back = read_front(page, engine), read_back(page)
    notices = dict.fromkeys((*front.notices, *back.notices, Notice.SEVERAL_DOCUMENTS))
    return replace(front, fields=(*front.fields, *back.fields), notices=tuple(notices))


def kind_of(page: UprightPage) -> DocumentKind:
    """Tell the kind by the words on the page; AUTO where nothing tells."""
    text = "".join(values.plain(line.text) for line in page.lines)
    if any(_is_mrz(values.plain(line.text)) for line in page.lines):
        return DocumentKind.MRZ
    for kind, pattern in _SIGNS:
        if re.search(pattern, text):
            return kind
    if read_bank_card(page).fields:
        return DocumentKind.BANK_CARD
    return DocumentKind.AUTO


def _is_mrz(text: str) -> bool:
    return (
        _MRZ_ROW.search(text) is not None and sum(mark in f"<{FILLER_LOOKS}" for mark in text) >= 3
    )


def _checked_kind(reading: Reading, page: UprightPage) -> Reading:
    seen = kind_of(page)
    if reading.kind in _CHINESE and (seen is DocumentKind.MRZ or _is_foreign(page)):
        return replace(reading, notices=(*reading.notices, Notice.OTHER_COUNTRY))
    if seen in (reading.kind, DocumentKind.AUTO, DocumentKind.BANK_CARD):
        return reading
    return replace(reading, notices=(*reading.notices, Notice.WRONG_KIND))


def _is_foreign(page: UprightPage) -> bool:
    """Say whether a page is full of print, and next to none of it Chinese."""
    text = "".join(values.plain(line.text) for line in page.lines)
    letters = len(re.findall(r"[A-Za-z]", text))
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    return letters >= FOREIGN_LETTERS and chinese < letters / 10
