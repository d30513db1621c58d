"""The kinds of entry a check of a letter can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.delegation_letter import Letter


def always(_letter: Letter) -> bool:
    """Say yes: the entry is asked for in every letter."""
    return True


@dataclass(frozen=True, slots=True)
class TextSpec:
    """A line of text; `taken` returns the letter with it."""

    label: str
    shown: Callable[[Letter], str]
    taken: Callable[[Letter, str], Letter]
    hint: str = ""
    is_met: Callable[[Letter], bool] = always


@dataclass(frozen=True, slots=True)
class TickSpec:
    """A box to tick."""

    label: str
    shown: Callable[[Letter], bool]
    taken: Callable[[Letter, bool], Letter]
    is_met: Callable[[Letter], bool] = always


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """One of a few; the values are those of an enumeration."""

    options: tuple[tuple[str, str], ...]
    shown: Callable[[Letter], str]
    taken: Callable[[Letter, str], Letter]
    is_met: Callable[[Letter], bool] = always


Spec = TextSpec | TickSpec | ChoiceSpec
