"""The settings' one line names a printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.devices.printer.cups_printer import CupsPrinter
from counter_app.devices.printer.default_printer import DefaultPrinter
from counter_app.devices.printer.factory import open_printer, open_strip_printer
from counter_app.devices.printer.folder_printer import FolderPrinter
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, PrintPhase
from tests.contract.printer.escpos_device import thermal_device


def test_each_source_opens_its_printer(tmp_path: Path) -> None:
    assert isinstance(open_printer("cups:A4", tmp_path), CupsPrinter)
    assert isinstance(open_printer("folder", tmp_path), FolderPrinter)
    printer = open_printer(f"folder:{tmp_path}/other", tmp_path)
    printer.submit(b"%PDF-1.7", "1", 1)
    assert (tmp_path / "other" / "1.pdf").exists()


def test_without_a_queue_a_demonstration_prints_into_the_folder(tmp_path: Path) -> None:
    printer = DefaultPrinter(lambda: "", FolderPrinter(tmp_path))
    job = printer.submit(b"%PDF-1.7", "1", 1)
    assert (tmp_path / "1.pdf").exists()
    assert printer.state(job).phase is PrintPhase.DONE_BY_SPOOLER
    assert printer.health().reason is None
    printer.cancel(job)


def test_without_a_queue_papers_of_real_customers_lie_nowhere(tmp_path: Path) -> None:
    printer = open_printer("auto", tmp_path, "production")
    if printer.health().name:
        pytest.skip("this machine has a default queue")
    assert printer.health().reason is FailureCode.PRINTER_MISSING
    with pytest.raises(CounterError) as caught:
        printer.submit(b"%PDF-1.7", "1", 1)
    assert caught.value.code is FailureCode.PRINTER_MISSING
    lost = printer.state(JobId("1"))
    assert (lost.phase, lost.reason) == (PrintPhase.BLOCKED, FailureCode.PRINTER_MISSING)
    printer.cancel(JobId("1"))
    assert list(tmp_path.iterdir()) == []


def test_a_queue_that_comes_later_is_used(tmp_path: Path) -> None:
    queues = [""]
    printer = DefaultPrinter(lambda: queues[0], None)
    assert printer.health().reason is FailureCode.PRINTER_MISSING
    queues[0] = "no-such-queue"
    assert printer.health().name == "no-such-queue"


@pytest.mark.parametrize("source", ["", "cups:", "lpt1", "windows:"])
def test_another_source_is_a_mistake_in_the_settings(source: str, tmp_path: Path) -> None:
    with pytest.raises(CounterError) as caught:
        open_printer(source, tmp_path)
    assert caught.value.code is FailureCode.SETTINGS_INVALID


def test_a_thermal_printer_is_named_by_its_address() -> None:
    assert open_strip_printer("") is None
    with thermal_device() as (device, port):
        strips = open_strip_printer(f"tcp:127.0.0.1:{port}")
        assert strips is not None
        assert strips.health().reason is None
        device.paper = 0
        assert strips.health().reason is FailureCode.PRINTER_OUT_OF_PAPER


@pytest.mark.parametrize(
    "source", ["tcp:", "usb:1", "tcp:host:port", "serial:", "serial:COM3:fast", "device:", "cups:"]
)
def test_another_thermal_printer_is_a_mistake_in_the_settings(source: str) -> None:
    with pytest.raises(CounterError) as caught:
        open_strip_printer(source)
    assert caught.value.code is FailureCode.SETTINGS_INVALID
