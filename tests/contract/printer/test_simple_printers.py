"""The folder and the simulator keep the promises of the port."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.devices.printer.folder_printer import FolderPrinter
from counter_app.devices.printer.reasons import blocking_reason, low_supplies
from counter_app.devices.printer.simulated_printer import PrinterFault, SimulatedPrinter
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, Printer, PrintPhase

PDF = b"%PDF-1.7 sealed bytes"
NUMBER = "110199202611230100017"


@pytest.fixture(params=["folder", "simulated"])
def printer(request: pytest.FixtureRequest, tmp_path: Path) -> Printer:
    if request.param == "folder":
        return FolderPrinter(tmp_path / "papers")
    return SimulatedPrinter("demonstration")


class TestEveryPrinter:
    def test_a_paper_is_done_by_the_spooler_but_not_confirmed(self, printer: Printer) -> None:
        assert printer.health().reason is None
        job = printer.submit(PDF, NUMBER, 1)
        assert printer.state(job).phase is PrintPhase.DONE_BY_SPOOLER
        printer.cancel(job)
        assert printer.state(job).phase is PrintPhase.DONE_BY_SPOOLER

    def test_two_papers_of_one_number_are_two_jobs(self, printer: Printer) -> None:
        assert printer.submit(PDF, NUMBER, 1) != printer.submit(PDF, NUMBER, 1)

    def test_an_unknown_job_is_blocked_for_good(self, printer: Printer) -> None:
        state = printer.state(JobId("nothing"))
        assert state.phase is PrintPhase.BLOCKED
        assert not state.goes_on


def test_the_folder_holds_the_very_bytes_for_the_owner_only(tmp_path: Path) -> None:
    FolderPrinter(tmp_path / "papers").submit(PDF, f"../{NUMBER} 样本", 2)
    files = list((tmp_path / "papers").iterdir())
    assert [file.name for file in files] == [f"{NUMBER}.pdf"]
    assert files[0].read_bytes() == PDF
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_job_of_the_folder_cannot_reach_outside(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    printer = FolderPrinter(tmp_path / "papers")
    printer.submit(PDF, NUMBER, 1)
    assert printer.state(JobId("../secret")).phase is PrintPhase.BLOCKED


def test_a_folder_that_cannot_be_made_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    printer = FolderPrinter(tmp_path / "file" / "papers")
    assert printer.health().reason is FailureCode.PRINTER_REFUSED
    with pytest.raises(CounterError) as caught:
        printer.submit(PDF, NUMBER, 1)
    assert caught.value.code is FailureCode.PRINTER_REFUSED


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / f"{NUMBER}.part").symlink_to(full)
    with pytest.raises(CounterError) as caught:
        FolderPrinter(folder).submit(PDF, NUMBER, 1)
    assert caught.value.code is FailureCode.DISK_FULL
    assert not (folder / f"{NUMBER}.pdf").exists()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (PrinterFault.OUT_OF_PAPER, FailureCode.PRINTER_OUT_OF_PAPER),
        (PrinterFault.OFFLINE, FailureCode.PRINTER_OFFLINE),
    ],
)
def test_a_simulated_printer_goes_on_when_it_is_mended(
    fault: PrinterFault, code: FailureCode
) -> None:
    printer = SimulatedPrinter("training")
    printer.set_fault(fault)
    job = printer.submit(PDF, NUMBER, 2)
    assert printer.state(job).reason is code
    assert printer.health().reason is code
    assert printer.printed() == ()
    printer.set_fault(PrinterFault.OK)
    assert printer.state(job).phase is PrintPhase.DONE_BY_SPOOLER
    assert printer.printed() == ((NUMBER, PDF, 2),)


def test_a_simulated_jam_loses_the_job() -> None:
    printer = SimulatedPrinter("training")
    printer.set_fault(PrinterFault.JAM)
    job = printer.submit(PDF, NUMBER, 1)
    printer.set_fault(PrinterFault.OK)
    assert printer.state(job).reason is FailureCode.PRINTER_JAM
    assert not printer.state(job).goes_on


def test_a_job_taken_back_never_prints() -> None:
    printer = SimulatedPrinter("training")
    printer.set_fault(PrinterFault.OUT_OF_PAPER)
    printer.cancel(printer.submit(PDF, NUMBER, 1))
    printer.set_fault(PrinterFault.OK)
    assert printer.printed() == ()


def test_no_simulated_printer_in_production() -> None:
    with pytest.raises(CounterError) as caught:
        SimulatedPrinter("production")
    assert caught.value.code is FailureCode.SIMULATOR_IN_PRODUCTION


def test_reasons_are_read_by_their_beginning() -> None:
    assert blocking_reason(["media-empty-warning"]) is FailureCode.PRINTER_OUT_OF_PAPER
    assert blocking_reason(["cups-waiting-for-job-completed", "none"]) is None
    assert blocking_reason(["media-jam-report"]) is None
    assert blocking_reason(["media-jam-report"], with_reports=True) is FailureCode.PRINTER_JAM
    assert low_supplies(["toner-low-report", "media-low-warning"]) == ("toner", "media")
