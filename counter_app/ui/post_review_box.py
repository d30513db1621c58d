"""What the look afterwards came to: good, or doubtful with a reason from the list."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from counter_app.services.post_review import PostDoubt, PostVerdict
from counter_app.ui.generated.ui_review_page import Ui_ReviewPage
from counter_app.ui.pages.review_words import post_doubt, post_verdict
from counter_app.ui.widgets.choice import Choice
from counter_app.ui.widgets.looks import set_look, set_text


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the person chose.

    Attributes:
        password: Typed again because the sign-in was too long ago; else empty.
    """

    verdict: PostVerdict
    doubt: PostDoubt | None
    password: str = field(default="", repr=False)


class PostReviewBox(QObject):
    """The right half of the review form, as the look afterwards uses it.

    Signals:
        judged: A Judgement.
    """

    judged = Signal(object)

    def __init__(self, ui: Ui_ReviewPage, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._left = 0
        self._is_busy = False
        ui.label_2.setText(self.tr("看的结果"))
        ui.account_field.hide()
        ui.reason_edit.hide()
        ui.password_field.set_label(self.tr("密码"))
        ui.password_field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        ui.decision_choice.set_question(self.tr("看的结果"))
        ui.decision_choice.offer([Choice(one, post_verdict(one)) for one in PostVerdict], columns=2)
        for doubt in PostDoubt:
            ui.reason_combo.addItem(post_doubt(doubt), doubt)
        ui.decision_choice.picked.connect(self.refresh)
        ui.reason_combo.activated.connect(self.refresh)
        ui.password_field.edited.connect(self.refresh)
        ui.password_field.entered.connect(self.decide)
        ui.decide_button.clicked.connect(self.decide)

    def forget(self) -> None:
        """Another case, or nobody: nothing is chosen."""
        self._is_busy = False
        self._ui.decision_choice.show_value(None)
        self._ui.reason_combo.setCurrentIndex(-1)
        self._ui.password_field.show_text("")
        self._ui.password_field.hide()
        self.say("")
        self.refresh()

    def show_unticked(self, left: int) -> None:
        """Note how many fields are still to be ticked."""
        self._left = left
        self.refresh()

    def ask_password(self) -> None:
        """Ask for the password again: the sign-in was too long ago."""
        self._is_busy = False
        self._ui.password_field.show_text("")
        self._ui.password_field.show()
        self.refresh()
        self._ui.password_field.edit.setFocus()

    def say(self, text: str) -> None:
        """Say why it did not count; the choice stays."""
        self._is_busy = False
        self._ui.password_field.advise(text, "stop" if text else "")
        if text:
            self._ui.password_field.show()
        self.refresh()

    def refresh(self) -> None:
        """Say what is still missing; the key works when nothing is."""
        missing = self._missing()
        is_doubtful = self._verdict() is PostVerdict.DOUBTFUL
        self._ui.label_3.setVisible(is_doubtful)
        self._ui.reason_combo.setVisible(is_doubtful)
        set_text(self._ui.hint_label, missing)
        set_look(self._ui.hint_label, "tone", "")
        self._ui.decide_button.setEnabled(not missing and not self._is_busy)

    def decide(self) -> None:
        """Hand the judgement over, once nothing is missing."""
        verdict = self._verdict()
        if verdict is None or self._missing() or self._is_busy:
            return
        password = self._ui.password_field.text()
        self._ui.password_field.show_text("")
        self._is_busy = True
        self._ui.decide_button.setEnabled(False)
        doubt = self._doubt() if verdict is PostVerdict.DOUBTFUL else None
        self.judged.emit(Judgement(verdict, doubt, password))

    def _missing(self) -> str:
        verdict = self._verdict()
        if verdict is None:
            return self.tr("请选择无误或存疑")
        if verdict is PostVerdict.GOOD and self._left:
            return self.tr("还有 %1 项没有打勾").replace("%1", str(self._left))
        if verdict is PostVerdict.DOUBTFUL and self._doubt() is None:
            return self.tr("请选择存疑的原因")
        if self._ui.password_field.isVisible() and not self._ui.password_field.text():
            return self.tr("签入已超过两分钟，请再输入密码")
        return ""

    def _verdict(self) -> PostVerdict | None:
        value = self._ui.decision_choice.value()
        return value if isinstance(value, PostVerdict) else None

    def _doubt(self) -> PostDoubt | None:
        value = self._ui.reason_combo.currentData()
        return PostDoubt(value) if value is not None else None
