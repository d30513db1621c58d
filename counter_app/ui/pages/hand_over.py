"""The replacement terminal goes to the customer, the old one comes back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.step import Step
from counter_app.flow.events import PrintAgainPressed
from counter_app.flow.state import FlowState
from counter_app.ui.generated.ui_hand_over_page import Ui_HandOverPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.texts import failure_text, question
from counter_app.ui.texts_papers import ownership
from counter_app.ui.widgets.looks import set_look, set_text


class HandOverPage(Page):
    """A short list to tick while both look on."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_HandOverPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.HAND_OVER))
        self._case = ""
        self._ui.print_button.clicked.connect(self._print)

    def show_view(self, view: StepView) -> None:
        """Show both terminals and the slip."""
        state = view.state
        draft = state.draft
        if draft.case_id != self._case:
            self._case = draft.case_id
            for tick in (self._ui.returned_tick, self._ui.delivered_tick, self._ui.signed_tick):
                tick.setChecked(False)
        terminal = draft.terminal
        set_text(self._ui.old_sn_label, terminal.sn if terminal is not None else "—")
        set_text(
            self._ui.ownership_label, ownership(terminal.ownership) if terminal is not None else ""
        )
        set_text(self._ui.new_sn_label, draft.swap_to_sn or "—")
        text, tone = self._slip(state)
        set_text(self._ui.slip_label, text)
        set_look(self._ui.slip_label, "tone", tone)
        self._ui.print_button.setEnabled(state.waiting is None)

    def first_field(self) -> QWidget:
        """Return the first tick."""
        return self._ui.returned_tick

    def _slip(self, state: FlowState) -> tuple[str, str]:
        slip = next((line for line in state.papers if line.kind is PaperKind.SWAP_SLIP), None)
        if slip is None:
            return self.tr("交接单尚未打印"), "caution"
        if slip.failure is not None:
            return failure_text(slip.failure).title, "stop"
        return self.tr("✓ 交接单已打印，一式两份"), "good"

    def _print(self) -> None:
        self.happened.emit(PrintAgainPressed())
