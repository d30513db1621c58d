"""The bar at the bottom: the keys that work now, back, and the next step by name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_app.domain.case_state import CaseState
from counter_app.flow.steps import Step
from counter_app.ui.controller import step_after
from counter_app.ui.page import StepView
from counter_app.ui.texts import step as step_word
from counter_app.ui.widgets.key_hints import KeyHints
from counter_app.ui.widgets.looks import set_look

HEIGHT_PX = 56


class BottomBar(QWidget):
    """Always in the same place; the primary key of the screen is here.

    Signals:
        key_pressed: A function key's name was clicked.
        back_pressed: Back by one step.
        next_pressed: On to the next step.
    """

    key_pressed = Signal(str)
    back_pressed = Signal()
    next_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bottom_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(HEIGHT_PX)
        self._keys = KeyHints()
        self.back_button = QPushButton(self.tr("← 上一步　Esc"))
        self.next_button = QPushButton()
        self.next_button.setMinimumWidth(232)
        self.next_button.setProperty("role", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 24, 7)
        row.setSpacing(8)
        row.addWidget(self._keys)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        self._keys.pressed.connect(self.key_pressed)
        self.back_button.clicked.connect(self.back_pressed)
        self.next_button.clicked.connect(self.next_pressed)

    def show_home(self) -> None:
        """Show the keys of the home page."""
        self._keys.show_keys(
            (
                ("F1", self.tr("帮助")),
                ("F3", self.tr("取回挂起")),
                ("F6", self.tr("存签字联")),
                ("F9", self.tr("进度")),
                ("F10", self.tr("签退")),
                ("F11", self.tr("日终")),
                ("F12", self.tr("锁屏")),
            )
        )
        self.back_button.hide()
        self.next_button.hide()

    def show_nothing(self) -> None:
        """Show no keys: nobody is signed in."""
        self._keys.show_keys(())
        self.back_button.hide()
        self.next_button.hide()

    def show_side_page(self) -> None:
        """Show the keys of a page beside the path (parking, lists)."""
        self._show_beside()

    def show_day(self) -> None:
        """Show the keys of the day page."""
        self._show_beside(("F4", self.tr("个人信息")), ("F7", self.tr("事后复核")))

    def show_post_review(self) -> None:
        """Show the keys of the look afterwards."""
        self._show_beside(("Alt+M", self.tr("显示完整号码")))

    def _show_beside(self, *keys: tuple[str, str]) -> None:
        self._keys.show_keys((("Esc", self.tr("返回")), *keys, ("F12", self.tr("锁屏"))))
        self.back_button.hide()
        self.next_button.hide()

    def show_view(self, view: StepView) -> None:
        """Show the keys of a step and name the next one."""
        self._keys.show_keys(self._keys_at(view))
        self.back_button.show()
        self.next_button.show()
        is_first = view.state.step is Step.TERMINAL
        self.back_button.setEnabled(view.state.is_open and not is_first)
        self.next_button.setEnabled(view.may_go_on or view.state.is_over)
        text = self._next_text(view)
        if self.next_button.text() != text:
            self.next_button.setText(text)
        set_look(self.next_button, "role", "primary")

    def _next_text(self, view: StepView) -> str:
        if view.state.is_over or view.state.step is Step.DONE:
            return self.tr("完成，回首页　Ctrl+Enter")
        if view.state.step is Step.ACCEPT:
            return self.tr("受理　Ctrl+Enter")
        return self.tr("下一步：{}　Ctrl+Enter").format(step_word(step_after(view)))

    def _keys_at(self, view: StepView) -> tuple[tuple[str, str], ...]:
        words = {
            "F1": self.tr("帮助"),
            "F2": self.tr("挂起"),
            "F5": self.tr("读卡"),
            "F6": self.tr("摄像头"),
            "F7": self.tr("复核"),
            "F8": self.tr("打印"),
            "F9": self.tr("进度"),
            "F12": self.tr("锁屏"),
        }
        special = {
            Step.TERMINAL: ("F6",),
            Step.PRESENTER_ID: ("F5", "F6"),
            Step.PRINCIPAL_ID: ("F5", "F6"),
            Step.LETTER: ("F6",),
            Step.MATERIALS: ("F5", "F6"),
            Step.OLD_NUMBER: ("F6",),
            Step.REVIEW: ("F7",),
            Step.PRINT: ("F6", "F8"),
            Step.HAND_OVER: ("F6",),
            Step.DONE: ("F6", "F8"),
        }
        if view.state.case_state is CaseState.NEED_MORE:
            special[Step.DONE] = ("F6", "F7", "F8")
            words["F7"] = self.tr("补件上送")
        elif view.state.acceptance_no is not None:
            words["F6"] = self.tr("存签字联")
        if view.state.is_over:
            special = {view.state.step: ("F8",) if view.state.papers else ()}
        parking = ("F2",) if view.state.is_open else ()
        names = ("F1", *parking, *special.get(view.state.step, ()), "F9", "F12")
        return tuple((name, words[name]) for name in names)
