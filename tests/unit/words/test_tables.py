from enum import StrEnum

import pytest

from counter_app.domain.checks import DEFAULT_SEVERITY, FindingCode, Severity, found
from counter_app.domain.reading import Notice
from counter_app.errors import FailureCode
from counter_app.wire.answers import ProblemKind
from counter_app.words.findings import remedy_words
from counter_app.words.refusals import refusal_words
from counter_app.words.table import codes_without_words, word_table

TABLES = [
    ("failures", FailureCode),
    ("findings", FindingCode),
    ("notices", Notice),
    ("refusals", ProblemKind),
]


@pytest.mark.parametrize(("name", "codes"), TABLES)
def test_every_code_has_words_in_both_languages(name: str, codes: type[StrEnum]) -> None:
    assert codes_without_words(name, codes) == ()


@pytest.mark.parametrize("name", [name for name, _ in TABLES])
def test_no_word_is_empty_and_english_holds_no_chinese(name: str) -> None:
    for code, words in word_table(name).items():
        assert words.zh.title and words.zh.advice and words.en.title and words.en.advice, code
        english = words.en.title + words.en.advice + words.en.ground
        assert not any("\u4e00" <= char <= "\u9fff" for char in english), code


def test_every_finding_that_stops_a_case_tells_the_customer_what_to_do() -> None:
    table = word_table("remedies")
    blocks = [code for code, severity in DEFAULT_SEVERITY.items() if severity is Severity.BLOCK]
    silent = [code for code in blocks if code not in table and not code.startswith("REVIEW.")]
    assert silent == []
    assert set(table) <= {code.value for code in FindingCode}
    for words in table.values():
        assert words.zh.title and words.en.title
        assert not any(part in words.zh.title for part in ("请客户", "挂起", "复核人", "打印"))
        assert not any("\u4e00" <= char <= "\u9fff" for char in words.en.title)


def test_a_finding_without_a_remedy_of_its_own_gives_its_advice() -> None:
    finding = found(FindingCode.ID_WEAK_CAPTURE, "presenter_id")
    assert remedy_words(finding, "en").startswith("Read the chip if possible")


def test_a_table_that_lacks_a_code_is_noticed() -> None:
    class More(StrEnum):
        KNOWN = "UNEXPECTED"
        UNKNOWN = "NOBODY_WROTE_THIS"

    assert codes_without_words("failures", More) == ("NOBODY_WROTE_THIS",)


def test_an_unknown_refusal_has_general_words_and_a_failure_its_own() -> None:
    assert refusal_words("made up", "en").title == "Head office did not take this one"
    assert refusal_words("OFFICE_CLOCK") == word_table("failures")["OFFICE_CLOCK"].zh
