"""Begins cases: a fresh one, a stored one, a further or corrected one after an acceptance."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.errors import CounterError, FailureCode
from counter_app.flow.events import Resumed, TerminalEntered
from counter_app.flow.state import FlowState
from counter_app.ui.controller import Controller
from counter_app.ui.navigator import Navigator
from counter_app.ui.page import Another, PageKit
from counter_app.ui.screens import Screens


class CaseDoor:
    """Lets one case in at a time; what is stored is loaded on the storage lane."""

    def __init__(
        self,
        kit: PageKit,
        controller: Controller,
        nav: Navigator,
        screens: Screens,
        leave: Callable[[], None],
    ) -> None:
        self._kit = kit
        self._controller = controller
        self._nav = nav
        self._screens = screens
        self._leave = leave

    def start(self, text: str) -> None:
        """Start a fresh case; a serial number typed at home is entered at once."""
        account = self._controller.account
        if account is None or self._controller.state is not None:
            return
        self._controller.open(self._kit.parts.visits.start(account.account_id))
        if text:
            self._controller.send(TerminalEntered(text))

    def open(self, case_id: str) -> None:
        """Take a stored case up again; an open one has to be put aside first (one a counter)."""
        state = self._controller.state
        if self._controller.account is None:
            return
        if state is not None and state.is_open:
            self._nav.ask_to_park(is_closing=False)
            return
        if state is not None:
            self._leave()
        visits = self._kit.parts.visits
        self._bring(lambda: visits.load(case_id))

    def start_another(self, kind: Another) -> None:
        """Start a further or a corrected case from the accepted one on the screen."""
        account, state = self._controller.account, self._controller.state
        if account is None or state is None or state.acceptance_no is None:
            return
        visits, case_id = self._kit.parts.visits, state.draft.case_id
        make = visits.again if kind is Another.FURTHER else visits.correct
        self._leave()
        self._bring(lambda: make(case_id, account.account_id))

    def _bring(self, load: Callable[[], FlowState]) -> None:
        self._kit.lanes.storage.run(load, self._take_up, self._screens.home.say)

    def _take_up(self, state: FlowState) -> None:
        account = self._controller.account
        if account is None or self._controller.state is not None:
            return
        if not self._kit.parts.make_desk().has_rules_of(state.draft):
            self._screens.home.say(CounterError(FailureCode.RULES_MISSING))
            return
        if state.is_open:
            self._controller.take_up(state, Resumed(account.account_id))
        else:
            self._controller.open(state)
        self._nav.show_base()
