"""What head office said of the case on the screen, and the documents it waits for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.case_state import CaseState
from counter_app.domain.reading import DocumentKind
from counter_app.domain.submission import Decision, Verdict
from counter_app.flow.more import may_add
from counter_app.flow.state import FlowState
from counter_app.ui import texts_office as office
from counter_app.ui.widgets.looks import clear_layout, label, set_look, set_text

UNDER_WAY = frozenset({CaseState.QUEUED, CaseState.SENT, CaseState.ACKED})


class AnswerCard(QFrame):
    """Hidden while there is nothing to say.

    Signals:
        camera_wanted: The next wanted document is to be taken.
        documents_pressed: Everything that was added is to be sent.
    """

    camera_wanted = Signal()
    documents_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._title = label(role="title")
        self._told = label(wraps=True)
        self._channels = label(role="quiet", wraps=True)
        self._wanted = QVBoxLayout()
        self._wanted.setSpacing(6)
        self._state = label(role="quiet", wraps=True)
        self.take_button = QPushButton()
        self.send_button = QPushButton()
        self.send_button.setProperty("role", "primary")
        self._build()
        self.take_button.clicked.connect(self.camera_wanted)
        self.send_button.clicked.connect(self.documents_pressed)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for line in (self._title, self._told, self._channels):
            column.addWidget(line)
        column.addLayout(self._wanted)
        column.addWidget(self._state)
        keys = QHBoxLayout()
        keys.setSpacing(12)
        keys.addWidget(self.take_button)
        keys.addWidget(self.send_button)
        keys.addStretch(1)
        column.addLayout(keys)

    def show_state(self, state: FlowState) -> None:
        """Show how the case stands."""
        answer, refusal = state.standing.answer, state.standing.refusal
        self.setVisible(answer is not None or bool(refusal))
        is_wanting = state.case_state is CaseState.NEED_MORE
        self._show_told(answer, refusal)
        self._show_wanted(answer, state.added if is_wanting else None)
        is_under_way = answer is not None and answer.verdict is Verdict.NEED_MORE
        self._show_state(state, is_under_way=is_under_way and state.case_state in UNDER_WAY)
        self._show_keys(state, is_wanting=is_wanting)

    def _show_told(self, answer: Decision | None, refusal: str) -> None:
        title = self.tr("总部答复")
        told = office.told(answer) if answer is not None else ""
        if refusal:
            words = office.refusal(refusal)
            title = self.tr("无法上送：{}").format(words.title)
            told = f"{words.advice}（{refusal}）"
        set_text(self._title, title)
        set_look(self._title, "tone", "stop" if refusal else "")
        set_text(self._told, told)
        self._told.setVisible(bool(told))
        channels = office.channels(answer) if answer is not None else ""
        set_text(self._channels, channels)
        self._channels.setVisible(bool(channels))

    def _show_wanted(self, answer: Decision | None, added: tuple[DocumentKind, ...] | None) -> None:
        lines: list[tuple[str, bool]] = []
        if answer is not None and added is not None:
            kinds = [office.wanted_kind(code) for code in answer.wanted]
            lines = [
                (office.wanted_name(code), office.wanted_kind(code) in added)
                for code in answer.wanted
            ]
            lines += [(office.wanted_name(kind.value), True) for kind in added if kind not in kinds]
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        clear_layout(self._wanted)
        for name, is_there in lines:
            line = label(f"{'✓' if is_there else '○'}　{name}")
            set_look(line, "tone", "good" if is_there else "caution")
            self._wanted.addWidget(line)

    def _show_state(self, state: FlowState, *, is_under_way: bool) -> None:
        text = ""
        if is_under_way:
            text = self.tr("补交的材料已排队；联网后自动上送，等总部答复")
        elif state.added and state.case_state is CaseState.NEED_MORE:
            text = self.tr("已拍 {} 份，还没有上送").format(len(state.added))
        set_text(self._state, text)
        self._state.setVisible(bool(text))

    def _show_keys(self, state: FlowState, *, is_wanting: bool) -> None:
        self.take_button.setVisible(is_wanting)
        self.send_button.setVisible(is_wanting)
        name = office.wanted_name(next_kind(state).value)
        self.take_button.setText(self.tr("拍摄：{}　F6").format(name))
        self.send_button.setText(self.tr("补件上送　F7"))
        self.take_button.setEnabled(may_add(state))
        self.send_button.setEnabled(may_add(state) and bool(state.added))


def next_kind(state: FlowState) -> DocumentKind:
    """Return the next wanted document that was not taken yet, or any other."""
    answer = state.standing.answer
    wanted = answer.wanted if answer is not None else ()
    kinds = (office.wanted_kind(code) for code in wanted)
    return next((kind for kind in kinds if kind not in state.added), DocumentKind.AUTO)
