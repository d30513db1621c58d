"""The second person looks, ticks and decides, proving who they are at this moment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import Draft
from counter_app.domain.step import Step
from counter_app.ui.generated.ui_review_page import Ui_ReviewPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.review_decision import DecisionBox
from counter_app.ui.pages.review_sheet import ReviewSheet, is_same_case
from counter_app.ui.texts import question


class ReviewPage(Page):
    """Fields beside their pictures, letter checks, risk, and the decision."""

    SHOWS_FAILURES = True
    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_ReviewPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(
            question(Step.REVIEW), self.tr("复核人不能是本件的经办人；请逐项与影像比对后打勾")
        )
        self._draft: Draft | None = None
        self._sheet = ReviewSheet(self._ui, kit, self)
        self._sheet.ticked.connect(self._ticked)
        self._sheet.revealed.connect(self.revealed)
        self._decision = DecisionBox(self._ui, self)
        self._decision.decided.connect(self.happened)

    def show_view(self, view: StepView) -> None:
        """Show the case as it stands; a changed case has to be ticked again."""
        self._sheet.show_view(view)
        self._ui.findings_list.show_findings(view.assessment.at(Step.REVIEW))
        self._start_anew(view.state.draft)
        self._decision.show_view(view)

    def first_field(self) -> QWidget:
        """Return the first tick."""
        return self._sheet.first_field() or self._ui.account_field

    def reveal_key(self) -> None:
        """Show every value in full for a moment."""
        self._sheet.reveal()

    def _start_anew(self, draft: Draft) -> None:
        before, self._draft = self._draft, draft
        if is_same_case(before, draft):
            return
        self._sheet.start_anew()
        if before is None or before.case_id != draft.case_id:
            self._decision.forget()
        self._ticked()

    def _ticked(self) -> None:
        self._decision.show_unticked(self._sheet.unticked())
