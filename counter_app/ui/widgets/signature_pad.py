"""A field to sign in, with a pen tablet, a touch screen or the mouse."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget

from counter_app.services.pad_signatures import PenSample, PenSource
from counter_app.ui.theme import theme

FULL = 1023
MOUSE_PRESSURE = 512
MOST = 20_000
SIZE_PX = (640, 260)


class SignaturePad(QWidget):
    """Takes samples while a pen or button is down; nothing leaves it but by `samples`.

    Signals:
        changed: Something was written or wiped away.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SIZE_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("签名框"))
        self._clock = QElapsedTimer()
        self._samples: list[PenSample] = []
        self._is_pen = False
        self._scale = 1.0

    def samples(self) -> tuple[PenSample, ...]:
        """Return what was written."""
        return tuple(self._samples)

    def source(self) -> PenSource:
        """Return what wrote."""
        return PenSource.PEN if self._is_pen else PenSource.MOUSE

    def show_of(self, other: SignaturePad) -> None:
        """Show what is written on another pad, as large as fits here."""
        self._samples, self._is_pen = list(other.samples()), other._is_pen
        ratios = (self.width() / max(1, other.width()), self.height() / max(1, other.height()))
        self._scale = min(1.0, *ratios)
        self.update()

    def clear(self) -> None:
        """Wipe everything away."""
        self._samples, self._is_pen, self._scale = [], False, 1.0
        self.update()
        self.changed.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802 - Qt's name
        """Take what a pen tells, with its pressure."""
        self._is_pen = True
        is_up = event.type() == QEvent.Type.TabletRelease
        self._add(event.position(), 0 if is_up else max(1, round(event.pressure() * FULL)))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a stroke."""
        self._add(event.position(), MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with a stroke."""
        if event.buttons():
            self._add(event.position(), MOUSE_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End a stroke."""
        self._add(event.position(), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the frame, the line to sign on and the strokes."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("white"))
        painter.setPen(QPen(QColor(palette.ink_2), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        line = round(self.height() * 0.8)
        painter.drawLine(24, line, self.width() - 24, line)
        painter.scale(self._scale, self._scale)
        self._draw_strokes(painter)
        painter.end()

    def _draw_strokes(self, painter: QPainter) -> None:
        for before, sample in zip(self._samples, self._samples[1:], strict=False):
            if before.pressure and sample.pressure:
                width = 1.5 + 2.5 * sample.pressure / FULL
                painter.setPen(QPen(QColor("#141A6E"), width, c=Qt.PenCapStyle.RoundCap))
                painter.drawLine(_point(before), _point(sample))

    def _add(self, at: QPointF, pressure: int) -> None:
        if len(self._samples) >= MOST:
            return
        if not self._samples:
            self._clock.start()
        t_ms = int(self._clock.elapsed())
        self._samples.append(PenSample(t_ms, round(at.x() * 10), round(at.y() * 10), pressure))
        self.update()
        self.changed.emit()


def _point(sample: PenSample) -> QPointF:
    return QPointF(sample.x / 10, sample.y / 10)
