"""Reading the word tables, which are resources so that translators need not touch code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from counter_app.words.words import Bilingual, Words


@cache
def word_table(name: str) -> Mapping[str, Bilingual]:
    """Return the words of one table by code.

    Args:
        name: Name of a file in resources/words without its ending.
    """
    text = files("counter_app").joinpath("_resources", "words", f"{name}.toml").read_text("utf-8")
    rows = tomllib.loads(text).items()
    return MappingProxyType(
        {code: Bilingual(Words(*row["zh"]), Words(*row["en"])) for code, row in rows}
    )


def codes_without_words(name: str, codes: type[StrEnum]) -> tuple[str, ...]:
    """Return the codes of an enumeration that a table lacks."""
    table = word_table(name)
    return tuple(code.value for code in codes if code.value not in table)
