"""How well the person at the counter is proved, as a bar with its word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.identity_document import EvidenceStrength
from counter_app.ui.texts import evidence_strength
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import label, set_text

SEGMENTS = 4


class Bar(QWidget):
    """Four segments."""

    def __init__(self) -> None:
        super().__init__()
        self.rank = 0
        self.setFixedHeight(10)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a height of ten pixels."""
        return QSize(160, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the segments, filled from the left."""
        palette = theme().palette
        tone = palette.good if self.rank >= EvidenceStrength.CHIP.rank else palette.caution
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - 3 * (SEGMENTS - 1)) / SEGMENTS
        for index in range(SEGMENTS):
            painter.setBrush(QColor(tone if index < self.rank else palette.idle_tint))
            painter.drawRoundedRect(QRectF(index * (width + 3), 0, width, 10), 3, 3)
        painter.end()


class EvidenceBar(QWidget):
    """The bar, and in words what proves the identity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = Bar()
        self._word = label(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addWidget(self._word)

    def show_strength(self, strength: EvidenceStrength) -> None:
        """Show a strength."""
        if self._bar.rank != strength.rank:
            self._bar.rank = strength.rank
            self._bar.update()
        set_text(self._word, evidence_strength(strength))
