"""What the keys of the day page set going, each on the lane of what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from counter_app.domain.account import Account
from counter_app.domain.day_check import DayCheck
from counter_app.domain.day_totals import DayTotals
from counter_app.errors import CounterError
from counter_app.flow.outcomes import PaperLine
from counter_app.ports.accounts import Authorisation
from counter_app.ports.stop import never
from counter_app.services.day import Day, DayStatus, Deferral, HandedOver
from counter_app.ui.day_page_lists import Counted, words
from counter_app.ui.page import PageKit
from counter_app.ui.sign_in import refusal_text
from counter_app.ui.texts import failure_text


@dataclass(frozen=True, slots=True)
class Proof:
    """What a second person typed.

    Attributes:
        reason: That person's words.
    """

    account_id: str
    password: str = field(repr=False)
    reason: str = field(default="", repr=False)


class DayActs(QObject):
    """Uses the day of the counter without ever making the window wait.

    Signals:
        checked: A DayCheck.
        begun: A DayCheck, of the first sign-in of the day.
        counted: A Counted.
        proved: A Counted of the whole journal, read after the first sign-in of the day.
        done: Something was done that a second person typed for; forget what they typed.
        said: What came of a key, and its tone.
    """

    checked = Signal(object)
    begun = Signal(object)
    counted = Signal(object)
    proved = Signal(object)
    done = Signal()
    said = Signal(str, str)

    def __init__(self, kit: PageKit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._by: Account | None = None

    def begin(self, account: Account) -> None:
        """Check the counter and open the day, unless that was done today."""
        self._by = account
        day = self._kit.parts.day
        if day is not None:
            self._kit.lanes.storage.run(day.status, self._open_once, self._fail)

    def look(self) -> None:
        """Look round, and add up today's rows."""
        day, _by = self._parties()
        self._check(day)
        self._count(day.glance)

    def look_closely(self) -> None:
        """Look round, and hold the whole journal against the whole store."""
        day, _by = self._parties()
        self._check(day)
        self._count(day.totals)

    def print_summary(self) -> None:
        """Print the totals."""
        day, by = self._parties()
        told = words("screen.printed", words("screen.summary"))

        def report(line: PaperLine) -> None:
            self._say_paper(line, told)

        self.said.emit(words("screen.working"), "")
        printer = self._kit.lanes.printer
        printer.run(lambda: day.print_summary(by.account_id, never()), report, self._fail)

    def hand_over(self, to: Proof) -> None:
        """Print what is not finished; with somebody who takes over, give it to them."""
        day, by = self._parties()

        def work() -> HandedOver:
            taker = self._proved(to) if to.account_id else None
            return day.hand_over(by.account_id, taker, never())

        def report(handed: HandedOver) -> None:
            listed = words("screen.printed", words("screen.list"))
            self.done.emit()
            told = words("screen.handed", handed.moved) if to.account_id else listed
            self._say_paper(handed.paper, told)

        self.said.emit(words("screen.working"), "")
        self._kit.lanes.printer.run(work, report, self._fail)

    def unlock(self, second: Proof) -> None:
        """Let new cases in for today although the queue is too old."""
        day, _by = self._parties()

        def work() -> DayCheck:
            day.unlock_queue(self._proved(second), second.reason)
            return day.check()

        def report(check: DayCheck) -> None:
            self.done.emit()
            self.checked.emit(check)
            self.said.emit(words("screen.unlocked"), "good")

        self.said.emit(words("screen.working"), "")
        self._kit.lanes.office.run(work, report, self._fail)

    def close(self, second: Proof) -> None:
        """Close the day, with a deferral where a second person typed."""
        day, by = self._parties()

        def work() -> None:
            deferral = None
            if second.account_id:
                deferral = Deferral(self._proved(second), second.reason)
            day.close(by, deferral)

        def report(_nothing: None) -> None:
            self.done.emit()
            self._count(day.glance, words("screen.done"), "good")

        self.said.emit(words("screen.working"), "")
        self._kit.lanes.storage.run(work, report, self._fail)

    def _check(self, day: Day) -> None:
        self.said.emit(words("screen.working"), "")
        self._kit.lanes.office.run(day.check, self.checked.emit, self._fail)

    def _count(self, add_up: Callable[[], DayTotals], told: str = "", tone: str = "") -> None:
        day, _by = self._parties()

        def report(counted: Counted) -> None:
            self.counted.emit(counted)
            self.said.emit(told, tone)

        journal = self._kit.lanes.journal
        journal.run(lambda: Counted(day.status(), add_up()), report, self._fail)

    def _open_once(self, status: DayStatus) -> None:
        if status.opened_at is not None:
            return
        day, by = self._parties()

        def work() -> DayCheck:
            check = day.check()
            if check.may_open:
                day.open(by.account_id, check)
            return check

        def report(check: DayCheck) -> None:
            self.begun.emit(check)
            self._read_whole(day)

        self._kit.lanes.office.run(work, report, self._fail)

    def _read_whole(self, day: Day) -> None:
        """Read the whole journal once a day, so that closing needs only what came since."""

        def read() -> Counted:
            totals = day.totals()
            return Counted(day.status(), totals)

        self._kit.lanes.journal.run(read, self.proved.emit, self._fail)

    def _parties(self) -> tuple[Day, Account]:
        day, by = self._kit.parts.day, self._by
        assert day is not None
        assert by is not None
        return day, by

    def _proved(self, proof: Proof) -> Authorisation:
        parts = self._kit.parts
        return parts.accounts.step_up(proof.account_id, proof.password, parts.clock.now())

    def _fail(self, error: CounterError) -> None:
        self.said.emit(refusal_text(error), "stop")

    def _say_paper(self, line: PaperLine, told: str) -> None:
        if line.failure is None:
            self.said.emit(told, "good")
            return
        failure = failure_text(line.failure)
        self.said.emit(f"{failure.title}。{failure.advice}", "stop")
