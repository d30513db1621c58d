"""Did the papers come out, and are they signed?"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.step import Step
from counter_app.errors import CounterError
from counter_app.flow.events import NumberSlipWritten, PaperConfirmed, PrintAgainPressed
from counter_app.flow.outcomes import PaperLine
from counter_app.flow.state import FlowState, Waiting
from counter_app.ports.store import CaseStore
from counter_app.ui.generated.ui_print_page import Ui_PrintPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.texts import failure_text, question
from counter_app.ui.texts_papers import paper_kind
from counter_app.ui.widgets.finding_list import Note
from counter_app.ui.widgets.looks import clear_layout, set_text

PREVIEW = QSize(300, 424)


class PrintPage(Page):
    """Shows where each paper stands; the clerk's word counts, not the spooler's."""

    SHOWS_FAILURES = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_PrintPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.PRINT))
        self._previewed = ""
        self._shown: tuple[tuple[PaperLine, ...], Waiting | None] | None = None
        self._ui.preview_box.hide()
        if kit.parts.has_strip_printer:
            self._ui.slip_button.setText(self.tr("无法打印：用热敏打印机打印编号条"))
        self._ui.confirm_button.clicked.connect(self._confirm)
        self._ui.again_button.clicked.connect(self._again)
        self._ui.slip_button.clicked.connect(self._slip)

    def show_view(self, view: StepView) -> None:
        """Show the number and every paper."""
        state = view.state
        set_text(self._ui.number_label, state.acceptance_no or "—")
        self._show_papers(state)
        self._ask_preview(state)
        is_idle = state.waiting is None
        is_owed = state.step is Step.PRINT
        is_out = bool(state.papers) and all(line.failure is None for line in state.papers)
        self._ui.confirm_button.setEnabled(is_idle and is_owed and is_out)
        self._ui.again_button.setEnabled(is_idle)
        has_slip = any(line.kind is PaperKind.NUMBER_SLIP for line in state.papers)
        self._ui.slip_button.setVisible(is_idle and is_owed and not is_out and not has_slip)

    def _ask_preview(self, state: FlowState) -> None:
        """Fetch the picture of the receipt once it is made; another case forgets it."""
        wanted = state.draft.case_id if state.papers else ""
        draw, store = self.kit.parts.preview, self.kit.parts.store
        if wanted == self._previewed or draw is None:
            return
        self._previewed = wanted
        self.show_preview(QPixmap())
        if wanted:
            self.kit.lanes.storage.run(
                lambda: drawn(store, wanted, draw), self._preview_came, _unseen
            )

    def _preview_came(self, came: tuple[str, bytes]) -> None:
        case_id, png = came
        picture = QPixmap()
        if case_id == self._previewed and picture.loadFromData(png):
            self.show_preview(picture)

    def show_preview(self, picture: QPixmap) -> None:
        """Show what the paper looks like; nothing for an empty picture."""
        self._ui.preview_box.setVisible(not picture.isNull())
        if picture.isNull():
            self._ui.preview_label.clear()
            return
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self._ui.preview_label.setPixmap(picture.scaled(PREVIEW, ratio, smooth))

    def first_field(self) -> QWidget:
        """Return the confirmation, or the retry while nothing came out."""
        is_ready = self._ui.confirm_button.isEnabled()
        return self._ui.confirm_button if is_ready else self._ui.again_button

    def print_key(self) -> None:
        """Print again."""
        self._ui.again_button.click()

    def _show_papers(self, state: FlowState) -> None:
        shown = (state.papers, state.waiting)
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._ui.papers_layout)
        if state.waiting is Waiting.PRINTING:
            self._ui.papers_layout.addWidget(
                Note("", self.tr("正在打印，请稍候"), self.tr("件已保存，不会丢失"))
            )
            return
        for line in state.papers:
            self._ui.papers_layout.addWidget(self._note(line))

    def _note(self, line: PaperLine) -> Note:
        name = paper_kind(line.kind)
        if line.kind is PaperKind.NUMBER_SLIP:
            return Note("caution", name, self._slip_words())
        if line.failure is None:
            return Note("good", name, self.tr("已送出；请看纸是否出来、是否清楚"))
        words = failure_text(line.failure)
        return Note("stop", f"{name} · {words.title}", words.advice)

    def _slip_words(self) -> str:
        if self.kit.parts.has_strip_printer:
            return self.tr("编号条已送热敏打印机；没有打出请手写编号交客户，回执仍须补打")
        return self.tr("编号已手写交给客户，回执仍须补打")

    def _confirm(self) -> None:
        self.happened.emit(PaperConfirmed())

    def _again(self) -> None:
        self.happened.emit(PrintAgainPressed())

    def _slip(self) -> None:
        self.happened.emit(NumberSlipWritten())


def drawn(store: CaseStore, case_id: str, draw: Callable[[bytes], bytes]) -> tuple[str, bytes]:
    """Return the first page of a case's receipt as a picture."""
    with store.view() as unit:
        pdf = unit.paper(case_id, PaperKind.RECEIPT).pdf
    return case_id, draw(pdf)


def _unseen(_error: CounterError) -> None:
    """Leave the place of the preview empty: the paper itself is what counts."""
