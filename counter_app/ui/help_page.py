"""F1: the keys, and what to do when something does not work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from counter_app.ui.widgets.headline import Headline
from counter_app.ui.widgets.looks import label


class HelpPage(QWidget):
    """One page that fits on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        headline = Headline()
        headline.ask(self.tr("怎么用键盘办理"), self.tr("按 Esc 回到原来的地方，录入的内容都在"))
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for index, (key, words) in enumerate(self._rows()):
            row, column = divmod(index, 2)
            grid.addWidget(label(key, "key"), row, column * 2, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(words, wraps=True), row, column * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(16)
        column_layout.addWidget(headline)
        column_layout.addWidget(card)
        column_layout.addWidget(label(self._advice(), "quiet", wraps=True))
        column_layout.addStretch(1)

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
            ("F11", self.tr("把屏幕转给客户看，再按一次转回")),
            ("F12", self.tr("锁屏")),
            ("Alt+M", self.tr("显示被遮盖的号码 10 秒")),
        )

    def _advice(self) -> str:
        return self.tr(
            "设备不通时先看顶栏：▲ 表示有故障，把鼠标放上去看怎么办。"
            "读卡器读不出时按 F6 用摄像头，或手工录入；打印机没纸时业务不会丢，装好纸按 F8。"
        )
