"""The case ended without acceptance: what was printed, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.case_state import CaseState
from counter_app.flow.events import PrintAgainPressed
from counter_app.ui.help_words import online_steps
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.texts import failure_text, language, waiting
from counter_app.ui.texts_papers import paper_kind
from counter_app.ui.widgets.finding_list import FindingList
from counter_app.ui.widgets.headline import Headline
from counter_app.ui.widgets.looks import label, set_text


class EndedPage(Page):
    """未受理 or 改在线上办理, with the papers the customer takes home."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._headline = Headline()
        self._papers = label(role="value", wraps=True)
        self._again = QPushButton(self.tr("重新打印　F8"))
        self._again.clicked.connect(self.print_key)
        self._findings = FindingList()
        self._online = label(role="value", wraps=True)
        self._online_card = QFrame()
        self._online_card.setProperty("role", "card")
        inner = QVBoxLayout(self._online_card)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.addWidget(self._online)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._headline)
        column.addWidget(self._papers)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._findings)
        column.addWidget(self._online_card)
        column.addStretch(1)

    def show_view(self, view: StepView) -> None:
        """Show how the case ended."""
        state = view.state
        is_online = state.case_state is CaseState.ADVISED_ONLINE
        question = self.tr("已转线上办理") if is_online else self.tr("本次未受理")
        line = self.tr("请向客户说明，按 Ctrl+Enter 回首页")
        if state.waiting is not None:
            line = waiting(state.waiting)
        self._headline.ask(question, line)
        names = (self._paper_text(item.kind.value, view) for item in state.papers)
        set_text(self._papers, "\n".join(names))
        self._again.setVisible(bool(state.papers))
        self._again.setEnabled(state.waiting is None)
        self._findings.show_findings(() if is_online else view.assessment.stopping())
        set_text(self._online, "\n".join(online_steps(language())) if is_online else "")
        self._online_card.setVisible(is_online)

    def print_key(self) -> None:
        """Print what has not come out, or everything once more."""
        self.happened.emit(PrintAgainPressed())

    def _paper_text(self, kind: str, view: StepView) -> str:
        paper = next(item for item in view.state.papers if item.kind.value == kind)
        if paper.failure is None:
            return self.tr("✓ {} 已打印").format(paper_kind(paper.kind))
        return f"× {paper_kind(paper.kind)}　{failure_text(paper.failure).title}"
