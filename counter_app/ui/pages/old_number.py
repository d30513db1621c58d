"""Can the old number still be used?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import OldNumberOutcome, OldNumberProof
from counter_app.domain.masking import masked_phone
from counter_app.domain.phone import grouped
from counter_app.domain.reading import DocumentKind
from counter_app.domain.step import Step
from counter_app.flow.answers import OldNumberAnswer
from counter_app.flow.events import Answered
from counter_app.ui.generated.ui_old_number_page import Ui_OldNumberPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.old_number_words import outcome_note, proof_note
from counter_app.ui.texts import question
from counter_app.ui.texts_visit import old_number_outcome, old_number_proof
from counter_app.ui.widgets.choice import Choice


class OldNumberPage(Page):
    """Asks what became of the old number, and for proof where it cannot be used."""

    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_OldNumberPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(
            question(Step.OLD_NUMBER), self.tr("请拨打原号码，或请客户当场出示手机")
        )
        self._ui.number_value.set_role("number")
        self._ui.outcome_choice.offer(
            [
                Choice(item, old_number_outcome(item), outcome_note(item))
                for item in OldNumberOutcome
            ],
            columns=2,
        )
        self._ui.proof_choice.offer(
            [Choice(item, old_number_proof(item), proof_note(item)) for item in OldNumberProof],
            columns=2,
        )
        self._proof = OldNumberProof.NONE
        self._ui.outcome_choice.picked.connect(self._outcome_picked)
        self._ui.proof_choice.picked.connect(self._proof_picked)
        self._ui.number_value.revealed.connect(self.revealed)

    def show_view(self, view: StepView) -> None:
        """Show the old number masked, and what was answered."""
        draft = view.state.draft
        number = draft.merchant.phone if draft.merchant is not None else ""
        self._ui.number_value.show_value(
            "old_number", grouped(number), grouped(masked_phone(number))
        )
        self._proof = draft.old_number_proof
        self._ui.outcome_choice.show_value(draft.old_number)
        is_open = draft.old_number not in {None, OldNumberOutcome.VERIFIED}
        self._ui.proof_area.setVisible(is_open)
        self._ui.proof_choice.show_value(draft.old_number_proof if is_open else None)
        self._ui.findings_list.show_findings(view.assessment.at(Step.OLD_NUMBER))

    def first_field(self) -> QWidget:
        """Return the outcomes."""
        return self._ui.outcome_choice

    def camera_kind(self) -> DocumentKind:
        """Return that any paper may lie under the camera: a slip, a police report."""
        return DocumentKind.AUTO

    def reveal_key(self) -> None:
        """Show the number in full for a moment."""
        self._ui.number_value.reveal()

    def _outcome_picked(self, outcome: OldNumberOutcome) -> None:
        is_verified = outcome is OldNumberOutcome.VERIFIED
        proof = OldNumberProof.NONE if is_verified else self._proof
        self.happened.emit(Answered(OldNumberAnswer(outcome, proof)))

    def _proof_picked(self, proof: OldNumberProof) -> None:
        outcome = self._ui.outcome_choice.value()
        if isinstance(outcome, OldNumberOutcome):
            self.happened.emit(Answered(OldNumberAnswer(outcome, proof)))
