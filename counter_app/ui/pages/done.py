"""What comes next: the number, where the case stands, what the customer still does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.reading import DocumentKind
from counter_app.domain.step import Step
from counter_app.flow.after import may_void
from counter_app.flow.events import (
    ConfirmationPressed,
    DocumentsPressed,
    PrintAgainPressed,
    VoidPressed,
    WithdrawPressed,
)
from counter_app.flow.more import may_add
from counter_app.flow.state import FlowState
from counter_app.ui.generated.ui_done_page import Ui_DonePage
from counter_app.ui.page import Another, Page, PageKit, StepView
from counter_app.ui.pages.done_words import after_care, state_note
from counter_app.ui.texts import question
from counter_app.ui.texts_visit import case_state
from counter_app.ui.widgets.answer_card import AnswerCard, next_kind
from counter_app.ui.widgets.looks import label, set_look, set_text

TONES = {
    CaseState.APPLIED: "good",
    CaseState.REJECTED: "stop",
    CaseState.NEED_MORE: "caution",
    CaseState.ACCEPTED_UNPRINTED: "caution",
    CaseState.VOIDED: "stop",
}


WRONG = frozenset({CaseState.REJECTED, CaseState.VOIDED})
NOTHING_FOLLOWS = WRONG | {
    CaseState.NEED_MORE,
    CaseState.WITHDRAW_REQUESTED,
    CaseState.SUPERSEDED,
}
"""States in which the customer has nothing to do for a number that is not going to change."""


class DonePage(Page):
    """The end of a visit; it stays live while head office answers."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_DonePage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.DONE))
        for number, task in enumerate(after_care(), 1):
            self._ui.tasks_layout.addWidget(label(f"{number}　{task}", wraps=True))
        self._answer = AnswerCard()
        self._ui.layout_1.insertWidget(2, self._answer)
        self._state: FlowState | None = None
        self._ending: type[VoidPressed | WithdrawPressed] = VoidPressed
        self._ui.reason_area.hide()
        self._ui.reprint_button.clicked.connect(self._reprint)
        self._ui.confirmation_button.clicked.connect(self._confirm)
        self._answer.camera_wanted.connect(self.camera_wanted)
        self._answer.documents_pressed.connect(self._send_documents)
        self._ui.further_button.clicked.connect(self._further)
        self._ui.correct_button.clicked.connect(self._correct)
        self._ui.void_button.clicked.connect(self._ask_void)
        self._ui.withdraw_button.clicked.connect(self._ask_withdraw)
        self._ui.reason_edit.textEdited.connect(self._reason_edited)
        self._ui.reason_button.clicked.connect(self._end)
        self._ui.keep_button.clicked.connect(self._keep)

    def show_view(self, view: StepView) -> None:
        """Show the number, the state and what can still be done."""
        state = view.state
        now = state.case_state
        self._state = state
        self._answer.show_state(state)
        set_text(self._ui.number_label, state.acceptance_no or "—")
        set_text(self._ui.state_label, case_state(now))
        set_look(self._ui.state_label, "tone", TONES.get(now, ""))
        set_text(self._ui.state_note_label, state_note(now))
        self._ui.tasks_box.setVisible(now not in NOTHING_FOLLOWS)
        is_void = now is CaseState.VOIDED
        again = self.tr("补打作废单") if is_void else self.tr("补打回执")
        self._ui.reprint_button.setText(again)
        is_idle = state.waiting is None
        is_voidable = may_void(state)
        is_withdrawable = may_follow(now, CaseState.WITHDRAW_REQUESTED) and not is_voidable
        self._ui.void_button.setVisible(is_voidable)
        self._ui.withdraw_button.setVisible(is_withdrawable)
        is_wrong = now in WRONG or bool(state.standing.refusal)
        self._ui.further_button.setVisible(not is_wrong)
        self._ui.correct_button.setVisible(is_wrong)
        self._ui.confirmation_button.setVisible(now is CaseState.APPLIED)
        for button in (
            self._ui.reprint_button,
            self._ui.confirmation_button,
            self._ui.further_button,
            self._ui.correct_button,
        ):
            button.setEnabled(is_idle)
        for button in (self._ui.void_button, self._ui.withdraw_button):
            button.setEnabled(is_idle)
        if not (is_voidable or is_withdrawable):
            self._ui.reason_area.hide()

    def first_field(self) -> QWidget:
        """Return the key for the next thing to do; the reprint key while nothing is owed."""
        now = self._state.case_state if self._state is not None else None
        if now is CaseState.NEED_MORE:
            return self._answer.take_button
        if now is CaseState.APPLIED:
            return self._ui.confirmation_button
        return self._ui.reprint_button

    def camera_kind(self) -> DocumentKind | None:
        """Return the next document that head office waits for."""
        if self._state is None or not may_add(self._state):
            return None
        return next_kind(self._state)

    def review_key(self) -> None:
        """Send what was added."""
        self._answer.send_button.click()

    def print_key(self) -> None:
        """Print how the case came out, or else the receipt once more."""
        is_applied = self._ui.confirmation_button.isVisible()
        button = self._ui.confirmation_button if is_applied else self._ui.reprint_button
        button.click()

    def _confirm(self) -> None:
        self.happened.emit(ConfirmationPressed())

    def _send_documents(self) -> None:
        self.happened.emit(DocumentsPressed())

    def _reprint(self) -> None:
        self.happened.emit(PrintAgainPressed())

    def _further(self) -> None:
        self.another_wanted.emit(Another.FURTHER)

    def _correct(self) -> None:
        self.another_wanted.emit(Another.CORRECTED)

    def _ask_void(self) -> None:
        self._ask(VoidPressed)

    def _ask_withdraw(self) -> None:
        self._ask(WithdrawPressed)

    def _ask(self, ending: type[VoidPressed | WithdrawPressed]) -> None:
        self._ending = ending
        is_void = ending is VoidPressed
        words = self.tr("确认作废") if is_void else self.tr("确认撤回")
        self._ui.reason_button.setText(words)
        self._ui.reason_edit.clear()
        self._ui.reason_button.setEnabled(False)
        self._ui.reason_area.show()
        self._ui.reason_edit.setFocus()

    def _reason_edited(self, text: str) -> None:
        self._ui.reason_button.setEnabled(bool(text.strip()))

    def _end(self) -> None:
        self._ui.reason_area.hide()
        self.happened.emit(self._ending(self._ui.reason_edit.text().strip()))

    def _keep(self) -> None:
        self._ui.reason_area.hide()
