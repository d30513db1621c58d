"""Breaking text into lines by the rules of Chinese typesetting.

Source: Requirements for Chinese Text Layout (W3C clreq), prohibition rules for line start and end.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’…—～·%％℃,.;:?!)]}")
NOT_LAST = frozenset("（《「『【〔“‘￥¥([{")

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Break text into lines no wider than `width`.

    Han characters may part anywhere but where punctuation forbids it; words and numbers of other
    scripts stay whole, but for a hyphen before a letter, unless they are wider than the line.

    Args:
        text: May hold line feeds, which always break.
        width: In the unit of `measure`.
        measure: Width of a stretch of text.

    Returns:
        At least one line; no line is lost or reordered. A closing mark may hang over the end of a
        line that is one word.
    """
    return [line for part in text.split("\n") for line in _wrap_part(part, width, measure)]


def _wrap_part(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line = ""
    short = [part for piece in pieces(text) for part in _cut(piece, width, measure)]
    for piece in short:
        if line and measure((line + piece).rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            line = piece.lstrip(" ")
        else:
            line += piece
    return [*lines, line.rstrip(" ")]


def pieces(text: str) -> list[str]:
    """Split text where a line may end."""
    found: list[str] = []
    start = 0
    for position, (left, right) in enumerate(pairwise(text), 1):
        if _may_part(left, right):
            found.append(text[start:position])
            start = position
    return [*found, text[start:]] if text else []


def _may_part(left: str, right: str) -> bool:
    if right in NOT_FIRST or left in NOT_LAST:
        return False
    if right == " ":
        return False
    is_hyphen = left == "-" and right.isalpha()
    return left == " " or is_hyphen or _is_wide(left) or _is_wide(right)


def _is_wide(character: str) -> bool:
    return ord(character) >= 0x2E80


def _cut(piece: str, width: float, measure: Measure) -> list[str]:
    if len(piece) < 2 or measure(piece) <= width:
        return [piece]
    parts: list[str] = []
    part = ""
    for character in piece:
        hangs = character in NOT_FIRST and _is_wide(character)
        if part and measure(part + character) > width and not hangs:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]
