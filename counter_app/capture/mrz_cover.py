"""What no check digit of a machine readable zone covers.

A row whose digits all check may still hold a misread nationality, sex or document code, and a
visa's second row ends in data that nothing checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from counter_app.capture.mrz_decode import ANY, Slot, allowed_at
from counter_app.capture.mrz_repair import ROUND, ROUND_SCORE, Judge, RowRead

CLEAR_SCORE = 0.93
"""An unchecked character read with less is a doubt."""

UNCHECKED = {
    ("td3", 1): (*range(10, 13), 20),
    ("td2", 1): (*range(10, 13), 20),
    ("mrv_a", 1): (*range(10, 13), 20, *range(28, 44)),
    ("mrv_b", 1): (*range(10, 13), 20, *range(28, 36)),
    ("td1", 0): tuple(range(5)),
    ("td1", 1): (7, *range(15, 18)),
    ("permit", 0): (0, 1),
}
"""Positions by layout and row, counted from 0.

Source: ICAO Doc 9303-4 to 9303-7, the composite check digits (visas have none).
"""

MOST_ROUND = 9

OPTIONAL_OF_VISAS = {"mrv_a": slice(28, 44), "mrv_b": slice(28, 36)}
STATES = {"td1": ((0, slice(2, 5)), (1, slice(15, 18)))}
STATES_OF_TWO_ROWS = ((0, slice(2, 5)), (1, slice(10, 13)))


def is_partly_unchecked(layout: str, rows: Sequence[RowRead], row: int) -> bool:
    """Say whether a row holds something that neither a digit nor a clear reading vouches for.

    That is data at the end of a visa's second row, an unchecked character read unclearly, or a
    nationality other than the issuing state: where both say the same, each vouches for the other.

    Args:
        layout: As in `mrz_decode.allowed_at`.
        rows: All rows of the zone.
        row: The row asked about.
    """
    optional = OPTIONAL_OF_VISAS.get(layout)
    has_data = optional is not None and row == 1 and rows[row].text[optional].strip("<") != ""
    scores = rows[row].scores
    is_unclear = any(scores[at] < CLEAR_SCORE for at in UNCHECKED.get((layout, row), ()))
    return has_data or is_unclear or _states_differ(layout, rows)


def has_other_reading(layout: str, slots: Sequence[Slot], judge: Judge, text: str) -> bool:
    """Say whether two or three zeros read as letters O, or the reverse, would check as well.

    The letter is read as the figure with a score of 0.99 and more where the type is OCR-B. One
    such error shows; two in places whose weights are 7 and 3 cancel each other.

    Args:
        layout: As in `mrz_decode.allowed_at`.
        slots: The row's characters with their choices.
        judge: Counts the wrong check digits with another text in the row's place.
        text: The row as read.
    """
    places = [
        at
        for at, (slot, allowed) in enumerate(zip(slots, allowed_at(layout, judge.row), strict=True))
        if allowed is ANY and text[at] in ROUND and _twin_score(slot, text[at]) > ROUND_SCORE
    ]
    for count in (2, 3):
        for chosen in combinations(places[:MOST_ROUND], count):
            marks = list(text)
            for at in chosen:
                marks[at] = ROUND[text[at]]
            if judge.wrong("".join(marks)) == 0:
                return True
    return False


def _twin_score(slot: Slot, mark: str) -> float:
    return dict(slot.choices).get(ROUND[mark], 0.0)


def _states_differ(layout: str, rows: Sequence[RowRead]) -> bool:
    if layout == "permit":
        return False
    places = STATES.get(layout, STATES_OF_TWO_ROWS)
    return len({rows[row].text[part] for row, part in places}) > 1
