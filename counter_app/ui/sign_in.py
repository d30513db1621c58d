"""Signing in, and changing a password that must be changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.account import Account
from counter_app.errors import CounterError, FailureCode
from counter_app.ui.generated.ui_sign_in_page import Ui_SignInPage
from counter_app.ui.page import PageKit
from counter_app.ui.texts import failure_text
from counter_app.ui.widgets.looks import set_look, set_text


def refusal_text(error: CounterError) -> str:
    """Say why somebody was not let in, and what to do."""
    words = failure_text(error.code)
    return f"{words.title}。{words.advice}"


class SignInPage(QWidget):
    """Work number and password; they work without a network.

    Signals:
        signed_in: The Account of who signed in.
    """

    signed_in = Signal(object)

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._account: Account | None = None
        self._ui = Ui_SignInPage()
        self._ui.setupUi(self)
        self._ui.account_field.edit.accept_latin_only()
        for field in (self._ui.password_field, self._ui.new_field, self._ui.repeat_field):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.entered.connect(self._enter)
        self._ui.account_field.entered.connect(self._enter)
        self._ui.sign_in_button.clicked.connect(self._sign_in)
        self.restart()

    def restart(self) -> None:
        """Ask anew."""
        self._account = None
        for field in (self._ui.password_field, self._ui.new_field, self._ui.repeat_field):
            field.show_text("")
        self._show_change(self._account)
        self._say("")

    def first_field(self) -> QWidget:
        """Return the field to type in."""
        return self._ui.account_field

    def _enter(self) -> None:
        fields = [self._ui.account_field, self._ui.password_field]
        if self._account is not None:
            fields = [self._ui.new_field, self._ui.repeat_field]
        empty = next((field for field in fields if not field.text().strip()), None)
        if empty is not None:
            empty.setFocus()
            return
        self._sign_in()

    def _sign_in(self) -> None:
        if self._account is not None:
            self._change()
            return
        accounts, clock = self._kit.parts.accounts, self._kit.parts.clock
        name, password = self._ui.account_field.text().strip(), self._ui.password_field.text()
        self._ui.sign_in_button.setEnabled(False)

        def work() -> tuple[Account, bool]:
            account = accounts.sign_in(name, password, clock.now())
            return account, accounts.must_change(account.account_id)

        self._kit.lanes.storage.run(work, self._take, self._refuse)

    def _take(self, answer: tuple[Account, bool]) -> None:
        account, must_change = answer
        self._ui.sign_in_button.setEnabled(True)
        if must_change:
            self._account = account
            self._show_change(account)
            self._say(self.tr("首次登录或密码到期，请设一个新密码"))
            self._ui.new_field.setFocus()
            return
        self.restart()
        self.signed_in.emit(account)

    def _change(self) -> None:
        account = self._account
        if account is None:
            return
        old, new = self._ui.password_field.text(), self._ui.new_field.text()
        if new != self._ui.repeat_field.text():
            self._say(self.tr("两次输入的新密码不一样"))
            return
        accounts, clock = self._kit.parts.accounts, self._kit.parts.clock
        self._ui.sign_in_button.setEnabled(False)

        def work() -> Account:
            accounts.change_password(account.account_id, old, new, clock.now())
            return account

        self._kit.lanes.storage.run(work, self._changed, self._refuse)

    def _changed(self, account: Account) -> None:
        self._ui.sign_in_button.setEnabled(True)
        self.restart()
        self.signed_in.emit(account)

    def _refuse(self, error: CounterError) -> None:
        self._ui.sign_in_button.setEnabled(True)
        self._say(refusal_text(error))
        if error.code in {FailureCode.SIGN_IN_REFUSED, FailureCode.SIGN_IN_LOCKED}:
            field = self._ui.password_field if self._account is None else self._ui.new_field
            field.edit.selectAll()
            field.setFocus()

    def _show_change(self, account: Account | None) -> None:
        is_change = account is not None
        self._ui.account_field.setVisible(not is_change)
        self._ui.password_field.setVisible(not is_change)
        self._ui.new_field.setVisible(is_change)
        self._ui.repeat_field.setVisible(is_change)

    def _say(self, text: str) -> None:
        set_text(self._ui.failure_label, text)
        set_look(self._ui.failure_label, "tone", "stop")
        self._ui.failure_label.setVisible(bool(text))
