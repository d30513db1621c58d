"""The day (F11 on the home page): self-check, totals, hand-over and closing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.account import Account
from counter_app.domain.day_check import CheckItem, CheckLevel, DayCheck
from counter_app.domain.day_totals import Total
from counter_app.ui.day_page_acts import DayActs, Proof
from counter_app.ui.day_page_lists import (
    Counted,
    show_blocks,
    show_check,
    show_differences,
    show_totals,
    status_words,
    words,
)
from counter_app.ui.generated.ui_day_page import Ui_DayPage
from counter_app.ui.page import PageKit
from counter_app.ui.widgets.looks import set_look, set_text

TITLES = {
    "check_title_label": "screen.check",
    "totals_title_label": "screen.totals",
    "blocks_title_label": "screen.blocks",
    "second_title_label": "screen.second",
    "second_line_label": "screen.second_line",
    "shift_title_label": "screen.shift",
    "shift_line_label": "screen.shift_line",
    "check_button": "screen.recheck",
    "summary_button": "screen.print_summary",
    "hand_over_button": "screen.print_hand_over",
    "unlock_button": "screen.unlock",
    "close_button": "screen.close",
}
FIELDS = {
    "account_field": "screen.account",
    "password_field": "screen.password",
    "reason_field": "screen.reason",
    "to_field": "screen.to",
    "to_password_field": "screen.to_password",
}
OPEN_LINES = (Total.PARKED, Total.UNFINISHED, Total.AWAITING_REVIEW)


class DayPage(QWidget):
    """One page for the day; every key of it says what came of it in the line below.

    Signals:
        alarmed: The self-check at the first sign-in found what must be seen before working.
    """

    alarmed = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = DayActs(kit, self)
        self._needs_second = False
        self._is_frozen = False
        self._ui = Ui_DayPage()
        self._ui.setupUi(self)
        self._name()
        self._connect()

    def begin(self, account: Account) -> None:
        """Check the counter and open the day, at the first sign-in of the day."""
        self._acts.begin(account)

    def refresh(self) -> None:
        """Look round and add up today's rows."""
        self._forget()
        self._acts.look()

    def recheck(self) -> None:
        """Look round and read the whole journal (Ctrl+R)."""
        self._forget()
        self._acts.look_closely()

    def first_field(self) -> QWidget:
        """Return the key that is used most."""
        return self._ui.summary_button

    def _name(self) -> None:
        self._ui.headline.ask(words("screen.title"), words("screen.line"))
        name_parts(self._ui)
        for field in (self._ui.password_field, self._ui.to_password_field):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self._ui.account_field, self._ui.to_field):
            field.edit.accept_latin_only()
        self._ui.check_button.setShortcut("Ctrl+R")
        ui = self._ui
        for part in (
            ui.blocks_card,
            ui.second_area,
            ui.shift_area,
            ui.unlock_button,
            ui.said_label,
        ):
            part.hide()

    def _connect(self) -> None:
        acts, ui = self._acts, self._ui
        ui.check_button.clicked.connect(self.recheck)
        ui.summary_button.clicked.connect(acts.print_summary)
        ui.hand_over_button.clicked.connect(self._hand_over)
        ui.unlock_button.clicked.connect(self._unlock)
        ui.close_button.clicked.connect(self._close)
        ui.to_field.edited.connect(self._to_edited)
        acts.checked.connect(self._show_check)
        acts.begun.connect(self._begun)
        acts.counted.connect(self._show)
        acts.proved.connect(self._proved)
        acts.done.connect(self._forget)
        acts.said.connect(self._say)

    def _begun(self, check: DayCheck) -> None:
        self._show_check(check)
        stops = {line.item for line in check.lines if line.level is CheckLevel.STOP}
        if stops - {CheckItem.UNPRINTED}:
            self.alarmed.emit()

    def _proved(self, counted: Counted) -> None:
        self._show(counted)
        if counted.totals.differences:
            self.alarmed.emit()

    def _show_check(self, check: DayCheck) -> None:
        queue = next(line for line in check.lines if line.item is CheckItem.QUEUE)
        self._is_frozen = queue.level is CheckLevel.STOP
        show_check(self._ui.check_layout, check)
        self._ui.unlock_button.setVisible(self._is_frozen)
        self._show_second()

    def _show(self, counted: Counted) -> None:
        status, totals = counted.status, counted.totals
        self._ui.headline.ask(f"{words('screen.title')}　{status.day}", status_words(status))
        show_totals(self._ui.totals_grid, totals)
        found = len(totals.differences)
        told = words("screen.differences", found) if found else words("screen.reconciled")
        set_text(self._ui.agree_label, told)
        set_look(self._ui.agree_label, "tone", "stop" if found else "good")
        show_differences(self._ui.differences_layout, totals)
        self._ui.blocks_card.setVisible(show_blocks(self._ui.blocks_layout, totals))
        self._ui.shift_area.setVisible(any(totals.of(total) for total in OPEN_LINES))
        self._needs_second = totals.is_blocked
        self._show_second()

    def _show_second(self) -> None:
        self._ui.second_area.setVisible(self._needs_second or self._is_frozen)
        code = "screen.close_deferred" if self._needs_second else "screen.close"
        self._ui.close_button.setText(words(code))

    def _to_edited(self, text: str) -> None:
        code = "screen.hand_over" if text.strip() else "screen.print_hand_over"
        self._ui.hand_over_button.setText(words(code))

    def _hand_over(self) -> None:
        name, password = self._ui.to_field.text().strip(), self._ui.to_password_field.text()
        self._ui.to_password_field.show_text("")
        self._acts.hand_over(Proof(name, password))

    def _unlock(self) -> None:
        self._acts.unlock(self._second())

    def _close(self) -> None:
        self._acts.close(self._second())

    def _second(self) -> Proof:
        ui = self._ui
        password = ui.password_field.text()
        ui.password_field.show_text("")
        return Proof(ui.account_field.text().strip(), password, ui.reason_field.text().strip())

    def _forget(self) -> None:
        for name in FIELDS:
            getattr(self._ui, name).show_text("")
        self._to_edited("")

    def _say(self, text: str, tone: str) -> None:
        set_text(self._ui.said_label, text)
        set_look(self._ui.said_label, "tone", tone)
        self._ui.said_label.setVisible(bool(text))


def name_parts(ui: Ui_DayPage) -> None:
    """Write every title, key and field's name in the language of the screen."""
    for name, code in TITLES.items():
        getattr(ui, name).setText(words(code))
    for name, code in FIELDS.items():
        getattr(ui, name).set_label(words(code))
