"""The shortest visit: a fruit stall's owner comes with card and terminal, key by key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from counter_app.bootstrap import demo_world
from counter_app.bootstrap.demo_clerk import DemoClerk
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.people import AGENT
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.domain.identity_document import Owner
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Step
from counter_app.ui.widgets.case_tiles import CaseButton

NEXT = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier
SN = "N500W00033001"
CARD = ResidentCardSpecimen.of(AGENT)


def sign_in(clerk: DemoClerk, account: str = demo_world.CLERK) -> None:
    """Sign in by work number and password."""
    clerk.into("account_field", account)
    clerk.into("password_field", demo_world.PASSWORD)
    clerk.wait("home", lambda: clerk.window.controller.account is not None)


def scan_terminal(clerk: DemoClerk) -> None:
    """Scan the terminal's number on the home page, left for the day page where it has to warn."""
    home, day = clerk.window._screens.home, clerk.window._screens.day
    clerk.wait("home", lambda: home.isVisible() or day.isVisible())
    if day.isVisible():
        clerk.key(Qt.Key.Key_Escape)
    clerk.into("start_field", SN)
    clerk.wait("a case", lambda: clerk.window.controller.state is not None)
    clerk.wait("the merchant", lambda: clerk.state().draft.terminal is not None)
    clerk.next("terminal")


def say_who(clerk: DemoClerk) -> None:
    """The owner comes in person; the number was changed."""
    clerk.pick("role_tiles", 1)
    clerk.pick("reason_tiles", 2)
    clerk.next("presenter")


def wait_for_reader(clerk: DemoClerk) -> None:
    """Wait until the window waits for a card."""
    clerk.wait("the reader", lambda: clerk.state().waiting is Waiting.CARD)


def read_card(clerk: DemoClerk, reader: SimulatedIdCardReader) -> None:
    """Lay the owner's card on the reader and compare the face."""
    wait_for_reader(clerk)
    reader.insert(CARD)
    clerk.wait("the card", lambda: clerk.state().draft.document_of(Owner.PRINCIPAL) is not None)
    reader.remove()
    clerk.pick("face_tiles", 1)
    clerk.pick("print_tiles", 1)
    clerk.next("card")


def confirm_account(clerk: DemoClerk) -> None:
    """The settlement account is the owner's."""
    clerk.pick("account_choice", 1)
    clerk.next("materials")


def call_old_number(clerk: DemoClerk) -> None:
    """The old number answers."""
    clerk.pick("outcome_choice", 1)
    clerk.next("old-number")


def enter_new_number(clerk: DemoClerk) -> None:
    """Type the number twice, send the code, type it."""
    clerk.into("number_field", demo_world.NEW_NUMBER)
    clerk.into("repeat_field", demo_world.NEW_NUMBER)
    clerk.pick("holder_choice", 1)
    clerk.press("send_button")
    clerk.wait("the code", lambda: clerk.state().code is not None)
    clerk.into("code_edit", demo_world.NEW_NUMBER[-6:])
    clerk.wait("the check", lambda: _is_code_passed(clerk))
    clerk.next("new-number")


def agree(clerk: DemoClerk) -> None:
    """The customer compares and agrees."""
    clerk.press("notice_tick")
    clerk.press("sensitive_tick")
    clerk.next("confirm")


def to_acceptance(clerk: DemoClerk, reader: SimulatedIdCardReader) -> None:
    """Play every step up to the one that accepts."""
    for part in parts(clerk, reader):
        part()


def parts(clerk: DemoClerk, reader: SimulatedIdCardReader) -> tuple[Callable[[], None], ...]:
    """Return the steps of the visit up to the one that accepts."""
    return (
        lambda: scan_terminal(clerk),
        lambda: say_who(clerk),
        lambda: read_card(clerk, reader),
        lambda: confirm_account(clerk),
        lambda: call_old_number(clerk),
        lambda: enter_new_number(clerk),
        lambda: agree(clerk),
    )


def accept(clerk: DemoClerk) -> None:
    """Accept and wait until the printer did what it can."""
    clerk.at(Step.ACCEPT)
    clerk.next("accept")
    clerk.wait("the paper", lambda: clerk.state().waiting is None, 60.0)


def confirm_paper(clerk: DemoClerk) -> None:
    """Say that the paper came out."""
    clerk.press("confirm_button")
    clerk.at(Step.DONE)


def _is_code_passed(clerk: DemoClerk) -> bool:
    new = clerk.state().draft.new_number
    return new is not None and new.code is not None


def tab_to(clerk: DemoClerk, is_there: Callable[[QPushButton], bool]) -> None:
    """Press Tab until the focus is on a certain button."""
    for _ in range(15):
        clerk.key(Qt.Key.Key_Tab)
        button = QApplication.focusWidget()
        if isinstance(button, QPushButton) and is_there(button):
            return
    raise AssertionError("no such button by Tab")


def open_first_waiting(clerk: DemoClerk) -> None:
    """Open the first case that waits on the home page."""
    tab_to(clerk, lambda button: isinstance(button, CaseButton))
    clerk.key(Qt.Key.Key_Return)
    clerk.wait("the case", lambda: clerk.window.controller.state is not None)
