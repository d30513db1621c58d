"""A large field for a mobile number, shown in the groups in which it is read aloud."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.phone import normalised
from counter_app.ui.widgets.field import LabelledField, LineField
from counter_app.ui.widgets.looks import set_look

LONGEST = 20


def grouped_as_typed(digits: str) -> str:
    """Return up to eleven digits in groups of 3-4-4; more stay together, for all to see."""
    if len(digits) > 11:
        return digits
    return " ".join(part for part in (digits[:3], digits[3:7], digits[7:]) if part)


class NumberEdit(LineField):
    """Digits in groups; the caret stays behind the digit that was typed.

    Signals:
        digits_edited: The number as plain digits, when a person changed it.
    """

    digits_edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.accept_latin_only()
        set_look(self, "role", "number")
        self.textEdited.connect(self._regroup)

    def digits(self) -> str:
        """Return the number without its groups."""
        return normalised(self.text())

    def show_digits(self, digits: str) -> None:
        """Show a number unless it stands there already."""
        if self.digits() != digits:
            self.setText(grouped_as_typed(digits))

    def _regroup(self, text: str) -> None:
        before = len(normalised(text[: self.cursorPosition()]))
        digits = normalised(text)
        shown = grouped_as_typed(digits) if digits.isdigit() else text
        if shown != text:
            self.setText(shown)
            self.setCursorPosition(_place_after(shown, before))
        self.digits_edited.emit(digits)


def _place_after(shown: str, digits: int) -> int:
    seen = 0
    for place, char in enumerate(shown):
        if seen == digits:
            return place
        seen += char.isdigit()
    return len(shown)


class NumberField(LabelledField):
    """A labelled number field.

    Signals:
        digits_edited: The number as plain digits, when a person changed it.
    """

    digits_edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.number_edit = NumberEdit()
        super().__init__(parent, self.number_edit)
        self.number_edit.digits_edited.connect(self.digits_edited)

    def digits(self) -> str:
        """Return the number without its groups."""
        return self.number_edit.digits()

    def show_digits(self, digits: str) -> None:
        """Show a number unless it stands there already."""
        self.number_edit.show_digits(digits)
