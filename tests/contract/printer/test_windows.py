"""The Windows adapter against a spooler of the same shape; the real one needs Windows."""

from __future__ import annotations

import pytest

from counter_app.devices.printer.windows_printer import (
    JobStatus,
    PagePicture,
    PrinterStatus,
    WindowsPrinter,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, PrintPhase, PrintState
from tests.contract.printer.test_cups import one_page_pdf


class MemorySpooler:
    """Keeps what it was given and says what it was told to."""

    def __init__(self) -> None:
        self.pages: tuple[PagePicture, ...] = ()
        self.printer = 0
        self.jobs: dict[int, int] = {}
        self.fails_with: int | None = None

    def print_pages(
        self, printer: str, title: str, pages: tuple[PagePicture, ...], copies: int
    ) -> int:
        self._maybe_fail()
        self.pages = pages * copies
        self.jobs[7] = JobStatus.SPOOLING
        return 7

    def job_status(self, printer: str, job: int) -> int | None:
        self._maybe_fail()
        return self.jobs.get(job)

    def printer_status(self, printer: str) -> int:
        self._maybe_fail()
        return self.printer

    def delete_job(self, printer: str, job: int) -> None:
        self._maybe_fail()
        self.jobs[job] = JobStatus.DELETING

    def _maybe_fail(self) -> None:
        if self.fails_with is not None:
            raise OSError(self.fails_with, "spooler")


@pytest.fixture
def spooler() -> MemorySpooler:
    return MemorySpooler()


def test_pages_go_as_grey_pictures_at_300_dpi(spooler: MemorySpooler) -> None:
    job = WindowsPrinter("A4", spooler).submit(one_page_pdf(), "1", 2)
    assert len(spooler.pages) == 2
    page = spooler.pages[0]
    assert abs(page.width_px - 595 * 300 / 72) < 2
    assert len(page.grey) == page.width_px * page.height_px
    assert WindowsPrinter("A4", spooler).state(job) == PrintState(PrintPhase.QUEUED)


@pytest.mark.parametrize(
    ("job", "printer", "state"),
    [
        (JobStatus.PRINTING, 0, PrintState(PrintPhase.PRINTING)),
        (JobStatus.PRINTED, 0, PrintState(PrintPhase.DONE_BY_SPOOLER)),
        (
            JobStatus.PRINTING | JobStatus.PAPEROUT,
            0,
            PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_OUT_OF_PAPER),
        ),
        (
            JobStatus.PRINTING,
            PrinterStatus.PAPER_JAM,
            PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_JAM),
        ),
        (
            JobStatus.ERROR,
            PrinterStatus.DOOR_OPEN,
            PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_JAM),
        ),
        (JobStatus.ERROR, 0, PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_REFUSED)),
        (JobStatus.OFFLINE, 0, PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_OFFLINE)),
        (
            JobStatus.DELETING,
            0,
            PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_REFUSED, goes_on=False),
        ),
    ],
)
def test_status_bits_become_states(
    spooler: MemorySpooler, job: int, printer: int, state: PrintState
) -> None:
    spooler.jobs[7], spooler.printer = job, printer
    assert WindowsPrinter("A4", spooler).state(JobId("7")) == state


def test_a_job_the_spooler_forgot_has_left_it(spooler: MemorySpooler) -> None:
    state = WindowsPrinter("A4", spooler).state(JobId("8"))
    assert state.phase is PrintPhase.DONE_BY_SPOOLER


def test_a_job_can_be_taken_back(spooler: MemorySpooler) -> None:
    printer = WindowsPrinter("A4", spooler)
    job = printer.submit(one_page_pdf(), "1", 1)
    printer.cancel(job)
    assert not printer.state(job).goes_on


@pytest.mark.parametrize(
    ("status", "code"), [(1801, FailureCode.PRINTER_MISSING), (5, FailureCode.PRINTER_REFUSED)]
)
def test_errors_of_the_spooler_have_names(
    spooler: MemorySpooler, status: int, code: FailureCode
) -> None:
    spooler.fails_with = status
    printer = WindowsPrinter("A4", spooler)
    assert printer.health().reason is code
    assert printer.state(JobId("7")).reason is code
    printer.cancel(JobId("7"))
    with pytest.raises(CounterError) as caught:
        printer.submit(one_page_pdf(), "1", 1)
    assert caught.value.code is code


def test_health_names_what_runs_low(spooler: MemorySpooler) -> None:
    spooler.printer = PrinterStatus.TONER_LOW
    assert WindowsPrinter("A4", spooler).health().low == ("toner",)


def test_what_is_no_pdf_is_refused(spooler: MemorySpooler) -> None:
    with pytest.raises(CounterError) as caught:
        WindowsPrinter("A4", spooler).submit(b"no pdf", "1", 1)
    assert caught.value.code is FailureCode.PRINTER_REFUSED
