"""Reads one machine readable line under its own alphabet, with the second choices kept.

The recogniser's scores are masked to A–Z, 0–9 and `<`; each position then keeps only the
characters that its layout allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from counter_app.capture.text_engine import Scores

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
FILLER_LOOKS = "《〈＜«≤くΛ∧∠‹"
"""What a filler is taken for."""
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
FIGURES = frozenset("0123456789<")
SEXES = frozenset("MFX<")
ANY = frozenset(ALPHABET)


@dataclass(frozen=True, slots=True)
class Slot:
    """One character: choices with their share of the masked score, best first.

    Attributes:
        column: Where it stands along the row, 0 (left) to 1 (right).
    """

    choices: tuple[tuple[str, float], ...] = field(repr=False)
    column: float = 0.0

    def best(self, allowed: frozenset[str]) -> tuple[str, float]:
        """Return the best allowed character; look-alikes stand in where none was scored."""
        for character, score in self.choices:
            if character in allowed:
                return character, score
        twin = next(
            (
                twin
                for character, _ in self.choices
                for twin in TWINS.get(character, "")
                if twin in allowed
            ),
            "<",
        )
        return twin, 0.0

    def ranked(self, allowed: frozenset[str]) -> list[tuple[str, float]]:
        """Return the allowed characters, best first."""
        return [choice for choice in self.choices if choice[0] in allowed]


TWINS = {
    "O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "G": "6",
    "A": "4", "T": "7", "U": "0", "0": "OD", "1": "I", "2": "Z", "5": "S", "8": "B", "6": "G",
    "4": "A", "7": "T", "K": "<", "C": "<", "E": "<",
}  # fmt: skip
"""Characters that are taken for each other."""


class MrzAlphabet:
    """Where the alphabet's characters stand among the recogniser's classes."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        places = {character: place for place, character in enumerate(characters)}
        extra = dict.fromkeys(FILLER_LOOKS, "<")
        pairs = [(places[mark], mark) for mark in ALPHABET if mark in places]
        pairs += [(places[mark], to) for mark, to in extra.items() if mark in places]
        pairs += [(places[mark.lower()], mark) for mark in "COSVWXZKPU" if mark.lower() in places]
        self._classes = np.array([0, *(place for place, _ in pairs)])
        self._marks = [mark for _, mark in pairs]

    def slots(self, scores: Scores) -> list[Slot]:
        """Return the characters along a line, blanks and repeats collapsed."""
        masked: NDArray[np.float32] = scores[:, self._classes]
        best = masked.argmax(axis=1)
        # A step where nothing of the alphabet scores is a blank, not a guess.
        best[masked.max(axis=1) < 1e-4] = 0
        slots, start = [], 0
        for step in range(1, len(best) + 1):
            if step < len(best) and best[step] == best[start]:
                continue
            if best[start] != 0:
                column = (start + step) / 2 / len(best)
                slots.append(self._slot(masked[start:step].max(axis=0), column))
            start = step
        return slots

    def _slot(self, strongest: NDArray[np.float32], column: float) -> Slot:
        totals: dict[str, float] = {}
        for mark, score in zip(self._marks, strongest[1:].tolist(), strict=True):
            totals[mark] = totals.get(mark, 0.0) + score
        ranked = sorted(totals.items(), key=lambda item: -item[1])[:6]
        return Slot(tuple((mark, min(1.0, score)) for mark, score in ranked), column)


@cache
def allowed_at(layout: str, row: int) -> tuple[frozenset[str], ...]:
    """Return the characters allowed at each position of a row.

    Args:
        layout: `td1`, `td2`, `td3` or `permit` (visas have the rows of td2 and td3).
        row: 0 for the top row.

    Source: ICAO Doc 9303 parts 4 to 7; the permits' line as in `counter_app.domain.mrz_permit`.
    """
    spelled = {
        ("td3", 0): "A*44",
        ("td3", 1): "*9 9 A*3 9*7 S 9*7 *14 9*2",
        ("td2", 0): "A*36",
        ("td2", 1): "*9 9 A*3 9*7 S 9*7 *7 9",
        ("td1", 0): "A*5 *9 9 *15",
        ("td1", 1): "9*7 S 9*7 A*3 *11 9",
        ("td1", 2): "A*30",
        ("mrv_a", 0): "A*44",
        ("mrv_b", 0): "A*36",
        ("mrv_a", 1): "*9 9 A*3 9*7 S 9*7 *16",
        ("mrv_b", 1): "*9 9 A*3 9*7 S 9*7 *8",
        ("permit", 0): "A*2 *9 9 A 9*6 9 A 9*6 9 A 9",
    }[layout, row]
    sets = {"A": LETTERS, "9": FIGURES, "S": SEXES, "": ANY}
    found: list[frozenset[str]] = []
    for part in spelled.split():
        kind, _, count = part.partition("*")
        found += [sets[kind]] * int(count or 1)
    return tuple(found)
