"""How the commonest visit goes, key by key."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.draft import CodeOutcome
from counter_app.flow.steps import Step
from tests.journeys.keyboard import Keyboard
from tests.journeys.world import ACCEPTANCE_NO, CODE

SN = "N500W00012345"
NEW_NUMBER = "13900000002"


def nothing() -> None:
    """Do nothing at a step."""


def visit(keyboard: Keyboard, at_each: Callable[[], None] = nothing) -> None:
    """Play the visit of a principal who brings card and terminal, from home to the after-care.

    Args:
        at_each: What else happens as soon as a step is shown.
    """
    for play, then in (
        (scan_terminal, Step.PRESENTER),
        (say_who_is_here, Step.PRESENTER_ID),
        (lay_card, Step.MATERIALS),
        (confirm_account, Step.OLD_NUMBER),
        (verify_old_number, Step.NEW_NUMBER),
        (enter_new_number, Step.CONFIRM),
        (agree, Step.ACCEPT),
        (accept, Step.PRINT),
    ):
        play(keyboard)
        keyboard.next()
        keyboard.wait_for(then)
        at_each()
    take_receipt(keyboard)
    at_each()


def scan_terminal(keyboard: Keyboard) -> None:
    keyboard.scan(SN)


def say_who_is_here(keyboard: Keyboard) -> None:
    keyboard.press("1", "Enter", "2")


def lay_card(keyboard: Keyboard) -> None:
    controller = keyboard.window.controller
    keyboard.scans += 1  # the card on the reader
    owner = controller.state.draft.presenter_owner
    keyboard.qtbot.waitUntil(lambda: controller.state.draft.document_of(owner) is not None)
    keyboard.press("1")


def confirm_account(keyboard: Keyboard) -> None:
    keyboard.press("1")


def verify_old_number(keyboard: Keyboard) -> None:
    keyboard.press("1")


def enter_new_number(keyboard: Keyboard) -> None:
    controller = keyboard.window.controller
    keyboard.type(NEW_NUMBER)
    keyboard.press("Enter")
    keyboard.customer_types(NEW_NUMBER)
    keyboard.press("Enter", "1", "Tab", "Space")
    keyboard.qtbot.waitUntil(lambda: controller.state.code is not None)
    keyboard.customer_types(CODE)
    keyboard.qtbot.waitUntil(lambda: controller.state.draft.new_number.code is CodeOutcome.PASSED)


def agree(keyboard: Keyboard) -> None:
    keyboard.press("Space", "Enter", "Space")


def accept(keyboard: Keyboard) -> None:
    """The page asks for nothing but the next key."""


def take_receipt(keyboard: Keyboard) -> None:
    controller = keyboard.window.controller
    assert controller.state.acceptance_no == ACCEPTANCE_NO
    keyboard.qtbot.waitUntil(lambda: controller.state.waiting is None)
    keyboard.press("Space")
    keyboard.wait_for(Step.DONE)
