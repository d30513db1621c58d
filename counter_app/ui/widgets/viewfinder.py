"""Draws the camera's newest picture with the outline on it, or that there is none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from counter_app.ui.icons import pixmap
from counter_app.ui.theme import theme
from counter_app.ui.widgets.live_picture import LiveFrame

ICON_PX = 72


class Viewfinder(QWidget):
    """Shows a live frame; without one a drawing, never an old picture."""

    def __init__(self) -> None:
        super().__init__()
        self.frame: LiveFrame | None = None
        self.setMinimumSize(QSize(320, 200))

    def show_frame(self, frame: LiveFrame | None) -> None:
        """Draw a frame, or that there is none."""
        self.frame = frame
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the frame, fitted, and the outline: green when good, amber otherwise."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().palette.ink))
        if self.frame is not None:
            self._draw_frame(painter, self.frame)
        else:
            side = theme().px(ICON_PX)
            drawing = pixmap("page_under_camera", theme().palette.idle, side)
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, drawing)
        painter.end()

    def _draw_frame(self, painter: QPainter, frame: LiveFrame) -> None:
        image = frame.image
        scale = min(self.width() / image.width(), self.height() / image.height())
        left = (self.width() - image.width() * scale) / 2
        top = (self.height() - image.height() * scale) / 2
        place = QRectF(left, top, image.width() * scale, image.height() * scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        if frame.outline is None:
            return
        colour = "#F2B705" if frame.hints else "#35C26A"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = [QPointF(left + x * scale, top + y * scale) for x, y in frame.outline]
        painter.drawPolygon(QPolygonF(corners))
