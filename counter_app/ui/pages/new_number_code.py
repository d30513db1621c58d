"""The one-time code: sent, counted down, typed by the customer, never shown."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from counter_app.domain.draft import CodeOutcome
from counter_app.domain.masking import masked_phone
from counter_app.domain.phone import grouped
from counter_app.domain.provider_rules import CodePolicy
from counter_app.flow.state import FlowState, Waiting
from counter_app.ports.clock import Clock
from counter_app.ui.generated.ui_new_number_page import Ui_NewNumberPage
from counter_app.ui.page import StepView
from counter_app.ui.texts import waiting as waiting_text
from counter_app.ui.texts_visit import code_outcome
from counter_app.ui.widgets.looks import set_look, set_text

TICK_MS = 500
TONES = {
    CodeOutcome.PASSED: "good",
    CodeOutcome.FAILED: "stop",
    CodeOutcome.NOT_SENT: "caution",
}


class CodeBox(QObject):
    """The part of the page that deals with the code."""

    typed = Signal(str)

    def __init__(self, ui: Ui_NewNumberPage, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._clock = ui, clock
        self._view: StepView | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        ui.code_edit.setEchoMode(QLineEdit.EchoMode.Password)
        ui.code_edit.accept_latin_only()
        ui.code_edit.textEdited.connect(self._edited)

    def show_view(self, view: StepView) -> None:
        """Show where the code stands."""
        sent_before = self._view.state.code if self._view is not None else None
        self._view = view
        new = view.state.draft.new_number
        outcome = new.code if new is not None else None
        is_ready = new is not None and new.number == new.repeated
        is_idle = view.state.waiting is None
        self._show_outcome(outcome)
        is_passed = outcome is CodeOutcome.PASSED
        self._ui.send_button.setVisible(not is_passed)
        self._ui.code_edit.setVisible(not is_passed)
        self._ui.not_sent_button.setVisible(not is_passed)
        self._ui.not_sent_button.setEnabled(is_ready and is_idle)
        self._ui.code_edit.setEnabled(self._may_type(view))
        self._ui.code_edit.setMaxLength(view.rules.code.digits)
        self._tick()
        if view.state.code is not None and sent_before is None:
            self._ui.code_edit.setFocus()

    def _show_outcome(self, outcome: CodeOutcome | None) -> None:
        self._ui.code_badge.setVisible(outcome is not None)
        if outcome is not None:
            set_text(self._ui.code_badge, code_outcome(outcome))
            set_look(self._ui.code_badge, "tone", TONES[outcome])

    def _may_type(self, view: StepView) -> bool:
        exchange, policy = view.state.code, view.rules.code
        if exchange is None or view.state.waiting is not None:
            return False
        return exchange.tries < policy.tries and self._left_s(exchange.sent_at, policy.valid_s) > 0

    def _left_s(self, since: datetime, seconds: int) -> int:
        passed = (self._clock.now() - since).total_seconds()
        return max(0, round(seconds - passed))

    def _tick(self) -> None:
        if self._view is None:
            return
        state, policy = self._view.state, self._view.rules.code
        set_text(self._ui.code_status_label, self._status(state, policy))
        wait_s = self._left_s(state.code.sent_at, policy.resend_after_s) if state.code else 0
        new = state.draft.new_number
        is_ready = new is not None and new.number == new.repeated and state.waiting is None
        self._ui.send_button.setEnabled(is_ready and wait_s == 0)
        self._ui.send_button.setText(self._send_words(state, wait_s))
        is_running = state.code is not None and self._left_s(state.code.sent_at, policy.valid_s) > 0
        if is_running and not self._timer.isActive():
            self._timer.start()
        elif not is_running:
            self._timer.stop()
            self._ui.code_edit.setEnabled(False)

    def _send_words(self, state: FlowState, wait_s: int) -> str:
        if state.code is None:
            return self.tr("发送验证码")
        if wait_s:
            return self.tr("重发（%1 秒）").replace("%1", str(wait_s))
        return self.tr("重新发送")

    def _status(self, state: FlowState, policy: CodePolicy) -> str:
        new = state.draft.new_number
        if state.waiting in {Waiting.CODE_SENDING, Waiting.CODE_CHECK}:
            return waiting_text(state.waiting)
        if new is not None and new.code is CodeOutcome.PASSED:
            return self.tr("客户能用新号码接收短信")
        if state.code is not None and new is not None:
            return self._under_way(state, policy, new.number)
        if new is None or new.number != new.repeated:
            return self.tr("两次号码一致后可以发送")
        return self.tr("将发到新号码，请客户自己输入；柜员不要代看、代输")

    def _under_way(self, state: FlowState, policy: CodePolicy, number: str) -> str:
        if state.code is None:
            return ""
        to = self.tr("已发到 %1").replace("%1", grouped(masked_phone(number)))
        left_s = self._left_s(state.code.sent_at, policy.valid_s)
        if left_s == 0:
            return to + self.tr("，已过期，请重新发送")
        minutes = f"{left_s // 60}:{left_s % 60:02d}"
        parts = [to, self.tr("，%1 内有效").replace("%1", minutes)]
        if state.code.tries:
            left = str(policy.tries - state.code.tries)
            parts.append(self.tr("，输错了，还可以试 %1 次").replace("%1", left))
        return "".join(parts)

    def _edited(self, text: str) -> None:
        is_whole = self._view is not None and len(text) == self._view.rules.code.digits
        if is_whole and text.isascii() and text.isdigit():
            self._ui.code_edit.clear()
            self.typed.emit(text)
