"""What F1 says at a step; the words are resources/help."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from counter_app.flow.steps import Step
from counter_app.words.words import Language

HOME = "home"
ONLINE = "online"


class Answer(NamedTuple):
    """One question of the guide's list, with an answer that is safe to give."""

    question: str
    answer: str


@cache
def help_table(language: Language) -> Mapping[str, tuple[Answer, ...]]:
    """Return every question by step."""
    name = f"{language.value}.toml"
    text = files("counter_app").joinpath("_resources", "help", name).read_text("utf-8")
    rows = tomllib.loads(text).items()
    return MappingProxyType(
        {key: tuple(Answer(question, answer) for question, answer in pairs) for key, pairs in rows}
    )


def help_at(step: Step | None, language: Language) -> tuple[Answer, ...]:
    """Return the questions of a step, or those of the home page."""
    return help_table(language)[HOME if step is None else step.value]


def online_steps(language: Language) -> tuple[str, ...]:
    """Return what a customer does who was advised to use the online way (S36)."""
    return tuple(f"{number}　{text}" for number, text in help_table(language)[ONLINE])
