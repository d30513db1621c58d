"""What the customer sees: a second screen where there is one, else this one turned round."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from counter_app.services.pad_signatures import PadSheet
from counter_app.ui.controller import Controller
from counter_app.ui.customer import CustomerWindow, RotatedPreview
from counter_app.ui.customer_draft import DraftDrawing
from counter_app.ui.navigator import Navigator
from counter_app.ui.page import PageKit
from counter_app.ui.screens import Screens


class CustomerSide(QObject):
    """Keeps the customer's screen in step with the visit; blank while the window is locked.

    Signals:
        happened: An event for the flow.
    """

    happened = Signal(object)

    def __init__(
        self, kit: PageKit, controller: Controller, navigator: Navigator, screens: Screens
    ) -> None:
        super().__init__(screens)
        self._branch = kit.parts.branch
        self._drafts = DraftDrawing(kit, self)
        self._controller, self._navigator, self._screens = controller, navigator, screens
        self._is_following = False
        self._second: CustomerWindow | None = None
        self._turned: CustomerWindow | None = None
        self._preview: RotatedPreview | None = None
        screens.currentChanged.connect(self.refresh)
        self._pad = screens.signed_copy.pad
        self._pad.asked.connect(self._ask_signature)
        self._pad.kept.connect(self._thank)
        self._pad.closed.connect(self._end_signature)

    def open_second_screen(self) -> None:
        """Fill a screen that is not the clerk's, where one is connected; follow its plug."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and not self._is_following:
            application.screenAdded.connect(self._screens_changed)
            application.screenRemoved.connect(self._screens_changed)
            self._is_following = True
        self._fill(spare_screen(self._screens.screen(), QGuiApplication.screens()))

    def _screens_changed(self) -> None:
        """Fill a screen that came; leave one that went, before it falls over the clerk's."""
        spare = spare_screen(self._screens.screen(), QGuiApplication.screens())
        if self._second is not None and self._second.screen() is spare:
            return
        self.close()
        self._fill(spare)

    def _fill(self, screen: QScreen | None) -> None:
        if screen is None or self._second is not None:
            return
        self._second = self._make()
        self._second.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._second.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self._second.setScreen(screen)
        self._second.setGeometry(screen.geometry())
        self._second.setWindowState(Qt.WindowState.WindowFullScreen)
        self._second.show()  # showFullScreen() would take the keyboard from the clerk
        self.refresh()

    def turn(self) -> None:
        """Turn the screen to the customer, or back to the clerk."""
        if self._preview is not None and self._screens.is_seen(self._preview):
            self._navigator.show_base()
            return
        if self._navigator.is_beside() or self._controller.state is None:
            return
        if self._preview is None:
            self._turned = self._make()
            self._preview = RotatedPreview(self._turned)
            self._screens.addWidget(self._preview)
        self._navigator.show_beside(self._preview)
        self.refresh()

    def close(self) -> None:
        """Close the second screen; a signature goes on on the clerk's own."""
        self._pad.write_on(None)
        if self._second is not None:
            self._second.close()
            self._second = None

    def refresh(self) -> None:
        """Show what the visit says now."""
        view = None if self._navigator.is_locked() else self._controller.view()
        for window in (self._second, self._turned):
            if window is not None:
                window.show_view(view)
        windows = (self._second, self._turned)
        self._drafts.show_view(view, [window.draft for window in windows if window is not None])

    def _ask_signature(self, sheet: PadSheet) -> None:
        """Let the customer sign on the second screen, where there is one."""
        if self._second is not None:
            self._second.sign.ask(sheet)
            self._pad.write_on(self._second.sign.pad)

    def _thank(self, _count: int) -> None:
        if self._second is not None and self._second.sign.is_open:
            self._second.sign.thank()

    def _end_signature(self) -> None:
        self._pad.write_on(None)
        if self._second is not None:
            self._second.sign.close()
            self.refresh()

    def _make(self) -> CustomerWindow:
        window = CustomerWindow(self._branch)
        window.happened.connect(self.happened)
        return window


def spare_screen(own: QScreen, screens: Sequence[QScreen]) -> QScreen | None:
    """Return the first screen that is not the clerk's own; None when there is no other."""
    return next((screen for screen in screens if screen is not own), None)
