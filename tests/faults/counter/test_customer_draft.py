"""The customer reads the receipt before anything is accepted: the real page, marked not valid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from counter_app.bootstrap.places import fonts_folder
from counter_app.bootstrap.sealing import paper_extension, trust_folder
from counter_app.domain.paper_parts import PaperKind
from counter_app.flow.steps import Step
from counter_app.receipt.commands import verifier
from counter_app.ui.customer import CustomerWindow
from tests.faults.counter import visit
from tests.faults.counter.test_printer import accepted
from tests.faults.counter.world import Bench, BenchMaker


def turned(one: Bench) -> CustomerWindow:
    """Turn the screen to the customer."""
    one.clerk.key(Qt.Key.Key_F11)
    window = one.window._customer._turned
    assert window is not None
    return window


def test_the_customer_sees_the_receipt_as_a_draft_and_enlarges_it(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    for part in visit.parts(one.clerk, one.reader)[:-1]:
        part()
    one.clerk.at(Step.CONFIRM)
    customer = turned(one)
    one.clerk.wait("the draft", lambda: bool(customer.draft.pages), 30.0)
    one.clerk.shoot("customer-draft")
    customer.findChild(QPushButton, "draft_button").click()
    one.clerk.shoot("customer-draft-large")
    assert customer._ui.state_stack.currentWidget() is customer._ui.draft_area
    customer.findChild(QPushButton, "draft_close_button").click()
    assert customer._ui.state_stack.currentWidget() is customer._ui.change_area
    one.clerk.key(Qt.Key.Key_F11)
    visit.agree(one.clerk)
    visit.accept(one.clerk)
    assert customer.draft.pages == []


def test_a_sealed_receipt_is_extended_later_and_stays_good(bench: BenchMaker) -> None:
    one = bench()
    accepted(one)
    counter = one.counter
    work = paper_extension(counter.data, counter.settings, counter.places, lambda: True)
    assert work.run_if_due() == 1
    with counter.data.store.view() as unit:
        paper = unit.paper(one.state.draft.case_id, PaperKind.RECEIPT.value)
    assert paper.long_term_pdf.startswith(paper.pdf)
    trust = trust_folder(counter.settings, counter.places)
    judge = verifier(fonts_folder(), trust, counter.clock)
    assert judge.verify(paper.long_term_pdf).is_valid
