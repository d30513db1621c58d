"""What a customer is told before personal data are taken, and its edition."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from counter_app.words.words import Language


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """A notice in one language.

    Attributes:
        edition: Which text it is; recorded with the consent and printed on the receipt.
        points: Pairs of a short heading and a sentence or two.

    Source: 个人信息保护法 article 17.
    """

    edition: str
    title: str
    points: tuple[tuple[str, str], ...]


@cache
def privacy_notice(language: Language | str = Language.ZH) -> PrivacyNotice:
    """Return the notice that is in use."""
    place = files("counter_app").joinpath("_resources", "words", "privacy_notice.toml")
    table = tomllib.loads(place.read_text("utf-8"))
    text = table[Language.EN if language == Language.EN else Language.ZH]
    points = tuple((heading, sentence) for heading, sentence in text["points"])
    return PrivacyNotice(table["edition"], text["title"], points)
