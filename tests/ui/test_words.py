"""No code reaches the screen without words."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import Enum
from typing import get_type_hints

import pytest

from counter_app.errors import FailureCode
from counter_app.ui import texts, texts_papers, texts_visit
from counter_app.words.words import Language


def naming_functions() -> list[Callable[[Enum], str]]:
    """Every function that names the members of one enum."""
    found = []
    for module in (texts, texts_papers, texts_visit):
        for _, function in inspect.getmembers(module, inspect.isfunction):
            hints = get_type_hints(function)
            kinds = [kind for name, kind in hints.items() if name == "value"]
            if function.__module__ == module.__name__ and kinds:
                found.append(function)
    return found


@pytest.mark.parametrize("name", naming_functions(), ids=lambda function: function.__name__)
def test_every_member_has_words(name: Callable[[Enum], str]) -> None:
    members = list(get_type_hints(name)["value"])
    words = [name(member) for member in members]
    assert all(words)
    assert len(set(words)) >= len(words) - 2, "two members may share words, more look like a slip"


def test_failures_are_worded_in_the_windows_language() -> None:
    assert texts.language() is Language.ZH
    assert texts.failure_text(FailureCode.READER_MISSING).advice
