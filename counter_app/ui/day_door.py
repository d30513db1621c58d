"""The way from the home page to the day page and on from there, and the keys beside the path."""

from __future__ import annotations

from PySide6.QtCore import QObject

from counter_app.domain.account import Account
from counter_app.ui.bottom_bar import BottomBar
from counter_app.ui.navigator import Navigator
from counter_app.ui.page import PageKit
from counter_app.ui.screens import Screens


class DayDoor(QObject):
    """Opens the day page from home only: no case is open then."""

    def __init__(self, kit: PageKit, nav: Navigator, screens: Screens, bottom: BottomBar) -> None:
        super().__init__(screens)
        self._kit = kit
        self._nav = nav
        self._screens = screens
        self._bottom = bottom
        screens.day.alarmed.connect(self.open)

    def begin(self, account: Account) -> None:
        """Check the counter at the first sign-in of the day."""
        self._screens.day.begin(account)

    def open(self) -> None:
        """Show the day as it is now."""
        if self._kit.parts.day is not None and self._screens.is_seen(self._screens.home):
            self._show_day()

    def press(self, key: str) -> None:
        """Answer a key of a page beside the path."""
        screens = self._screens
        if screens.is_seen(screens.day) and key == "F7":
            self._look_afterwards()
        elif screens.is_seen(screens.day) and key == "F4":
            self._show_subject()
        elif screens.is_seen(screens.post_review) and key == "Alt+M":
            screens.post_review.reveal_key()
        elif screens.is_seen(screens.signed_copy) and key == "F7":
            screens.signed_copy.turn_to_pad()

    def leave(self) -> None:
        """Go back: to the day page from a page reached from it, else to what lies at the base."""
        screens = self._screens
        if screens.is_seen(screens.post_review) or screens.is_seen(screens.subject):
            self._show_day()
        else:
            self._nav.show_base()

    def _show_day(self) -> None:
        self._screens.day.refresh()
        self._nav.show_beside(self._screens.day, self._screens.day.first_field())
        self._bottom.show_day()

    def _look_afterwards(self) -> None:
        if self._kit.parts.post_review is None:
            return
        page = self._screens.post_review
        self._nav.show_beside(page, page.first_field())
        self._bottom.show_post_review()
        page.open()

    def _show_subject(self) -> None:
        if self._kit.parts.subjects is not None:
            page = self._screens.subject
            self._nav.show_beside(page, page.first_field())
