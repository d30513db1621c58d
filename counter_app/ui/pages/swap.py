"""Which terminal is handed out?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import Draft
from counter_app.domain.step import Step
from counter_app.flow.answers import SwapSerialAnswer
from counter_app.flow.events import Answered
from counter_app.flow.steps import Need
from counter_app.ui.generated.ui_swap_page import Ui_SwapPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.texts import question
from counter_app.ui.texts_papers import ownership
from counter_app.ui.widgets.looks import set_look, set_text


class SwapPage(Page):
    """Takes the serial number of the replacement terminal."""

    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_SwapPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(
            question(Step.SWAP), self.tr("请扫描新终端背面的标签；只能换给同一商户、同一地址")
        )
        self._ui.sn_field.set_label(self.tr("新终端序列号"))
        self._ui.sn_field.edit.setMaxLength(38)
        self._ui.sn_field.edit.accept_latin_only()
        self._ui.sn_field.entered.connect(self._entered)
        self._ui.sn_field.left.connect(self._entered)
        self._known = ""

    def show_view(self, view: StepView) -> None:
        """Show the old and the new terminal side by side."""
        draft = view.state.draft
        self._show_old(draft)
        if self._known != draft.swap_to_sn:
            self._known = draft.swap_to_sn
            self._ui.sn_field.show_text(draft.swap_to_sn)
        set_text(self._ui.new_sn_label, draft.swap_to_sn or "—")
        text, tone = self._looked_up(draft, is_asking=Need.LOOKUP in view.needs)
        set_text(self._ui.new_note_label, text)
        set_look(self._ui.new_note_label, "tone", tone)
        self._ui.findings_list.show_findings(view.assessment.at(Step.SWAP))

    def first_field(self) -> QWidget:
        """Return the field of the serial number."""
        return self._ui.sn_field.edit

    def _show_old(self, draft: Draft) -> None:
        terminal = draft.terminal
        set_text(self._ui.old_sn_label, terminal.sn if terminal is not None else "—")
        set_text(
            self._ui.old_note_label, ownership(terminal.ownership) if terminal is not None else ""
        )

    def _looked_up(self, draft: Draft, *, is_asking: bool) -> tuple[str, str]:
        if not draft.swap_to_sn:
            return self.tr("尚未扫描"), ""
        if is_asking:
            return self.tr("正在查询是否已绑定"), ""
        if draft.is_swap_sn_known:
            return self.tr("× 已绑定别的商户"), "stop"
        return self.tr("✓ 未被绑定，可以换上"), "good"

    def _entered(self) -> None:
        sn = self._ui.sn_field.text().strip()
        if sn and sn != self._known:
            self.happened.emit(Answered(SwapSerialAnswer(sn)))
