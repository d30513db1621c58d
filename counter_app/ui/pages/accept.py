"""The last look before the case becomes immutable."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.step import Step
from counter_app.flow.state import Waiting
from counter_app.ui.generated.ui_accept_page import Ui_AcceptPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.accept_words import summary
from counter_app.ui.pages.confirm_words import new_number_words, old_number_words
from counter_app.ui.texts import question
from counter_app.ui.texts import waiting as waiting_text
from counter_app.ui.widgets.looks import clear_layout, label, set_text


class AcceptPage(Page):
    """Shows the whole case in a few lines; the next key accepts it."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_AcceptPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.ACCEPT))
        self._lines: tuple[tuple[str, str], ...] = ()

    def show_view(self, view: StepView) -> None:
        """Show the summary, and what stands against acceptance."""
        draft = view.state.draft
        set_text(self._ui.old_label, old_number_words(draft))
        set_text(self._ui.new_label, new_number_words(draft))
        self._show_lines(summary(view))
        self._ui.findings_list.show_findings(view.assessment.stopping())
        is_accepting = view.state.waiting is Waiting.ACCEPTING
        note = self.tr("受理后内容不能再改；以机构处理结果为准。")
        set_text(self._ui.note_label, waiting_text(Waiting.ACCEPTING) if is_accepting else note)

    def _show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        clear_layout(self._ui.summary_layout)
        for index, (name, text) in enumerate(lines):
            self._ui.summary_layout.addWidget(label(name, "quiet"), index, 0)
            self._ui.summary_layout.addWidget(label(text, wraps=True), index, 1)
