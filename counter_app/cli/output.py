"""How commands speak: plain lines for people, JSON for programs, one line for an error."""

from __future__ import annotations

import json
import locale
import os
from collections.abc import Callable
from typing import NoReturn

import typer

from counter_app.errors import CounterError, FailureCode
from counter_app.words.failures import failure_words
from counter_app.words.refusals import refusal_words
from counter_app.words.words import Language

WRONG_USE = frozenset(
    {
        FailureCode.ACCOUNTS_INVALID,
        FailureCode.DIRECTORY_INVALID,
        FailureCode.INPUT_INVALID,
        FailureCode.REHEARSAL_INVALID,
        FailureCode.RULES_INVALID,
        FailureCode.SETTINGS_INVALID,
    }
)
"""Failures of what was handed in: exit status 2; every other failure is 1."""


def language() -> Language:
    """Return the language of the terminal; Chinese only where the locale says so."""
    told = os.environ.get("COUNTER_APP_LANGUAGE") or locale.getlocale()[0] or ""
    return Language.ZH if told.lower().startswith("zh") else Language.EN


def show_json(value: object) -> None:
    """Write a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def say_failure(error: CounterError) -> int:
    """Say in one line what failed and what to do.

    Returns:
        The exit status of a command that ends here: 2 where what was handed in is wrong, else 1.
    """
    problem = error.facts.get("problem")
    words = failure_words(error.code, language())
    if error.code is FailureCode.OFFICE_REFUSED and isinstance(problem, str):
        words = refusal_words(problem, language())
    facts = "; ".join(f"{key}: {value}" for key, value in error.facts.items())
    detail = f" ({facts})" if facts else ""
    typer.echo(f"{error.code.value}: {words.title}{detail}. {words.advice}", err=True)
    return 2 if error.code in WRONG_USE else 1


def fail(error: CounterError) -> NoReturn:
    """Say in one line what failed and what to do, and end."""
    raise typer.Exit(say_failure(error))


def told(action: Callable[[], None]) -> None:
    """Run a command's action and turn a known failure into its line."""
    try:
        action()
    except CounterError as error:
        fail(error)
