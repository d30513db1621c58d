"""The decision of the second person: who, what, why."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from counter_app.domain.draft import ReviewDecision
from counter_app.flow.events import ReviewPressed
from counter_app.ui.generated.ui_review_page import Ui_ReviewPage
from counter_app.ui.page import StepView
from counter_app.ui.pages.review_words import reasons_for
from counter_app.ui.texts import failure_text
from counter_app.ui.texts import waiting as waiting_text
from counter_app.ui.texts_visit import review_decision
from counter_app.ui.widgets.choice import Choice
from counter_app.ui.widgets.looks import set_look, set_text


class DecisionBox(QObject):
    """Account and password at this moment, decision, reason from a list and in words.

    Signals:
        decided: A ReviewPressed event.
    """

    decided = Signal(object)

    def __init__(self, ui: Ui_ReviewPage, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._left = 0
        self._waiting_words = ""
        ui.account_field.set_label(self.tr("工号"))
        ui.account_field.edit.accept_latin_only()
        ui.password_field.set_label(self.tr("密码"))
        ui.password_field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        ui.decision_choice.offer(
            [Choice(item, review_decision(item)) for item in ReviewDecision], columns=3
        )
        ui.decision_choice.picked.connect(self._picked)
        ui.account_field.edited.connect(self.refresh)
        ui.password_field.edited.connect(self.refresh)
        ui.reason_combo.activated.connect(self.refresh)
        ui.reason_edit.textEdited.connect(self.refresh)
        ui.decide_button.clicked.connect(self._decide)

    def show_view(self, view: StepView) -> None:
        """Show whether somebody is being asked, or why the last try did not count."""
        state = view.state
        self._waiting_words = waiting_text(state.waiting) if state.waiting is not None else ""
        text = failure_text(state.failure).title if state.failure is not None else ""
        self._ui.password_field.advise(text, "stop" if text else "")
        self.refresh()

    def show_unticked(self, left: int) -> None:
        """Note how many fields are still to be ticked."""
        self._left = left
        self.refresh()

    def forget(self) -> None:
        """Empty everything: another case, or another person."""
        self._ui.account_field.show_text("")
        self._ui.password_field.show_text("")
        self._ui.reason_edit.clear()
        self._ui.reason_combo.clear()
        self._ui.decision_choice.show_value(None)
        self.refresh()

    def refresh(self) -> None:
        """Say what is still missing; the key works when nothing is."""
        missing = self._missing()
        set_text(self._ui.hint_label, missing)
        set_look(self._ui.hint_label, "tone", "")
        self._ui.decide_button.setEnabled(not missing)

    def _missing(self) -> str:
        if self._waiting_words:
            return self._waiting_words
        decision = self._decision()
        if decision is None:
            return self.tr("请选择同意、退回或拒绝")
        if decision is ReviewDecision.APPROVE and self._left:
            return self.tr("还有 %1 项没有打勾").replace("%1", str(self._left))
        if not self._reason():
            return self.tr("请写明理由")
        if not self._ui.account_field.text().strip() or not self._ui.password_field.text():
            return self.tr("请复核人输入自己的工号和密码")
        return ""

    def _decision(self) -> ReviewDecision | None:
        value = self._ui.decision_choice.value()
        return value if isinstance(value, ReviewDecision) else None

    def _reason(self) -> str:
        parts = (self._ui.reason_combo.currentText(), self._ui.reason_edit.text().strip())
        return "；".join(part for part in parts if part)

    def _picked(self, decision: ReviewDecision) -> None:
        self._ui.reason_combo.clear()
        self._ui.reason_combo.addItems(reasons_for(decision))
        self.refresh()

    def _decide(self) -> None:
        decision = self._decision()
        if decision is None or self._missing():
            return
        account = self._ui.account_field.text().strip()
        password = self._ui.password_field.text()
        self._ui.password_field.show_text("")
        self.refresh()
        self.decided.emit(ReviewPressed(account, password, decision, self._reason()))
