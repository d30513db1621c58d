"""Before there is a window: the passphrase is asked for unseen, and a failure is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QMessageBox

from counter_app.errors import FailureCode
from counter_app.ui.start_dialogs import ask_passphrase, has_screen, tell_failure
from counter_app.words.failures import failure_words
from counter_app.words.words import Language

WORD = "一个很长的口令"


def answering(*answers: Callable[[QDialog], None]) -> None:
    """Let a person answer one dialog after another."""
    waiting = list(answers)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            waiting.pop(0)(dialog)
        if waiting:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)


def typing(text: str) -> Callable[[QDialog], None]:
    """Type into a dialog and accept it."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        (line,) = dialog.findChildren(QLineEdit)
        assert line.echoMode() is QLineEdit.EchoMode.Password
        dialog.setTextValue(text)
        dialog.accept()

    return act


def test_the_passphrase_of_a_store_is_asked_for_once(application: QApplication) -> None:
    assert application is not None
    answering(typing(WORD))
    assert ask_passphrase(is_new=False) == WORD
    answering(QDialog.reject)
    assert ask_passphrase(is_new=False) is None


def test_a_new_passphrase_is_asked_for_twice(application: QApplication) -> None:
    assert application is not None
    answering(typing(WORD), typing(WORD))
    assert ask_passphrase(is_new=True) == WORD
    answering(typing(WORD), typing("something else"))
    assert ask_passphrase(is_new=True) is None
    answering(QDialog.reject)
    assert ask_passphrase(is_new=True) is None


def test_a_failure_is_said_with_what_to_do_and_its_code(application: QApplication) -> None:
    assert application is not None
    words, seen = failure_words(FailureCode.STORE_CORRUPT, Language.ZH), []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        seen.append(dialog.text() + dialog.informativeText())
        dialog.accept()

    answering(read)
    tell_failure(FailureCode.STORE_CORRUPT.value, words)
    (told,) = seen
    assert words.title in told
    assert words.advice in told
    assert "STORE_CORRUPT" in told


def test_nobody_is_asked_where_nobody_can_see(application: QApplication) -> None:
    assert application.platformName() == "offscreen"
    assert not has_screen()
