"""Which page shows which step."""

from __future__ import annotations

from counter_app.flow.steps import Step
from counter_app.ui.page import Page, PageKit
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


def make_pages(kit: PageKit) -> dict[Step, Page]:
    """Make one page for each step."""
    return {
        Step.TERMINAL: TerminalPage(kit),
        Step.PRESENTER: PresenterPage(kit),
        Step.PRESENTER_ID: IdentityPage(kit),
        Step.PRINCIPAL_ID: IdentityPage(kit),
        Step.LETTER: LetterPage(kit),
        Step.MATERIALS: MaterialsPage(kit),
        Step.OLD_NUMBER: OldNumberPage(kit),
        Step.NEW_NUMBER: NewNumberPage(kit),
        Step.SWAP: SwapPage(kit),
        Step.EVIDENCE: EvidencePage(kit),
        Step.CONFIRM: ConfirmPage(kit),
        Step.REVIEW: ReviewPage(kit),
        Step.ACCEPT: AcceptPage(kit),
        Step.PRINT: PrintPage(kit),
        Step.HAND_OVER: HandOverPage(kit),
        Step.DONE: DonePage(kit),
    }
