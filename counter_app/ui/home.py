"""The home page: one large field, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.case_state import CaseState
from counter_app.domain.masking import masked_name
from counter_app.errors import CounterError
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import CaseFilter, StoredCase
from counter_app.ui.generated.ui_home_page import Ui_HomePage
from counter_app.ui.page import PageKit
from counter_app.ui.sign_in import refusal_text
from counter_app.ui.texts_visit import case_state
from counter_app.ui.top_bar import age_text
from counter_app.ui.widgets.case_tiles import CaseLine

START_WORDS = frozenset({"hb", "换绑"})
ANSWERED = frozenset({CaseState.REJECTED, CaseState.NEED_MORE, CaseState.APPLIED})
TONES = {
    CaseState.ACCEPTED_UNPRINTED: "stop",
    CaseState.DRAFT: "accent",
    CaseState.AWAITING_REVIEW: "caution",
    CaseState.APPLIED: "good",
    CaseState.REJECTED: "stop",
    CaseState.NEED_MORE: "caution",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody at this counter."""

    open: tuple[StoredCase, ...]
    answers: tuple[StoredCase, ...]


def read_waiting(store: CaseStore) -> Waiting:
    """Read the lists of the home page: unprinted first, then interrupted, then parked."""
    with store.view() as unit:
        unprinted = unit.cases(CaseFilter(states=frozenset({CaseState.ACCEPTED_UNPRINTED})))
        answers = unit.cases(CaseFilter(states=ANSWERED, limit=20))
        return Waiting((*unprinted, *unit.open_cases(), *unit.parked()), answers)


def line_of(case: StoredCase, now: datetime) -> CaseLine:
    """Make a line of a case; the customer's name is masked."""
    name = case.summary.merchant_name or case.summary.terminal_sn
    customer = masked_name(case.summary.customer)
    title = " ".join(part for part in (name, customer) if part)
    age = age_text(now - case.changed_at)
    tone = TONES.get(case.state, "idle")
    return CaseLine(case.case_id, title, age, case_state(case.state), tone)


class HomePage(QWidget):
    """No case is open.

    Signals:
        started: What was scanned or typed; empty for a case without it.
        resumed: The id of a case to take up again.
        answer_picked: The id of a case that head office answered.
    """

    started = Signal(str)
    resumed = Signal(str)
    answer_picked = Signal(str)

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._ui = Ui_HomePage()
        self._ui.setupUi(self)
        edit = self._ui.start_field.edit
        edit.setProperty("role", "number")
        edit.setMaxLength(64)
        edit.entered.connect(self._start)
        self._ui.parked_list.picked.connect(self.resumed)
        self._ui.answers_list.picked.connect(self.answer_picked)

    def first_field(self) -> QWidget:
        """Return the large field."""
        return self._ui.start_field

    def refresh(self) -> None:
        """Read the lists anew."""
        store = self._kit.parts.store
        self._kit.lanes.storage.run(lambda: read_waiting(store), self._show, self._fail)

    def say(self, error: CounterError) -> None:
        """Say why a case could not be opened."""
        self._ui.start_field.advise(refusal_text(error), "stop")

    def _start(self) -> None:
        text = self._ui.start_field.text().strip()
        if not text:
            return
        self._ui.start_field.show_text("")
        self._ui.start_field.advise("")
        self.started.emit("" if text.lower() in START_WORDS else text)

    def _show(self, waiting: Waiting) -> None:
        now = self._kit.parts.clock.now()
        self._ui.parked_list.show_cases(lines(waiting.open, now), self.tr("没有挂起的业务"))
        self._ui.answers_list.show_cases(lines(waiting.answers, now), self.tr("暂无新的答复"))
        unprinted = sum(case.state is CaseState.ACCEPTED_UNPRINTED for case in waiting.open)
        if unprinted:
            text = self.tr("{} 件已受理未打印，请先补打").format(unprinted)
            self._ui.start_field.advise(text, "caution")

    def _fail(self, error: CounterError) -> None:
        self.say(error)


def lines(cases: Sequence[StoredCase], now: datetime) -> tuple[CaseLine, ...]:
    """Make the lines of a list."""
    return tuple(line_of(case, now) for case in cases)
