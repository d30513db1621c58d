"""Whose the new number is, and why it serves others too."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.domain.draft import NewNumber, NumberHolder, RealNameCheck
from counter_app.flow.answers import HolderAnswer, RealNameAnswer, SharedReasonAnswer
from counter_app.flow.events import Answered
from counter_app.ui.generated.ui_new_number_page import Ui_NewNumberPage
from counter_app.ui.pages.new_number_words import shared_reasons
from counter_app.ui.texts_visit import number_holder, real_name_check
from counter_app.ui.widgets.choice import Choice

HOLDERS_IN_A_ROW = 4
CHECKS = tuple(RealNameCheck)


class HolderBox(QObject):
    """The part of the page that deals with the number's holder.

    Signals:
        answered: An Answered event.
    """

    answered = Signal(object)

    def __init__(self, ui: Ui_NewNumberPage, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._reason = ""
        ui.holder_choice.offer(
            [Choice(item, number_holder(item)) for item in NumberHolder], HOLDERS_IN_A_ROW
        )
        ui.shared_combo.addItems(shared_reasons())
        ui.shared_combo.setCurrentIndex(-1)
        ui.real_name_combo.addItems([real_name_check(item) for item in CHECKS])
        ui.holder_choice.picked.connect(self._holder_picked)
        ui.shared_combo.activated.connect(self._shared_given)
        line = ui.shared_combo.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._shared_given)
        ui.real_name_combo.activated.connect(self._real_name_given)

    def show_number(self, new: NewNumber | None) -> None:
        """Show what is known of the holder; nothing can be said before there is a number."""
        self._ui.holder_choice.setEnabled(new is not None)
        self._ui.holder_choice.show_value(new.holder if new is not None else None)
        self._ui.shared_area.setVisible(new is not None and bool(new.bound_to))
        given = new.shared_reason if new is not None else ""
        if given != self._reason:
            self._reason = given
            self._ui.shared_combo.setEditText(given)
        self._ui.real_name_area.setEnabled(new is not None)
        outcome = new.real_name if new is not None else RealNameCheck.NOT_POSSIBLE
        self._ui.real_name_combo.setCurrentIndex(CHECKS.index(outcome))

    def _holder_picked(self, holder: NumberHolder) -> None:
        self.answered.emit(Answered(HolderAnswer(holder)))

    def _shared_given(self) -> None:
        reason = self._ui.shared_combo.currentText().strip()
        if reason != self._reason:
            self._reason = reason
            self.answered.emit(Answered(SharedReasonAnswer(reason)))

    def _real_name_given(self, index: int) -> None:
        self.answered.emit(Answered(RealNameAnswer(CHECKS[index])))
