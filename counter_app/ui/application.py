"""The application: style, typeface, translation, icons; made once, before the window."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.resources import files

from PySide6.QtCore import QDir, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from counter_app.ui.fonts import load_fonts
from counter_app.ui.theme import Theme, apply_theme

SOURCE_LOCALE = "zh_CN"
BROKEN_INPUT_MODULES = frozenset({"fcitx", "fcitx5"})


def make_application(arguments: Sequence[str], locale: str) -> QApplication:
    """Make the application.

    Args:
        arguments: Command line for Qt, the program's name first.
        locale: "zh_CN", the language the screens are written in, or "en".

    Raises:
        CounterError: FONT_MISSING when Chinese could not be shown.
    """
    if os.environ.get("QT_IM_MODULE") in BROKEN_INPUT_MODULES:
        os.environ["QT_IM_MODULE"] = "ibus"
    application = QApplication(list(arguments))
    dress(application, locale)
    return application


def dress(application: QApplication, locale: str) -> None:
    """Give the application its style, icons, texts and typeface.

    Raises:
        CounterError: FONT_MISSING when Chinese could not be shown.
    """
    application.setApplicationName("counter_app")
    application.setStyle("Fusion")
    resources = files("counter_app") / "_resources"
    QDir.addSearchPath("icons", str(resources / "icons"))
    install_translations(application, locale)
    apply_theme(Theme(family=load_fonts()))


def install_translations(application: QApplication, locale: str) -> None:
    """Install our texts (unless they are in the source language) and Qt's own."""
    QLocale.setDefault(QLocale(locale))
    resources = files("counter_app") / "_resources" / "i18n"
    own = QTranslator(application)
    if locale != SOURCE_LOCALE and own.load(str(resources / f"counter_app_{locale[:2]}.qm")):
        application.installTranslator(own)
    qt = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(f"qtbase_{locale}", folder):
        application.installTranslator(qt)
