"""Filing the branch copy that the customer signed (F6): under the camera, and done."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.domain.masking import masked_name
from counter_app.domain.reading import DocumentKind
from counter_app.errors import CounterError
from counter_app.flow.events import PictureTaken
from counter_app.flow.state import FlowState
from counter_app.ports.stored import StoredCase
from counter_app.services.signed_copies import SignedCopy
from counter_app.ui.generated.ui_signed_copy_view import Ui_SignedCopyView
from counter_app.ui.pad_panel import PadPanel
from counter_app.ui.page import PageKit
from counter_app.ui.texts import failure_text
from counter_app.ui.texts_papers import paper_kind
from counter_app.ui.top_bar import age_text
from counter_app.ui.widgets.camera_panel import CameraPanel
from counter_app.ui.widgets.finding_list import Note
from counter_app.ui.widgets.looks import clear_layout, label, set_look, set_text

SHOWN = 50


class SignedCopyView(QWidget):
    """The code on the page says to which case it belongs; nobody has to choose.

    Signals:
        closed: Back to where the clerk was.
    """

    closed = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._by = ""
        self._number = self._case_id = ""
        self._ui = Ui_SignedCopyView()
        self._ui.setupUi(self)
        self.camera = CameraPanel(kit)
        self._ui.camera_layout.addWidget(self.camera)
        self.camera.taken.connect(self._take)
        self.pad = PadPanel(kit)
        self._ui.camera_layout.addWidget(self.pad)
        self.pad.kept.connect(self._signed)
        self.pad.failed.connect(self._fail)
        self._ui.pad_button.clicked.connect(self.turn_to_pad)
        self._ui.close_button.clicked.connect(self.closed)

    def open(self, by: str, state: FlowState | None = None) -> None:
        """Turn the camera on.

        Args:
            by: Staff number of who files.
            state: The accepted case on the screen, or None.
        """
        self._by = by
        self._number = (state.acceptance_no or "") if state is not None else ""
        self._case_id = state.draft.case_id if state is not None else ""
        has_pad = self._kit.parts.pad_signatures is not None and bool(self._case_id)
        self._ui.pad_button.setVisible(has_pad)
        self._ui.headline.ask(
            self.tr("请把客户签好的留存联放到摄像头下"),
            self.tr("整页放平；按页上的二维码自动归入对应的受理件"),
        )
        self.pad.close_pad()
        self.camera.show()
        clear_layout(self._ui.result_layout)
        self._refresh()
        self._start()

    def first_field(self) -> QWidget:
        """Return the camera, which answers the space bar."""
        return self.camera

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Turn the camera off when something else is seen."""
        super().hideEvent(event)
        self.camera.stop()
        self.pad.close_pad()

    def turn_to_pad(self) -> None:
        """Let the customer sign on the pad instead of on paper (F7)."""
        if not self._ui.pad_button.isVisible() or self.pad.isVisible():
            return
        self.camera.stop()
        self.camera.hide()
        self._ui.pad_button.hide()
        self._ui.headline.ask(self.tr("请客户在签名板上签名"), self.tr("须客户本人单独同意"))
        clear_layout(self._ui.result_layout)
        self.pad.open(self._case_id, self._by)

    def _signed(self, count: int) -> None:
        title = self.tr("签名已加密保存")
        again = self.tr("此前已签过；以首次签名为准，这一次并存")
        self._say(Note("good", title, again if count > 1 else self._number))
        self._refresh()

    def _start(self) -> None:
        self.camera.start(DocumentKind.LETTER, self.tr("客户签好的留存联"))

    def _take(self, event: PictureTaken) -> None:
        copies, by = self._kit.parts.signed_copies, self._by
        if copies is None:
            return
        pictures = (event.original, event.rectified)
        self._kit.lanes.reading.run(lambda: copies.keep(pictures, by), self._kept, self._fail)

    def _kept(self, copy: SignedCopy) -> None:
        name = paper_kind(copy.kind)
        title = self.tr("%1 已存入受理件").replace("%1", name)
        self._say(Note("good", title, self._advice(copy)))
        if self._number and copy.number != self._number:
            words = self.tr("这一页属于另一件，已归入该件；当前受理件仍待扫描")
            self._ui.result_layout.addWidget(Note("caution", words, copy.number))
        self.camera.say(self.tr("已存好；再放一页请按空格"), "good")
        self._refresh()

    def _advice(self, copy: SignedCopy) -> str:
        if not copy.is_new:
            return self.tr("%1　同一张图已存过，没有重复保存").replace("%1", copy.number)
        if copy.count > 1:
            words = self.tr("%1　此前已存过；以首次保存的为准，这一张并存")
            return words.replace("%1", copy.number)
        if copy.is_queued:
            return self.tr("%1　联网后自动送总部").replace("%1", copy.number)
        return copy.number

    def _fail(self, error: CounterError) -> None:
        words = failure_text(error.code)
        self._say(Note("stop", words.title, words.advice))
        self.camera.say(self.tr("没有保存；请按空格重拍"), "stop")

    def _say(self, note: Note) -> None:
        clear_layout(self._ui.result_layout)
        self._ui.result_layout.addWidget(note)

    def _refresh(self) -> None:
        copies = self._kit.parts.signed_copies
        if copies is not None:
            self._kit.lanes.storage.run(copies.owed, self.show_owed, self._list_failed)

    def show_owed(self, owed: tuple[StoredCase, ...]) -> None:
        """List the cases whose signed copy is not kept yet, oldest first."""
        now = self._kit.parts.clock.now()
        words = self.tr("还有 %1 件的签字联没有存") if owed else self.tr("签字联都已存好")
        set_text(self._ui.owed_label, words.replace("%1", str(len(owed))))
        clear_layout(self._ui.rows_layout)
        for case in owed[:SHOWN]:
            is_open = case.acceptance_no == self._number
            self._ui.rows_layout.addWidget(OwedRow(case, now, "accent" if is_open else ""))

    def _list_failed(self, error: CounterError) -> None:
        set_text(self._ui.owed_label, failure_text(error.code).title)


class OwedRow(QFrame):
    """One case whose signed copy is still on paper only."""

    def __init__(self, case: StoredCase, now: datetime, tone: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        name = case.summary.merchant_name or case.summary.terminal_sn
        first = label(f"{name}　{masked_name(case.summary.customer)}", wraps=True)
        set_look(first, "tone", tone)
        column.addWidget(first)
        since = age_text(now - (case.accepted_at or case.changed_at))
        column.addWidget(label(f"{case.acceptance_no or ''}　{since}", "small", wraps=True))
