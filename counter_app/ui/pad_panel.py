"""Signing on a pad: which paper, the field or its mirror, and the two keys below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.errors import CounterError
from counter_app.services.pad_signatures import PadSheet
from counter_app.ui.page import PageKit
from counter_app.ui.widgets.looks import label, set_text
from counter_app.ui.widgets.signature_pad import SignaturePad

DIGITS = 16


class PadPanel(QFrame):
    """The customer writes, here or on the other screen; the clerk's key keeps it.

    Signals:
        asked: A PadSheet is to be signed, for the first time or once more.
        closed: Nothing is signed any more.
        kept: How many signatures of this receipt are kept now.
        failed: A CounterError.
    """

    kept = Signal(int)
    failed = Signal(object)
    asked = Signal(object)
    closed = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._sheet: PadSheet | None = None
        self._by = ""
        self._far: SignaturePad | None = None
        self._is_kept = False
        self.setProperty("role", "card")
        self._what = label(role="title", wraps=True)
        self._bound = label(role="quiet", wraps=True)
        self._progress = label(role="value", wraps=True)
        self._progress.hide()
        self.pad = SignaturePad()
        self.again_button = QPushButton(self.tr("清除重签"))
        self.keep_button = QPushButton(self.tr("确认签名"))
        self.keep_button.setProperty("role", "primary")
        self._build()
        self.pad.changed.connect(self._show_keys)
        self.again_button.clicked.connect(self._again)
        self.keep_button.clicked.connect(self._keep)
        self.hide()

    def open(self, case_id: str, by: str) -> None:
        """Show which receipt is signed, and an empty field."""
        self._by, self._sheet, self._is_kept = by, None, False
        self._written().clear()
        desk = self._kit.parts.pad_signatures
        if desk is not None:
            self._kit.lanes.storage.run(lambda: desk.sheet(case_id), self._show, self.failed.emit)
        self.show()

    def close_pad(self) -> None:
        """Forget what was written."""
        self._sheet = None
        self._written().clear()
        self.hide()
        self.closed.emit()

    def write_on(self, far: SignaturePad | None) -> None:
        """Let the customer write on a pad elsewhere and mirror it here; None: write here."""
        if self._far is far:
            return
        if self._far is not None:
            self._far.changed.disconnect(self._mirror)
        self._far = far
        self.pad.clear()
        self.pad.setEnabled(far is None)
        self._progress.setVisible(far is not None)
        if far is not None:
            far.changed.connect(self._mirror)
            self._mirror()

    def _written(self) -> SignaturePad:
        """Return the pad that is written on."""
        return self.pad if self._far is None else self._far

    def _mirror(self) -> None:
        """Show what is written elsewhere, and say so."""
        if self._far is None:
            return
        self.pad.show_of(self._far)
        if self._far.samples():
            words = self.tr("客户正在副屏上签名；写完请按“确认签名”")
        elif self._is_kept:
            words = self.tr("已签好；要再签一次请按“清除重签”")
        else:
            words = self.tr("等待客户在副屏上签名")
        set_text(self._progress, words)
        self._show_keys()

    def _again(self) -> None:
        """Begin anew; after a signature that was kept, ask for another one."""
        self._written().clear()
        if self._is_kept and self._sheet is not None:
            self._is_kept = False
            self.asked.emit(self._sheet)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._what)
        column.addWidget(self._progress)
        column.addWidget(self.pad, 1)
        column.addWidget(self._bound)
        row = QHBoxLayout()
        row.addWidget(self.again_button)
        row.addStretch(1)
        row.addWidget(self.keep_button)
        column.addLayout(row)

    def _show(self, sheet: PadSheet) -> None:
        self._sheet = sheet
        title = self.tr("请客户在框内签全名　%1").replace("%1", sheet.number)
        set_text(self._what, title)
        digest = sheet.record_sha256[:DIGITS]
        words = self.tr("只签这份回执（记录摘要 %1）；笔迹加密保存，只有档案部门能打开")
        set_text(self._bound, words.replace("%1", digest))
        self.asked.emit(sheet)
        self._show_keys()

    def _show_keys(self) -> None:
        is_written = bool(self._written().samples())
        is_asked_again = self._is_kept and self._far is not None
        self.again_button.setEnabled(is_written or is_asked_again)
        self.keep_button.setEnabled(is_written and self._sheet is not None)

    def _keep(self) -> None:
        desk, sheet, by = self._kit.parts.pad_signatures, self._sheet, self._by
        if desk is None or sheet is None:
            return
        pad = self._written()
        samples, source = pad.samples(), pad.source()
        self.keep_button.setEnabled(False)
        self._kit.lanes.storage.run(
            lambda: desk.keep(sheet, samples, source, by), self._done, self._fail
        )

    def _done(self, count: int) -> None:
        self._is_kept = True
        self._written().clear()
        self.kept.emit(count)
        self._show_keys()

    def _fail(self, error: CounterError) -> None:
        self._written().clear()
        self.failed.emit(error)
