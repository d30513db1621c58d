"""Reads a letter of several pages as one: a fact may stand on any of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from counter_app.capture import values
from counter_app.capture.box_map import Matrix, moved_box
from counter_app.capture.fingerprint import digest_of
from counter_app.capture.free_letter import LONG_SIDE_PX, SIGNED_BELOW, marks_on
from counter_app.capture.letter_facts import facts_of
from counter_app.capture.letter_phrases import phrases_of
from counter_app.capture.letter_text import joined
from counter_app.capture.text_detection import TextPlace
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.capture.upright import UprightPage, read_upright
from counter_app.capture.view import View
from counter_app.domain.reading import DocumentKind, MarkName, MarkRead, Notice, Reading
from counter_app.ports.stop import Stop

TIME_LIMIT_S = 20.0
"""No further page is begun after so much of one processor; what was left is said."""


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    page: UprightPage
    back: Matrix
    lines: tuple[ReadLine, ...]


def read_pages(views: Sequence[View], sha256: str, engine: TextEngine, stop: Stop) -> Reading:
    """Search all pages together for a letter's facts.

    Args:
        views: The pages in their order.
        sha256: Of the file, hexadecimal.
        engine: Reads them.
        stop: Looked at between lines.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    pages = list(_read(views, engine, stop))
    lines = [line for one in pages for line in one.lines]
    letter = joined(lines)
    is_any = any(values.plain(line.text) for line in lines)
    notices = {Notice.FREE_FORM: None}
    notices |= dict.fromkeys(notice for one in pages for notice in one.page.notices())
    notices |= {} if is_any else {Notice.NOTHING_READ: None}
    return _with_unread(
        Reading(
            DocumentKind.LETTER,
            facts_of(letter),
            marks=_marks(pages),
            phrases=phrases_of(letter.text),
            notices=tuple(notices),
            lines=tuple(line.as_text_line() for line in lines),
            digest=digest_of(views[0].bgr, sha256),
        ),
        len(views) - len(pages),
    )


def with_other_pages(
    form: Reading, views: Sequence[View], engine: TextEngine, stop: Stop
) -> Reading:
    """Return our form's reading with the text of the pages that came with it.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    pages = list(_read(views, engine, stop))
    lines = tuple(line.as_text_line() for one in pages for line in one.lines)
    return _with_unread(replace(form, lines=(*form.lines, *lines)), len(views) - len(pages))


def _with_unread(reading: Reading, unread: int) -> Reading:
    if unread == 0:
        return reading
    return replace(reading, notices=(*reading.notices, Notice.PAGES_UNREAD))


def _read(views: Sequence[View], engine: TextEngine, stop: Stop) -> Iterator[_Read]:
    ends_at = time.thread_time() + TIME_LIMIT_S
    for view in views:
        if time.thread_time() > ends_at:
            return
        page = read_upright(view.bgr, engine, stop, LONG_SIDE_PX)
        back = np.asarray(view.to_given @ page.to_given, np.float64)
        yield _Read(page, back, tuple(_moved(page.lines, back)))


def _moved(lines: Iterable[ReadLine], back: Matrix) -> Iterator[ReadLine]:
    for line in lines:
        corners = cv2.perspectiveTransform(line.place.corners[None], back)[0]
        place = TextPlace(np.asarray(corners, np.float32), line.place.score)
        yield replace(line, place=place)


def _marks(pages: Sequence[_Read]) -> tuple[MarkRead, ...]:
    """Return the marks of all pages; one that is nowhere is told once."""
    every = [
        replace(mark, box=moved_box(mark.box, one.back) if mark.box is not None else None)
        for number, one in enumerate(pages)
        for mark in marks_on(one.page, 0.0 if number else SIGNED_BELOW)
    ]
    present = [mark for mark in every if mark.is_present]
    there = {mark.name for mark in present}
    absent: dict[MarkName, MarkRead] = {}
    for mark in every:
        if mark.name not in there:
            absent.setdefault(mark.name, mark)
    return (*present, *absent.values())
