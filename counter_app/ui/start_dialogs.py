"""What is asked or said before there is a window: the passphrase, and why nothing opens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QWidget

from counter_app.words.words import Words

_UNSEEN = frozenset({"offscreen", "minimal"})
translate = QCoreApplication.translate


def has_screen() -> bool:
    """Say whether a person can see a dialog."""
    return QGuiApplication.instance() is not None and QGuiApplication.platformName() not in _UNSEEN


def ask_passphrase(*, is_new: bool, parent: QWidget | None = None) -> str | None:
    """Ask for the passphrase that opens the store, unseen.

    Args:
        is_new: There is no store yet; the passphrase is asked for twice.
        parent: The window in front of which to ask.

    Returns:
        The passphrase; None when the person gave up or typed two different ones.
    """
    if not is_new:
        return _asked(translate("StartDialogs", "打开资料库的口令"), parent)
    first = _asked(translate("StartDialogs", "为新的资料库设一个口令（遗失无法找回）"), parent)
    if first is None:
        return None
    again = _asked(translate("StartDialogs", "再输入一次新口令"), parent)
    return first if again == first else None


def tell_failure(code: str, words: Words) -> None:
    """Say why the program cannot open, and what to do; returns when it was read."""
    box = QMessageBox(QMessageBox.Icon.Critical, translate("StartDialogs", "无法打开"), words.title)
    box.setInformativeText(f"{words.advice}\n\n{code}")
    box.exec()


def _asked(label: str, parent: QWidget | None) -> str | None:
    title = translate("StartDialogs", "换绑手机号码 · 柜台受理")
    text, is_given = QInputDialog.getText(parent, title, label, QLineEdit.EchoMode.Password)
    return text if is_given and text else None
