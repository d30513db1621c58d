"""From a card to a document, and from a paper to the printer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.identity_document import CaptureMethod, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.resident_card import Evidence, ResidentCard, ResidentCardKind, Sex
from counter_app.errors import CounterError, FailureCode
from counter_app.flow import events as e
from counter_app.flow.steps import Step
from counter_app.ports.paper import JobId, PrinterHealth, PrintPhase, PrintState
from counter_app.ports.stop import never
from counter_app.services.print_desk import PrintDesk
from counter_app.services.read_identity import document_of
from tests.unit.domain import cases as c
from tests.unit.flow.visits import at

AGENT, SWAP = "s02_agent_signed_letter", "s23_swap"


# Cards


CARD = ResidentCard(
    kind=ResidentCardKind.MAINLAND,
    name="样本甲",
    number=c.PRINCIPAL_ID,
    born_on=c.document().born_on,
    valid_from=c.document().valid_from,
    valid_until=None,
    module_number="SAM-1",
    sex=Sex.MALE,
    evidence=Evidence.CHIP,
)


def test_a_card_becomes_a_document_of_its_owner() -> None:
    card = document_of(CARD, Owner.AGENT)
    assert (card.owner, card.captured_by, card.is_long_term) == (
        Owner.AGENT,
        CaptureMethod.CHIP,
        True,
    )
    assert (card.type, card.reader) == (DocumentType.RESIDENT_ID, "SAM-1")


def test_what_a_vendors_service_tells_is_no_chip() -> None:
    told = next(item for item in Evidence if item is not Evidence.CHIP)
    card = document_of(replace(CARD, evidence=told, name="", latin_name="X"), Owner.PRINCIPAL)
    assert (card.captured_by, card.name) == (CaptureMethod.CAMERA, "X")


# Printing


@dataclass
class _Printer:
    """Goes through given states, the last one for ever."""

    states: list[PrintState]
    jobs: list[bytes] = field(default_factory=list)

    def submit(self, pdf: bytes, _title: str, _copies: int) -> JobId:
        self.jobs.append(pdf)
        return JobId(str(len(self.jobs)))

    def state(self, _job: JobId) -> PrintState:
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    def cancel(self, _job: JobId) -> None:
        """Do nothing."""

    def health(self) -> PrinterHealth:
        return PrinterHealth("x", None)


DONE = PrintState(PrintPhase.DONE_BY_SPOOLER)
BUSY = PrintState(
    next(
        phase
        for phase in PrintPhase
        if phase not in {PrintPhase.DONE_BY_SPOOLER, PrintPhase.BLOCKED}
    )
)
EMPTY = PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_OUT_OF_PAPER, goes_on=True)
JAM = PrintState(PrintPhase.BLOCKED, None, goes_on=False)


def _print(desk: PrintDesk) -> FailureCode | None:
    return desk.print("1", PaperKind.RECEIPT, (b"sheet", b"paper"), 1, never()).failure


def test_a_job_that_waits_for_paper_is_followed_and_not_sent_again() -> None:
    printer = _Printer([BUSY, EMPTY])
    desk = PrintDesk(printer, follow_s=0.01)
    assert not desk.is_followed("1", PaperKind.RECEIPT)
    assert _print(desk) is FailureCode.PRINTER_OUT_OF_PAPER
    assert desk.is_followed("1", PaperKind.RECEIPT)
    printer.states = [DONE]
    printer.states = [EMPTY, DONE]
    assert _print(desk) is None
    assert printer.jobs == [b"sheet", b"paper"]


def test_a_job_that_does_not_go_on_is_sent_again() -> None:
    printer = _Printer([JAM])
    desk = PrintDesk(printer, follow_s=0.01)
    assert _print(desk) is FailureCode.PRINTER_REFUSED
    assert not desk.is_followed("1", PaperKind.RECEIPT)
    _print(desk)
    assert len(printer.jobs) == 4


def test_a_silent_printer_is_given_up() -> None:
    assert _print(PrintDesk(_Printer([BUSY]), follow_s=0.0)) is FailureCode.TIMED_OUT


def test_a_printer_that_fails_says_why() -> None:
    class Broken(_Printer):
        def submit(self, pdf: bytes, _title: str, _copies: int) -> JobId:
            raise CounterError(FailureCode.PRINTER_OFFLINE)

    assert _print(PrintDesk(Broken([DONE]))) is FailureCode.PRINTER_OFFLINE


def test_a_reprint_carries_its_count() -> None:
    visit = at(Step.DONE)
    visit.send(e.PrintAgainPressed())
    with visit.stage.store.view() as unit:
        [status] = unit.paper_status(visit.state.draft.case_id)
    assert status.prints == 2
