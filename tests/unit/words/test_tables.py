from enum import StrEnum

import pytest

from counter_app.domain.checks import FindingCode
from counter_app.errors import FailureCode
from counter_app.words.table import codes_without_words, word_table


@pytest.mark.parametrize(("name", "codes"), [("failures", FailureCode), ("findings", FindingCode)])
def test_every_code_has_words_in_both_languages(name: str, codes: type[StrEnum]) -> None:
    assert codes_without_words(name, codes) == ()


@pytest.mark.parametrize("name", ["failures", "findings"])
def test_no_word_is_empty_and_english_holds_no_chinese(name: str) -> None:
    for code, words in word_table(name).items():
        assert words.zh.title and words.zh.advice and words.en.title and words.en.advice, code
        english = words.en.title + words.en.advice + words.en.ground
        assert not any("\u4e00" <= char <= "\u9fff" for char in english), code


def test_a_table_that_lacks_a_code_is_noticed() -> None:
    class More(StrEnum):
        KNOWN = "UNEXPECTED"
        UNKNOWN = "NOBODY_WROTE_THIS"

    assert codes_without_words("failures", More) == ("NOBODY_WROTE_THIS",)
