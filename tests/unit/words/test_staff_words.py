"""What a person of the staff signs in with has one name on every screen and in every refusal."""

from __future__ import annotations

import pytest

from counter_app.errors import FailureCode
from counter_app.words.failures import failure_words
from counter_app.words.words import Language

OF_STAFF = (
    FailureCode.SIGN_IN_REFUSED,
    FailureCode.PASSWORD_REFUSED,
    FailureCode.PASSWORD_MUST_CHANGE,
)


@pytest.mark.parametrize("code", OF_STAFF)
def test_the_staffs_password_is_called_as_the_screens_call_it(code: FailureCode) -> None:
    words = failure_words(code, Language.ZH)
    assert "口令" not in f"{words.title}{words.advice}"


def test_what_is_unexpected_asks_for_nothing_that_the_page_does_not_offer() -> None:
    assert "复制" not in failure_words(FailureCode.UNEXPECTED, Language.ZH).advice
