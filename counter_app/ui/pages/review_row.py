"""One field for the second person: what was captured, what it should be, its picture, a tick."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.review_fields import ComparedField
from counter_app.ui.page import PageKit, is_plain_enter
from counter_app.ui.pages.review_words import chip_line, chip_tone, field_name, masked_of
from counter_app.ui.widgets.looks import label, set_look, set_text
from counter_app.ui.widgets.masked_value import MaskedValue
from counter_app.ui.widgets.picture_panel import PicturePanel
from counter_app.ui.widgets.source_badge import SourceBadge

HIDDEN = "*"
PICTURE_PX = (72, 46)


class ReviewRow(QFrame):
    """One field.

    Signals:
        ticked: A person ticked or unticked it.
        revealed: Name of the value that was shown in full.
        reached: The keys are at it; SHA-256 (hex) of its picture, or empty.
        entered: Enter was pressed on its tick.
    """

    ticked = Signal()
    revealed = Signal(str)
    reached = Signal(str)
    entered = Signal()

    def __init__(self, kit: PageKit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self._image = ""
        self.setProperty("role", "row")
        self.tick = QCheckBox(self)
        self.tick.installEventFilter(self)
        self._name = label(role="label")
        self._value = MaskedValue(self)
        self._value.set_role("")
        self._expected = label(role="small", wraps=True)
        self._chip = label(role="small", wraps=True)
        self._badge = SourceBadge()
        self._picture = PicturePanel(self)
        self._picture.setFixedSize(*PICTURE_PX)
        self._build()
        self.tick.clicked.connect(self.ticked)
        self._value.revealed.connect(self.revealed)

    def show_field(self, compared: ComparedField) -> None:
        """Show a field; what differs is marked in colour and in words."""
        name = field_name(compared.field)
        set_text(self._name, name)
        self.tick.setAccessibleName(name)
        masked = masked_of(compared.field, compared.shown)
        full = compared.shown if HIDDEN in masked else ""
        self._value.show_value(f"review.{compared.field}", full, masked)
        self._badge.show_source(compared.source)
        text = self._difference(compared)
        set_text(self._expected, text)
        set_look(self._expected, "tone", "stop" if compared.differs else "")
        self._expected.setVisible(bool(text))
        proved = chip_line(compared.chip_checks)
        set_text(self._chip, proved)
        set_look(self._chip, "tone", chip_tone(compared.chip_checks) if proved else "")
        self._chip.setVisible(bool(proved))
        self._image = compared.image or ""
        self._picture.setVisible(compared.image is not None)
        self._picture.show_stored(self._kit, compared.image)

    def reveal(self) -> None:
        """Show the value in full for a moment."""
        self._value.reveal()

    def hide_again(self) -> None:
        """Mask the value."""
        self._value.hide_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice that the keys came to the tick, and that Enter leaves it."""
        if event.type() == QEvent.Type.FocusIn:
            self.reached.emit(self._image)
        if isinstance(event, QKeyEvent) and is_plain_enter(event):
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def _difference(self, compared: ComparedField) -> str:
        if not compared.differs:
            return ""
        if compared.recorded is None:
            return self.tr("× 委托书未写")
        recorded = masked_of(compared.field, compared.recorded)
        return self.tr("× 应为：%1").replace("%1", recorded)

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name)
        top.addWidget(self._badge)
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(self._value)
        words.addWidget(self._expected)
        words.addWidget(self._chip)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.tick)
        row.addLayout(words, 1)
        row.addWidget(self._picture)
