"""What is the new number, whose is it, and does it receive messages?"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.draft import CodeOutcome
from counter_app.domain.step import Step
from counter_app.flow.answers import (
    CodeAnswer,
    NumberAnswer,
    RepeatAnswer,
)
from counter_app.flow.events import Answered, CodeTyped, SendCodePressed
from counter_app.ui.generated.ui_new_number_page import Ui_NewNumberPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.new_number_code import CodeBox
from counter_app.ui.pages.new_number_holder import HolderBox
from counter_app.ui.texts import question
from counter_app.ui.widgets.number_field import NumberEdit

FULL_LENGTH = 11


class NewNumberPage(Page):
    """Takes the number twice, its holder, a reason when it is shared, and the code."""

    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_NewNumberPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.NEW_NUMBER))
        self._ui.number_field.set_label(self.tr("新号码"))
        self._ui.repeat_field.set_label(self.tr("请客户再输一次"))
        self._case, self._number, self._repeat = "", "", ""
        self._holder = HolderBox(self._ui, self)
        self._code = CodeBox(self._ui, kit.parts.clock, self)
        self._connect()

    def _connect(self) -> None:
        self._ui.number_field.digits_edited.connect(self._number_edited)
        self._ui.number_field.left.connect(self._number_left)
        self._ui.number_field.entered.connect(self._number_left)
        self._ui.repeat_field.digits_edited.connect(self._repeat_edited)
        self._ui.repeat_field.left.connect(self._repeat_left)
        self._ui.repeat_field.entered.connect(self._repeat_left)
        self._holder.answered.connect(self.happened)
        self._ui.send_button.clicked.connect(self._send)
        self._ui.not_sent_button.clicked.connect(self._not_sent)
        self._code.typed.connect(self._code_typed)

    def show_view(self, view: StepView) -> None:
        """Show what is known of the number; what is being typed stays."""
        draft = view.state.draft
        self._show_numbers(view)
        self._holder.show_number(draft.new_number)
        self._ui.findings_list.show_findings(view.assessment.at(Step.NEW_NUMBER))
        self._code.show_view(view)

    def first_field(self) -> QWidget:
        """Return the field of the number."""
        return self._ui.number_field.edit

    def _show_numbers(self, view: StepView) -> None:
        draft = view.state.draft
        new = draft.new_number
        number, repeat = (new.number, new.repeated or "") if new is not None else ("", "")
        is_other = (draft.case_id, number) != (self._case, self._number)
        if is_other:
            self._ui.number_field.show_digits(number)
        if is_other or repeat != self._repeat:
            self._ui.repeat_field.show_digits(repeat)
        self._case, self._number, self._repeat = draft.case_id, number, repeat
        self._advise(view)

    def _advise(self, view: StepView) -> None:
        is_fine = bool(self._number) and not view.assessment.at(Step.NEW_NUMBER)
        fine = self.tr("✓ 号码可用，与原号码不同") if is_fine else ""
        self._ui.number_field.advise(fine, "good" if is_fine else "")
        if not self._repeat:
            self._ui.repeat_field.advise()
        elif self._repeat == self._number:
            self._ui.repeat_field.advise(self.tr("✓ 两次一致"), "good")
        else:
            self._ui.repeat_field.advise(self.tr("× 两次不一致，请客户看着号码再输一次"), "stop")

    def refuses_scan(self, text: str, field: QLineEdit) -> bool:
        """Take no serial number for a mobile number."""
        return isinstance(field, NumberEdit) and not text.isdigit()

    def _number_edited(self, digits: str) -> None:
        if digits.isdigit() and len(digits) >= FULL_LENGTH and digits != self._number:
            self.happened.emit(Answered(NumberAnswer(digits)))

    def _number_left(self) -> None:
        digits = self._ui.number_field.digits()
        if digits and digits != self._number:
            self.happened.emit(Answered(NumberAnswer(digits)))

    def _repeat_edited(self, digits: str) -> None:
        if digits.isdigit() and len(digits) >= FULL_LENGTH and digits != self._repeat:
            self.happened.emit(Answered(RepeatAnswer(digits)))

    def _repeat_left(self) -> None:
        digits = self._ui.repeat_field.digits()
        if digits and digits != self._repeat:
            self.happened.emit(Answered(RepeatAnswer(digits)))

    def _send(self) -> None:
        self.happened.emit(SendCodePressed())

    def _not_sent(self) -> None:
        self.happened.emit(Answered(CodeAnswer(CodeOutcome.NOT_SENT)))

    def _code_typed(self, code: str) -> None:
        self.happened.emit(CodeTyped(code))
