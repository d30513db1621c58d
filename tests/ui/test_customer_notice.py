"""What the customer is told of the handling of personal data, and which edition it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from counter_app.bootstrap.profile import profile_of
from counter_app.domain.step import Step
from counter_app.settings import Settings
from counter_app.ui.customer import CustomerWindow
from counter_app.words.privacy_notice import privacy_notice
from counter_app.words.words import Language
from tests.ui.page_states import view_of, whole


@pytest.fixture
def window(qtbot: QtBot, application: QApplication) -> CustomerWindow:
    made = CustomerWindow("南山服务中心")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def texts(window: CustomerWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("step", [Step.PRESENTER, Step.PRESENTER_ID, Step.LETTER, Step.MATERIALS])
def test_it_is_shown_before_and_while_documents_are_taken(
    window: CustomerWindow, step: Step
) -> None:
    window.show_view(view_of(step, whole()))
    shown = texts(window)
    for heading, sentence in privacy_notice().points:
        assert heading in shown
        assert sentence in shown
    assert privacy_notice().edition in shown
    assert not window._ui.notice_close_button.isVisible()


def test_every_sentence_fits_on_a_small_screen(window: CustomerWindow) -> None:
    window.resize(1024, 768)
    window.show_view(view_of(Step.PRESENTER_ID, whole()))
    for label in window.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert window.rect().contains(label.mapTo(window, label.rect().bottomRight()))


def test_it_can_be_read_again_before_agreeing(qtbot: QtBot, window: CustomerWindow) -> None:
    confirm = view_of(Step.CONFIRM, whole(consents=None))
    window.show_view(confirm)
    qtbot.mouseClick(window._ui.notice_button, Qt.MouseButton.LeftButton)
    window.show_view(confirm)
    assert privacy_notice().title in texts(window)
    qtbot.mouseClick(window._ui.notice_close_button, Qt.MouseButton.LeftButton)
    assert "139 0000 0002" in texts(window)


def test_the_notice_does_not_stay_for_the_next_customer(
    qtbot: QtBot, window: CustomerWindow
) -> None:
    window.show_view(view_of(Step.CONFIRM, whole()))
    qtbot.mouseClick(window._ui.notice_button, Qt.MouseButton.LeftButton)
    window.show_view(None)
    assert "南山服务中心" in texts(window)
    assert privacy_notice().title not in texts(window)


def test_papers_and_messages_name_the_edition_that_was_shown() -> None:
    assert profile_of(Settings()).notice_version == privacy_notice().edition


def test_both_languages_say_the_same_points() -> None:
    chinese, english = privacy_notice(Language.ZH), privacy_notice(Language.EN)
    assert chinese.edition == english.edition
    assert len(chinese.points) == len(english.points) == 6
