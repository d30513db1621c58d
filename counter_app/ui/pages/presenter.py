"""Who is here, and why does the number change?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import ChangeReason, PresenterRole
from counter_app.flow.answers import (
    Answer,
    ElderModeAnswer,
    PresenterAnswer,
    ReasonAnswer,
    SwapAnswer,
    TicketAnswer,
)
from counter_app.flow.events import Answered
from counter_app.ui.generated.ui_presenter_page import Ui_PresenterPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.texts_visit import change_reason, presenter_role
from counter_app.ui.widgets.choice import Choice


class PresenterPage(Page):
    """Two questions by number keys, and what else is known at once."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_PresenterPage()
        self._ui.setupUi(self)
        notes = {
            PresenterRole.PRINCIPAL: self.tr("登记的负责人自己来，带本人证件"),
            PresenterRole.AGENT: self.tr("带授权委托书和两个人的证件"),
        }
        icons = {PresenterRole.PRINCIPAL: "person", PresenterRole.AGENT: "agent"}
        self._ui.role_tiles.offer(
            [Choice(item, presenter_role(item), notes[item], icons[item]) for item in notes], 2
        )
        self._ui.reason_tiles.offer([Choice(item, change_reason(item)) for item in ChangeReason], 3)
        self._ui.role_tiles.picked.connect(self._pick_role)
        self._ui.reason_tiles.picked.connect(self._pick_reason)
        self._ui.reason_field.left.connect(self._tell_reason)
        self._ui.reason_field.entered.connect(self._tell_reason)
        self._ui.swap_check.clicked.connect(self._tick_swap)
        self._ui.elder_check.clicked.connect(self._tick_elder)
        self._ui.ticket_field.left.connect(self._tell_ticket)
        self._ui.ticket_field.entered.connect(self._tell_ticket)
        self._view: StepView | None = None

    def show_view(self, view: StepView) -> None:
        """Show the answers so far."""
        self._view = view
        draft = view.state.draft
        self._ui.role_tiles.show_value(draft.presenter)
        self._ui.reason_tiles.show_value(draft.reason)
        is_other = draft.reason is ChangeReason.OTHER
        self._ui.reason_field.setVisible(is_other)
        if not self._ui.reason_field.edit.hasFocus():
            self._ui.reason_field.show_text(draft.reason_text)
        self._ui.swap_check.setChecked(draft.is_swap_wanted)
        self._ui.elder_check.setChecked(draft.is_elder_mode)
        if not self._ui.ticket_field.edit.hasFocus():
            self._ui.ticket_field.show_text(draft.queue_ticket)

    def first_field(self) -> QWidget:
        """Return the first question."""
        return self._ui.role_tiles

    def _tell(self, answer: Answer) -> None:
        self.happened.emit(Answered(answer))

    def _pick_role(self, role: object) -> None:
        self._tell(PresenterAnswer(PresenterRole(str(role))))

    def _pick_reason(self, reason: object) -> None:
        text = self._ui.reason_field.text().strip()
        picked = ChangeReason(str(reason))
        self._tell(ReasonAnswer(picked, text if picked is ChangeReason.OTHER else ""))

    def _tell_reason(self) -> None:
        text = self._ui.reason_field.text().strip()
        draft = self._view.state.draft if self._view is not None else None
        is_other = draft is not None and draft.reason is ChangeReason.OTHER
        if draft is not None and is_other and text != draft.reason_text:
            self._tell(ReasonAnswer(ChangeReason.OTHER, text))

    def _tick_swap(self) -> None:
        self._tell(SwapAnswer(self._ui.swap_check.isChecked()))

    def _tick_elder(self) -> None:
        self._tell(ElderModeAnswer(self._ui.elder_check.isChecked()))

    def _tell_ticket(self) -> None:
        text = self._ui.ticket_field.text().strip()
        if self._view is not None and text != self._view.state.draft.queue_ticket:
            self._tell(TicketAnswer(text))
