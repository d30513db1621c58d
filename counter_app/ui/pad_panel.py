"""Signing on a pad: which paper, the field, and the two keys below it."""

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
    """The customer writes; the clerk's key keeps it.

    Signals:
        kept: How many signatures of this receipt are kept now.
        failed: A CounterError.
    """

    kept = Signal(int)
    failed = Signal(object)

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._sheet: PadSheet | None = None
        self._by = ""
        self.setProperty("role", "card")
        self._what = label(role="title", wraps=True)
        self._bound = label(role="quiet", wraps=True)
        self.pad = SignaturePad()
        self.again_button = QPushButton(self.tr("清除重签"))
        self.keep_button = QPushButton(self.tr("确认签名"))
        self.keep_button.setProperty("role", "primary")
        self._build()
        self.pad.changed.connect(self._show_keys)
        self.again_button.clicked.connect(self.pad.clear)
        self.keep_button.clicked.connect(self._keep)
        self.hide()

    def open(self, case_id: str, by: str) -> None:
        """Show which receipt is signed, and an empty field."""
        self._by, self._sheet = by, None
        self.pad.clear()
        desk = self._kit.parts.pad_signatures
        if desk is not None:
            self._kit.lanes.storage.run(lambda: desk.sheet(case_id), self._show, self.failed.emit)
        self.show()

    def close_pad(self) -> None:
        """Forget what was written."""
        self._sheet = None
        self.pad.clear()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._what)
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
        self._show_keys()

    def _show_keys(self) -> None:
        is_written = bool(self.pad.samples())
        self.again_button.setEnabled(is_written)
        self.keep_button.setEnabled(is_written and self._sheet is not None)

    def _keep(self) -> None:
        desk, sheet, by = self._kit.parts.pad_signatures, self._sheet, self._by
        if desk is None or sheet is None:
            return
        samples, source = self.pad.samples(), self.pad.source()
        self.keep_button.setEnabled(False)
        self._kit.lanes.storage.run(
            lambda: desk.keep(sheet, samples, source, by), self._done, self._fail
        )

    def _done(self, count: int) -> None:
        self.pad.clear()
        self.kept.emit(count)

    def _fail(self, error: CounterError) -> None:
        self.pad.clear()
        self.failed.emit(error)
