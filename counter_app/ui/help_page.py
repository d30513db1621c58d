"""F1: the questions of the step, the keys, and what to do when something does not work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from counter_app.flow.steps import Step
from counter_app.ui.help_words import help_at
from counter_app.ui.texts import language
from counter_app.ui.texts import step as step_word
from counter_app.ui.widgets.headline import Headline
from counter_app.ui.widgets.looks import clear_layout, label


class HelpPage(QWidget):
    """One page that fits on the screen, made for the step the clerk is at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = Headline()
        self._answers = QVBoxLayout()
        self._answers.setSpacing(8)
        answers = QFrame()
        answers.setProperty("role", "card")
        answers.setLayout(self._answers)
        self._answers.setContentsMargins(20, 12, 20, 12)
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 12, 20, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        for index, (key, words) in enumerate(self._rows()):
            row, column = divmod(index, 2)
            grid.addWidget(label(key, "key"), row, column * 2, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(words, wraps=True), row, column * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(12)
        column_layout.addWidget(self._headline)
        column_layout.addWidget(answers)
        column_layout.addWidget(card)
        column_layout.addWidget(label(self._advice(), "quiet", wraps=True))
        column_layout.addStretch(1)
        self.show_step(None)

    def show_step(self, step: Step | None) -> None:
        """Show the questions of a step; None is the home page."""
        question = self.tr("怎么用键盘办理") if step is None else step_word(step)
        self._headline.ask(question, self.tr("按 Esc 回到原来的地方，录入的内容都在"))
        clear_layout(self._answers)
        for one in help_at(step, language()):
            pair = QVBoxLayout()
            pair.setSpacing(1)
            pair.addWidget(label(one.question, "label", wraps=True))
            pair.addWidget(label(one.answer, wraps=True))
            self._answers.addLayout(pair)

    def _rows(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Enter", self.tr("到下一项，不会翻页")),
            ("Ctrl+Enter", self.tr("到下一步")),
            ("Esc", self.tr("回上一步，内容不会丢")),
            ("1 2 3", self.tr("直接选第几项；方向键移动，空格选定")),
            ("F2", self.tr("挂起这笔业务")),
            ("F3", self.tr("取回挂起的业务")),
            ("F5", self.tr("读身份证或银行卡")),
            ("F6", self.tr("用摄像头，空格拍照")),
            ("F7", self.tr("请复核人授权")),
            ("F8", self.tr("打印或补打")),
            ("F9", self.tr("看办理进度与后台答复")),
            ("F10", self.tr("签退，换人登录")),
            ("F11", self.tr("把屏幕转给客户看，再按一次转回；在首页是日终")),
            ("F12", self.tr("锁屏")),
            ("Alt+M", self.tr("显示被遮盖的号码 10 秒")),
        )

    def _advice(self) -> str:
        return self.tr(
            "设备不通时先看顶栏：▲ 表示有故障，把鼠标放上去看怎么办。"
            "读卡器读不出时按 F6 用摄像头，或手工录入；打印机没纸时业务不会丢，装好纸按 F8。"
        )
