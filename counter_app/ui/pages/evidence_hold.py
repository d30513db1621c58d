"""The calm minute: when somebody seems to instruct the customer, sixty seconds for a talk."""

from __future__ import annotations

import math
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QLabel

from counter_app.domain.coaching import held_s, is_held
from counter_app.domain.draft import Draft
from counter_app.ui.widgets.looks import set_text

TICK_MS = 500


class Hold(QObject):
    """Counts down beside the script; the flow alone decides when the visit goes on."""

    def __init__(self, time_label: QLabel, script_label: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._time_label, self._script_label = time_label, script_label
        self._left_s = 0.0
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._show_script(is_coached=False)

    def show_draft(self, draft: Draft, now: datetime) -> None:
        """Show how much of the minute is left, that it is over, or nothing."""
        self._left_s = held_s(draft, now)
        self._elapsed.start()
        self._show_script(is_coached=draft.is_coached)
        if is_held(draft):
            self._timer.start()
            self._tick()
            return
        self._timer.stop()
        set_text(self._time_label, self.tr("一分钟已到") if draft.is_coached else "")

    def left_s(self) -> int:
        """Return the seconds that are left, 0 when nothing runs."""
        return math.ceil(max(0.0, self._left_s - self._elapsed.elapsed() / 1000))

    def _show_script(self, *, is_coached: bool) -> None:
        if is_coached:
            text = self.tr(
                "请客户放下手机，陪客户坐一会儿，慢慢问：“是谁让您来办的？您认识他吗？办好后他要您做什么？”"
                "复核人已得到提示；票据上不会写。"
            )
        else:
            text = self.tr("留意客户是否一直在通话、照着别人说的做、神情紧张")
        set_text(self._script_label, text)

    def _tick(self) -> None:
        left_s = self.left_s()
        clock = f"{left_s // 60}:{left_s % 60:02d}"
        words = self.tr("先陪客户坐一会儿，%1 后可继续").replace("%1", clock)
        set_text(self._time_label, words)
