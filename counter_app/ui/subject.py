"""What the counter holds about a person (F4 on the day page): listed, copied, noted as wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.counter_facts import SHANGHAI
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.ports.subject import Held, SubjectRights
from counter_app.ui.generated.ui_subject_view import Ui_SubjectView
from counter_app.ui.page import PageKit
from counter_app.ui.sign_in import refusal_text
from counter_app.ui.subject_row import HeldRow
from counter_app.ui.widgets.looks import clear_layout, set_look, set_text

Found = tuple[Authorisation, tuple[Held, ...]]
T = TypeVar("T")


class SubjectView(QWidget):
    """Holds the proof, the question and the answer only while it is seen."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._proof: Authorisation | None = None
        self._held: tuple[Held, ...] = ()
        self._rows: list[HeldRow] = []
        self._ui = Ui_SubjectView()
        self._ui.setupUi(self)
        ui = self._ui
        ui.account_field.edit.accept_latin_only()
        ui.password_field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (ui.account_field, ui.password_field, ui.who_field):
            field.entered.connect(self._go_on)
        ui.find_button.clicked.connect(self._find)
        ui.folder_field.entered.connect(self._export)
        ui.export_button.clicked.connect(self._export)
        self.open()

    def open(self) -> None:
        """Begin without anybody."""
        self._proof, self._held = None, ()
        for field in (self._ui.account_field, self._ui.password_field, self._ui.who_field):
            field.show_text("")
        self._show_held(())
        self._say("", "")

    def first_field(self) -> QWidget:
        """Return the field to type in."""
        return self._ui.account_field

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Forget everything as soon as something else is seen."""
        super().hideEvent(event)
        self.open()

    def _go_on(self) -> None:
        fields = (self._ui.account_field, self._ui.password_field, self._ui.who_field)
        empty = next((field for field in fields if not field.text().strip()), None)
        if empty is None:
            self._find()
        else:
            empty.edit.setFocus()

    def _find(self) -> None:
        parts, ui = self._kit.parts, self._ui
        rights = parts.subjects
        name, password = ui.account_field.text().strip(), ui.password_field.text()
        who = ui.who_field.text().strip()
        if rights is None or not (name and password and who):
            return
        ui.password_field.show_text("")
        ui.find_button.setEnabled(False)

        def work() -> Found:
            proof = parts.accounts.step_up(name, password, parts.clock.now())
            return proof, rights.find(proof, who)

        self._kit.lanes.storage.run(work, self._found, self._fail)

    def _found(self, found: Found) -> None:
        self._ui.find_button.setEnabled(True)
        if not self.isVisible():
            return
        self._proof, held = found
        self._show_held(held)
        told = self.tr("%1 件提到此人") if held else self.tr("没有此人的信息")
        self._say(told.replace("%1", str(len(held))), "")
        target = self._rows[0].button if self._rows else self._ui.who_field.edit
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_held(self, held: tuple[Held, ...]) -> None:
        self._held = held
        clear_layout(self._ui.rows_layout)
        self._rows = [HeldRow(one) for one in held]
        for row in self._rows:
            row.corrected.connect(self._correct)
            self._ui.rows_layout.addWidget(row)
            row.show()
        self._ui.export_area.setVisible(bool(held))
        if held:
            now = self._kit.parts.clock.now().astimezone(SHANGHAI)
            folder = Path.home() / f"个人信息-{now:%Y%m%d-%H%M%S}"
            self._ui.folder_field.show_text(str(folder))

    def _export(self) -> None:
        held, typed = self._held, self._ui.folder_field.text().strip()
        if held and typed:
            target = Path(typed).expanduser()

            def report(count: int) -> None:
                told = self.tr("已复制 %1 件、%2 个文件").replace("%1", str(len(held)))
                self._say(told.replace("%2", str(count)), "good")

            self._act(lambda rights, proof: rights.export(proof, held, target), report)

    def _correct(self, case_id: str, words: str) -> None:
        who = self._ui.who_field.text().strip()

        def work(rights: SubjectRights, proof: Authorisation) -> tuple[Held, ...]:
            rights.correct(proof, case_id, words)
            return rights.find(proof, who)

        def report(held: tuple[Held, ...]) -> None:
            self._show_held(held)
            self._say(self.tr("已记下；需要改的，请按更正另办一件"), "good")
            if self._rows:
                self._rows[0].button.setFocus(Qt.FocusReason.OtherFocusReason)

        self._act(work, report)

    def _act(
        self,
        work: Callable[[SubjectRights, Authorisation], T],
        report: Callable[[T], None],
    ) -> None:
        rights, proof = self._kit.parts.subjects, self._proof
        if rights is not None and proof is not None:
            self._kit.lanes.storage.run(lambda: work(rights, proof), report, self._fail)

    def _fail(self, error: CounterError) -> None:
        self._ui.find_button.setEnabled(True)
        if error.code is FailureCode.SECOND_PERSON:
            self._say(self.tr("签入已超过两分钟：请再输入密码，按 Enter 重新查找"), "stop")
            self._ui.password_field.edit.setFocus()
            return
        self._say(refusal_text(error), "stop")

    def _say(self, text: str, tone: str) -> None:
        set_text(self._ui.said_label, text)
        set_look(self._ui.said_label, "tone", tone)
        self._ui.said_label.setVisible(bool(text))
