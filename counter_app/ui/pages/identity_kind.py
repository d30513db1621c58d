"""Which document is laid down: a card of the resident-ID reader, or a passport or permit."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from counter_app.domain.chip_key import key_of_text
from counter_app.domain.reading import DocumentKind
from counter_app.flow.events import ReadCardPressed, WaitCancelled
from counter_app.ui.generated.ui_identity_page import Ui_IdentityPage
from counter_app.ui.pages.identity_fields import IdentityFields
from counter_app.ui.widgets.choice import Choice


class CardKind(StrEnum):
    """The two families of chips, each with its own reader."""

    RESIDENT = "resident"
    TRAVEL = "travel"


class KindBox(QObject):
    """The choice of the document and, for passports and permits, what opens the chip.

    Signals:
        happened: An event for the flow.
    """

    happened = Signal(object)

    def __init__(self, ui: Ui_IdentityPage, fields: IdentityFields, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._fields = fields
        ui.kind_tiles.offer(
            [
                Choice(CardKind.RESIDENT, self.tr("身份证、居住证"), self.tr("放上即读")),
                Choice(CardKind.TRAVEL, self.tr("护照、通行证"), self.tr("先拍或输入机读码")),
            ],
            2,
        )
        ui.kind_tiles.picked.connect(self._pick)
        ui.mrz_field.edit.accept_latin_only()
        ui.mrz_field.edit.setMaxLength(100)
        ui.mrz_field.entered.connect(self._enter)
        self.restart()

    def restart(self) -> None:
        """Go back to the card that nearly everybody has."""
        self._ui.kind_tiles.show_value(CardKind.RESIDENT)
        self._ui.mrz_field.show_text("")
        self._ui.mrz_field.advise()

    @property
    def is_travel(self) -> bool:
        """Say whether a passport or permit was chosen, or seen by the camera."""
        if self._fields.is_open:
            return self._fields.side() is DocumentKind.MRZ
        return self._ui.kind_tiles.value() == CardKind.TRAVEL

    def read(self) -> None:
        """Read the chip of the family that is chosen; ask for what opens it where needed."""
        if not self.is_travel:
            self._fields.restart()
            self.happened.emit(ReadCardPressed())
            return
        key = key_of_text(self._ui.mrz_field.text()) or self._fields.chip_key()
        if key is None:
            self._ask()
            return
        self.happened.emit(WaitCancelled())
        self.happened.emit(ReadCardPressed(key))

    def show(self, *, is_wanted: bool) -> None:
        """Show the choice while no document is there."""
        is_shown = is_wanted and not self._fields.is_open
        self._ui.kind_tiles.setVisible(is_shown)
        self._ui.mrz_field.setVisible(is_shown and self.is_travel)

    def _ask(self) -> None:
        """Say what is missing to read the chip."""
        self._fields.restart()
        self._fields.show()
        self._ui.kind_tiles.show_value(CardKind.TRAVEL)
        self.show(is_wanted=True)
        text = self._ui.mrz_field.text().strip()
        words = (
            self.tr("请核对：位数不对或校验位不符")
            if text
            else self.tr("按 F6 拍机读码页，或在此输入后按回车")
        )
        self._ui.mrz_field.advise(words, "stop" if text else "")
        self._ui.mrz_field.setFocus()

    def _pick(self, _value: object) -> None:
        self.show(is_wanted=True)
        self.happened.emit(WaitCancelled())
        if self.is_travel:
            self._ask()
        else:
            self.happened.emit(ReadCardPressed())

    def _enter(self) -> None:
        if key_of_text(self._ui.mrz_field.text()) is not None:
            self._ui.mrz_field.advise(self.tr("校验位正确，请放上证件"), "good")
        self.read()
