"""A CUPS queue with a real cupsd and a real IPP printer, with paper out, jam and power off."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from counter_app.devices.printer.cups_printer import CupsPrinter
from counter_app.devices.printer.escpos_queue import QueueEscpos
from counter_app.devices.printer.thermal_printer import ThermalPrinter
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, PrintPhase, PrintState
from counter_app.receipt.code import CodeSigner
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.maker import ReceiptMaker
from tests.contract.printer.cups_rig import QUEUE, CupsRig, cups_rig, eventually, missing
from tests.contract.printer.escpos_device import thermal_pty
from tests.contract.receipt.conftest import FONTS
from tests.unit.receipt.keys import CODE_KEY
from tests.unit.receipt.records import delegated_receipt

pytestmark = pytest.mark.cups
DONE = PrintState(PrintPhase.DONE_BY_SPOOLER)


def one_page_pdf() -> bytes:
    out = io.BytesIO()
    Image.new("L", (595, 842), 255).save(out, "PDF", resolution=72)
    return out.getvalue()


@pytest.fixture(scope="module")
def rig() -> Iterator[CupsRig]:
    lacking = missing()
    if lacking:
        pytest.skip(f"a real cupsd needs {', '.join(lacking)}")
    home = Path(tempfile.mkdtemp(prefix="cups"))
    try:
        with cups_rig(home) as running:
            yield running
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def printer(rig: CupsRig) -> CupsPrinter:
    return CupsPrinter(QUEUE, "127.0.0.1", rig.port)


def comes_to(printer: CupsPrinter, job: JobId, wanted: PrintState) -> bool:
    return eventually(lambda: printer.state(job) == wanted)


def test_a_paper_goes_through(rig: CupsRig, printer: CupsPrinter) -> None:
    rig.behave("PRINT")
    rig.received.unlink(missing_ok=True)
    assert printer.health().reason is None
    job = printer.submit(one_page_pdf(), "110199202611230100017", 1)
    assert comes_to(printer, job, DONE)
    assert rig.received.read_bytes().startswith(b"%PDF-")


def test_paper_out_blocks_and_goes_on_after_a_refill(rig: CupsRig, printer: CupsPrinter) -> None:
    flag = rig.home / "refilled"
    flag.unlink(missing_ok=True)
    rig.behave(
        'echo "STATE: +media-empty-error" >&2\n'
        f"while [ ! -e {flag} ]; do sleep 0.1; done\n"
        'echo "STATE: -media-empty-error" >&2\nPRINT'
    )
    job = printer.submit(one_page_pdf(), "110199202611230100025", 1)
    assert comes_to(printer, job, PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_OUT_OF_PAPER))
    assert printer.health().reason is FailureCode.PRINTER_OUT_OF_PAPER
    flag.touch()
    assert comes_to(printer, job, DONE)


def test_a_jam_gives_the_job_up_and_says_why(rig: CupsRig, printer: CupsPrinter) -> None:
    rig.behave('echo "STATE: +media-jam-error" >&2; sleep 1.2; exit 1')
    job = printer.submit(one_page_pdf(), "110199202611230100033", 1)
    given_up = PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_JAM, goes_on=False)
    assert comes_to(printer, job, given_up)
    rig.behave('echo "STATE: -media-jam-error" >&2\nPRINT')
    again = printer.submit(one_page_pdf(), "110199202611230100033", 1)
    assert comes_to(printer, again, DONE)
    assert printer.state(job) == given_up or printer.state(job).goes_on is False


def test_a_printer_switched_off_blocks_and_the_job_can_be_taken_back(
    rig: CupsRig, printer: CupsPrinter
) -> None:
    rig.switch_off()
    try:
        job = printer.submit(one_page_pdf(), "110199202611230100041", 1)
        offline = PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_OFFLINE)
        assert comes_to(printer, job, offline)
        assert printer.health().reason is FailureCode.PRINTER_OFFLINE
        printer.cancel(job)
        assert eventually(lambda: not printer.state(job).goes_on)
    finally:
        rig.behave("PRINT")
        rig.switch_on()


def test_a_queue_that_was_removed_is_missing(rig: CupsRig) -> None:
    gone = CupsPrinter("B5", "127.0.0.1", rig.port)
    assert gone.health().reason is FailureCode.PRINTER_MISSING
    with pytest.raises(CounterError) as caught:
        gone.submit(one_page_pdf(), "1", 1)
    assert caught.value.code is FailureCode.PRINTER_MISSING


def test_no_spooler_is_offline(rig: CupsRig) -> None:
    nowhere = CupsPrinter(QUEUE, "127.0.0.1", 9)
    assert nowhere.health().reason is FailureCode.PRINTER_OFFLINE
    assert nowhere.state(JobId("1")).phase is PrintPhase.BLOCKED
    nowhere.cancel(JobId("1"))


def test_an_unknown_job_is_never_done(printer: CupsPrinter) -> None:
    assert printer.state(JobId("999999")).phase is PrintPhase.BLOCKED


def test_a_strip_goes_through_a_raw_queue_whole(rig: CupsRig) -> None:
    strip = ReceiptMaker(FontBook(FONTS), CodeSigner(CODE_KEY)).strip(delegated_receipt())
    with thermal_pty(answers=False) as (device, path):
        path.chmod(0o666)
        uri = f"serial:{path}?baud=115200"
        rig.run("lpadmin", "-p", "strip", "-E", "-v", uri, "-m", "raw")
        queue = CupsPrinter("strip", "127.0.0.1", rig.port)
        printer = ThermalPrinter("strip", lambda: QueueEscpos(queue))
        assert printer.health().reason is None
        printer.print_strip(strip)
        assert eventually(lambda: device.cuts == 1)
        drawn, printed = Image.open(io.BytesIO(strip)), device.picture()
        assert drawn.convert("1").tobytes() == printed.tobytes()
        rig.run("cupsdisable", "strip")
        assert printer.health().reason is FailureCode.PRINTER_OFFLINE
        with pytest.raises(CounterError) as caught:
            printer.print_strip(strip)
        assert caught.value.code is FailureCode.PRINTER_OFFLINE
        rig.run("cupsenable", "strip")


def test_a_raw_queue_that_is_gone_is_missing(rig: CupsRig) -> None:
    queue = CupsPrinter("nobody", "127.0.0.1", rig.port)
    printer = ThermalPrinter("strip", lambda: QueueEscpos(queue))
    assert printer.health().reason is FailureCode.PRINTER_MISSING
