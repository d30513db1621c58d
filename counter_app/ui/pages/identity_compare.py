"""What the clerk compares: the face with the picture, the surface with the chip."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Printed
from counter_app.flow.answers import FaceAnswer, PrintedAnswer
from counter_app.ui.generated.ui_identity_page import Ui_IdentityPage
from counter_app.ui.widgets.choice import Choice

YES, NO = "yes", "no"


class Comparison(QObject):
    """The part of the identity page below the document's rows.

    Signals:
        answered: A FaceAnswer or PrintedAnswer.
    """

    answered = Signal(object)

    def __init__(self, ui: Ui_IdentityPage, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._document: IdentityDocument | None = None
        self._is_differing = False
        ui.face_tiles.offer(
            [Choice(YES, self.tr("是同一人")), Choice(NO, self.tr("不是同一人"))], 2
        )
        ui.print_tiles.offer([Choice(YES, self.tr("一致")), Choice(NO, self.tr("不一致"))], 2)
        ui.face_tiles.picked.connect(self._compare_face)
        ui.print_tiles.picked.connect(self._compare_print)
        for field in (ui.printed_name_field, ui.printed_number_field):
            field.entered.connect(self._tell_printed)
            field.left.connect(self._tell_printed)

    def restart(self) -> None:
        """Forget what was typed for another document."""
        self._is_differing = False

    def show_document(self, document: IdentityDocument | None, *, has_face: bool) -> None:
        """Show what can be compared: the face of who is here, the surface of a chip."""
        self._document = document
        is_chip = document is not None and document.captured_by is CaptureMethod.CHIP
        if document is not None:
            self._show_printed(document)
            matches = {None: None, True: YES, False: NO}[document.face_matches]
            self._ui.face_tiles.show_value(matches)
        for part in (self._ui.face_label, self._ui.face_tiles):
            part.setVisible(document is not None and has_face)
        for part in (self._ui.print_label, self._ui.print_tiles):
            part.setVisible(is_chip)
        for field in (self._ui.printed_name_field, self._ui.printed_number_field):
            field.setVisible(is_chip and self._is_differing)

    def _show_printed(self, document: IdentityDocument) -> None:
        printed = document.printed
        if printed is None:
            self._ui.print_tiles.show_value(NO if self._is_differing else None)
            return
        is_same = (printed.name, printed.number) == (document.name, document.number)
        self._is_differing = not is_same
        self._ui.print_tiles.show_value(YES if is_same else NO)
        for field, text in (
            (self._ui.printed_name_field, printed.name),
            (self._ui.printed_number_field, printed.number),
        ):
            if not field.edit.hasFocus():
                field.show_text(text or "")

    def _compare_face(self, value: object) -> None:
        if self._document is not None:
            owner, number = self._document.owner, self._document.number
            self.answered.emit(FaceAnswer(owner, value == YES, number))

    def _compare_print(self, value: object) -> None:
        document = self._document
        if document is None:
            return
        self._is_differing = value == NO
        if value == YES:
            printed = Printed(document.name, document.number)
            self.answered.emit(PrintedAnswer(document.owner, printed, document.number))
            return
        for field in (self._ui.printed_name_field, self._ui.printed_number_field):
            field.setVisible(True)
        self._ui.printed_name_field.setFocus()

    def _tell_printed(self) -> None:
        document = self._document
        name = self._ui.printed_name_field.text().strip()
        number = self._ui.printed_number_field.text().strip().upper()
        if document is None or not (name or number):
            return
        shown = Printed(name or document.name, number or document.number)
        if shown != document.printed:
            self.answered.emit(PrintedAnswer(document.owner, shown, document.number))
