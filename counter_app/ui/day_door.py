"""The way from the home page to the day page, and what opens it by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject

from counter_app.domain.account import Account
from counter_app.ui.navigator import Navigator
from counter_app.ui.page import PageKit
from counter_app.ui.screens import Screens


class DayDoor(QObject):
    """Opens the day page from home only: no case is open then."""

    def __init__(self, kit: PageKit, nav: Navigator, screens: Screens) -> None:
        super().__init__(screens)
        self._kit = kit
        self._nav = nav
        self._screens = screens
        screens.day.alarmed.connect(self.open)

    def begin(self, account: Account) -> None:
        """Check the counter at the first sign-in of the day."""
        self._screens.day.begin(account)

    def open(self) -> None:
        """Show the day as it is now."""
        if self._kit.parts.day is not None and self._screens.is_seen(self._screens.home):
            self._screens.day.refresh()
            self._nav.show_beside(self._screens.day, self._screens.day.first_field())
