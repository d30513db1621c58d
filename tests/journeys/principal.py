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
    window = keyboard.window

    def arrive(step: Step) -> None:
        keyboard.wait_for(step)
        at_each()

    keyboard.scan(SN)
    keyboard.next()
    arrive(Step.PRESENTER)

    keyboard.press("1", "Enter", "2")
    keyboard.next()
    arrive(Step.PRESENTER_ID)

    keyboard.scans += 1  # the card on the reader
    owner = window.controller.state.draft.presenter_owner
    keyboard.qtbot.waitUntil(lambda: window.controller.state.draft.document_of(owner) is not None)
    keyboard.press("1")
    keyboard.next()
    arrive(Step.MATERIALS)

    keyboard.press("1")
    keyboard.next()
    arrive(Step.OLD_NUMBER)

    keyboard.press("1")
    keyboard.next()
    arrive(Step.NEW_NUMBER)

    keyboard.type(NEW_NUMBER)
    keyboard.press("Enter")
    keyboard.customer_types(NEW_NUMBER)
    keyboard.press("Enter", "1", "Tab", "Space")
    keyboard.qtbot.waitUntil(lambda: window.controller.state.code is not None)
    keyboard.customer_types(CODE)
    keyboard.qtbot.waitUntil(
        lambda: window.controller.state.draft.new_number.code is CodeOutcome.PASSED
    )
    keyboard.next()
    arrive(Step.CONFIRM)

    keyboard.press("Space", "Enter", "Space")
    keyboard.next()
    arrive(Step.ACCEPT)
    keyboard.next()
    arrive(Step.PRINT)
    assert window.controller.state.acceptance_no == ACCEPTANCE_NO

    keyboard.qtbot.waitUntil(lambda: window.controller.state.waiting is None)
    keyboard.press("Space")
    arrive(Step.DONE)
