from __future__ import annotations

import pytest

from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.words.chip_checks import check_words
from counter_app.words.table import codes_without_words
from counter_app.words.words import Language


@pytest.mark.parametrize("codes", [ChipCheck, CheckState, CheckReason])
def test_every_code_of_a_chip_check_has_words(codes: type[ChipCheck | CheckState]) -> None:
    assert codes_without_words("chip_checks", codes) == ()


def test_a_verdict_is_told_with_its_reason() -> None:
    verdict = CheckVerdict(ChipCheck.ISSUER, CheckState.NOT_VERIFIED, CheckReason.ISSUER_UNKNOWN)
    words = check_words(verdict)
    assert words.title == "签发机关：未能验证"
    assert words.ground == "签发机关不在本机的名单上"
    assert check_words(verdict, Language.EN).title == "Issuer: Not verified"


def test_a_verified_check_says_what_it_means() -> None:
    words = check_words(CheckVerdict(ChipCheck.ORIGINAL, CheckState.VERIFIED))
    assert (words.title, words.advice) == ("原件：已验证", "芯片证明自己不是复制品")
