"""One more document beside the first: a joint agent's, or the card that replaces an expired one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from counter_app.domain.identity_document import IdentityDocument
from counter_app.domain.masking import masked_name
from counter_app.flow.devices import may_add_document, owner_at
from counter_app.flow.events import FurtherPressed, ReadCardPressed, WaitCancelled
from counter_app.flow.state import FlowState
from counter_app.ui.widgets.looks import label, set_text


def shown_document(state: FlowState) -> IdentityDocument | None:
    """Return the document that the page is about: the last one, or none while one is added."""
    documents = state.draft.documents_of(owner_at(state))
    return documents[-1] if documents and not state.is_further else None


class FurtherDocument(QObject):
    """The key below the device, and who was recorded so far.

    Signals:
        happened: An event for the flow.
    """

    happened = Signal(object)

    def __init__(self, layout: QVBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_further = False
        self._recorded = label("", "small")
        self.button = QPushButton(parent)
        self.button.setProperty("role", "quiet")
        self.button.clicked.connect(self._clicked)
        layout.addWidget(self.button)
        layout.addWidget(self._recorded)

    def show_state(self, state: FlowState) -> None:
        """Offer one more document once the last one is complete; name those that are there."""
        self._is_further = state.is_further
        add, leave = self.tr("再加一份（共同代办人、新证）"), self.tr("不加了")
        self.button.setText(leave if state.is_further else add)
        self.button.setVisible(state.is_further or may_add_document(state))
        names = [masked_name(item.name) for item in state.draft.documents_of(owner_at(state))]
        is_told = len(names) > 1 or state.is_further
        told = self.tr("已录：{}").format("、".join(names)) if is_told else ""
        set_text(self._recorded, told)

    def _clicked(self) -> None:
        self.happened.emit(WaitCancelled())
        is_leaving = self._is_further
        self.happened.emit(FurtherPressed())
        if not is_leaving:
            self.happened.emit(ReadCardPressed())
