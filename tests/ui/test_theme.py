"""The look holds its promises in figures: contrast, scale, the bundled typeface."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QRawFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import HIGH_CONTRAST, LIGHT, Palette, Theme, theme
from tests.ui.test_screen_texts import screen_sources

TEXT_ON = (
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink_2", "ground"),
    ("ink_2", "surface"),
    ("ink_2", "stop_tint"),
    ("ink_2", "caution_tint"),
    ("accent", "surface"),
    ("accent", "accent_tint"),
    ("on_accent", "accent"),
    ("good", "surface"),
    ("good", "good_tint"),
    ("caution", "surface"),
    ("caution", "caution_tint"),
    ("stop", "surface"),
    ("stop", "stop_tint"),
    ("idle", "idle_tint"),
)


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    parts = (channel for channel in QColor(colour).getRgbF()[:3])
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
@pytest.mark.parametrize(("palette", "ratio"), [(LIGHT, 4.5), (HIGH_CONTRAST, 7.0)])
def test_text_can_be_read(text: str, ground: str, palette: Palette, ratio: float) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= ratio


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.3, 1.5])
def test_every_name_of_the_style_sheet_is_filled_in(scale: float) -> None:
    assert "@" not in Theme(scale=scale).style_sheet()


def test_type_grows_with_the_scale_and_lines_do_not() -> None:
    assert Theme(scale=1.3).px(14) == 18
    assert "border: 2px" in Theme(scale=1.3).style_sheet()


def test_the_bundled_typeface_shows_chinese(application: QApplication) -> None:
    face = QRawFont.fromFont(QFont(theme().family))
    assert [char for char in "发绑镕䶮" if not face.supportsCharacter(ord(char))] == []


def test_every_character_of_the_screens_is_in_the_bundled_typeface(
    application: QApplication,
) -> None:
    face = QRawFont.fromFont(QFont(theme().family))
    texts = (Path(source).read_text(encoding="utf-8") for source in screen_sources())
    used = {char for text in texts for char in text if ord(char) > 0x2000}
    assert sorted(char for char in used if not face.supportsCharacter(ord(char))) == []


def test_a_button_reached_by_keys_shows_one_ring_and_no_frame_inside(qtbot: QtBot) -> None:
    window = QWidget()
    window.setStyleSheet(Theme().style_sheet())
    column = QVBoxLayout(window)
    first, second = QPushButton(), QPushButton()
    column.addWidget(first)
    column.addWidget(second)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.setFocus()

    QTest.keyClick(window, Qt.Key.Key_Tab)

    assert second.hasFocus()
    picture = second.grab().toImage()
    inside = {
        picture.pixel(x, y)
        for x in range(6, picture.width() - 6)
        for y in range(4, picture.height() - 4)
    }
    assert len(inside) == 1
