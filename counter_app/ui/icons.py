"""The drawn icons, in any colour and size."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, width_px: int = 20, height_px: int = 0) -> QPixmap:
    """Draw an icon.

    Args:
        name: File name in resources/icons without its ending.
        colour: What `currentColor` becomes, for example "#1B2430".
        width_px: Width in logical pixels.
        height_px: Height in logical pixels; 0 for a square.
    """
    source = (files("counter_app") / "_resources" / "icons" / f"{name}.svg").read_bytes()
    renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    height_px = height_px or width_px
    picture = QPixmap(round(width_px * ratio), round(height_px * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, size_px: int = 20) -> QIcon:
    """Return a drawn icon for a button."""
    return QIcon(pixmap(name, colour, size_px))
