"""Decides which screen is seen: sign-in, home, the case, or a page beside the path."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.case_state import CaseState
from counter_app.flow.state import Waiting
from counter_app.ui.bottom_bar import BottomBar
from counter_app.ui.controller import Controller
from counter_app.ui.page import StepView
from counter_app.ui.screens import Screens
from counter_app.ui.theme import ELDER_SCALE, HIGH_CONTRAST, LIGHT, apply_theme, theme

OTHER = Qt.FocusReason.OtherFocusReason


class Navigator(QObject):
    """Moves between screens; the state of the visit decides what lies at the base.

    Signals:
        left: The store has the case that was put aside; the window may let it go.

    Attributes:
        is_closing: The page for parking was opened because the window is to be closed.
    """

    left = Signal()

    def __init__(self, controller: Controller, screens: Screens, bottom: BottomBar) -> None:
        super().__init__(screens)
        self._controller = controller
        self._screens = screens
        self._bottom = bottom
        self.is_closing = False
        self._is_parking = False
        self._is_covered = False

    def show_sign_in(self) -> None:
        """Ask who is here."""
        self._is_covered = False
        self._screens.sign_in.restart()
        self._screens.raise_screen(self._screens.sign_in)
        self._bottom.show_nothing()
        self._screens.sign_in.first_field().setFocus(OTHER)

    def show_lock(self) -> None:
        """Cover everything; an answer that comes late, or a page that asks for attention, waits."""
        self._is_covered = True
        self._screens.raise_screen(self._screens.lock)
        self._bottom.show_nothing()
        self._screens.lock.first_field().setFocus(OTHER)

    def uncover(self) -> None:
        """Show what was covered; only the right password leads here."""
        self._is_covered = False
        self.show_base()

    def show_base(self) -> None:
        """Show the open case, or the home page without one; a locked window stays covered."""
        if self._is_covered:
            return
        self.is_closing = False
        if self._controller.account is None:
            self.show_sign_in()
            return
        view = self._controller.view()
        if view is None:
            self._show_home()
            return
        self.show_case(view)
        self._screens.case.page().first_field().setFocus(OTHER)

    def show_case(self, view: StepView) -> None:
        """Show the page of the step."""
        if self._is_covered:
            return
        self._screens.raise_screen(self._screens.case)
        self._screens.case.show_view(view)
        self._bottom.show_view(view)

    def show_beside(self, screen: QWidget, focus: QWidget | None = None) -> None:
        """Show a page beside the path; Esc leads back."""
        if self._is_covered:
            return
        self._screens.raise_screen(screen)
        self._bottom.show_side_page()
        (focus or screen).setFocus(OTHER)

    def ask_to_park(self, *, is_closing: bool) -> None:
        """Ask what becomes of the open case."""
        state = self._controller.state
        if state is None or not state.is_open:
            return
        self.is_closing = is_closing
        self._screens.park.ask(is_closing=is_closing)
        self.show_beside(self._screens.park, self._screens.park.first_field())

    def follow(self) -> None:
        """Go on from the page for parking: wait for the store, or show a case that ended."""
        state = self._controller.state
        if state is None:
            return
        self._is_parking = state.case_state is CaseState.PARKED
        if self._screens.is_seen(self._screens.park) and not state.is_open:
            self.show_base()

    def refresh(self) -> None:
        """Show the state as it is now, unless a page beside the path is open."""
        if self._is_parking and self._is_answered():
            return
        view = self._controller.view()
        wear(is_elder=view is not None and view.state.draft.is_elder_mode)
        if view is None:
            self.show_base()
        elif not self.is_beside():
            self.show_case(view)

    def _is_answered(self) -> bool:
        """Leave a case once the store has it; go back to it when it could not be put aside."""
        state = self._controller.state
        if state is not None and state.waiting is Waiting.ENDING:
            return False
        self._is_parking = False
        if state is None:
            return False
        if state.case_state is CaseState.PARKED:
            self.left.emit()
        else:
            self.show_base()
        return True

    def is_locked(self) -> bool:
        """Say whether the window is locked."""
        return self._screens.is_seen(self._screens.lock)

    def is_beside(self) -> bool:
        """Say whether something other than the path is seen over an open case."""
        screens = self._screens
        base = (screens.sign_in, screens.home, screens.case)
        return not any(screens.is_seen(screen) for screen in base)

    def _show_home(self) -> None:
        home = self._screens.home
        self._screens.raise_screen(home)
        self._bottom.show_home()
        home.refresh()
        home.first_field().setFocus(OTHER)


def wear(*, is_elder: bool) -> None:
    """Put on the look for everybody, or the large one with high contrast."""
    scale = ELDER_SCALE if is_elder else 1.0
    wanted = replace(theme(), scale=scale, palette=HIGH_CONTRAST if is_elder else LIGHT)
    if wanted != theme():
        apply_theme(wanted)
