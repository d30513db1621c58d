"""What tests of the window share."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QApplication

from counter_app.ui.application import dress


@pytest.fixture
def application(qapp: QApplication) -> QApplication:
    """The application in its own style and typeface; Chinese, as the screens are written."""
    if not QDir.searchPaths("icons"):
        dress(qapp, "zh_CN")
    return qapp
