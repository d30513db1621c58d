"""The calm minute: when somebody seems to instruct the customer, sixty seconds for a talk."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QLabel

from counter_app.ui.widgets.looks import set_text

HOLD_S = 60
TICK_MS = 500


class Hold(QObject):
    """Counts down beside the script; the visit goes on when the minute is over."""

    def __init__(self, time_label: QLabel, script_label: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._time_label, self._script_label = time_label, script_label
        self._case = ""
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._show_script(is_coached=False)

    def show_coached(self, case_id: str, *, is_coached: bool) -> None:
        """Start the minute when the tick is set, and forget it when it is taken away."""
        is_running = self._elapsed.isValid() and self._case == case_id
        if is_coached and not is_running:
            self._case = case_id
            self._elapsed.start()
            self._timer.start()
        elif not is_coached:
            self._elapsed.invalidate()
            self._timer.stop()
        self._show_script(is_coached=is_coached)
        self._tick()

    def left_s(self) -> int:
        """Return the seconds that are left, 0 when nothing runs."""
        if not self._elapsed.isValid():
            return 0
        return max(0, HOLD_S - self._elapsed.elapsed() // 1000)

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
        if left_s == 0:
            self._timer.stop()
        is_shown = self._elapsed.isValid()
        clock = f"{left_s // 60}:{left_s % 60:02d}"
        words = self.tr("先陪客户坐一会儿，%1 后可继续").replace("%1", clock)
        if not left_s:
            words = self.tr("一分钟已到")
        set_text(self._time_label, words if is_shown else "")
