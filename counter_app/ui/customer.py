"""The customer's screen: what changes, what does not, consents, the code; blank in between."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QVBoxLayout, QWidget

from counter_app.domain.draft import Consent
from counter_app.domain.masking import masked_phone
from counter_app.domain.phone import grouped
from counter_app.domain.step import Step
from counter_app.flow.answers import ConsentAnswer
from counter_app.flow.events import Answered, CodeTyped
from counter_app.ui.customer_draft import DraftSheet
from counter_app.ui.customer_notice import NoticeSheet
from counter_app.ui.customer_pad import CodePad
from counter_app.ui.customer_sign import SignSheet
from counter_app.ui.generated.ui_customer_window import Ui_CustomerWindow
from counter_app.ui.icons import pixmap
from counter_app.ui.page import StepView
from counter_app.ui.pages.confirm_words import (
    account_words,
    expected_words,
    fee_words,
    new_number_words,
    old_number_words,
)
from counter_app.ui.texts_visit import consent
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import set_text

LOGO_PX = 96
NOTICE_STEPS = frozenset(
    {Step.PRESENTER, Step.PRESENTER_ID, Step.PRINCIPAL_ID, Step.LETTER, Step.MATERIALS}
)
"""While the clerk takes the documents the customer reads what becomes of them."""
CHANGE_STEPS = frozenset({Step.CONFIRM, Step.REVIEW, Step.ACCEPT, Step.PRINT})


class CustomerScene(Enum):
    """What the customer sees."""

    BLANK = "blank"
    NOTICE = "notice"
    CHANGE = "change"
    CODE = "code"


def scene_of(view: StepView | None) -> CustomerScene:
    """Return what the customer may see of a visit."""
    if view is None or view.state.is_over:
        return CustomerScene.BLANK
    if view.state.step is Step.NEW_NUMBER and view.state.code is not None:
        return CustomerScene.CODE
    if view.state.step in NOTICE_STEPS:
        return CustomerScene.NOTICE
    is_shown = view.state.step in CHANGE_STEPS and view.state.draft.new_number is not None
    return CustomerScene.CHANGE if is_shown else CustomerScene.BLANK


class CustomerWindow(QWidget):
    """A second window; nothing of one customer is left when the next one comes.

    Signals:
        happened: An event for the flow.
    """

    happened = Signal(object)

    def __init__(self, branch: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self._ui = Ui_CustomerWindow()
        self._ui.setupUi(self)
        self.draft = DraftSheet(self._ui, self)
        self.notice = NoticeSheet(self._ui, self)
        self.sign = SignSheet(self._ui, self)
        self.setWindowTitle(self.tr("客户副屏"))
        set_text(self._ui.branch_label, branch)
        side = theme().px(LOGO_PX)
        self._ui.logo_label.setPixmap(pixmap("terminal", theme().palette.accent, side))
        self._ui.notice_tick.setText(consent(Consent.NOTICE))
        self._ui.sensitive_tick.setText(consent(Consent.SENSITIVE))
        self.pad = CodePad(self._ui.pad_layout, self._ui.code_label, self)
        self.pad.typed.connect(self._typed)
        self._ui.notice_tick.clicked.connect(self._consented)
        self._ui.sensitive_tick.clicked.connect(self._consented)
        self.show_view(None)

    def show_view(self, view: StepView | None) -> None:
        """Show what concerns the customer now; the logo when nothing does."""
        scene = scene_of(view)
        areas = {
            CustomerScene.BLANK: self._ui.blank_area,
            CustomerScene.NOTICE: self._ui.notice_area,
            CustomerScene.CHANGE: self._ui.change_area,
            CustomerScene.CODE: self._ui.code_area,
        }
        if scene is not CustomerScene.CHANGE:
            self.draft.reduce()
            self.notice.close()
        if view is None:
            self.sign.close()
        if not (self.draft.is_large or self.notice.is_open or self.sign.is_open):
            self._ui.state_stack.setCurrentWidget(areas[scene])
        if view is None or scene is not CustomerScene.CODE:
            self.pad.forget()
        if view is None or scene in {CustomerScene.BLANK, CustomerScene.NOTICE}:
            self._forget()
        elif scene is CustomerScene.CODE:
            self._show_code(view)
        else:
            self._show_change(view)

    def _show_code(self, view: StepView) -> None:
        new = view.state.draft.new_number
        number = grouped(masked_phone(new.number)) if new is not None else ""
        set_text(self._ui.code_number_label, self.tr("已发到 %1").replace("%1", number))
        self.pad.ask(view.rules.code.digits, is_open=view.state.waiting is None)

    def _show_change(self, view: StepView) -> None:
        draft = view.state.draft
        set_text(self._ui.old_label, old_number_words(draft))
        set_text(self._ui.new_label, new_number_words(draft))
        set_text(self._ui.account_label, account_words(draft))
        set_text(self._ui.fee_label, fee_words(view.rules))
        set_text(self._ui.day_label, expected_words(view.rules))
        given = draft.consents or frozenset()
        self._ui.notice_tick.setChecked(Consent.NOTICE in given)
        self._ui.sensitive_tick.setChecked(Consent.SENSITIVE in given)
        is_asked = view.state.step is Step.CONFIRM
        self._ui.notice_tick.setEnabled(is_asked)
        self._ui.sensitive_tick.setEnabled(is_asked)

    def _forget(self) -> None:
        ui = self._ui
        for shown in (ui.old_label, ui.new_label, ui.account_label, ui.code_number_label):
            set_text(shown, "")
        ui.notice_tick.setChecked(False)
        ui.sensitive_tick.setChecked(False)

    def _consented(self) -> None:
        ticks = (
            (self._ui.notice_tick, Consent.NOTICE),
            (self._ui.sensitive_tick, Consent.SENSITIVE),
        )
        given = frozenset(agreed for tick, agreed in ticks if tick.isChecked())
        self.happened.emit(Answered(ConsentAnswer(given)))

    def _typed(self, code: str) -> None:
        self.happened.emit(CodeTyped(code))


class RotatedPreview(QWidget):
    """The customer's screen upside down, for a monitor that is turned to the customer."""

    def __init__(self, customer: CustomerWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scene = QGraphicsScene(self)
        self._proxy = scene.addWidget(customer)
        self._proxy.setRotation(180)
        view = QGraphicsView(scene, self)
        view.setFrameShape(QGraphicsView.Shape.NoFrame)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
