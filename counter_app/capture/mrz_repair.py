"""Fits slots to a layout's length and lets the check digits choose between close calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from counter_app.capture.mrz_decode import Slot, allowed_at
from counter_app.domain.mrz_fields import Mrz

FILLER = Slot((("<", 1.0),))
MAX_CORRECTIONS = 2
MAX_PARTS = 4
"""Of one row: number, birth, expiry and personal data have a check digit each."""
WORTH_TRYING = 0.004
"""A second choice must have this score to be tried."""
NAMES_START = {("td1", 2): 0, **dict.fromkeys(
    (("td3", 0), ("td2", 0), ("mrv_a", 0), ("mrv_b", 0)), 5
)}  # fmt: skip
"""Where the names begin, by layout and row."""
MOST_CRUMBS = 0.34
"""Of what follows the names; more is print that was misread as fillers."""
CERTAIN = 0.97
"""A first choice with this score stands, whatever the check digits say."""
TRIED_SLOTS = 12
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
    read = RowRead("".join(mark for mark, _ in chosen), tuple(score for _, score in chosen))
    start = NAMES_START.get((layout, row))
    return read if start is None else _without_crumbs(read, start)


def _without_crumbs(read: RowRead, start: int) -> RowRead:
    """Return a row of names with nothing but fillers after the names' end.

    Three fillers in a row end the names; a letter among the fillers after them is a misread one.
    """
    end = read.text.find("<<<", start)
    crumbs = [at for at in range(end, len(read.text)) if end >= 0 and read.text[at] != "<"]
    if not crumbs or len(crumbs) > MOST_CRUMBS * (len(read.text) - end):
        return read
    return RowRead(read.text[:end].ljust(len(read.text), "<"), read.scores, tuple(crumbs))


def repaired(slots: Sequence[Slot], layout: str, row: int, judge: Judge) -> RowRead:
    """Try second choices until the check digits agree, at most two for each check digit.

    Args:
        slots: The row, of the layout's length.
        layout: As in `allowed_at`.
        row: The row's number.
        judge: Counts the wrong check digits with this row's text in place.
    """
    first = first_choice(slots, layout, row)
    if judge.wrong(first.text) == 0:
        return first
    swaps = _swaps(slots, layout, row)
    whole = _cheapest(first.text, swaps, judge, 0)
    return _corrected(first, whole or _step_by_step(first.text, swaps, judge))


def _cheapest(
    text: str, swaps: Sequence[_Swap], judge: Judge, at_most: int
) -> tuple[_Swap, ...] | None:
    """Return the fewest and closest second choices that leave so few check digits wrong."""
    for count in range(1, MAX_CORRECTIONS + 1):
        found = [
            (sum(swap.loss for swap in chosen), chosen)
            for chosen in combinations(swaps, count)
            if len({swap.place for swap in chosen}) == count
            and judge.wrong(_swapped(text, chosen)) <= at_most
        ]
        if found:
            return min(found, key=lambda fit: fit[0])[1]
    return None


def _step_by_step(text: str, swaps: Sequence[_Swap], judge: Judge) -> tuple[_Swap, ...]:
    """Repair one checked part of the row after the other; several may hold a misreading.

    Only a row whose every digit agrees in the end is a repaired one.
    """
    done: tuple[_Swap, ...] = ()
    for _ in range(MAX_PARTS):
        now = _swapped(text, done)
        wrong = judge.wrong(now)
        if wrong == 0:
            return done
        free = [swap for swap in swaps if swap.place not in {each.place for each in done}]
        step = _cheapest(now, free, judge, wrong - 1)
        if step is None:
            break
        done += step
    return done if judge.wrong(_swapped(text, done)) == 0 else ()


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
    if not chosen:
        return first
    scores = list(first.scores)
    for swap in chosen:
        scores[swap.place] = swap.score
    places = tuple(sorted({*first.corrected, *(swap.place for swap in chosen)}))
    return RowRead(_swapped(first.text, chosen), tuple(scores), places)
