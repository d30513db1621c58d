"""The entries of one check, made from its specifications."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.delegation_letter import Letter
from counter_app.services.letter_proposal import blank_letter
from counter_app.ui.pages.letter_spec import ChoiceSpec, Spec, TextSpec, TickSpec


class LetterFields(QWidget):
    """Shows a letter's facts of one check and lets the clerk correct them."""

    edited = Signal(object)
    """The letter after what the clerk did."""

    def __init__(self, specs: tuple[Spec, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = blank_letter()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._entries = tuple(self._entry(spec) for spec in specs)
        for entry in self._entries:
            column.addWidget(entry.widget())

    def show_letter(self, letter: Letter) -> None:
        """Show the facts; an entry that says the same already is left alone."""
        self._letter = letter
        for entry in self._entries:
            entry.show(letter)

    def first_field(self) -> QWidget:
        """Return what receives the focus when the check is opened."""
        return self._entries[0].field() if self._entries else self

    def _entry(self, spec: Spec) -> Entry:
        match spec:
            case TextSpec():
                return TextEntry(spec, self)
            case TickSpec():
                return TickEntry(spec, self)
            case ChoiceSpec():
                return ChoiceEntry(spec, self)

    def letter(self) -> Letter:
        """Return the letter as shown."""
        return self._letter

    def take(self, letter: Letter) -> None:
        """Tell what the clerk did."""
        if letter != self._letter:
            self.show_letter(letter)
            self.edited.emit(letter)


class TextEntry:
    """A label above a line of text."""

    def __init__(self, spec: TextSpec, owner: LetterFields) -> None:
        self._spec, self._owner = spec, owner
        self._widget = QWidget(owner)
        self._edit = QLineEdit(self._widget)
        self._edit.setPlaceholderText(spec.hint)
        label = QLabel(spec.label, self._widget)
        label.setBuddy(self._edit)
        self._edit.setAccessibleName(spec.label)
        column = QVBoxLayout(self._widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label)
        column.addWidget(self._edit)
        self._edit.textEdited.connect(self._edited)

    def widget(self) -> QWidget:
        """Return what is laid out."""
        return self._widget

    def field(self) -> QWidget:
        """Return what takes the focus."""
        return self._edit

    def show(self, letter: Letter) -> None:
        """Show the letter's text unless what is typed means the same."""
        self._widget.setVisible(self._spec.is_met(letter))
        if self._spec.taken(letter, self._edit.text()) != letter or not self._edit.hasFocus():
            text = self._spec.shown(letter)
            if self._edit.text() != text and not self._means_nothing_yet(letter):
                self._edit.setText(text)

    def _means_nothing_yet(self, letter: Letter) -> bool:
        """Half a date is not yet a date: what is being typed stays."""
        is_same = self._spec.taken(letter, self._edit.text()) == letter
        return self._edit.isModified() and is_same

    def _edited(self, text: str) -> None:
        self._owner.take(self._spec.taken(self._owner.letter(), text))


class TickEntry:
    """A box to tick."""

    def __init__(self, spec: TickSpec, owner: LetterFields) -> None:
        self._spec, self._owner = spec, owner
        self._box = QCheckBox(spec.label, owner)
        self._box.clicked.connect(self._clicked)

    def widget(self) -> QWidget:
        """Return what is laid out."""
        return self._box

    def field(self) -> QWidget:
        """Return what takes the focus."""
        return self._box

    def show(self, letter: Letter) -> None:
        """Show whether it is ticked."""
        self._box.setVisible(self._spec.is_met(letter))
        self._box.setChecked(self._spec.shown(letter))

    def _clicked(self, is_checked: bool) -> None:  # noqa: FBT001 - the signal's argument
        self._owner.take(self._spec.taken(self._owner.letter(), is_checked))


@dataclass(frozen=True, slots=True)
class _Option:
    button: QRadioButton
    value: str


class ChoiceEntry:
    """One of a few, side by side."""

    def __init__(self, spec: ChoiceSpec, owner: LetterFields) -> None:
        self._spec, self._owner = spec, owner
        self._widget = QWidget(owner)
        row = QHBoxLayout(self._widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._group = QButtonGroup(self._widget)
        self._options = tuple(
            _Option(QRadioButton(label, self._widget), value) for label, value in spec.options
        )
        for option in self._options:
            self._group.addButton(option.button)
            row.addWidget(option.button)
        row.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)

    def widget(self) -> QWidget:
        """Return what is laid out."""
        return self._widget

    def field(self) -> QWidget:
        """Return what takes the focus."""
        checked = [option.button for option in self._options if option.button.isChecked()]
        return checked[0] if checked else self._options[0].button

    def show(self, letter: Letter) -> None:
        """Show which is chosen."""
        self._widget.setVisible(self._spec.is_met(letter))
        for option in self._options:
            if option.value == self._spec.shown(letter):
                option.button.setChecked(True)

    def _clicked(self, button: QRadioButton) -> None:
        value = next(option.value for option in self._options if option.button is button)
        self._owner.take(self._spec.taken(self._owner.letter(), value))


Entry = TextEntry | TickEntry | ChoiceEntry
