"""A printer that fails after acceptance: the case is safe, and its paper is owed first."""

from __future__ import annotations

import subprocess
from pathlib import Path

import zxingcpp
from PySide6.QtCore import Qt

from counter_app.devices.printer.factory import open_printer
from counter_app.devices.printer.simulated_printer import PrinterFault, SimulatedPrinter
from counter_app.domain.case_state import CaseState
from counter_app.errors import FailureCode
from counter_app.flow.steps import Step
from counter_app.receipt.code import read_code
from tests.contract.printer.escpos_device import thermal_device
from tests.faults.counter import visit
from tests.faults.counter.world import Bench, BenchMaker, demo_settings


def accepted(one: Bench) -> str:
    """Play the visit up to the printer; returns the acceptance number."""
    visit.sign_in(one.clerk)
    visit.to_acceptance(one.clerk, one.reader)
    visit.accept(one.clerk)
    assert one.state.acceptance_no is not None
    return one.state.acceptance_no


def words_of(pdf: bytes) -> str:
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return told.stdout.decode("utf-8")


def test_a_jam_is_owed_first_after_a_restart_and_printed_again_as_a_reprint(
    bench: BenchMaker,
) -> None:
    printer = SimulatedPrinter("demo")
    printer.set_fault(PrinterFault.JAM)
    one = bench(printer=printer)
    number = accepted(one)
    one.tells(FailureCode.PRINTER_JAM)
    one.clerk.shoot("jam")
    assert one.state.case_state is CaseState.ACCEPTED_UNPRINTED
    assert not one.clerk.enabled("confirm_button")
    one.close()

    printer.set_fault(PrinterFault.OK)
    one = bench(printer=printer)
    visit.sign_in(one.clerk)
    one.reads("1 件已受理未打印，请先补打")
    one.clerk.shoot("owed-first")
    visit.open_first_waiting(one.clerk)
    one.clerk.at(Step.PRINT)
    assert one.state.acceptance_no == number
    one.clerk.shoot("owed")
    one.clerk.key(Qt.Key.Key_F8)
    one.clerk.wait("paper", lambda: one.state.waiting is None and bool(printer.printed()))
    visit.confirm_paper(one.clerk)
    assert one.stored().case_state is CaseState.QUEUED
    sheet, receipt = printer.printed()
    assert sheet[0] == receipt[0] == number
    assert "补打" in words_of(sheet[1])
    assert number in words_of(receipt[1]).replace(" ", "")


def test_an_empty_tray_goes_on_by_itself_and_prints_one_receipt(bench: BenchMaker) -> None:
    printer = SimulatedPrinter("demo")
    printer.set_fault(PrinterFault.OUT_OF_PAPER)
    one = bench(printer=printer)
    accepted(one)
    one.tells(FailureCode.PRINTER_OUT_OF_PAPER)
    one.clerk.shoot("out-of-paper")
    one.clerk.press("slip_button")
    one.reads("编号已手写交给客户")
    printer.set_fault(PrinterFault.OK)
    one.clerk.key(Qt.Key.Key_F8)
    one.clerk.wait("the paper", lambda: one.clerk.enabled("confirm_button"))
    visit.confirm_paper(one.clerk)
    (receipt,) = printer.printed()
    assert "离线受理" in words_of(receipt[1])
    assert one.stored().case_state is CaseState.QUEUED


def test_without_a_printer_the_case_is_accepted_and_the_words_say_what_to_do(
    bench: BenchMaker, tmp_path: Path
) -> None:
    one = bench(printer=open_printer("cups:no-such-queue", tmp_path))
    accepted(one)
    assert one.state.papers[0].failure is not None
    one.tells(one.state.papers[0].failure)
    one.clerk.shoot("no-printer")
    assert one.stored().case_state is CaseState.ACCEPTED_UNPRINTED
    assert one.stored().step is Step.PRINT


def test_a_thermal_printer_gives_the_number_when_the_other_one_is_jammed(
    bench: BenchMaker, tmp_path: Path
) -> None:
    printer = SimulatedPrinter("demo")
    printer.set_fault(PrinterFault.JAM)
    settings = demo_settings(f"pty:{tmp_path}/a/reader")
    with thermal_device() as (device, port):
        table = {"strip_printer": f"tcp:127.0.0.1:{port}"}
        devices = settings.devices.model_copy(update=table)
        one = bench(printer=printer, settings=settings.model_copy(update={"devices": devices}))
        number = accepted(one)
        one.clerk.press("slip_button")
        one.reads("编号条已送热敏打印机")
        one.clerk.wait("the strip", lambda: device.cuts == 1)
        one.clerk.shoot("strip")
        codes = zxingcpp.read_barcodes(device.picture().convert("L"))
    assert any(read_code(code.text).number == number for code in codes)
