"""Says whether a second document lies in the picture, by the words that stand on it.

Print beside the document proves nothing: desks are full of it. What counts are the words and
numbers that only documents bear, read where the reader did not read already.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from counter_app.capture import values
from counter_app.capture.box_map import inverse, moved_box
from counter_app.capture.geometry import Quad, as_quad
from counter_app.capture.images import turned
from counter_app.capture.mrz_decode import FILLER_LOOKS
from counter_app.capture.mrz_zone import LINE_NAMES
from counter_app.capture.picture import Picture
from counter_app.capture.text_detection import Corners, TextPlace
from counter_app.capture.text_engine import TextEngine
from counter_app.domain.reading import Box, DocumentKind, Notice, Reading
from counter_app.ports.stop import Stop

FEWEST_LINES = 3
STRIP = 8.0
"""Length against height of a row of a machine readable zone, at the least."""
SURE = 0.8
FEWEST_MARKS = 24
FEWEST_FILLERS = 3
"""A zone has rows of so many characters at the least, one of them with so many fillers."""
NEARNESS = 0.75
"""What lies farther from the camera looks smaller, but hardly by more than this."""
COVERED = 1.02
"""An outline is grown by this factor before lines outside of it are looked for."""
FORM_MARGIN = 1.3
"""The fields of our form are grown by this factor to its margins, title and small print."""
GROWTH = 0.6
"""A line's own box is grown by this part of its height before others are looked for."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a second document is looked for.

    Attributes:
        long_side_px: The whole picture is searched at this size.
        most_lines: So many of the widest lines are read, each way up.
    """

    long_side_px: int
    most_lines: int


BESIDE_A_PAGE = Effort(1440, 18)
"""A card beside a letter is small, and a letter has many lines."""
BESIDE_A_ZONE = Effort(960, 6)
"""A zone is read in a third of a second; what lies beside a passport is as large as it is."""

_FILLERS = f"<{FILLER_LOOKS}"
_OVERTURNED = ">》〉＞»≥›"
"""What fillers are read as that stand on their head."""
_ZONE = re.compile(rf"[A-Z0-9{re.escape(_FILLERS)}]{{{FEWEST_MARKS},}}")
_DAYS = re.compile(r"[\dOISBZ]{7}[MFX<][\dOISBZ]{7}")
"""Birth, sex and expiry of a zone (ICAO Doc 9303-4, 4.2.2), with letters read for figures."""
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_WORDS = re.compile(
    r"公民身份号|身份号码|签发机关|居民身份证|有效期限|营业执照|统一社会信用代码|登记机关"
    r"|授权委托书|^委托书|委托人[:：(]|受托人[:：(]"
)
_FRONT, _BACK = re.compile(r"公民身份号|身份号码"), re.compile(r"签发机关|有效期限")
_LICENCE = re.compile(r"登记机关|注册资本")
_LETTER = re.compile(r"授权委托书|受托人")


def has_companion(picture: Picture, reading: Reading, engine: TextEngine, stop: Stop) -> bool:
    """Say whether another document lies beside, or among, what was read.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    return _reads_two(reading) or _lies_beside(picture, reading, engine, stop)


def _reads_two(reading: Reading) -> bool:
    """Say whether what was read bears the words of two documents."""
    texts = [values.plain(line.text) for line in reading.lines]
    counts = {
        pattern: sum(pattern.search(text) is not None for text in texts)
        for pattern in (_FRONT, _BACK, _LICENCE, _LETTER)
    }
    match reading.kind:
        case DocumentKind.RESIDENT_ID_FRONT | DocumentKind.RESIDENT_ID_BACK:
            numbers = {number for text in texts for number in _NUMBER.findall(text)}
            is_twice = counts[_FRONT] > 1 or len(numbers) > 1
            others = counts[_LICENCE] + counts[_LETTER]
            return is_twice or bool(counts[_FRONT] and counts[_BACK]) or others > 0
        case DocumentKind.LETTER:
            return counts[_BACK] > 0 or any(map(_is_zone, texts))
        case DocumentKind.LICENCE:
            return counts[_FRONT] > 0 or counts[_LETTER] > 0
        case _:
            return False


def _lies_beside(picture: Picture, reading: Reading, engine: TextEngine, stop: Stop) -> bool:
    effort = BESIDE_A_ZONE if reading.kind is DocumentKind.MRZ else BESIDE_A_PAGE
    places = engine.find(picture.whole, effort.long_side_px)
    read = [moved_box(box, inverse(picture.whole_to_given)) for box in _boxes(reading)]
    unread = [place for place in places if not _was_read(place, read)]
    if len(unread) < FEWEST_LINES:
        return False
    shortest, ground = _shortest_row(picture, reading), _ground(picture, reading, read)
    telling = [place for place in unread if _may_be_row(place, shortest) or not ground.bears(place)]
    own = {read.text for read in reading.fields}
    for place, text in _texts(picture, _widest(telling, effort), engine, stop):
        if _is_zone(text) or (not ground.bears(place) and _is_sign(text, own)):
            return True
    return False


def _may_be_row(place: TextPlace, shortest: float) -> bool:
    """Say whether a line is as long and low as a row of a zone; of the rest nothing is asked."""
    sides = np.linalg.norm(place.corners[1:3] - place.corners[0:2], axis=1)
    return float(sides.max()) > max(shortest, STRIP * float(sides.min()))


def _shortest_row(picture: Picture, reading: Reading) -> float:
    """Return how long in pixels another zone's row is at the least, by the rows that were read.

    All zones have ten characters to the inch, so rows on one desk differ by how near they lie.
    """
    back = inverse(picture.whole_to_given)
    lengths = [
        math.hypot(box.width, box.height) / len(read.text)
        for read in reading.fields
        if read.name in LINE_NAMES and read.box is not None
        for box in (moved_box(read.box, back),)
    ]
    return NEARNESS * FEWEST_MARKS * min(lengths, default=0.0)


def _boxes(reading: Reading) -> Iterator[Box]:
    """Yield where something was read, found or measured."""
    yield from (line.box for line in reading.lines)
    yield from (tick.box for tick in reading.ticks)
    for box in (*(read.box for read in reading.fields), *(mark.box for mark in reading.marks)):
        if box is not None:
            yield box


def _was_read(place: TextPlace, read: Sequence[Box]) -> bool:
    """Say whether what was read covers a line."""
    x, y = (float(value) for value in place.corners.mean(axis=0))
    return any(_holds(box, x, y) for box in read)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What surely belongs to the document that was read, which bears such words itself.

    Attributes:
        areas: In pixels of the whole picture, corners in order.
        is_all: Where nothing shows how far it reaches, every word may be the document's own.
    """

    areas: tuple[Quad, ...]
    is_all: bool = False

    def bears(self, place: TextPlace) -> bool:
        """Say whether a line stands on it."""
        x, y = (float(value) for value in place.corners.mean(axis=0))
        return self.is_all or any(_is_inside(area, x, y) for area in self.areas)


def _ground(picture: Picture, reading: Reading, read: Sequence[Box]) -> Ground:
    """Return what is outlined, and what lies between the places that were read.

    An outline may be a rectangle on the document; of a zone nothing else is read.
    """
    areas = []
    if picture.outline is not None:
        areas.append(_grown(as_quad(picture.outline), COVERED))
    is_zone = reading.kind is DocumentKind.MRZ
    if read and not is_zone:
        corners = [
            (x, y) for box in read for x in (box.left, box.right) for y in (box.top, box.bottom)
        ]
        hull = cv2.convexHull(np.array(corners, np.float32)).reshape(-1, 2).astype(np.float32)
        areas.append(_grown(hull, FORM_MARGIN) if Notice.OUR_FORM in reading.notices else hull)
    return Ground(tuple(areas), is_all=is_zone and picture.outline is None)


def _grown(area: Quad, factor: float) -> Quad:
    middle = area.mean(axis=0)
    return np.asarray((area - middle) * factor + middle, np.float32)


def _is_inside(quad: Quad, x: float, y: float) -> bool:
    edges = np.roll(quad, -1, axis=0) - quad
    to_point = np.array((x, y)) - quad
    crosses = edges[:, 0] * to_point[:, 1] - edges[:, 1] * to_point[:, 0]
    return bool((crosses >= 0).all() or (crosses <= 0).all())


def _holds(box: Box, x: float, y: float) -> bool:
    more = GROWTH * min(box.height, box.width)
    across = box.left - more <= x <= box.right + more
    return across and box.top - more <= y <= box.bottom + more


def _widest(places: Sequence[TextPlace], effort: Effort) -> list[TextPlace]:
    by_width = sorted(places, key=lambda place: -max(place.box.width, place.box.height))
    return by_width[: effort.most_lines]


def _texts(
    picture: Picture, places: Sequence[TextPlace], engine: TextEngine, stop: Stop
) -> Iterator[tuple[TextPlace, str]]:
    """Yield lines with their text, then read with the picture on its head."""
    lying = sum(place.box.height > 1.5 * place.box.width for place in places) > len(places) / 2
    clear: set[int] = set()
    for turns in (1, 3) if lying else (0, 2):
        view = turned(picture.whole, turns)
        for place in places:
            if id(place) in clear:
                continue
            there = _turned(place, picture.whole.shape, turns)
            for line in engine.read_places(view, [there], stop):
                if line.confidence < SURE:
                    continue
                text = values.plain(line.text)
                # What reads clearly one way up reads as nothing the other; fillers read both ways.
                if not _bears(text, _FILLERS + _OVERTURNED):
                    clear.add(id(place))
                yield place, text


def _turned(place: TextPlace, shape: tuple[int, ...], quarter_turns: int) -> TextPlace:
    """Return the place in the picture turned clockwise; its corners follow the reading again."""
    high, wide = shape[:2]
    x, y = place.corners[:, 0], place.corners[:, 1]
    match quarter_turns:
        case 1:
            moved = np.stack((high - y, x), axis=1)
        case 2:
            moved = np.stack((wide - x, high - y), axis=1)
        case 3:
            moved = np.stack((y, wide - x), axis=1)
        case _:
            return place
    return TextPlace(_from_top_left(moved), place.score)


def _from_top_left(corners: Corners) -> Corners:
    first = int(np.argmin(corners.sum(axis=1)))
    rolled = np.roll(corners, -first, axis=0)
    ahead, down = rolled[1] - rolled[0], rolled[3] - rolled[0]
    if ahead[0] * down[1] - ahead[1] * down[0] < 0:
        rolled = rolled[[0, 3, 2, 1]]
    return np.ascontiguousarray(rolled, np.float32)


def _is_zone(text: str) -> bool:
    has_signs = _bears(text, _FILLERS) or _DAYS.search(text) is not None
    return _ZONE.search(text) is not None and has_signs


def _bears(text: str, fillers: str) -> bool:
    return sum(mark in fillers for mark in text) >= FEWEST_FILLERS


def _is_sign(text: str, own: set[str]) -> bool:
    number = _NUMBER.search(text)
    return _WORDS.search(text) is not None or (number is not None and number.group() not in own)
