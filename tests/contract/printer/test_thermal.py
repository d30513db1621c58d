"""The strip goes to a thermal printer as a picture, and its complaints come back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image

from counter_app.devices.printer.escpos_tcp import TcpEscpos
from counter_app.devices.printer.thermal_printer import ThermalPrinter
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.code import CodeSigner
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.maker import ReceiptMaker
from tests.contract.printer.cups_rig import eventually
from tests.contract.printer.escpos_device import ThermalDevice, thermal_device
from tests.contract.receipt.conftest import FONTS
from tests.contract.receipt.judges import qr_texts
from tests.unit.receipt.keys import CODE_KEY
from tests.unit.receipt.records import delegated_receipt


@dataclass(frozen=True)
class Rig:
    device: ThermalDevice
    printer: ThermalPrinter


@pytest.fixture
def rig() -> Iterator[Rig]:
    with thermal_device() as (device, port):
        yield Rig(device, ThermalPrinter("counter 1", lambda: TcpEscpos("127.0.0.1", port)))


@pytest.fixture(scope="module")
def strip() -> bytes:
    maker = ReceiptMaker(FontBook(FONTS), CodeSigner(CODE_KEY))
    return maker.strip(delegated_receipt(merchant_name="𠅤记𬭎行"))


def test_the_strip_arrives_dot_by_dot_with_a_code_that_reads(rig: Rig, strip: bytes) -> None:
    rig.printer.print_strip(strip)
    assert eventually(lambda: rig.device.cuts == 1)
    assert rig.device.picture().width == 576
    assert qr_texts(rig.device.picture()) == qr_texts(strip)
    assert qr_texts(strip)[0].startswith("PR1:")


@pytest.mark.parametrize(
    ("paper", "is_online", "code"),
    [(0, True, FailureCode.PRINTER_OUT_OF_PAPER), (2, False, FailureCode.PRINTER_OFFLINE)],
)
def test_nothing_is_sent_when_it_cannot_print(
    rig: Rig, strip: bytes, paper: int, is_online: bool, code: FailureCode
) -> None:
    rig.device.paper, rig.device.is_online = paper, is_online
    with pytest.raises(CounterError) as caught:
        rig.printer.print_strip(strip)
    assert caught.value.code is code
    assert rig.device.bands == []
    assert rig.printer.health().reason is code


def test_little_paper_is_told_but_prints(rig: Rig, strip: bytes) -> None:
    rig.device.paper = 1
    assert rig.printer.health().reason is None
    assert rig.printer.health().low == ("media",)
    rig.printer.print_strip(strip)
    assert eventually(lambda: rig.device.cuts == 1)


def test_a_device_that_is_not_there_is_offline(strip: bytes) -> None:
    nowhere = ThermalPrinter("x", lambda: TcpEscpos("127.0.0.1", 9))
    assert nowhere.health().reason is FailureCode.PRINTER_OFFLINE
    with pytest.raises(CounterError) as caught:
        nowhere.print_strip(strip)
    assert caught.value.code is FailureCode.PRINTER_OFFLINE


def test_a_picture_of_another_width_is_a_mistake_of_the_caller(rig: Rig) -> None:
    out = io.BytesIO()
    Image.new("1", (100, 10)).save(out, "PNG")
    with pytest.raises(ValueError, match="576"):
        rig.printer.print_strip(out.getvalue())
