"""The sixteen checks of a delegation letter on the review page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.submission import OutboxMessage
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.review.letter import IDS
from counter_app.headoffice.review.words import Language, Words
from counter_app.wire.case_data import Check, Delegation, LetterCheck
from tests.contract.headoffice.intake import Intake, opened
from tests.contract.headoffice.reviewing import address, send, sign_in, words_of

VERDICTS = {"A4": "caution", "A12": "stop", "A15": "open", "A16": "caution"}
TOLD = tuple(LetterCheck(id=name, verdict=VERDICTS.get(name, "good")) for name in IDS)
FOUND = (
    Check(id="A4.number_missing", result="found", severity="review"),
    Check(id="A12.revoked", result="found", severity="block"),
    Check(id="A16.altered", result="found", severity="review"),
    Check(id="ID.weak_capture", result="found", severity="review"),
)


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with opened(sqlite_url(tmp_path / "headoffice.db"), tmp_path) as made:
        sign_in(made)
        yield made


def letter(checks: tuple[LetterCheck, ...] = ()) -> Delegation:
    return Delegation(kind="signed", letter_hash="L-1", original=True, checks=checks)


def lines(intake: Intake, message: OutboxMessage) -> list[str]:
    text = intake.client.get(address(intake, message)).text
    listed = re.search(r'<ol class="letter".*?</ol>', text, re.DOTALL)
    return [] if listed is None else [words_of(one) for one in listed[0].split("</li>")[:-1]]


def test_the_sixteen_checks_stand_in_order_with_their_words(intake: Intake) -> None:
    shown = lines(intake, send(intake, delegation=letter(TOLD), checks=FOUND))
    assert [line.split()[1] for line in shown] == list(IDS)
    assert shown[0] == "✓ A1 委托人 与登记的负责人一致"
    assert shown[3] == "▲ A4 新手机号码 委托书没有写明新手机号码"
    assert shown[11] == "✕ A12 是否撤销 委托已被撤销或终止"
    assert shown[14] == "○ A15 代办记录 未核实"
    assert shown[15] == "▲ A16 有无涂改 委托书有涂改"


def test_the_checks_are_told_in_english_too(intake: Intake) -> None:
    message = send(intake, delegation=letter(TOLD), checks=FOUND)
    intake.client.get("/review/language/en")
    shown = lines(intake, message)
    assert shown[3] == "▲ A4 New number The letter does not state the new number"
    assert not re.search("[一-鿿]", "".join(shown))


def test_an_older_counters_message_is_judged_by_what_was_found(intake: Intake) -> None:
    message = send(intake, delegation=letter(), checks=FOUND)
    shown = lines(intake, message)
    marks = [line[0] for line in shown]
    assert shown[0] == "✓ A1 委托人 没有发现问题"
    assert "".join(marks) == "✓✓✓▲✓✓✓✓✓✓✓✕✓✓✓▲"
    assert "此件没有逐项结论" in intake.client.get(address(intake, message)).text


def test_a_good_word_never_hides_what_was_found(intake: Intake) -> None:
    all_good = tuple(LetterCheck(id=name, verdict="good") for name in IDS)
    shown = lines(intake, send(intake, delegation=letter(all_good), checks=FOUND))
    assert [line[0] for line in (shown[3], shown[11], shown[4])] == ["▲", "✕", "✓"]


def test_codes_of_a_newer_counter_are_shown_as_they_came(intake: Intake) -> None:
    newer = (Check(id="A3.unheard_of", result="found", severity="review"),)
    told = (LetterCheck(id="A1", verdict="perhaps"), LetterCheck(id="A2", verdict="caution"))
    shown = lines(intake, send(intake, delegation=letter(told), checks=newer))
    assert shown[0] == "○ A1 委托人 未核实"
    assert shown[1] == "▲ A2 受托人 须留意，原因未说明"
    assert shown[2] == "▲ A3 委托事项 A3.unheard_of"


def test_a_principal_in_person_has_no_letter_to_check(intake: Intake) -> None:
    assert lines(intake, send(intake, delegation=None)) == []


def test_every_verdict_of_every_check_has_words_in_both_languages() -> None:
    for language in Language:
        words = Words(language)
        for name in IDS:
            for key in (f"letter.{name}", f"letter.{name}.good"):
                assert words[key] != key
