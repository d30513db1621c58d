"""What tests of the window share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.ui.application import dress
from counter_app.ui.page import PageKit
from counter_app.ui.parts import WindowParts
from counter_app.ui.window import Window
from tests.ui.fake_parts import make_parts
from tests.ui.page_states import page_kit
from tests.ui.people import CLERK

OpenWindow = Callable[..., Window]


@pytest.fixture
def application(qapp: QApplication) -> QApplication:
    """The application in its own style and typeface; Chinese, as the screens are written."""
    if not QDir.searchPaths("icons"):
        dress(qapp, "zh_CN")
    return qapp


@pytest.fixture
def open_window(qtbot: QtBot, application: QApplication) -> Iterator[OpenWindow]:
    """Opens the real window, signed in unless told otherwise, and closes it afterwards."""
    opened: list[Window] = []

    def open_one(parts: WindowParts | None = None, *, is_signed_in: bool = True) -> Window:
        window = Window(parts or make_parts())
        opened.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        if is_signed_in:
            window._signed_in(CLERK)
        return window

    yield open_one
    for window in opened:
        window.controller.state = None
        window.close()
        shiboken6.delete(window)


@pytest.fixture
def kit(application: QApplication) -> Iterator[PageKit]:
    """What a page needs, with lanes that are closed afterwards."""
    with page_kit() as made:
        yield made
