"""Makes fields out of lines, with the doubts that their checks leave."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.capture.text_engine import ReadLine
from counter_app.domain.reading import Box, Doubt, FieldName, FieldRead, box_around, weakest

LOW_CONFIDENCE = 0.75
"""Below this for any one character, a field is not sure whatever its check says."""


def proposed(
    name: FieldName, text: str, line: ReadLine, extra: Iterable[Doubt] = (Doubt.NO_CHECK,)
) -> FieldRead:
    """Return a field read from one line; without `extra` doubts it counts as checked."""
    characters = line.confidences if line.text == text else ()
    return from_parts(name, text, line.weakest(), line.box, extra, characters)


def found_in(
    name: FieldName,
    text: str,
    line: ReadLine,
    span: tuple[int, int],
    extra: Iterable[Doubt] = (Doubt.NO_CHECK,),
) -> FieldRead:
    """Return a field that is a part of a line; `span` counts the line's text without blanks."""
    return from_parts(name, text, line.weakest_between(*span), line.box, extra)


def from_parts(
    name: FieldName,
    text: str,
    confidence: float,
    box: Box | None,
    extra: Iterable[Doubt] = (Doubt.NO_CHECK,),
    characters: tuple[float, ...] = (),
) -> FieldRead:
    """Return a field; a low confidence adds its own doubt."""
    doubts = list(dict.fromkeys(extra))
    if confidence < LOW_CONFIDENCE and Doubt.LOW_CONFIDENCE not in doubts:
        doubts.append(Doubt.LOW_CONFIDENCE)
    return FieldRead(name, text, round(confidence, 4), box, tuple(doubts), characters)


def checked(is_right: bool) -> tuple[Doubt, ...]:  # noqa: FBT001 - the check's own answer
    """Return no doubt for a passed check digit, and the doubt for a failed one."""
    return () if is_right else (Doubt.CHECK_DIGIT_WRONG,)


def without(doubts: Iterable[Doubt], gone: Doubt) -> tuple[Doubt, ...]:
    """Return the doubts but one."""
    return tuple(doubt for doubt in doubts if doubt is not gone)


def around(lines: Iterable[ReadLine]) -> Box | None:
    """Return the box around several lines, or None of none."""
    return box_around(line.box for line in lines)


def least_sure(lines: Iterable[ReadLine]) -> float:
    """Return the confidence of the weakest character of several lines."""
    return weakest(confidence for line in lines for confidence in line.confidences)
