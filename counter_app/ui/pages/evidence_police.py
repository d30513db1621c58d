"""The online check of one document."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from counter_app.domain.identity_document import IdentityDocument, PoliceCheck
from counter_app.domain.masking import masked_identity, masked_name
from counter_app.flow.answers import PoliceAnswer
from counter_app.ui.texts_papers import document_type, owner, police_check
from counter_app.ui.widgets.looks import label, set_text

CHECKS = tuple(PoliceCheck)
COMBO_WIDTH = 180


class PoliceRow(QWidget):
    """Whose document, and what the check said."""

    answered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._document: IdentityDocument | None = None
        self._whose = label(wraps=True)
        self._combo = QComboBox(self)
        self._combo.setMinimumWidth(COMBO_WIDTH)
        self._combo.addItems([police_check(check) for check in CHECKS])
        self._combo.activated.connect(self._activated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._whose, 1)
        row.addWidget(self._combo)

    def show_document(self, document: IdentityDocument) -> None:
        """Show a document, masked, and the outcome of its check."""
        self._document = document
        parts = (
            owner(document.owner),
            masked_name(document.name),
            document_type(document.type),
            masked_identity(document.number),
        )
        set_text(self._whose, "　".join(parts))
        self._combo.setAccessibleName(parts[0])
        self._combo.setCurrentIndex(CHECKS.index(document.police_check))

    def _activated(self, index: int) -> None:
        shown = self._document
        if shown is not None:
            self.answered.emit(PoliceAnswer(shown.owner, CHECKS[index], shown.number))
