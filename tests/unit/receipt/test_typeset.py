"""Lines break where Chinese typesetting allows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counter_app.receipt.typeset import NOT_FIRST, NOT_LAST, pieces, wrap


def one_each(text: str) -> float:
    return float(len(text))


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "请带齐《授权委托书》（原件）、身份证，再来办理。" * 4
    for width in range(4, 20):
        for line in wrap(text, width, one_each):
            assert line[0] not in NOT_FIRST
            assert line[-1] not in NOT_LAST


def test_numbers_and_words_stay_whole() -> None:
    lines = wrap("新号码 139****0002 已验证 by the clerk", 11, one_each)
    assert any("139****0002" in line for line in lines)
    assert not any(line.startswith(" ") for line in lines)


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("abcdefghij", 4, one_each) == ["abcd", "efgh", "ij"]


def test_line_feeds_always_break() -> None:
    assert wrap("甲\n乙", 10, one_each) == ["甲", "乙"]
    assert wrap("", 10, one_each) == [""]


@given(st.text(alphabet="样本abc 012，。（）《》*", max_size=60), st.integers(2, 12))
def test_nothing_is_lost_or_reordered(text: str, width: int) -> None:
    joined = "".join(wrap(text, width, one_each))
    assert joined.replace(" ", "") == text.replace(" ", "")
    assert "".join(pieces(text)) == text


def test_a_closing_mark_hangs_over_the_end_of_a_line_that_is_one_number() -> None:
    lines = wrap("投诉 010-00000001，十五日内答复", 12, one_each)
    assert "010-00000001，" in lines
