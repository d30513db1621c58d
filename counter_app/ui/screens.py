"""The screens of the window, one over the other."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.ui.case_view import COLUMN_PX, CaseView, area_of, scrolled
from counter_app.ui.day_page import DayPage
from counter_app.ui.help_page import HelpPage
from counter_app.ui.home import HomePage
from counter_app.ui.inbox import InboxView
from counter_app.ui.incident import IncidentPage
from counter_app.ui.lock import LockPage
from counter_app.ui.page import PageKit
from counter_app.ui.pages.registry import PAGES
from counter_app.ui.park_page import ParkPage
from counter_app.ui.parked import ParkedView
from counter_app.ui.post_review import PostReviewView
from counter_app.ui.sign_in import SignInPage
from counter_app.ui.signed_copy import SignedCopyView
from counter_app.ui.subject import SubjectView

DAY_PX = 1180
POST_REVIEW_PX = 1400


class Screens(QStackedWidget):
    """Exactly one of them is seen."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign_in = SignInPage(kit)
        self.lock = LockPage(kit)
        self.home = HomePage(kit)
        self.case = CaseView(kit, PAGES)
        self.park = ParkPage(kit)
        self.help = HelpPage()
        self.incident = IncidentPage(kit)
        self.inbox = InboxView(kit)
        self.parked = ParkedView(kit)
        self.signed_copy = SignedCopyView(kit)
        self.day = DayPage(kit)
        self.post_review = PostReviewView(kit)
        self.subject = SubjectView(kit)
        whole: tuple[QWidget, ...] = (self.sign_in, self.lock, self.case, self.incident)
        for screen in whole:
            self.addWidget(screen)
        columns: tuple[QWidget, ...] = (
            self.home,
            self.park,
            self.help,
            self.inbox,
            self.parked,
        )
        for screen in columns:
            self.addWidget(centred(screen))
        self.addWidget(centred(self.signed_copy, DAY_PX))
        self.addWidget(centred(self.day, DAY_PX))
        self.addWidget(centred(self.subject, DAY_PX))
        self.addWidget(centred(self.post_review, POST_REVIEW_PX))

    def raise_screen(self, screen: QWidget) -> None:
        """Show one of the screens."""
        self.setCurrentWidget(self._holder(screen))

    def is_seen(self, screen: QWidget) -> bool:
        """Say whether this screen is the one that is seen."""
        return self.currentWidget() is self._holder(screen)

    def camera_takes(self, key: str) -> bool:
        """Let the camera that is on have a key first; False where it has no use for it."""
        if self.is_seen(self.signed_copy):
            return self.signed_copy.camera.takes_key(key)
        return self.is_seen(self.case) and self.case.camera_takes(key)

    def _holder(self, screen: QWidget) -> QWidget:
        return screen if self.indexOf(screen) >= 0 else area_of(screen)


def centred(screen: QWidget, width: int = COLUMN_PX) -> QWidget:
    """Hold a screen in a column of the width that pages have."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 12, 0, 0)
    screen.setMaximumWidth(width)
    row.addStretch(1)
    column = QVBoxLayout()
    column.addWidget(screen, 1)
    row.addLayout(column, 20)
    row.addStretch(1)
    return scrolled(holder)
