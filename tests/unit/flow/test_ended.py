"""A case that ended without acceptance: its papers can be had again."""

from __future__ import annotations

from counter_app.domain.case_state import CaseState
from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import FailureCode
from counter_app.flow import effects as fx
from counter_app.flow import events as e
from counter_app.flow.steps import Step
from tests.unit.flow.visits import Visit, at

BOTH = (PaperKind.MISSING_LIST, PaperKind.LETTER_FORM)


def ended(name: str) -> Visit:
    """Return a delegated visit that the clerk ended because the letter is missing."""
    visit = at(Step.LETTER, name)
    visit.send(e.EndPressed())
    assert visit.state.case_state is CaseState.REFUSED
    return visit


def test_a_notice_that_jammed_is_printed_once_the_printer_works() -> None:
    visit = ended("s02_agent_signed_letter")
    visit.stage.performer.papers.desk.printer.fault = FailureCode.PRINTER_JAM
    visit.send(e.PrintAgainPressed())
    assert visit.state.failure is FailureCode.PRINTER_JAM
    jammed = [line.kind for line in visit.state.papers if line.failure is not None]
    assert jammed
    visit.stage.performer.papers.desk.printer.fault = None
    visit.send(e.PrintAgainPressed())
    assert visit.effects[-1] == fx.PrintNotices(visit.state.draft, tuple(jammed))
    assert all(line.failure is None for line in visit.state.papers)
    assert visit.state.failure is None


def test_all_notices_come_again_with_the_bytes_of_the_first_time() -> None:
    visit = ended("s02_agent_signed_letter")
    kinds = tuple(line.kind for line in visit.state.papers)
    case_id = visit.state.draft.case_id
    with visit.stage.store.view() as unit:
        before = unit.paper(case_id, kinds[0].value).pdf
    visit.send(e.PrintAgainPressed())
    assert visit.effects[-1] == fx.PrintNotices(visit.state.draft, kinds)
    with visit.stage.store.view() as unit:
        assert unit.paper(case_id, kinds[0].value).pdf == before
        status = {item.kind: item.prints for item in unit.paper_status(case_id)}
    assert status[kinds[0].value] == 2
    assert visit.state.case_state is CaseState.REFUSED


def test_an_open_case_has_no_paper_to_print_again() -> None:
    visit = at(Step.PRESENTER)
    before = visit.state
    visit.send(e.PrintAgainPressed())
    assert visit.state == before
