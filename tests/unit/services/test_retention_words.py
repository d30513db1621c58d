"""Every class and sort has its words in both languages, and an end is a day of the counter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from counter_app.ports.retention import Kept, Sort
from counter_app.ports.stored import RetentionClass
from counter_app.services.retention_words import class_words, end_words, sort_name
from counter_app.words.words import Language

LATE = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""After midnight in Shanghai."""


@pytest.mark.parametrize("language", list(Language))
def test_every_class_and_sort_has_words(language: Language) -> None:
    for sort in Sort:
        for retention in RetentionClass:
            kept = Kept(sort, "", retention, None)
            assert class_words(kept, language).title
            assert class_words(kept, language).advice
            assert sort_name(kept, language)


def test_an_end_is_a_day_of_the_counter_or_waits_for_head_office() -> None:
    kept = Kept(Sort.PICTURE, "id_front", RetentionClass.CASE, LATE)
    assert end_words(kept) == "2026-12-01 起删除"
    assert end_words(kept, Language.EN) == "goes from 2026-12-01 on"
    waits = Kept(Sort.PICTURE, "id_front", RetentionClass.CASE, None)
    assert end_words(waits) == "总部尚未决定，不删除"
