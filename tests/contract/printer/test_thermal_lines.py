"""The same strip over TCP, a serial port, a device file and a pipe, dot by dot as it was drawn."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from counter_app.devices.printer.escpos_device import DeviceEscpos, lp_status
from counter_app.devices.printer.factory import open_strip_printer
from counter_app.devices.printer.thermal_printer import ThermalPrinter
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import StripPrinter
from counter_app.receipt.code import CodeSigner
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.maker import ReceiptMaker
from counter_app.settings import DeviceTable
from tests.contract.printer.cups_rig import eventually
from tests.contract.printer.escpos_device import (
    ThermalDevice,
    thermal_device,
    thermal_pipe,
    thermal_pty,
)
from tests.contract.receipt.conftest import FONTS
from tests.unit.receipt.keys import CODE_KEY
from tests.unit.receipt.records import delegated_receipt

TWO_WAY = ("tcp", "serial", "device")
LINES = (*TWO_WAY, "pipe")


@pytest.fixture(scope="module")
def strip() -> bytes:
    maker = ReceiptMaker(FontBook(FONTS), CodeSigner(CODE_KEY))
    return maker.strip(delegated_receipt(merchant_name="𠅤记𬭎行", bilingual=True))


@contextmanager
def opened(line: str, folder: Path) -> Iterator[tuple[ThermalDevice, StripPrinter]]:
    """Run a printer behind a line, and what the settings open for it."""
    match line:
        case "tcp":
            with thermal_device() as (device, port):
                yield device, named(f"tcp:127.0.0.1:{port}")
        case "serial":
            with thermal_pty() as (device, path):
                yield device, named(f"serial:{path}:115200")
        case "device":
            with thermal_pty() as (device, path):
                yield device, named(f"device:{path}")
        case _:
            with thermal_pipe(folder / "lp0") as device:
                yield device, named(f"device:{folder / 'lp0'}")


def named(source: str) -> StripPrinter:
    assert DeviceTable(strip_printer=source).strip_printer == source
    printer = open_strip_printer(source)
    assert printer is not None
    return printer


def dots(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("1"))


@pytest.mark.parametrize("line", LINES)
def test_every_dot_arrives_whatever_carries_it(line: str, strip: bytes, tmp_path: Path) -> None:
    with opened(line, tmp_path) as (device, printer):
        assert printer.health().reason is None
        printer.print_strip(strip)
        assert eventually(lambda: device.cuts == 1)
        drawn = dots(Image.open(io.BytesIO(strip)))
        printed = dots(device.picture())
    assert printed.shape == drawn.shape
    assert (printed == drawn).all()
    assert 0.02 < (~drawn).mean() < 0.4


@pytest.mark.parametrize("line", TWO_WAY)
@pytest.mark.parametrize(
    ("paper", "is_online", "code"),
    [(0, True, FailureCode.PRINTER_OUT_OF_PAPER), (2, False, FailureCode.PRINTER_OFFLINE)],
)
def test_a_line_that_answers_tells_what_is_wrong_before_anything_is_sent(
    line: str, strip: bytes, tmp_path: Path, paper: int, is_online: bool, code: FailureCode
) -> None:
    with opened(line, tmp_path) as (device, printer):
        device.paper, device.is_online = paper, is_online
        assert printer.health().reason is code
        with pytest.raises(CounterError) as caught:
            printer.print_strip(strip)
        assert caught.value.code is code
        assert device.bands == []


def test_a_device_that_never_answers_prints_all_the_same(strip: bytes) -> None:
    with thermal_pty(answers=False) as (device, path):
        named(f"device:{path}").print_strip(strip)
        assert eventually(lambda: device.cuts == 1)


def test_a_serial_printer_that_never_answers_is_offline(strip: bytes) -> None:
    with thermal_pty(answers=False) as (device, path):
        printer = named(f"serial:{path}")
        assert printer.health().reason is FailureCode.PRINTER_OFFLINE
        assert device.bands == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (0x18, None),
        (0x38, FailureCode.PRINTER_OUT_OF_PAPER),
        (0x08, FailureCode.PRINTER_OFFLINE),
        (0x10, FailureCode.PRINTER_JAM),
        (None, None),
    ],
)
def test_the_kernels_word_counts_where_the_printer_has_none(
    tmp_path: Path, strip: bytes, status: int | None, code: FailureCode | None
) -> None:
    with thermal_pipe(tmp_path / "lp0") as device:
        path = tmp_path / "lp0"
        printer = ThermalPrinter("lp0", lambda: DeviceEscpos(path, port_status=lambda _: status))
        assert printer.health().reason is code
        if code is not None:
            with pytest.raises(CounterError) as caught:
                printer.print_strip(strip)
            assert caught.value.code is code
            assert device.bands == []


def test_only_a_printer_port_has_status_lines() -> None:
    own, other = os.openpty()
    assert lp_status(other) is None
    os.close(own)
    os.close(other)


def test_a_regular_file_is_no_printer(tmp_path: Path, strip: bytes) -> None:
    (tmp_path / "strip.bin").write_bytes(b"")
    for path in (tmp_path / "strip.bin", tmp_path / "missing", tmp_path):
        printer = named(f"device:{path}")
        assert printer.health().reason is FailureCode.PRINTER_OFFLINE
        with pytest.raises(CounterError) as caught:
            printer.print_strip(strip)
        assert caught.value.code is FailureCode.PRINTER_OFFLINE
    assert (tmp_path / "strip.bin").read_bytes() == b""


def test_a_printer_that_takes_nothing_is_offline(strip: bytes) -> None:
    own, other = os.openpty()
    path = Path(os.ttyname(other))
    printer = ThermalPrinter("stuck", lambda: DeviceEscpos(path, timeout_s=0.1))
    with pytest.raises(CounterError) as caught:
        printer.print_strip(strip)
    assert caught.value.code is FailureCode.PRINTER_OFFLINE
    os.close(own)
    os.close(other)
