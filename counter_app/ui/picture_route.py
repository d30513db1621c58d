"""The route 以图片为准: told above the page as soon as a name holds what no font draws."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.coverage import character_of
from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.rare_characters import points_of, unsettled
from counter_app.flow.by_picture import settles
from counter_app.flow.devices import CARD_STEPS, owner_at
from counter_app.flow.events import Answered
from counter_app.flow.state import FlowState
from counter_app.flow.steps import Step
from counter_app.ui.page import StepView
from counter_app.ui.widgets.finding_list import Note
from counter_app.ui.widgets.looks import clear_layout


class PictureRoute(QWidget):
    """Names the character, and offers to keep its picture instead of refusing the customer.

    Signals:
        happened: An event for the flow.
        camera_wanted: The name is to be photographed.
    """

    happened = Signal(object)
    camera_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: FlowState | None = None
        self._points: tuple[str, ...] = ()
        self._shown: tuple[str, str, str] | None = None
        self._notes = QVBoxLayout()
        self._camera = QPushButton(self.tr("拍下证件上的姓名　F6"))
        self._settle = QPushButton(self.tr("以图片为准"))
        self._settle.setProperty("role", "quiet")
        self._camera.setObjectName("name_camera_button")
        self._settle.setObjectName("by_picture_button")
        self._camera.clicked.connect(self.camera_wanted)
        self._settle.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._camera)
        row.addWidget(self._settle)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(6)
        column.addLayout(self._notes)
        column.addLayout(row)
        self.hide()

    def show_view(self, view: StepView) -> None:
        """Show what cannot be printed at this step or before, or how it was settled here."""
        state = view.state
        findings = view.assessment.findings
        reached = tuple(one for one in findings if Step(one.step).rank <= state.step.rank)
        here = points_of(view.assessment.at(state.step))
        self._state = state
        self._points = unsettled(state.draft, reached) if state.is_open else ()
        is_asked = bool(self._points) and state.waiting is None
        is_told = bool(self._points) or (bool(here) and state.is_open)
        self.setVisible(is_told)
        if is_told:
            self._note(*(self._question() if self._points else self._settled(here)))
        self._settle.setVisible(is_asked)
        self._camera.setVisible(is_asked and _is_from_chip(state))

    def _question(self) -> tuple[str, str, str]:
        title = self.tr("没有字库能打印：{}").format(_named(self._points))
        advice = self.tr(
            "不要用拼音或别的字代替。请留存姓名的图片，单据上印 〓、代码和“以图片为准”；"
            "没有摄像头时留存证件复印件"
        )
        return "caution", title, advice

    def _settled(self, points: tuple[str, ...]) -> tuple[str, str, str]:
        assert self._state is not None
        kept = self._state.draft.by_picture
        title = self.tr("以图片为准：{}").format(_named(points))
        if kept is not None and kept.image is not None:
            return "good", title, self.tr("图片已留存，单据上印 〓 和代码")
        return "good", title, self.tr("请留存证件复印件，单据上印 〓 和代码")

    def _note(self, tone: str, title: str, advice: str) -> None:
        if (tone, title, advice) == self._shown:
            return
        self._shown = (tone, title, advice)
        clear_layout(self._notes)
        self._notes.addWidget(Note(tone, title, advice))

    def _choose(self) -> None:
        if self._state is not None and self._points:
            self.happened.emit(Answered(settles(self._state, self._points)))


def _named(points: tuple[str, ...]) -> str:
    return "、".join(f"{_glyph(point)}{point}" for point in points)


def _glyph(point: str) -> str:
    """Return the character where a screen may have it: not a control, half or private one."""
    character = character_of(point)
    return f"{character} " if character.isprintable() else ""


def _is_from_chip(state: FlowState) -> bool:
    if state.step not in CARD_STEPS:
        return False
    document = state.draft.document_of(owner_at(state))
    return document is not None and document.captured_by is CaptureMethod.CHIP
