"""What waits for a look afterwards, and the reviewer's sign-in at this moment."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.masking import masked_name
from counter_app.ports.stored import StoredCase
from counter_app.services.post_review import DoubtfulCase
from counter_app.ui.generated.ui_post_review_list import Ui_PostReviewList
from counter_app.ui.pages.review_words import post_doubt
from counter_app.ui.top_bar import age_text
from counter_app.ui.widgets.finding_list import Note
from counter_app.ui.widgets.looks import clear_layout, label, set_look, set_text

SHOWN = 50


class PostReviewList(QWidget):
    """The list, without anything that only a reviewer may see.

    Signals:
        signed: Staff number and password of who wants to look.
    """

    signed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = Ui_PostReviewList()
        self._ui.setupUi(self)
        self._ui.account_field.edit.accept_latin_only()
        self._ui.password_field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._ui.account_field.entered.connect(self._go_on)
        self._ui.password_field.entered.connect(self._sign)
        self._ui.look_button.clicked.connect(self._sign)

    def show_cases(
        self, waiting: tuple[StoredCase, ...], doubtful: tuple[DoubtfulCase, ...], now: datetime
    ) -> None:
        """Show what waits, longest first, and what was found doubtful."""
        count = self.tr("%1 件待事后复核") if waiting else self.tr("没有待事后复核的")
        set_text(self._ui.count_label, count.replace("%1", str(len(waiting))))
        self._ui.sign_card.setVisible(bool(waiting or doubtful))
        clear_layout(self._ui.rows_layout)
        for case in waiting[:SHOWN]:
            self._ui.rows_layout.addWidget(WaitingRow(case, now))
        for one in doubtful[:SHOWN]:
            self._ui.rows_layout.addWidget(self._doubtful_row(one))

    def first_field(self) -> QWidget:
        """Return the field to type in."""
        return self._ui.account_field

    def forget(self) -> None:
        """Forget who typed."""
        self._ui.account_field.show_text("")
        self._ui.password_field.show_text("")
        self.say("", "")

    def say(self, text: str, tone: str) -> None:
        """Say what came of a sign-in, or of the last case."""
        self._ui.look_button.setEnabled(True)
        set_text(self._ui.said_label, text)
        set_look(self._ui.said_label, "tone", tone)
        self._ui.said_label.setVisible(bool(text))

    def _go_on(self) -> None:
        self._ui.password_field.edit.setFocus()

    def _sign(self) -> None:
        name, password = self._ui.account_field.text().strip(), self._ui.password_field.text()
        self._ui.password_field.show_text("")
        if name and password:
            self._ui.look_button.setEnabled(False)
            self.signed.emit(name, password)

    def _doubtful_row(self, one: DoubtfulCase) -> Note:
        told = self.tr("事后复核存疑：%1").replace("%1", post_doubt(one.doubt))
        what = self.tr("%1　请打开该件作废、撤回或更正；或由中心主任再看一次")
        return Note("caution", told, what.replace("%1", one.case.acceptance_no or ""))


class WaitingRow(QFrame):
    """One case that waits: whose, by whom it was accepted, for how long it waits."""

    def __init__(self, case: StoredCase, now: datetime) -> None:
        super().__init__()
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(2)
        name = case.summary.merchant_name or case.summary.terminal_sn
        parts = (name, masked_name(case.summary.customer))
        column.addWidget(label("　".join(part for part in parts if part), wraps=True))
        by = self.tr("经办 %1").replace("%1", case.clerk_id)
        since = age_text(now - (case.accepted_at or case.changed_at))
        column.addWidget(label(f"{case.acceptance_no or ''}　{by}　{since}", "small", wraps=True))
