"""Views of a delegated visit, made by hand, for the pages from the letter on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.account import Role
from counter_app.domain.delegation_letter import (
    Letter,
    LetterKind,
    LetterPrincipal,
    Matter,
    NamedAgent,
    Relation,
)
from counter_app.domain.draft import (
    AgentHistory,
    Callback,
    CallbackOutcome,
    CallbackTo,
    ChangeReason,
    CodeOutcome,
    Consent,
    Draft,
    Lookup,
    NewNumber,
    NumberHolder,
    OldNumberOutcome,
    PresenterRole,
)
from counter_app.domain.identity_document import Owner
from counter_app.domain.merchant import MerchantType
from counter_app.domain.step import Step
from counter_app.flow.machine import may_go_on
from counter_app.flow.state import FlowState
from counter_app.flow.steps import needs_at
from counter_app.ui.jobs import make_lanes
from counter_app.ui.page import Page, PageKit, StepView
from tests.ui.fake_parts import make_parts
from tests.ui.people import LAKALA, MERCHANT, NOW, desk, document, fresh_state

NEW = "13900000002"
LETTER = Letter(
    kind=LetterKind.SIGNED,
    digest="ab",
    principal=LetterPrincipal("样本甲", "110199199003070017"),
    agents=(NamedAgent("样本乙", "110199198811020021", Relation.EMPLOYEE),),
    matters=frozenset({Matter.CHANGE_PHONE, Matter.COLLECT_RECEIPT}),
    letter_no="L-2026-0007",
    new_number=NEW,
    starts_on=date(2026, 11, 20),
    ends_on=date(2026, 12, 20),
    has_company_seal=False,
)
RULES = replace(LAKALA, licence_for=frozenset({MerchantType.SOLE_PROPRIETOR}))


def begun(**changes: object) -> Draft:
    """A delegated visit whose people are known."""
    card = replace(document(Owner.AGENT), face_matches=True)
    draft = replace(
        fresh_state().draft,
        started_at=NOW - timedelta(minutes=6),
        sn_entered="N500W00012345",
        lookup=Lookup.FOUND,
        merchant=MERCHANT,
        terminal=MERCHANT.terminals[0],
        presenter=PresenterRole.AGENT,
        reason=ChangeReason.SIM_LOST,
        documents=(card, document()),
    )
    return replace(draft, **changes)  # type: ignore[arg-type] # states are made by hand


def whole(**changes: object) -> Draft:
    """A delegated visit that nothing stands against."""
    draft = begun(
        letter=LETTER,
        is_letter_looked_up=True,
        agent_history=AgentHistory(),
        is_settlement_confirmed=True,
        old_number=OldNumberOutcome.VERIFIED,
        new_number=NewNumber(NEW, NEW, CodeOutcome.PASSED, NumberHolder.PRINCIPAL, bound_to=()),
        callback=Callback(CallbackTo.ON_FILE, CallbackOutcome.CONFIRMED),
        consents=frozenset(Consent),
    )
    return replace(draft, **changes)  # type: ignore[arg-type] # states are made by hand


def view_of(step: Step, draft: Draft, **state: object) -> StepView:
    """What the page of a step may show."""
    shown = FlowState(draft, step=step, **state)  # type: ignore[arg-type] # as above
    rules = replace(desk(), packs=(RULES,))
    assessment = rules.assess(draft)
    return StepView(
        shown,
        assessment,
        RULES,
        needs_at(step, draft, assessment, RULES),
        rules.facts,
        frozenset({Role.CLERK}),
        may_go_on(shown, rules),
    )


@contextmanager
def page_kit(**changes: object) -> Iterator[PageKit]:
    """Ports in memory and lanes that are closed afterwards."""
    lanes = make_lanes()
    try:
        yield PageKit(make_parts(**changes), lanes)  # type: ignore[arg-type] # by name
    finally:
        lanes.close()


def shown(qtbot: QtBot, page: Page) -> list[object]:
    """Show a page and collect what it says."""
    qtbot.addWidget(page)
    page.resize(860, 620)
    page.show()
    said: list[object] = []
    page.happened.connect(said.append)
    return said


def texts(widget: QWidget) -> str:
    """Every text that a page shows now, one a line."""
    parts = (*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton))
    return "\n".join(part.text() for part in parts if not _is_put_away(part))


def _is_put_away(part: QWidget) -> bool:
    """Tell what was hidden from what the layout has not come to show yet."""
    was_told = part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return was_told and part.isHidden()
