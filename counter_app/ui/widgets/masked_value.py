"""A value that is masked until somebody asks; then it shows for ten seconds."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_app.ui.icons import icon
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import label, set_look, set_text

REVEALED_FOR_MS = 10_000


class MaskedValue(QWidget):
    """Masked text with an eye.

    Signals:
        revealed: The name of the value (never the value), for the journal.
    """

    revealed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._full = ""
        self._masked = ""
        self._text = label(role="value")
        self._eye = QPushButton()
        self._eye.setProperty("role", "quiet")
        self._eye.setIcon(icon("eye", theme().palette.ink_2))
        self._eye.setToolTip(self.tr("显示 10 秒（Alt+M）"))
        self._eye.setAccessibleName(self.tr("显示完整号码"))
        self._eye.clicked.connect(self.reveal)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REVEALED_FOR_MS)
        self._timer.timeout.connect(self.hide_again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._text)
        row.addWidget(self._eye)
        row.addStretch(1)

    def set_role(self, role: str) -> None:
        """Give the text a role of the style sheet ("value", "number")."""
        set_look(self._text, "role", role)

    def show_value(self, name: str, full: str, masked: str) -> None:
        """Show a value masked.

        Args:
            name: What it is, for the journal, for example "id_number".
            full: Shown only after `reveal`.
            masked: Shown otherwise.
        """
        if (name, full, masked) == (self._name, self._full, self._masked):
            return
        self._name, self._full, self._masked = name, full, masked
        self._eye.setVisible(bool(full))
        self.hide_again()

    def reveal(self) -> None:
        """Show the value in full for ten seconds."""
        if not self._full or self._timer.isActive():
            return
        set_text(self._text, self._full)
        self._timer.start()
        self.revealed.emit(self._name)

    def hide_again(self) -> None:
        """Mask the value."""
        self._timer.stop()
        set_text(self._text, self._masked)

    def shown(self) -> str:
        """Return what stands on the screen now."""
        return self._text.text()
