"""Reads a letter that is not our form: text, facts, seal and handwriting."""

from __future__ import annotations

import re

import numpy as np

from counter_app.capture import ink, values
from counter_app.capture.fingerprint import digest_of
from counter_app.capture.ink import InkedPage
from counter_app.capture.letter_facts import facts_of
from counter_app.capture.letter_phrases import phrases_of
from counter_app.capture.letter_text import joined
from counter_app.capture.seal import round_seals
from counter_app.capture.text_engine import ReadLine
from counter_app.capture.upright import UprightPage
from counter_app.domain.letter_form import PAGE_WIDTH_MM
from counter_app.domain.reading import (
    Box,
    DocumentKind,
    MarkName,
    MarkRead,
    Notice,
    Reading,
)
from counter_app.ports.camera import Pixels

SIGNED_SHARE = 0.012
SIGNATURE_MM = (55.0, 14.0)
PEN_SHARE = 0.0004
SIGNED_BELOW = 0.3
LONG_SIDE_PX = 1280
"""A page of small print is searched for lines at this size."""

_SIGN_HERE = re.compile(r"签名|签字|签章|盖章")


def letter_of(page: UprightPage, sha256: str) -> Reading:
    """Search a page that has been read for a letter's facts."""
    letter = joined(page.lines)
    return Reading(
        DocumentKind.LETTER,
        facts_of(letter),
        marks=marks_on(page),
        phrases=phrases_of(letter.text),
        notices=_notices(page),
        lines=tuple(line.as_text_line() for line in page.lines),
        digest=digest_of(page.bgr, sha256),
    )


def _notices(page: UprightPage) -> tuple[Notice, ...]:
    notices = [Notice.FREE_FORM, *page.notices()]
    if not page.lines:
        notices.append(Notice.NOTHING_READ)
    return tuple(notices)


def marks_on(page: UprightPage, signed_below: float = SIGNED_BELOW) -> tuple[MarkRead, ...]:
    """Look for seal, handwriting and signatures on a page.

    Args:
        page: Read.
        signed_below: The part of the page above which no place for a signature is looked for.
    """
    inked = ink.separate(page.bgr, page.bgr.shape[1] / PAGE_WIDTH_MM)
    seals = round_seals(inked.red)
    marks = [MarkRead(MarkName.SEAL, is_present=False, share=0.0)]
    if seals:
        marks = [
            MarkRead(MarkName.SEAL, is_present=True, share=_share(inked, box), box=box)
            for box in seals
        ]
    pen = _pen_share(page.bgr, inked)
    marks.append(MarkRead(MarkName.HANDWRITING, pen >= PEN_SHARE, round(pen, 5)))
    return (*marks, *_signatures(page, inked, signed_below))


def _share(inked: InkedPage, box: Box) -> float:
    return round(ink.share(inked.red, box), 4)


def _signatures(page: UprightPage, inked: InkedPage, below: float) -> list[MarkRead]:
    found: dict[MarkName, MarkRead] = {}
    for line in page.lines:
        text = values.plain(line.text)
        is_low = line.box.top > below * page.bgr.shape[0]
        if not is_low or not _SIGN_HERE.search(text):
            continue
        is_agent = "受托人" in text or "代办人" in text
        name = MarkName.AGENT_SIGNATURE if is_agent else MarkName.PRINCIPAL_SIGNATURE
        box = _before_date(_beside(line, text, inked.pixels_per_mm), page.lines)
        mask = ink.without_rules(ink.cut(inked.dark, box), round(10 * inked.pixels_per_mm))
        share = float(mask.mean()) if mask.size else 0.0
        found.setdefault(name, MarkRead(name, share >= SIGNED_SHARE, round(share, 4), box))
    return list(found.values())


def _beside(line: ReadLine, text: str, pixels_per_mm: float) -> Box:
    """Return the place to the right of the words that ask for a signature."""
    match = _SIGN_HERE.search(text)
    end = match.end() if match else len(text)
    colon = re.match(r"[)）]?[:：]?", text[end:])
    end += colon.end() if colon else 0
    columns = line.columns or (1.0,)
    share = columns[min(end, len(columns)) - 1] + 0.02
    left = line.box.left + share * line.box.width
    middle = (line.box.top + line.box.bottom) / 2
    wide, high = (side * pixels_per_mm for side in SIGNATURE_MM)
    return Box(left, middle - high / 2, left + wide, middle + high / 2)


def _before_date(box: Box, lines: tuple[ReadLine, ...]) -> Box:
    """Return the box cut off where the words that ask for the date begin."""
    right = box.right
    for line in lines:
        middle = (line.box.top + line.box.bottom) / 2
        found = re.search(r"日\s*期|\d{4}\s*年|年", line.text)
        if found and box.top < middle < box.bottom:
            start = line.columns[found.start()] if line.columns else 0.0
            edge = line.box.left + (start - 0.02) * line.box.width
            right = min(right, edge) if edge > box.left else right
    return Box(box.left, box.top, right, box.bottom)


def _pen_share(bgr: Pixels, inked: InkedPage) -> float:
    """Return the part of the page covered by blue ink, which printers seldom use for text."""
    blue, green, red = (bgr[:, :, channel].astype(np.int16) for channel in range(3))
    is_blue = inked.dark & (blue - red > 35) & (blue >= green)
    return float(is_blue.mean())
