"""The locked window: nothing of a customer is seen until the same clerk unlocks it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from counter_app.domain.account import Account
from counter_app.errors import CounterError
from counter_app.ui.generated.ui_lock_page import Ui_LockPage
from counter_app.ui.page import PageKit
from counter_app.ui.sign_in import refusal_text
from counter_app.ui.widgets.looks import set_look, set_text


class LockPage(QWidget):
    """Asks the clerk who locked the window for the password.

    Signals:
        unlocked: The right password was given.
    """

    unlocked = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._account: Account | None = None
        self._ui = Ui_LockPage()
        self._ui.setupUi(self)
        self._ui.password_field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._ui.password_field.entered.connect(self._unlock)
        self._ui.unlock_button.clicked.connect(self._unlock)
        set_look(self._ui.failure_label, "tone", "stop")

    def lock(self, account: Account) -> None:
        """Ask for the password of an account; what was left open above the window goes."""
        _close_what_is_above()
        self._account = account
        self._ui.password_field.show_text("")
        set_text(self._ui.clerk_label, f"{account.display_name}（{account.account_id}）")
        self._ui.failure_label.hide()

    def first_field(self) -> QWidget:
        """Return the field to type in."""
        return self._ui.password_field

    def _unlock(self) -> None:
        account = self._account
        if account is None or not self._ui.password_field.text():
            return
        accounts, clock = self._kit.parts.accounts, self._kit.parts.clock
        password = self._ui.password_field.text()
        self._ui.unlock_button.setEnabled(False)
        self._kit.lanes.storage.run(
            lambda: accounts.sign_in(account.account_id, password, clock.now()),
            self._take,
            self._refuse,
        )

    def _take(self, _account: Account) -> None:
        self._ui.unlock_button.setEnabled(True)
        self._ui.password_field.show_text("")
        self.unlocked.emit()

    def _refuse(self, error: CounterError) -> None:
        self._ui.unlock_button.setEnabled(True)
        set_text(self._ui.failure_label, refusal_text(error))
        self._ui.failure_label.show()
        self._ui.password_field.edit.selectAll()


def _close_what_is_above() -> None:
    """Close dialogs and lists that would still show, and take, something while it is locked."""
    for active in (QApplication.activePopupWidget, QApplication.activeModalWidget):
        while (above := active()) is not None and above.close():
            pass


class IdleWatch(QObject):
    """Notices that nobody touched the window for a while.

    Signals:
        idle: The time is over.
    """

    idle = Signal()

    def __init__(self, after_s: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_s * 1000)
        self._timer.timeout.connect(self.idle)

    def restart(self) -> None:
        """Begin to count anew."""
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count anew at every key and click that reaches the window."""
        touches = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}
        if event.type() in touches and self._timer.isActive():
            self._timer.start()
        return False
