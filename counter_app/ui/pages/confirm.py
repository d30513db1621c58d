"""The customer looks at what changes and what does not, and agrees."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import Consent, Draft
from counter_app.domain.step import Step
from counter_app.flow.answers import ConsentAnswer
from counter_app.flow.events import Answered
from counter_app.ui.generated.ui_confirm_page import Ui_ConfirmPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.confirm_words import (
    account_words,
    expected_words,
    fee_words,
    new_number_words,
    old_number_words,
    swap_words,
)
from counter_app.ui.texts import question
from counter_app.ui.texts_visit import consent
from counter_app.ui.widgets.looks import set_text


class ConfirmPage(Page):
    """Old number → new number in large digits, what stays, what it costs, two consents."""

    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_ConfirmPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.CONFIRM), self.tr("请把屏幕转向客户，或请客户看副屏"))
        self._ui.notice_tick.setText(consent(Consent.NOTICE))
        self._ui.sensitive_tick.setText(consent(Consent.SENSITIVE))
        self._ui.notice_tick.clicked.connect(self._clicked)
        self._ui.sensitive_tick.clicked.connect(self._clicked)

    def show_view(self, view: StepView) -> None:
        """Show the change and the consents."""
        draft = view.state.draft
        set_text(self._ui.old_label, old_number_words(draft))
        set_text(self._ui.new_label, new_number_words(draft))
        set_text(self._ui.account_label, account_words(draft))
        self._show_swap(draft)
        set_text(self._ui.fee_label, fee_words(view.rules))
        set_text(self._ui.day_label, expected_words(view.rules))
        given = draft.consents or frozenset()
        self._ui.notice_tick.setChecked(Consent.NOTICE in given)
        self._ui.sensitive_tick.setChecked(Consent.SENSITIVE in given)
        self._ui.findings_list.show_findings(view.assessment.at(Step.CONFIRM))

    def first_field(self) -> QWidget:
        """Return the first consent."""
        return self._ui.notice_tick

    def _show_swap(self, draft: Draft) -> None:
        text = swap_words(draft)
        self._ui.swap_label.setVisible(bool(text))
        set_text(self._ui.swap_label, text)

    def _clicked(self) -> None:
        ticks = (
            (self._ui.notice_tick, Consent.NOTICE),
            (self._ui.sensitive_tick, Consent.SENSITIVE),
        )
        given = frozenset(agreed for tick, agreed in ticks if tick.isChecked())
        self.happened.emit(Answered(ConsentAnswer(given)))
