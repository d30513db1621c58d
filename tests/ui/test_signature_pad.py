"""The field to sign in takes a pen with its pressure, and a mouse, and forgets when told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.services.pad_signatures import PenSource
from counter_app.ui.widgets.signature_pad import MOUSE_PRESSURE, SignaturePad


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
