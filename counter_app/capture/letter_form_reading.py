"""Reads our own letter form: fields, ticks, signatures and seals in their places."""

from __future__ import annotations

import re

from counter_app.capture import ink, values
from counter_app.capture.fields import LOW_CONFIDENCE, checked, from_parts, proposed
from counter_app.capture.fingerprint import digest_of
from counter_app.capture.form_pose import PIXELS_PER_MM, FormPose
from counter_app.capture.ink import InkedPage
from counter_app.capture.seal import seal_share
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.domain import letter_form as form
from counter_app.domain.reading import (
    Box,
    CodeRead,
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    LetterPhrase,
    MarkName,
    MarkRead,
    Notice,
    Reading,
    TickName,
    TickRead,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

TICKED_SHARE = 0.07
CLEAN_SHARE = 0.025
SIGNED_SHARE = 0.008
STRUCK_OUT_MM = 7.0
EMPTY_INK_MM = 1.2

NUMBERS = frozenset({FieldName.MERCHANT_NUMBER, FieldName.TERMINAL_SN})
PHONES = frozenset(
    {FieldName.PRINCIPAL_PHONE, FieldName.AGENT_PHONE, FieldName.OLD_PHONE, FieldName.NEW_PHONE}
)
DOCUMENTS = frozenset({FieldName.PRINCIPAL_DOCUMENT, FieldName.AGENT_DOCUMENT})
DATES = form.DATE_FIELDS | {FieldName.NOTARY_DATE}


def read_form(pose: FormPose, engine: TextEngine, sha256: str, stop: Stop) -> Reading:
    """Read the straightened form.

    Args:
        pose: From `find_form`.
        engine: Reads the fields.
        sha256: Of the bytes that the page came from.
        stop: Looked at between two fields.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    page = ink.separate(pose.page, PIXELS_PER_MM)
    fields: list[FieldRead] = []
    for place in form.FIELDS:
        if stop.is_set():
            raise CounterError(FailureCode.STOPPED)
        read = _field(place, page, engine, pose)
        if read is not None:
            fields.append(read)
    ticks = tuple(_tick(tick, page) for tick in form.TICKS)
    struck = tuple(box for place in form.FIELDS for box in _struck_out(place, page))
    qr = CodeRead("QRCode", form.qr_text(pose.letter_number), page.box(form.QR_REGION))
    return Reading(
        DocumentKind.LETTER,
        _new_number_twice(fields),
        ticks,
        tuple(_mark(mark, page) for mark in form.MARKS),
        codes=(qr,),
        phrases=_phrases(ticks),
        notices=(Notice.OUR_FORM, *((Notice.ALTERATION,) if struck else ())),
        alterations=struck,
        digest=digest_of(pose.page, sha256),
    )


def _field(
    place: form.FormField, page: InkedPage, engine: TextEngine, pose: FormPose
) -> FieldRead | None:
    box = _written(place, page)
    line = engine.read_region(pose.page, box) if box else None
    if place.name is FieldName.LETTER_NUMBER:
        return _letter_number(line, pose, page.box(place.region))
    if line is None or not line.text.strip():
        return None
    return _valued(place.name, line)


def _written(place: form.FormField, page: InkedPage) -> Box | None:
    """Return the box around the ink above the rule, or None for an empty field."""
    region = place.region
    area = page.box(form.Region(region.left, region.top, region.width, region.height - 0.5))
    mask = ink.without_rules(
        ink.cut(page.dark | page.red, area), round(STRUCK_OUT_MM * PIXELS_PER_MM)
    )
    around = ink.extent(mask)
    if around is None:
        return None
    left, top, right, bottom = around
    if right - left < EMPTY_INK_MM * PIXELS_PER_MM and bottom - top < EMPTY_INK_MM * PIXELS_PER_MM:
        return None
    pad = 0.6 * PIXELS_PER_MM
    return Box(
        max(0.0, area.left + left - 2 * pad),
        max(0.0, area.top + min(top, 1.2 * PIXELS_PER_MM) - pad / 2),
        area.left + right + 2 * pad,
        area.bottom,
    )


def _letter_number(line: ReadLine | None, pose: FormPose, box: Box) -> FieldRead:
    printed = re.sub(r"[^0-9A-Z-]", "", values.plain(line.text).upper()) if line else ""
    disagrees = bool(printed) and printed != pose.letter_number
    doubts = (Doubt.SOURCES_DISAGREE,) if disagrees else ()
    return from_parts(FieldName.LETTER_NUMBER, pose.letter_number, 1.0, box, doubts)


def _valued(name: FieldName, line: ReadLine) -> FieldRead | None:
    if name in DATES:
        return _date(name, line)
    if name in PHONES:
        number = values.digits(line.text)
        has_shape = len(number) == 11 or (name is FieldName.OLD_PHONE and 3 <= len(number) < 11)
        return proposed(name, number, line, _doubts(has_shape))
    if name in DOCUMENTS:
        number = _document(line.text)
        return proposed(name, number, line, checked(values.is_checked_document(number)))
    if name is FieldName.NEW_PHONE_IN_WORDS:
        number = values.numerals_as_digits(line.text)
        return proposed(name, values.plain(line.text), line, _doubts(len(number) == 11))
    if name in NUMBERS:
        number = re.sub(r"[^0-9A-Za-z-]", "", values.plain(line.text))
        return proposed(name, number, line, _doubts(bool(number)))
    return proposed(name, values.plain(line.text), line)


def _doubts(has_shape: bool) -> tuple[Doubt, ...]:  # noqa: FBT001 - the check's own answer
    return (Doubt.NO_CHECK,) if has_shape else (Doubt.NO_CHECK, Doubt.BAD_FORMAT)


def _date(name: FieldName, line: ReadLine) -> FieldRead | None:
    found = values.dates(line.text)
    if found:
        return proposed(name, found[0], line)
    bare = re.sub(r"[年月日\s.·:：,，_-]", "", line.text)
    if not bare:
        return None
    return proposed(name, values.plain(line.text), line, (Doubt.NO_CHECK, Doubt.BAD_FORMAT))


def _document(text: str) -> str:
    number = values.identity_number(text)
    code = values.credit_code(text)
    if values.is_checked_identity_number(number):
        return number
    return code if any(mark.isalpha() for mark in code[:-1]) else number


def _new_number_twice(fields: list[FieldRead]) -> tuple[FieldRead, ...]:
    """Compare the new number in digits with the one in words: agreement is its check."""
    by_name = {read.name: read for read in fields}
    number = by_name.get(FieldName.NEW_PHONE)
    words = by_name.get(FieldName.NEW_PHONE_IN_WORDS)
    if number is None or words is None:
        return tuple(fields)
    agrees = values.numerals_as_digits(words.text) == number.text and len(number.text) == 11
    sure = min(number.confidence, words.confidence) >= LOW_CONFIDENCE
    for read in (number, words):
        doubts: tuple[Doubt, ...] = (Doubt.SOURCES_DISAGREE,)
        if agrees:
            doubts = () if sure else (Doubt.LOW_CONFIDENCE,)
        by_name[read.name] = FieldRead(
            read.name, read.text, read.confidence, read.box, doubts, read.characters
        )
    return tuple(by_name.values())


def _tick(tick: form.FormTick, page: InkedPage) -> TickRead:
    box = page.box(tick.region, inset_mm=0.75)
    inked = ink.share(page.dark | page.red, box)
    is_unclear = CLEAN_SHARE < inked < TICKED_SHARE
    doubts = (Doubt.LOW_CONFIDENCE,) if is_unclear else ()
    return TickRead(tick.name, inked >= TICKED_SHARE, round(inked, 4), box, doubts)


def _mark(mark: form.FormMark, page: InkedPage) -> MarkRead:
    box = page.box(mark.region)
    match mark.name:
        case MarkName.SEAL | MarkName.REPRESENTATIVE_SEAL:
            side_mm = 24.0 if mark.name is MarkName.SEAL else 8.0
            found = seal_share(ink.cut(page.red, box), side_mm * PIXELS_PER_MM)
            return MarkRead(mark.name, found > 0, round(found, 4), box)
        case _:
            inner = page.box(mark.region, inset_mm=0.8)
            drawn = ink.without_rules(ink.cut(page.dark, inner), round(10 * PIXELS_PER_MM))
            inked = float(drawn.mean())
            return MarkRead(mark.name, inked >= SIGNED_SHARE, round(inked, 4), box)


def _struck_out(place: form.FormField, page: InkedPage) -> list[Box]:
    """Return the box of a field with a long stroke through the middle of its writing."""
    region = place.region
    middle = form.Region(
        region.left, region.top + 0.25 * region.height, region.width, 0.45 * region.height
    )
    box = page.box(middle)
    mask = ink.cut(page.dark | page.red, box)
    kept = ink.without_rules(mask, round(STRUCK_OUT_MM * PIXELS_PER_MM))
    gone = int(mask.sum()) - int(kept.sum())
    is_struck = gone > STRUCK_OUT_MM * PIXELS_PER_MM and place.name is not FieldName.LETTER_NUMBER
    return [page.box(region)] if is_struck else []


def _phrases(ticks: tuple[TickRead, ...]) -> frozenset[LetterPhrase]:
    # The form itself denies sub-delegation, in print.
    phrases = {LetterPhrase.SUBDELEGATION_DENIED}
    if any(tick.name is TickName.CHANGE_PHONE and tick.is_ticked for tick in ticks):
        phrases.add(LetterPhrase.CHANGE_PHONE)
    return frozenset(phrases)
