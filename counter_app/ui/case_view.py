"""An open case: steps on the left, the page in the middle, what to watch on the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.reading import DocumentKind
from counter_app.flow.events import Event, StepPicked
from counter_app.flow.steps import Step
from counter_app.ui.controller import steps_of
from counter_app.ui.notice_strip import NoticeStrip
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.ended import EndedPage
from counter_app.ui.parts import DeviceState
from counter_app.ui.picture_route import PictureRoute
from counter_app.ui.side_panel import SidePanel
from counter_app.ui.step_rail import StepRail
from counter_app.ui.widgets.camera_panel import CameraPanel

COLUMN_PX = 880
MARGIN_PX = 24
PREPARE_EVERY_MS = 150


class CaseView(QWidget):
    """Shows the page of the current step; the camera takes its place while it is on.

    Signals:
        happened: An event for the flow.
        revealed: Name of a masked value that was shown in full.
    """

    happened = Signal(object)
    revealed = Signal(str)
    another_wanted = Signal(object)

    def __init__(
        self, kit: PageKit, pages: Mapping[Step, type[Page]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kinds = pages
        self._pages: dict[Step, Page] = {}
        self._ended = EndedPage(kit)
        self._place: tuple[str, Step, bool] | None = None
        self._was_waiting = False
        self._preparing = QTimer(self)
        self._preparing.setInterval(PREPARE_EVERY_MS)
        self._preparing.timeout.connect(self._prepare_one)
        self.rail = StepRail()
        self.side = SidePanel()
        self._strip = NoticeStrip()
        self._route = PictureRoute()
        self._stack = QStackedWidget()
        self._camera = CameraPanel(kit)
        self._build()
        self.rail.picked.connect(self._pick_step)
        self.side.happened.connect(self.happened)
        self._strip.happened.connect(self.happened)
        self._route.happened.connect(self.happened)
        self._route.camera_wanted.connect(self.open_camera)
        self._camera.taken.connect(self._take_picture)
        self._adopt(self._ended)

    def _build(self) -> None:
        self._stack.addWidget(scrolled(self._camera))
        column = QWidget()
        column.setMaximumWidth(COLUMN_PX + 2 * MARGIN_PX)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._strip)
        inner.addWidget(self._route)
        inner.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(column, 1)
        row.addWidget(self.side)

    def show_view(self, view: StepView) -> None:
        """Show a view; entering another step closes the camera and sets the focus."""
        state = view.state
        self.rail.show_kind(is_correction=state.draft.supersedes is not None)
        self.rail.show_steps(steps_of(view), state.step, is_open=state.is_open)
        page = self._page_of(view)
        self.side.show_view(view, is_step_shown=page.SHOWS_FINDINGS)
        page.show_view(view)
        self._strip.show_view(view, is_quiet=page.SHOWS_FAILURES)
        self._route.show_view(view)
        place = (state.draft.case_id, state.step, state.is_over)
        if place != self._place:
            self._leave()
            self._place = place
            self.side.calm()
            self._enter(page)
        elif self._was_waiting and state.waiting is None:
            self._bring_focus_back(page)
        self._was_waiting = state.waiting is not None

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Turn the camera off when something else is seen: the lock, a list, parking."""
        super().hideEvent(event)
        self._camera.stop()
        if self._place is not None:
            self._stack.setCurrentWidget(area_of(self.page()))

    def page(self) -> Page:
        """Return the page of the current step."""
        if self._place is None or self._place[2]:
            return self._ended
        return self._page_at(self._place[1])

    def devices_told(self, states: tuple[DeviceState, ...]) -> None:
        """Let the page of an open case know how the devices are."""
        if self._place is not None:
            self.page().devices_told(states)

    def prepare(self) -> None:
        """Make the pages one by one while no case is open, so that no step waits for its page."""
        self._preparing.start()

    def stop_preparing(self) -> None:
        """Make no more pages: the window is going."""
        self._preparing.stop()

    def close_case(self) -> None:
        """Leave the page; no case is open any more."""
        self._leave()
        self._place = None

    def say_scan_unwanted(self) -> None:
        """Say that the scanner was not meant here, and that nothing came of it."""
        self._strip.mention(self.tr("这一步不用扫码"), self.tr("扫到的内容没有填入任何一栏"))

    @property
    def is_camera_open(self) -> bool:
        """Say whether the camera is in the page's place."""
        return self._stack.currentWidget() is area_of(self._camera)

    def open_camera(self) -> None:
        """Put the camera in the page's place, where the step has use for a picture."""
        kind = self.page().camera_kind()
        if kind is not None:
            self._start_camera(kind)

    def close_camera(self) -> None:
        """Put the page back."""
        self._camera.stop()
        self._stack.setCurrentWidget(area_of(self.page()))
        self.page().first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def camera_takes(self, key: str) -> bool:
        """Let the camera that is on have a key first; False where it has no use for it."""
        return self.is_camera_open and self._camera.takes_key(key)

    def _start_camera(self, kind: DocumentKind) -> None:
        self._stack.setCurrentWidget(area_of(self._camera))
        self._camera.start(kind)
        self._camera.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_picture(self, event: Event) -> None:
        self.close_camera()
        self.happened.emit(event)

    def _page_of(self, view: StepView) -> Page:
        return self._ended if view.state.is_over else self._page_at(view.state.step)

    def _prepare_one(self) -> None:
        missing = [step for step in self._kinds if step not in self._pages]
        if not missing:
            self._preparing.stop()
        elif self._place is None:
            self._page_at(missing[0])

    def _page_at(self, step: Step) -> Page:
        page = self._pages.get(step)
        if page is None:
            page = self._kinds[step](self._kit)
            self._pages[step] = page
            self._adopt(page)
        return page

    def _adopt(self, page: Page) -> None:
        self._stack.addWidget(scrolled(page))
        page.happened.connect(self.happened)
        page.revealed.connect(self.revealed)
        page.camera_wanted.connect(self.open_camera)
        page.another_wanted.connect(self.another_wanted)

    def _enter(self, page: Page) -> None:
        self._stack.setCurrentWidget(area_of(page))
        page.entered()
        page.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_focus_back(self, page: Page) -> None:
        """Give the focus to the page again when what had it was switched off by a wait."""
        here: QWidget | None = self.window().focusWidget()
        if self.is_camera_open or (here is not None and page.isAncestorOf(here)):
            return
        page.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        if self._place is not None:
            self._camera.stop()
            self.page().left()

    def _pick_step(self, step: Step) -> None:
        self.happened.emit(StepPicked(step))


def scrolled(content: QWidget) -> QScrollArea:
    """Put a page into an area that scrolls only when the screen is too small for it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(MARGIN_PX, MARGIN_PX - 4, MARGIN_PX, 12)
    column.addWidget(content)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(holder)
    return area


def area_of(content: QWidget) -> QWidget:
    """Return the scroll area a page was put into."""
    here: QWidget | None = content
    while here is not None and not isinstance(here, QScrollArea):
        here = here.parentWidget()
    return here or content
