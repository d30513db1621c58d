"""A pad's desk that keeps signatures in memory, and a hand that signs."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.ports.stored import StoredCase
from counter_app.services.pad_signatures import PadSheet, PenSample, PenSource
from counter_app.ui.widgets.signature_pad import SignaturePad

NUMBER = "NS01-20261123-0042-7"
LEFT = Qt.MouseButton.LeftButton


@dataclass
class MemorySignatures:
    """Keeps what was signed."""

    kept: list[tuple[PadSheet, tuple[PenSample, ...], PenSource, str]] = field(default_factory=list)

    def sheet(self, case_id: str) -> PadSheet:
        return PadSheet(case_id, NUMBER, "9f86d081884c7d65" * 4)

    def keep(
        self, sheet: PadSheet, samples: tuple[PenSample, ...], source: PenSource, by: str
    ) -> int:
        self.kept.append((sheet, samples, source, by))
        return len(self.kept)


@dataclass
class NoSignedCopies:
    """Nothing is owed."""

    def owed(self) -> tuple[StoredCase, ...]:
        return ()


def write(pad: SignaturePad, strokes: int = 3) -> None:
    """Write by mouse."""
    for stroke in range(strokes):
        start = QPoint(60 + 120 * stroke, 80)
        QTest.mousePress(pad, LEFT, pos=start)
        for step in range(30):
            at = start + QPoint(3 * step, (step % 9) * 12)
            move = QMouseEvent(
                QEvent.Type.MouseMove,
                at.toPointF(),
                pad.mapToGlobal(at).toPointF(),
                LEFT,
                LEFT,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(pad, move)
        QTest.mouseRelease(pad, LEFT, pos=start + QPoint(90, 40))
