"""The inbox (F9): every case that waits for somebody, with one key each."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.masking import masked_name
from counter_app.errors import CounterError
from counter_app.ui import texts_office as office
from counter_app.ui.generated.ui_inbox_view import Ui_InboxView
from counter_app.ui.inbox_items import (
    InboxAction,
    InboxItem,
    note_told,
    read_inbox,
    retry_now,
)
from counter_app.ui.page import PageKit
from counter_app.ui.pages.review_words import post_doubt
from counter_app.ui.texts import failure_text
from counter_app.ui.texts_visit import case_state
from counter_app.ui.top_bar import age_text
from counter_app.ui.widgets.looks import clear_layout, label, set_look, set_text

translate = QCoreApplication.translate
TONES = {
    CaseState.ACCEPTED_UNPRINTED: "caution",
    CaseState.APPLIED: "good",
    CaseState.REJECTED: "stop",
    CaseState.NEED_MORE: "caution",
}


class InboxRow(QFrame):
    """One case: state, whose, what head office says, how long it waits, what to do.

    Signals:
        pressed: The key for what is to be done; an InboxItem.
        looked: The case is to be opened.
    """

    pressed = Signal(object)
    looked = Signal(object)

    def __init__(self, item: InboxItem, now: datetime) -> None:
        super().__init__()
        self._item = item
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addLayout(self._words(item), 1)
        age = label(age_text(item.age(now)))
        set_look(age, "tone", "stop" if item.is_late(now) else "")
        row.addWidget(age)
        if item.action in {InboxAction.TELL, InboxAction.RETRY}:
            look = QPushButton(self.tr("打开"))
            look.clicked.connect(self._looked)
            row.addWidget(look)
        self.button = QPushButton(self._key(item.action))
        self.button.clicked.connect(self._clicked)
        row.addWidget(self.button)

    def _words(self, item: InboxItem) -> QVBoxLayout:
        case = item.case
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._badge(item))
        name = case.summary.merchant_name or case.summary.terminal_sn
        top.addWidget(label(name))
        top.addWidget(label(masked_name(case.summary.customer), "quiet"))
        top.addWidget(label(case.acceptance_no or "", "small"))
        top.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(top)
        for line in told_lines(item):
            words.addWidget(label(line, "quiet", wraps=True))
        return words

    def _badge(self, item: InboxItem) -> QLabel:
        text, tone = case_state(item.case.state), TONES.get(item.case.state, "idle")
        if item.refusal:
            text, tone = self.tr("无法上送"), "stop"
        if item.doubt is not None:
            text, tone = self.tr("事后存疑"), "caution"
        badge = label(text, "badge")
        set_look(badge, "tone", tone)
        return badge

    def _key(self, action: InboxAction) -> str:
        match action:
            case InboxAction.PRINT:
                return self.tr("打开补打")
            case InboxAction.TELL:
                return self.tr("已通知客户")
            case InboxAction.ADD:
                return self.tr("补交材料")
            case InboxAction.CORRECT:
                return self.tr("打开更正")
            case InboxAction.RETRY:
                return self.tr("立即重试")
            case InboxAction.SETTLE:
                return self.tr("打开处理")

    def _clicked(self) -> None:
        self.pressed.emit(self._item)

    def _looked(self) -> None:
        self.looked.emit(self._item)


def told_lines(item: InboxItem) -> tuple[str, ...]:
    """Say what head office says of a case, and why something cannot be sent."""
    lines = []
    if item.refusal:
        words = office.refusal(item.refusal)
        lines = [f"{words.title}（{item.refusal}）", words.advice]
    if item.doubt is not None:
        lines.append(f"{post_doubt(item.doubt)}。{_way_out(item.case.state)}")
    if item.answer is not None:
        lines += [office.told(item.answer), office.channels(item.answer)]
    return tuple(line for line in lines if line)


def _way_out(state: CaseState) -> str:
    """Say what can be done about a doubtful case in this state."""
    if may_follow(state, CaseState.VOIDED) or may_follow(state, CaseState.WITHDRAW_REQUESTED):
        return QCoreApplication.translate(
            "InboxRow", "请打开作废或撤回，或由中心主任按 F7 再看一次"
        )
    return QCoreApplication.translate("InboxRow", "已生效，请告知中心主任，由其按 F7 再看一次")


class InboxView(QWidget):
    """Answers and what is owed, oldest first.

    Signals:
        opened: The id of a case to open.
        closed: Back to where the clerk was.
    """

    opened = Signal(str)
    closed = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._ui = Ui_InboxView()
        self._ui.setupUi(self)
        self._ui.headline.ask(self.tr("办理进度"), self.tr("按等待时间排列；超过一天的用红色"))
        self._rows: list[InboxRow] = []
        self._ui.close_button.clicked.connect(self.closed)

    def refresh(self) -> None:
        """Read the list anew."""
        store = self._kit.parts.store
        self._kit.lanes.storage.run(lambda: read_inbox(store), self.show_items, self._fail)

    def show_items(self, items: tuple[InboxItem, ...]) -> None:
        """Show what waits."""
        now = self._kit.parts.clock.now()
        clear_layout(self._ui.rows_layout)
        self._rows = [InboxRow(item, now) for item in items]
        for row in self._rows:
            row.pressed.connect(self._pressed)
            row.looked.connect(self._look)
            self._ui.rows_layout.addWidget(row)
        late = sum(item.is_late(now) for item in items)
        counted = self.tr("共 %1 件，超过一天 %2 件")
        set_text(
            self._ui.count_label, counted.replace("%1", str(len(items))).replace("%2", str(late))
        )
        set_text(self._ui.empty_label, self.tr("没有等待处理的答复"))
        self._ui.count_label.setVisible(bool(items))
        self._ui.empty_label.setVisible(not items)
        if self.isVisible() and not self._has_picked():
            self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_picked(self) -> bool:
        """Say whether the focus is on a line already; a fresh list takes it to its first."""
        here: QWidget | None = self.focusWidget()
        return here is not None and any(row.isAncestorOf(here) for row in self._rows)

    def first_field(self) -> QWidget:
        """Return the key of what waits longest."""
        return self._rows[0].button if self._rows else self._ui.close_button

    def _pressed(self, item: InboxItem) -> None:
        parts, storage = self._kit.parts, self._kit.lanes.storage
        match item.action:
            case InboxAction.TELL:
                storage.run(lambda: note_told(parts.store, item.case), self._noted, self._fail)
            case InboxAction.RETRY:
                storage.run(self._retry, self._noted, self._fail)
            case _:
                self._look(item)

    def _retry(self) -> None:
        parts = self._kit.parts
        retry_now(parts.store, parts.clock.now(), parts.wake_sender)

    def _look(self, item: InboxItem) -> None:
        self.opened.emit(item.case.case_id)

    def _noted(self, _nothing: object) -> None:
        self.refresh()

    def _fail(self, error: CounterError) -> None:
        set_text(self._ui.empty_label, failure_text(error.code).title)
        self._ui.empty_label.show()
