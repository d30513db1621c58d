"""What a second person reads of a case: fields beside their pictures, the letter, the risk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import Draft
from counter_app.services.review_fields import ComparedField, compared_fields
from counter_app.ui.generated.ui_review_page import Ui_ReviewPage
from counter_app.ui.page import PageKit, StepView
from counter_app.ui.pages.review_letter import ReviewLetter
from counter_app.ui.pages.review_row import ReviewRow
from counter_app.ui.side_panel import BAND_TONES
from counter_app.ui.texts import risk_band
from counter_app.ui.texts_visit import risk_signal
from counter_app.ui.widgets.looks import set_look, set_text

SECONDS_A_MINUTE = 60


class ReviewSheet(QObject):
    """Fills the left and the risk of the form; the decision is somebody else's.

    Signals:
        ticked: A field was ticked or unticked.
        revealed: Name of the masked value that was shown in full.
        reached: SHA-256 (hex) of the picture beside the field that the keys are at, or empty.

    Attributes:
        rows: The fields from top to bottom.
    """

    ticked = Signal()
    revealed = Signal(str)
    reached = Signal(str)

    def __init__(self, ui: Ui_ReviewPage, kit: PageKit, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._kit = kit
        self.rows: list[ReviewRow] = []
        self._letter = ReviewLetter(ui.letter_layout)

    def show_view(self, view: StepView) -> None:
        """Show a case."""
        draft = view.state.draft
        self._show_fields(compared_fields(draft))
        self._ui.letter_heading_label.setVisible(draft.letter is not None)
        self._letter.show_view(view)
        self._show_risk(view)

    def start_anew(self) -> None:
        """Take every tick away."""
        for row in self.rows:
            row.tick.setChecked(False)

    def unticked(self) -> int:
        """Return how many fields are still to be ticked."""
        return sum(not row.tick.isChecked() for row in self.rows)

    def first_field(self) -> QWidget | None:
        """Return the first tick, or None without a field."""
        return self.rows[0].tick if self.rows else None

    def reveal(self) -> None:
        """Show every value in full for a moment."""
        for row in self.rows:
            row.reveal()

    def hide_again(self) -> None:
        """Mask every value."""
        for row in self.rows:
            row.hide_again()

    def _show_fields(self, fields: tuple[ComparedField, ...]) -> None:
        while len(self.rows) < len(fields):
            row = ReviewRow(self._kit, self._ui.facts_area)
            row.ticked.connect(self.ticked)
            row.revealed.connect(self.revealed)
            row.reached.connect(self.reached)
            row.entered.connect(self._go_on)
            self._ui.fields_layout.addWidget(row)
            row.show()
            self.rows.append(row)
        while len(self.rows) > len(fields):
            row = self.rows.pop()
            self._ui.fields_layout.removeWidget(row)
            row.deleteLater()
        for row, compared in zip(self.rows, fields, strict=True):
            row.show_field(compared)

    def _go_on(self) -> None:
        """Go to the next tick, and from the last one to the decision beside them."""
        ticks = [row.tick for row in self.rows]
        after = next((place for place, tick in enumerate(ticks, 1) if tick.hasFocus()), len(ticks))
        target = ticks[after] if after < len(ticks) else self._ui.decision_choice
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_risk(self, view: StepView) -> None:
        risk = view.assessment.risk
        words = self.tr("%1（%2 分）").replace("%1", risk_band(risk.band))
        set_text(self._ui.band_badge, words.replace("%2", str(risk.score)))
        set_look(self._ui.band_badge, "tone", BAND_TONES[risk.band])
        signals = sorted(risk.signals, key=lambda signal: int(signal.value[1:]))
        told = [f"{signal.value}　{risk_signal(signal)}" for signal in signals]
        set_text(self._ui.signals_label, "\n".join(told) or self.tr("没有风险信号"))
        minutes = self.tr("已办理 %1 分钟").replace("%1", str(minutes_spent(view)))
        set_text(self._ui.time_label, minutes)


def minutes_spent(view: StepView) -> int:
    """Return for how long the visit has been going on."""
    spent_s = (view.facts.now - view.state.draft.started_at).total_seconds()
    return max(0, int(spent_s // SECONDS_A_MINUTE))


def is_same_case(before: Draft | None, draft: Draft) -> bool:
    """Say whether there is nothing new to compare."""
    return before is not None and compared_fields(before) == compared_fields(draft)
