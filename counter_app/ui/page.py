"""What a page is: it shows a view of the visit and says what a person did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from counter_app.domain.account import Role
from counter_app.domain.assessment import Assessment
from counter_app.domain.counter_facts import CounterFacts
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.reading import DocumentKind
from counter_app.flow.state import FlowState
from counter_app.flow.steps import Need
from counter_app.ui.jobs import Lanes
from counter_app.ui.parts import DeviceState, WindowParts


@dataclass(frozen=True, slots=True)
class StepView:
    """Everything a page may show, at one moment.

    Attributes:
        needs: What the current step still wants (还差).
        viewer_roles: Roles of who is signed in; the risk shows only to those who may review.
        may_go_on: The next key works.
    """

    state: FlowState
    assessment: Assessment
    rules: RulePack
    needs: tuple[Need, ...]
    facts: CounterFacts
    viewer_roles: frozenset[Role]
    may_go_on: bool


@dataclass(frozen=True, slots=True)
class PageKit:
    """What pages work with besides the view: the ports, and the lanes to use them on."""

    parts: WindowParts
    lanes: Lanes


class Another(Enum):
    """Which case is started from one that is accepted."""

    FURTHER = auto()
    """The same customer has another terminal."""
    CORRECTED = auto()
    """The case was rejected or voided, and is made anew on the same request."""


class Page(QWidget):
    """One step of the visit.

    Signals:
        happened: An event of `flow.events`, because a person did something.
        revealed: Name of the masked value that was shown in full, for the journal.
        camera_wanted: A button of the page asks for the same as F6.
        another_wanted: Another case is to be started from this one; an `Another`.
    """

    happened = Signal(object)
    revealed = Signal(str)
    camera_wanted = Signal()
    another_wanted = Signal(object)

    SHOWS_FAILURES = False
    """The page shows what failed and for what it waits; elsewhere the window does."""

    SHOWS_FINDINGS = False
    """The page shows the findings of its step; elsewhere the panel on the right does."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit

    def show_view(self, view: StepView) -> None:
        """Show a view; idempotent, never emits, touches only what differs."""

    def first_field(self) -> QWidget:
        """Return what receives the focus when the step is entered."""
        return self

    def entered(self) -> None:
        """Start what runs only while the page is seen (a live picture)."""

    def left(self) -> None:
        """Stop what runs only while the page is seen."""

    def card_key(self) -> None:
        """Answer F5."""

    def devices_told(self, states: tuple[DeviceState, ...]) -> None:
        """Hear every few seconds how the devices are."""

    def camera_kind(self) -> DocumentKind | None:
        """Return what F6 takes a picture of here; None where the step has no use for one."""
        return None

    def print_key(self) -> None:
        """Answer F8."""

    def review_key(self) -> None:
        """Answer F7."""

    def takes_scan(self, _text: str, _field: QLineEdit | None) -> bool:
        """Take what a hand scanner typed, in a text field or outside of any; False to leave it."""
        return False

    def refuses_scan(self, _text: str, _field: QLineEdit) -> bool:
        """Say whether a text field is for what a person reads out, never for a scan."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter go on to the next field from anything that has no use for it itself."""
        here: QWidget | None = self.focusWidget()
        if here is not None and is_plain_enter(event):
            focus_next(here)
            return
        if event.text().isdigit() and self._answered_by_number(event):
            return
        super().keyPressEvent(event)

    def numbered(self) -> QWidget | None:
        """Return what takes a number key that nothing on the page has a use for; None for none."""
        return None

    def _answered_by_number(self, event: QKeyEvent) -> bool:
        target = self.numbered()
        if target is None or target is self.focusWidget() or not target.isVisible():
            return False
        return target.event(event)

    def reveal_key(self) -> None:
        """Answer Alt+M: show what is masked for a moment."""


def is_plain_enter(event: QKeyEvent) -> bool:
    """Say whether Enter was pressed, and not Ctrl+Enter."""
    is_press = event.type() == QEvent.Type.KeyPress
    has_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return is_press and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not has_control


def focus_next(widget: QWidget) -> None:
    """Move the focus to the next field of the same page; at the last one it stays."""
    page = page_of(widget)
    candidate = widget.nextInFocusChain()
    while candidate is not None and candidate is not widget:
        if page.isAncestorOf(candidate) and takes_keys(candidate):
            if not is_before(candidate, widget):
                candidate.setFocus(Qt.FocusReason.TabFocusReason)
            return
        candidate = candidate.nextInFocusChain()


def page_of(widget: QWidget) -> QWidget:
    """Return the page a widget belongs to, or its window outside pages."""
    here: QWidget | None = widget
    while here is not None and not isinstance(here, Page):
        here = here.parentWidget()
    return here or widget.window()


def takes_keys(widget: QWidget) -> bool:
    """Say whether Enter may move the focus here: a visible field, a tick, or the page's own key.

    Of the buttons only the page's own confirmation (role "accent") is part of the way; Enter
    rests on it and Space presses it, so that a scanner's Enter presses nothing.
    """
    is_reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_aside = isinstance(widget, QPushButton) and widget.property("role") != "accent"
    return is_reachable and not is_aside and widget.isVisible() and widget.isEnabled()


def is_before(candidate: QWidget, widget: QWidget) -> bool:
    """Say whether a widget lies before another in reading order on their page.

    Those whose middles lie at each other's height are on one line, however high each of them is.
    """
    page = page_of(widget)
    there = QRect(candidate.mapTo(page, QPoint()), candidate.size())
    here = QRect(widget.mapTo(page, QPoint()), widget.size())
    is_one_line = (
        there.top() <= here.center().y() <= there.bottom()
        or here.top() <= there.center().y() <= here.bottom()
    )
    return there.x() < here.x() if is_one_line else there.y() < here.y()
