"""What else has to be made sure of?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import Callback, CallbackOutcome, CallbackTo, Draft, Knowledge
from counter_app.domain.masking import masked_phone
from counter_app.domain.phone import grouped
from counter_app.domain.step import Step
from counter_app.flow.answers import CallbackAnswer, CoachedAnswer, KnowledgeAnswer, PoliceAnswer
from counter_app.flow.events import Answered
from counter_app.ui.generated.ui_evidence_page import Ui_EvidencePage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.evidence_hold import Hold
from counter_app.ui.pages.evidence_police import PoliceRow
from counter_app.ui.pages.evidence_words import call_note
from counter_app.ui.texts import question
from counter_app.ui.texts_visit import callback_outcome, knowledge
from counter_app.ui.widgets.choice import Choice
from counter_app.ui.widgets.looks import set_look, set_text


class EvidencePage(Page):
    """The call to the principal, the online check, the questions, and the calm minute."""

    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_EvidencePage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.EVIDENCE))
        self._ui.call_choice.offer(
            [Choice(item, callback_outcome(item), call_note(item)) for item in CallbackOutcome],
            columns=4,
        )
        self._ui.knowledge_choice.offer(
            [Choice(item, knowledge(item)) for item in Knowledge], columns=3
        )
        self._rows: list[PoliceRow] = []
        self._hold = Hold(self._ui.hold_label, self._ui.coached_label, self)
        self._ui.on_file_radio.clicked.connect(self._call_to_clicked)
        self._ui.given_radio.clicked.connect(self._call_to_clicked)
        self._ui.call_choice.picked.connect(self._call_picked)
        self._ui.knowledge_choice.picked.connect(self._knowledge_picked)
        self._ui.coached_tick.clicked.connect(self._coached_clicked)
        self._ui.call_value.revealed.connect(self.revealed)

    def show_view(self, view: StepView) -> None:
        """Show what was found out so far."""
        draft = view.state.draft
        self._show_call(draft)
        self._show_police(draft)
        self._ui.knowledge_choice.show_value(draft.knowledge)
        self._ui.coached_tick.setChecked(draft.is_coached)
        self._hold.show_draft(draft, view.facts.now)
        self._ui.findings_list.show_findings(view.assessment.at(Step.EVIDENCE))

    def first_field(self) -> QWidget:
        """Return the outcome of the call, or the questions where nobody has to be called."""
        if self._ui.call_box.isVisibleTo(self):
            return self._ui.call_choice
        return self._ui.knowledge_choice

    def reveal_key(self) -> None:
        """Show the number on file in full for a moment."""
        self._ui.call_value.reveal()

    def _show_call(self, draft: Draft) -> None:
        self._ui.call_box.setVisible(draft.is_delegated)
        number = draft.merchant.phone if draft.merchant is not None else ""
        self._ui.call_value.show_value(
            "number_on_file", grouped(number), grouped(masked_phone(number))
        )
        call = draft.callback
        to = call.to if call is not None else CallbackTo.ON_FILE
        if call is not None or not self._ui.given_radio.isChecked():
            self._ui.on_file_radio.setChecked(to is CallbackTo.ON_FILE)
            self._ui.given_radio.setChecked(to is CallbackTo.GIVEN_BY_AGENT)
        self._ui.call_choice.show_value(call.outcome if call is not None else None)
        text, tone = self._call_state(call)
        self._ui.call_badge.setVisible(bool(text))
        set_text(self._ui.call_badge, text)
        set_look(self._ui.call_badge, "tone", tone)

    def _call_state(self, call: Callback | None) -> tuple[str, str]:
        if call is None:
            return self.tr("尚未拨打"), "idle"
        if call.to is CallbackTo.GIVEN_BY_AGENT:
            return self.tr("▲ 代办人给的号码不能作为本人确认"), "caution"
        if call.outcome is CallbackOutcome.CONFIRMED:
            return self.tr("✓ 本人已确认"), "good"
        return self.tr("▲ 本人未确认"), "caution"

    def _show_police(self, draft: Draft) -> None:
        self._ui.police_box.setVisible(bool(draft.documents))
        while len(self._rows) < len(draft.documents):
            row = PoliceRow(self._ui.police_box)
            row.answered.connect(self._police_answered)
            self._ui.police_layout.addWidget(row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(draft.documents))
            if index < len(draft.documents):
                row.show_document(draft.documents[index])

    def _police_answered(self, answer: PoliceAnswer) -> None:
        self.happened.emit(Answered(answer))

    def _to(self) -> CallbackTo:
        is_given = self._ui.given_radio.isChecked()
        return CallbackTo.GIVEN_BY_AGENT if is_given else CallbackTo.ON_FILE

    def _call_to_clicked(self) -> None:
        outcome = self._ui.call_choice.value()
        if isinstance(outcome, CallbackOutcome):
            self._call_picked(outcome)

    def _call_picked(self, outcome: CallbackOutcome) -> None:
        self.happened.emit(Answered(CallbackAnswer(Callback(self._to(), outcome))))

    def _knowledge_picked(self, outcome: Knowledge) -> None:
        self.happened.emit(Answered(KnowledgeAnswer(outcome)))

    def _coached_clicked(self, is_coached: bool) -> None:  # noqa: FBT001 - the signal's argument
        self.happened.emit(Answered(CoachedAnswer(is_coached)))
