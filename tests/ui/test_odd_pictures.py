"""What is odd about a picture is said above the page, with what to do."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from counter_app.domain.reading import DocumentKind, Notice, Reading
from counter_app.domain.step import Step
from counter_app.flow.outcomes import PictureRead
from counter_app.ui.notice_strip import NoticeStrip
from tests.ui.page_states import begun, texts, view_of


def told(qtbot: QtBot, reading: Reading) -> str:
    strip = NoticeStrip()
    qtbot.addWidget(strip)
    proposal = PictureRead(DocumentKind.LETTER, "1" * 64, reading)
    strip.show_view(view_of(Step.LETTER, begun(), proposal=proposal), is_quiet=True)
    return texts(strip) if strip.isVisibleTo(strip.parentWidget()) else ""


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (Notice.NOTHING_READ, "没有读出内容"),
        (Notice.SEVERAL_DOCUMENTS, "不止一份证件"),
        (Notice.MIRRORED, "镜像"),
        (Notice.WRONG_KIND, "不是这一步要的证件"),
        (Notice.OTHER_COUNTRY, "其他国家"),
        (Notice.SCREEN_PHOTO, "屏幕"),
        (Notice.SIGNATURE_BROKEN, "电子签名无效"),
    ],
)
def test_each_oddity_has_its_words(qtbot: QtBot, notice: Notice, words: str) -> None:
    assert words in told(qtbot, Reading(DocumentKind.LETTER, notices=(notice,)))


def test_a_plain_reading_says_nothing(qtbot: QtBot) -> None:
    assert told(qtbot, Reading(DocumentKind.LETTER, notices=(Notice.OUR_FORM,))) == ""


def test_a_broken_signature_goes_before_everything_else(qtbot: QtBot) -> None:
    notices = (Notice.MIRRORED, Notice.SIGNATURE_BROKEN)
    said = told(qtbot, Reading(DocumentKind.LETTER, notices=notices))
    assert "电子签名无效" in said
    assert "镜像" not in said


def test_a_good_signature_is_told_with_its_signer(qtbot: QtBot) -> None:
    notices = (Notice.SIGNED_ELECTRONICALLY,)
    reading = Reading(DocumentKind.LETTER, notices=notices, signer="样本商贸有限公司")
    assert "样本商贸有限公司" in told(qtbot, reading)
