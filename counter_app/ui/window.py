"""The window: signs people in, opens cases, and lets the flow decide everything else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.account import Account
from counter_app.domain.journal import JournalAction
from counter_app.errors import CounterError
from counter_app.flow.events import BackPressed, Event, NextPressed
from counter_app.flow.steps import Step
from counter_app.ui.bottom_bar import BottomBar
from counter_app.ui.case_door import CaseDoor
from counter_app.ui.controller import Controller
from counter_app.ui.customer_side import CustomerSide
from counter_app.ui.day_book import DayBook
from counter_app.ui.day_door import DayDoor
from counter_app.ui.incident import Incidents
from counter_app.ui.jobs import make_lanes
from counter_app.ui.keys import Keys
from counter_app.ui.lock import IdleWatch
from counter_app.ui.navigator import Navigator
from counter_app.ui.page import PageKit
from counter_app.ui.parts import WindowParts
from counter_app.ui.poller import Poller
from counter_app.ui.scan_door import ScanDoor
from counter_app.ui.screens import Screens
from counter_app.ui.sign_out import SignOut
from counter_app.ui.top_bar import TopBar


class Window(QWidget):
    """One counter, one clerk, at most one open case."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setWindowTitle(self.tr("换绑手机号码 · 柜台受理"))
        self.setMinimumSize(1180, 640)
        self.resize(1366, 768)
        self.lanes = make_lanes(self)
        self.kit = PageKit(parts, self.lanes)
        self.controller = Controller(self.kit, self)
        self.incidents = Incidents(self)
        self._book = DayBook(self.kit, self.controller)
        self._top = TopBar(parts)
        self._screens = Screens(self.kit)
        self._bottom = BottomBar()
        self._nav = Navigator(self.controller, self._screens, self._bottom)
        self.cases = CaseDoor(self.kit, self.controller, self._nav, self._screens, self._leave_case)
        self._day = DayDoor(self.kit, self._nav, self._screens, self._bottom)
        self._idle = IdleWatch(parts.idle_lock_s, self)
        self._scans = ScanDoor(self, self._screens)
        self._poller = Poller(self.kit, self)
        self._keys = Keys(self)
        self._customer = CustomerSide(self.kit, self.controller, self._nav, self._screens)
        self._leaving = SignOut(self.kit, self._go, self._stay)
        self._build()
        self._connect()
        self._nav.show_sign_in()

    def bring_to_front(self) -> None:
        """Come to the front because the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to watch for idleness and to ask the devices."""
        super().showEvent(event)
        self._scans.watch()
        self.windowHandle().installEventFilter(self._idle)
        self._poller.start()
        self._customer.open_second_screen()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask what becomes of an open case, inside the window; else stop everything and go."""
        state = self.controller.state
        if state is not None and state.is_open and not self._nav.is_closing:
            event.ignore()
            if not self._nav.is_locked():
                self._nav.ask_to_park(is_closing=True)
            return
        self._poller.stop()
        self._idle.stop()
        self._screens.case.stop_preparing()
        self._screens.case.close_case()
        self._customer.close()
        self.controller.shut_down()
        self.incidents.uninstall()
        event.accept()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._screens, 1)
        column.addWidget(self._bottom)

    def _connect(self) -> None:
        screens = self._screens
        screens.sign_in.signed_in.connect(self._signed_in)
        screens.lock.unlocked.connect(self._unlock)
        screens.home.started.connect(self.cases.start)
        screens.home.resumed.connect(self.cases.open)
        screens.home.answer_picked.connect(self.cases.open)
        screens.case.happened.connect(self._happen)
        screens.case.another_wanted.connect(self.cases.start_another)
        screens.case.revealed.connect(self._book.note_reveal)
        screens.post_review.revealed.connect(self._book.note_reveal_to)
        screens.park.happened.connect(self._happen)
        screens.park.stayed.connect(self._nav.show_base)
        screens.incident.left.connect(self._nav.show_base)
        screens.inbox.opened.connect(self.cases.open)
        screens.inbox.closed.connect(self._nav.show_base)
        screens.parked.resumed.connect(self.cases.open)
        screens.parked.closed.connect(self._nav.show_base)
        screens.signed_copy.closed.connect(self._nav.show_base)
        self.controller.changed.connect(self._nav.refresh)
        self._nav.left.connect(self._leave_case)
        self.controller.changed.connect(self._customer.refresh)
        self._customer.happened.connect(self._happen)
        self.incidents.happened.connect(self._show_incident, Qt.ConnectionType.QueuedConnection)
        self._bottom.back_pressed.connect(self._back)
        self._bottom.next_pressed.connect(self._next)
        self._bottom.key_pressed.connect(self._press)
        self._keys.pressed.connect(self._press)
        self._idle.idle.connect(self._lock)
        self.controller.failed.connect(self._poller.ask)
        self._poller.ticked.connect(self._top.tick)
        self._poller.devices_changed.connect(self._top.show_devices)
        self._poller.devices_told.connect(screens.case.devices_told)
        self._poller.queue_changed.connect(self._top.show_queue)

    def _signed_in(self, account: Account) -> None:
        self.controller.account = account
        self._top.show_clerk(account)
        self._idle.restart()
        self._nav.show_base()
        self._screens.case.prepare()
        self._day.begin(account)

    def _sign_out(self) -> None:
        account = self.controller.account
        if self.controller.state is None and account is not None:
            self._leaving.ask(account.account_id)

    def _stay(self, error: CounterError) -> None:
        self._nav.show_base()
        self._screens.home.say(error)

    def _go(self) -> None:
        self._book.note(JournalAction.SIGNED_OUT)
        self.controller.account = None
        self._top.show_clerk(None)
        self._idle.stop()
        self._nav.show_sign_in()

    def _lock(self) -> None:
        account = self.controller.account
        if account is None or self._nav.is_locked():
            return
        self._idle.stop()
        self._book.note(JournalAction.LOCKED)
        self._screens.lock.lock(account)
        self._nav.show_lock()

    def _unlock(self) -> None:
        self._book.note(JournalAction.UNLOCKED)
        self._idle.restart()
        self._nav.uncover()

    def _happen(self, event: Event) -> None:
        self.controller.send(event)
        self._nav.follow()

    def _leave_case(self) -> None:
        is_closing = self._nav.is_closing
        self._screens.case.close_case()
        self.controller.close_visit()
        if is_closing:
            self.close()

    def _show_incident(self, number: str, facts: str) -> None:
        if self._nav.is_locked():
            return
        self._screens.incident.show_incident(number, facts)
        self._screens.case.close_case()
        self.controller.close_visit()
        self._nav.show_beside(self._screens.incident)

    def _press(self, key: str) -> None:
        self._scans.let_go()
        if self.controller.account is None or self._nav.is_locked():
            return
        if self._screens.camera_takes(key):
            return
        handlers: dict[str, Callable[[], None]] = {
            "F1": self._help,
            "F2": self._park,
            "F3": self._resume_list,
            "F6": self._camera,
            "F9": self._inbox,
            "F10": self._sign_out,
            "F11": self._day_or_turn,
            "F12": self._lock,
            "Esc": self._escape,
        }
        if key in handlers:
            handlers[key]()
        elif self._screens.is_seen(self._screens.case):
            self._press_on_page(key)
        else:
            self._day.press(key)

    def _press_on_page(self, key: str) -> None:
        case = self._screens.case
        page = case.page()
        handlers: dict[str, Callable[[], None]] = {
            "F5": page.card_key,
            "F7": page.review_key,
            "F8": page.print_key,
            "Alt+M": page.reveal_key,
            "Ctrl+Return": self._next,
        }
        if key in handlers:
            handlers[key]()

    def _help(self) -> None:
        if not self._nav.is_beside():
            state = self.controller.state
            self._screens.help.show_step(state.step if state is not None else None)
            self._nav.show_beside(self._screens.help)

    def _park(self) -> None:
        if not self._nav.is_beside():
            self._nav.ask_to_park(is_closing=False)

    def _resume_list(self) -> None:
        if not self._nav.is_beside():
            state, parked = self.controller.state, self._screens.parked
            parked.refresh(state.draft.case_id if state is not None else "")
            self._nav.show_beside(parked, parked.first_field())

    def _inbox(self) -> None:
        if not self._nav.is_beside():
            self._screens.inbox.refresh()
            self._nav.show_beside(self._screens.inbox, self._screens.inbox.first_field())

    def _camera(self) -> None:
        """Take a picture for the step; before and after a case, file a signed copy."""
        account, state = self.controller.account, self.controller.state
        if self._screens.is_seen(self._screens.case):
            self._screens.case.open_camera()
        is_open = state is not None and state.acceptance_no is None
        is_busy = is_open or self._nav.is_beside() or self._screens.case.is_camera_open
        if account is None or is_busy or self.kit.parts.signed_copies is None:
            return
        self._nav.show_beside(self._screens.signed_copy, self._screens.signed_copy.first_field())
        self._screens.signed_copy.open(account.account_id, state)

    def _day_or_turn(self) -> None:
        (self._day.open if self.controller.state is None else self._customer.turn)()

    def _escape(self) -> None:
        if self._nav.is_beside():
            self._day.leave()
        elif self._screens.case.is_camera_open:
            self._screens.case.close_camera()
        else:
            self._back()

    def _back(self) -> None:
        state = self.controller.state
        if state is not None and state.step is Step.TERMINAL and state.draft.sn_entered == "":
            self._leave_case()
        else:
            self.controller.send(BackPressed())

    def _next(self) -> None:
        view = self.controller.view()
        if view is None:
            return
        if view.state.is_over or view.state.step is Step.DONE:
            if view.state.waiting is None:
                self._leave_case()
            return
        if not view.may_go_on:
            self._screens.case.side.urge()
            return
        self.controller.send(NextPressed())
