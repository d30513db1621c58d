"""The field to sign in on the customer's screen; every key stays with the clerk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from counter_app.services.pad_signatures import PadSheet
from counter_app.ui.generated.ui_customer_window import Ui_CustomerWindow
from counter_app.ui.widgets.looks import label, set_text
from counter_app.ui.widgets.signature_pad import SignaturePad

DIGITS = 16
MARGIN_PX = 40
TALL_PX = 360


class SignSheet(QObject):
    """Signing in one customer window: what is signed, the field, and a way to begin anew.

    Attributes:
        is_open: A signature is asked for, or was just given.
    """

    def __init__(self, ui: Ui_CustomerWindow, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self.is_open = False
        self.pad = SignaturePad()
        self.pad.setMinimumHeight(TALL_PX)
        policy = self.pad.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.pad.setSizePolicy(policy)
        self._title = label(role="headline", wraps=True)
        self._what = label(role="reading", wraps=True)
        self._again = QPushButton(self.tr("写错了，重新签"))
        self._again.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._again.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._written)
        self.area = QWidget()
        column = QVBoxLayout(self.area)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(16)
        for part in (self._title, self._what):
            column.addWidget(part)
        column.addWidget(self.pad, 1)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        ui.state_stack.addWidget(self.area)

    def ask(self, sheet: PadSheet) -> None:
        """Ask for the signature of a receipt."""
        self.is_open = True
        self.pad.clear()
        set_text(self._title, self.tr("请您在框内签全名"))
        words = self.tr(
            "受理编号 %1　记录摘要 %2\n签名只用于这份受理回执；笔迹加密保存，只有档案部门能打开"
        )
        digest = sheet.record_sha256[:DIGITS]
        set_text(self._what, words.replace("%1", sheet.number).replace("%2", digest))
        self.pad.show()
        self._written()
        self._ui.state_stack.setCurrentWidget(self.area)

    def thank(self) -> None:
        """Say that the signature was kept; nothing of it stays on the screen."""
        self.pad.clear()
        self.pad.hide()
        self._again.hide()
        set_text(self._title, self.tr("已签好，谢谢"))

    def close(self) -> None:
        """Forget what was written; the visit's own picture comes back with the next view."""
        self.is_open = False
        self.pad.clear()
        set_text(self._what, "")

    def _written(self) -> None:
        self._again.setVisible(self.is_open and bool(self.pad.samples()))
