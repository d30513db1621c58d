"""Fits slots to a layout's length and lets the check digits choose between close calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from counter_app.capture.mrz_decode import Slot, allowed_at
from counter_app.domain.mrz_fields import Mrz

FILLER = Slot((("<", 1.0),))
MAX_CORRECTIONS = 2
WORTH_TRYING = 0.004
"""A second choice must have this score to be tried."""
CERTAIN = 0.97
"""A first choice with this score stands, whatever the check digits say."""
TRIED_SLOTS = 10
ROUND = {"0": "O", "O": "0"}
"""Read as each other with a score of 0.99 and more where the type is OCR-B."""
ROUND_SCORE = 0.0003
"""The smallest score with which the right one of the two came second was 0.001."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row as read.

    Attributes:
        scores: Of each character, 0 to 1.
        corrected: Positions where a check digit overruled the first choice.
    """

    text: str = field(repr=False)
    scores: tuple[float, ...]
    corrected: tuple[int, ...] = ()


def fitted(slots: Sequence[Slot], length: int, is_names: bool) -> list[Slot] | None:  # noqa: FBT001
    """Return the slots stretched or cut to the row's length inside runs of fillers only.

    Args:
        slots: As read.
        length: The row's length.
        is_names: The row holds names: fillers are added or dropped at its end only, because a
            filler between names means something.

    Returns:
        None when the difference cannot be a run of fillers.
    """
    missing = length - len(slots)
    if missing == 0:
        return list(slots)
    if abs(missing) > (24 if is_names else 4):
        return None
    marks = "".join(slot.choices[0][0] for slot in slots)
    tail = len(marks) - len(marks.rstrip("<"))
    start, run = (len(marks) - tail, tail) if is_names else _longest_run(marks)
    if (missing < 0 and run + missing < 1) or (missing > 0 and run < 2):
        return None
    if missing > 0:
        return [*slots[:start], *[FILLER] * missing, *slots[start:]]
    return [*slots[:start], *slots[start - missing :]]


def fits(slots: Sequence[Slot], length: int, is_names: bool) -> list[list[Slot]]:  # noqa: FBT001
    """Return every way to bring the slots to the row's length: `fitted`, or ends cut off.

    Dirt and page edges beside a row are read as one or two more characters.
    """
    best = fitted(slots, length, is_names)
    found = [] if best is None else [best]
    more = len(slots) - length
    if 0 < more <= 2:
        found += [list(slots[start : start + length]) for start in range(more + 1)]
    return found


def _longest_run(marks: str) -> tuple[int, int]:
    best, start = (0, 0), 0
    while start < len(marks):
        if marks[start] != "<":
            start += 1
            continue
        end = start
        while end < len(marks) and marks[end] == "<":
            end += 1
        if end - start > best[1]:
            best = (start, end - start)
        start = end
    return best


def first_choice(slots: Sequence[Slot], layout: str, row: int) -> RowRead:
    """Return the row with the best allowed character at each position."""
    chosen = [
        slot.best(allowed) for slot, allowed in zip(slots, allowed_at(layout, row), strict=True)
    ]
    return RowRead("".join(mark for mark, _ in chosen), tuple(score for _, score in chosen))


def repaired(slots: Sequence[Slot], layout: str, row: int, judge: Judge) -> RowRead:
    """Try at most two second choices until more check digits agree.

    Args:
        slots: The row, of the layout's length.
        layout: As in `allowed_at`.
        row: The row's number.
        judge: Counts the wrong check digits with this row's text in place.
    """
    first = first_choice(slots, layout, row)
    wrong = judge.wrong(first.text)
    if wrong == 0:
        return first
    swaps = _swaps(slots, layout, row)
    for count in range(1, MAX_CORRECTIONS + 1):
        fits = [
            (cost, chosen)
            for chosen in combinations(swaps, count)
            if (cost := sum(swap.loss for swap in chosen)) >= 0
            and len({swap.place for swap in chosen}) == count
            and judge.wrong(_swapped(first.text, chosen)) == 0
        ]
        if fits:
            _, chosen = min(fits, key=lambda fit: fit[0])
            return _corrected(first, chosen)
    return first


@dataclass(frozen=True, slots=True)
class Judge:
    """Counts wrong check digits of a zone while one of its rows varies."""

    rows: tuple[str, ...] = field(repr=False)
    row: int

    def wrong(self, text: str) -> int:
        """Return how many check digits are wrong with `text` in the row's place."""
        mrz = parsed((*self.rows[: self.row], text, *self.rows[self.row + 1 :]))
        return 99 if mrz is None else len(mrz.failed_checks())


def parsed(rows: Sequence[str]) -> Mrz | None:
    """Return the zone, or None where the rows are of no known layout."""
    from counter_app.domain.mrz import parse_mrz

    try:
        return parse_mrz(rows)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Swap:
    place: int
    mark: str
    score: float
    loss: float


def _swaps(slots: Sequence[Slot], layout: str, row: int) -> list[_Swap]:
    found = []
    for place, (slot, allowed) in enumerate(zip(slots, allowed_at(layout, row), strict=True)):
        first, best = slot.best(allowed)
        for mark, score in slot.ranked(allowed):
            is_close = best < CERTAIN and score > WORTH_TRYING
            is_round = ROUND.get(first) == mark and score > ROUND_SCORE
            if mark != first and (is_close or is_round):
                found.append(_Swap(place, mark, score, best - score))
    return sorted(found, key=lambda swap: swap.loss)[:TRIED_SLOTS]


def _swapped(text: str, chosen: Sequence[_Swap]) -> str:
    marks = list(text)
    for swap in chosen:
        marks[swap.place] = swap.mark
    return "".join(marks)


def _corrected(first: RowRead, chosen: Sequence[_Swap]) -> RowRead:
    scores = list(first.scores)
    for swap in chosen:
        scores[swap.place] = swap.score
    places = tuple(sorted(swap.place for swap in chosen))
    return RowRead(_swapped(first.text, chosen), tuple(scores), places)
