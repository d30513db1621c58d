"""The second person looks, ticks and decides, proving who they are at this moment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import Draft
from counter_app.domain.step import Step
from counter_app.services.review_fields import compared_fields
from counter_app.ui.generated.ui_review_page import Ui_ReviewPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.review_decision import DecisionBox
from counter_app.ui.pages.review_letter import ReviewLetter
from counter_app.ui.pages.review_row import ReviewRow
from counter_app.ui.side_panel import BAND_TONES
from counter_app.ui.texts import question, risk_band
from counter_app.ui.texts_visit import risk_signal
from counter_app.ui.widgets.looks import set_look, set_text

SECONDS_A_MINUTE = 60


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
        self._rows: list[ReviewRow] = []
        self._draft: Draft | None = None
        self._letter = ReviewLetter(self._ui.letter_layout)
        self._decision = DecisionBox(self._ui, self)
        self._decision.decided.connect(self.happened)

    def show_view(self, view: StepView) -> None:
        """Show the case as it stands; a changed case has to be ticked again."""
        draft = view.state.draft
        self._show_fields(draft)
        self._ui.letter_heading_label.setVisible(draft.letter is not None)
        self._letter.show_view(view)
        self._show_risk(view)
        self._ui.findings_list.show_findings(view.assessment.at(Step.REVIEW))
        self._start_anew(draft)
        self._decision.show_view(view)

    def first_field(self) -> QWidget:
        """Return the first tick."""
        return self._rows[0].tick if self._rows else self._ui.account_field

    def reveal_key(self) -> None:
        """Show every value in full for a moment."""
        for row in self._rows:
            row.reveal()

    def _start_anew(self, draft: Draft) -> None:
        before, self._draft = self._draft, draft
        if before is not None and compared_fields(before) == compared_fields(draft):
            return
        for row in self._rows:
            row.tick.setChecked(False)
        if before is None or before.case_id != draft.case_id:
            self._decision.forget()
        self._ticked()

    def _show_fields(self, draft: Draft) -> None:
        fields = compared_fields(draft)
        while len(self._rows) < len(fields):
            row = ReviewRow(self.kit, self._ui.facts_area)
            row.ticked.connect(self._ticked)
            row.revealed.connect(self.revealed)
            self._ui.fields_layout.addWidget(row)
            self._rows.append(row)
        while len(self._rows) > len(fields):
            row = self._rows.pop()
            self._ui.fields_layout.removeWidget(row)
            row.deleteLater()
        for row, compared in zip(self._rows, fields, strict=True):
            row.show_field(compared)

    def _show_risk(self, view: StepView) -> None:
        risk = view.assessment.risk
        words = self.tr("%1（%2 分）").replace("%1", risk_band(risk.band))
        set_text(self._ui.band_badge, words.replace("%2", str(risk.score)))
        set_look(self._ui.band_badge, "tone", BAND_TONES[risk.band])
        signals = sorted(risk.signals, key=lambda signal: int(signal.value[1:]))
        told = [f"{signal.value}　{risk_signal(signal)}" for signal in signals]
        set_text(self._ui.signals_label, "\n".join(told) or self.tr("没有风险信号"))
        spent_s = (view.facts.now - view.state.draft.started_at).total_seconds()
        minutes = str(max(0, int(spent_s // SECONDS_A_MINUTE)))
        set_text(self._ui.time_label, self.tr("已办理 %1 分钟").replace("%1", minutes))

    def _ticked(self) -> None:
        self._decision.show_unticked(sum(not row.tick.isChecked() for row in self._rows))
