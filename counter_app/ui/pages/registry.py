"""Which page shows which step."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from counter_app.flow.steps import Step
from counter_app.ui.page import Page
from counter_app.ui.pages.accept import AcceptPage
from counter_app.ui.pages.confirm import ConfirmPage
from counter_app.ui.pages.done import DonePage
from counter_app.ui.pages.evidence import EvidencePage
from counter_app.ui.pages.hand_over import HandOverPage
from counter_app.ui.pages.identity import IdentityPage
from counter_app.ui.pages.letter import LetterPage
from counter_app.ui.pages.materials import MaterialsPage
from counter_app.ui.pages.new_number import NewNumberPage
from counter_app.ui.pages.old_number import OldNumberPage
from counter_app.ui.pages.presenter import PresenterPage
from counter_app.ui.pages.print_papers import PrintPage
from counter_app.ui.pages.review import ReviewPage
from counter_app.ui.pages.swap import SwapPage
from counter_app.ui.pages.terminal import TerminalPage

PAGES: Mapping[Step, type[Page]] = MappingProxyType(
    {
        Step.TERMINAL: TerminalPage,
        Step.PRESENTER: PresenterPage,
        Step.PRESENTER_ID: IdentityPage,
        Step.PRINCIPAL_ID: IdentityPage,
        Step.LETTER: LetterPage,
        Step.MATERIALS: MaterialsPage,
        Step.OLD_NUMBER: OldNumberPage,
        Step.NEW_NUMBER: NewNumberPage,
        Step.SWAP: SwapPage,
        Step.EVIDENCE: EvidencePage,
        Step.CONFIRM: ConfirmPage,
        Step.REVIEW: ReviewPage,
        Step.ACCEPT: AcceptPage,
        Step.PRINT: PrintPage,
        Step.HAND_OVER: HandOverPage,
        Step.DONE: DonePage,
    }
)
"""A page is made when its step is met for the first time, so that the window shows at once."""
