"""The parked cases (F3): how long, by whom, at which step; found by typing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.masking import masked_name
from counter_app.domain.step import Step
from counter_app.errors import CounterError
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import StoredCase
from counter_app.ui.generated.ui_parked_view import Ui_ParkedView
from counter_app.ui.page import PageKit
from counter_app.ui.park_reasons import told
from counter_app.ui.texts import failure_text
from counter_app.ui.texts import step as step_text
from counter_app.ui.top_bar import age_text
from counter_app.ui.widgets.looks import clear_layout, label, set_look, set_text, tab_through


def read_unfinished(store: CaseStore, but: str = "") -> tuple[StoredCase, ...]:
    """Read the cases that a power cut or a review left open, then the parked, oldest first.

    Args:
        store: The counter's.
        but: The case that is on the screen already.
    """
    with store.view() as unit:
        cases = (*unit.open_cases(), *unit.parked())
    return tuple(case for case in cases if case.case_id != but)


def found_by(case: StoredCase, text: str) -> bool:
    """Say whether a case's merchant, terminal, customer or owner holds the text."""
    summary = case.summary
    places = (summary.merchant_name, summary.terminal_sn, summary.customer, case.clerk_id)
    return any(text.casefold() in place.casefold() for place in places)


class ParkedRow(QFrame):
    """One parked case and the key to take it up again."""

    pressed = Signal(str)

    def __init__(self, case: StoredCase, now: datetime) -> None:
        super().__init__()
        self._case_id = case.case_id
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addLayout(self._words(case, now), 1)
        row.addWidget(label(age_text(now - case.changed_at)))
        self.button = QPushButton(self.tr("继续办理"))
        self.button.clicked.connect(self._clicked)
        row.addWidget(self.button)

    def _words(self, case: StoredCase, now: datetime) -> QVBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(case.summary.merchant_name or case.summary.terminal_sn))
        top.addWidget(label(masked_name(case.summary.customer), "quiet"))
        if case.remind_at is not None and case.remind_at <= now:
            badge = label(self.tr("到提醒时间"), "badge")
            set_look(badge, "tone", "caution")
            top.addWidget(badge)
        top.addStretch(1)
        owner = self.tr("经办 %1").replace("%1", case.clerk_id)
        at = self.tr("停在“%1”").replace("%1", step_text(Step(case.step)))
        line = "　".join(part for part in (owner, at, told(case.reason)) if part)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(top)
        words.addWidget(label(line, "quiet", wraps=True))
        return words

    def _clicked(self) -> None:
        self.pressed.emit(self._case_id)


class ParkedView(QWidget):
    """The list of parked cases.

    Signals:
        resumed: The id of a case to take up again.
        closed: Back to where the clerk was.
    """

    resumed = Signal(str)
    closed = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._ui = Ui_ParkedView()
        self._ui.setupUi(self)
        self._ui.headline.ask(
            self.tr("挂起与未完成的受理件"), self.tr("接手别人的件会记录在案；验证码须重新发送")
        )
        self._cases: tuple[StoredCase, ...] = ()
        self._rows: list[ParkedRow] = []
        self._ui.filter_edit.textEdited.connect(self._filter)
        self._ui.filter_edit.entered.connect(self._go_to_first)
        self._ui.close_button.clicked.connect(self.closed)

    def refresh(self, but: str = "") -> None:
        """Read the list anew, without the case that is on the screen."""
        store = self._kit.parts.store
        self._kit.lanes.storage.run(
            lambda: read_unfinished(store, but), self.show_cases, self._fail
        )

    def show_cases(self, cases: tuple[StoredCase, ...]) -> None:
        """Show parked cases."""
        self._cases = cases
        counted = self.tr("共 %1 件").replace("%1", str(len(cases)))
        set_text(self._ui.count_label, counted if cases else "")
        self._filter(self._ui.filter_edit.text())

    def first_field(self) -> QWidget:
        """Return the field to search with."""
        return self._ui.filter_edit

    def _filter(self, text: str) -> None:
        now = self._kit.parts.clock.now()
        shown = [case for case in self._cases if found_by(case, text.strip())]
        clear_layout(self._ui.rows_layout)
        self._rows = [ParkedRow(case, now) for case in shown]
        for row in self._rows:
            row.pressed.connect(self.resumed)
            self._ui.rows_layout.addWidget(row)
        tab_through(self._ui.filter_edit, [row.button for row in self._rows])
        nothing = self.tr("没有找到") if self._cases else self.tr("没有挂起或未完成的受理件")
        set_text(self._ui.empty_label, nothing)
        self._ui.empty_label.setVisible(not shown)

    def _go_to_first(self) -> None:
        """Enter goes to the first case that was found; a scanner's takes up none."""
        if self._rows:
            self._rows[0].button.setFocus(Qt.FocusReason.TabFocusReason)

    def _fail(self, error: CounterError) -> None:
        set_text(self._ui.empty_label, failure_text(error.code).title)
        self._ui.empty_label.show()
