"""The field to sign in takes a pen with its pressure, and a mouse, and forgets when told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.services.pad_signatures import PenSource
from counter_app.ui.customer import CustomerWindow
from counter_app.ui.pad_panel import PadPanel
from counter_app.ui.page import PageKit
from counter_app.ui.widgets.signature_pad import MOUSE_PRESSURE, SignaturePad
from tests.ui.signing import MemorySignatures, write


@pytest.fixture
def device(application: QApplication) -> QPointingDevice:
    """A pen as Qt knows it; events only point at it."""
    return QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
        parent=application,
    )


def pen(device: QPointingDevice, kind: QEvent.Type, x: float, pressure: float) -> QTabletEvent:
    """What a tablet sends."""
    at = QPointF(x, 100.0)
    button = Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    return QTabletEvent(kind, device, at, at, pressure, 0, 0, 0.0, 0.0, 0.0, plain, button, button)


def test_a_pen_writes_with_its_pressure(
    qtbot: QtBot, application: QApplication, device: QPointingDevice
) -> None:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.show()
    for step in range(40):
        application.sendEvent(pad, pen(device, QEvent.Type.TabletMove, 20.0 + step, step / 40))
    application.sendEvent(pad, pen(device, QEvent.Type.TabletRelease, 60.0, 0.0))
    samples = pad.samples()
    assert len(samples) == 41
    assert (samples[0].x, samples[0].y) == (200, 1000)
    assert samples[30].pressure > samples[10].pressure > 0
    assert samples[-1].pressure == 0
    assert pad.source() is PenSource.PEN
    assert pad.grab().toImage().pixelColor(40, 100).blue() > 90


def test_a_mouse_writes_too_and_the_key_wipes_it(qtbot: QtBot, application: QApplication) -> None:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.show()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())
    assert [one.pressure for one in pad.samples()] == [MOUSE_PRESSURE, 0]
    assert pad.source() is PenSource.MOUSE
    pad.clear()
    assert pad.samples() == ()


@pytest.fixture
def panel(qtbot: QtBot, kit: PageKit) -> PadPanel:
    """The clerk's panel with a desk in memory."""
    parts = replace(kit.parts, pad_signatures=MemorySignatures())  # type: ignore[arg-type]
    panel = PadPanel(PageKit(parts, kit.lanes))
    qtbot.addWidget(panel)
    return panel


def test_what_is_written_elsewhere_is_mirrored_and_kept_from_there(
    qtbot: QtBot, panel: PadPanel
) -> None:
    far = SignaturePad()
    qtbot.addWidget(far)
    far.resize(1280, 520)
    far.show()
    panel.asked.connect(lambda _: panel.write_on(far))
    panel.open("case-1", "c01")
    qtbot.waitUntil(lambda: not panel.pad.isEnabled())
    write(far)
    assert panel.pad.samples() == far.samples()
    assert panel.pad.grab().toImage().pixelColor(5, 5).value() > 200
    far.clear()
    assert not panel.keep_button.isEnabled()
    write(far)
    panel.keep_button.click()
    desk = panel._kit.parts.pad_signatures
    assert isinstance(desk, MemorySignatures)
    qtbot.waitUntil(lambda: len(desk.kept) == 1)
    qtbot.waitUntil(lambda: not far.samples())
    panel.close_pad()
    panel.write_on(None)
    assert panel.pad.isEnabled()
    far.changed.emit()
    assert panel.pad.samples() == ()


def test_a_locked_window_takes_the_field_from_the_customer(
    qtbot: QtBot, application: QApplication
) -> None:
    customer = CustomerWindow("南山服务中心")
    qtbot.addWidget(customer)
    customer.show()
    customer.sign.ask(MemorySignatures().sheet("case-1"))
    write(customer.sign.pad)
    assert customer._ui.state_stack.currentWidget() is customer.sign.area
    customer.show_view(None)
    assert customer._ui.state_stack.currentWidget() is customer._ui.blank_area
    assert customer.sign.pad.samples() == ()
