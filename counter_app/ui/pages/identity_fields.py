"""The part of the identity page that is typed, or proposed by the camera and confirmed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.chip_key import key_of_reading
from counter_app.domain.identity_document import IdentityDocument
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.reading import DocumentKind, FieldName
from counter_app.flow.outcomes import PictureRead
from counter_app.ui.generated.ui_identity_page import Ui_IdentityPage
from counter_app.ui.pages.identity_form import (
    TypedDocument,
    day_of,
    merged,
    typed_of,
)
from counter_app.ui.texts_papers import document_type, doubt
from counter_app.ui.widgets.choice import Choice
from counter_app.ui.widgets.field import LabelledField

translate = QCoreApplication.translate


class IdentityFields:
    """Fields of one document; dashed while they only hold what the camera read."""

    def __init__(self, ui: Ui_IdentityPage) -> None:
        self._ui = ui
        self._typed = TypedDocument()
        self._proposal: PictureRead | None = None
        self.is_open = False
        for kind in DocumentType:
            ui.type_combo.addItem(document_type(kind), kind)
        ui.original_check.setChecked(True)
        ui.number_field.edit.accept_latin_only()
        ui.side_tiles.offer(
            [
                Choice(DocumentKind.RESIDENT_ID_FRONT, translate("IdentityPage", "人像面")),
                Choice(DocumentKind.RESIDENT_ID_BACK, translate("IdentityPage", "国徽面")),
                Choice(DocumentKind.MRZ, translate("IdentityPage", "护照、通行证")),
            ],
            3,
        )
        ui.side_tiles.show_value(DocumentKind.RESIDENT_ID_FRONT)
        self._by_name: dict[LabelledField, tuple[FieldName, ...]] = {
            ui.name_field: (FieldName.NAME,),
            ui.number_field: (FieldName.ID_NUMBER, FieldName.DOCUMENT_NUMBER),
            ui.from_field: (FieldName.VALID_FROM,),
            ui.until_field: (FieldName.VALID_UNTIL,),
        }

    def restart(self) -> None:
        """Close the fields and forget what stood in them."""
        self.is_open = False
        self._proposal = None
        self._put(TypedDocument())
        self._ui.side_tiles.show_value(DocumentKind.RESIDENT_ID_FRONT)

    def open(self, document: IdentityDocument | None) -> None:
        """Open the fields, with a document that was confirmed before."""
        self.is_open = True
        if document is not None and not self._ui.name_field.text():
            self._put(typed_of(document))

    def show(self) -> None:
        """Show or hide the fields."""
        self._ui.form_widget.setVisible(self.is_open)
        self._ui.side_tiles.setVisible(self.is_open)

    def first_field(self) -> QWidget:
        """Return the first field that is empty."""
        fields = (*self._by_name,)
        return next((field for field in fields if not field.text()), self._ui.confirm_button)

    def side(self) -> DocumentKind:
        """Return which side the camera takes."""
        return DocumentKind(str(self._ui.side_tiles.value() or DocumentKind.RESIDENT_ID_FRONT))

    def image(self) -> str | None:
        """Return the picture that the fields were read from."""
        return self._typed.image if self.is_open else None

    def chip_key(self) -> MrzKey | None:
        """Return what the camera read to open the chip, or None."""
        return key_of_reading(self._proposal.reading) if self._proposal is not None else None

    def propose(self, proposal: PictureRead | None) -> None:
        """Put what the camera read into the fields, dashed, each with its doubt."""
        if proposal is None or proposal == self._proposal:
            return
        self._proposal = proposal
        self.is_open = True
        reading = proposal.reading
        if reading is None:
            self._typed = replace(self.typed(), image=proposal.image)
            return
        self._put(merged(self.typed(), reading, proposal.image))
        for field, names in self._by_name.items():
            read = next((item for name in names if (item := reading.field(name))), None)
            if read is not None:
                field.mark_proposal("proposal")
                words = doubt(read.doubts[0]) if read.doubts else ""
                field.advise(words, "caution" if words else "")
                field.mark_proposal("proposal")
        if proposal.kind is DocumentKind.MRZ:
            self._ui.side_tiles.show_value(DocumentKind.MRZ)
        if proposal.kind is DocumentKind.RESIDENT_ID_FRONT and not self._ui.until_field.text():
            self._ui.side_tiles.show_value(DocumentKind.RESIDENT_ID_BACK)

    def typed(self) -> TypedDocument:
        """Return what stands in the fields."""
        return TypedDocument(
            type=DocumentType(str(self._ui.type_combo.currentData())),
            name=self._ui.name_field.text(),
            number=self._ui.number_field.text(),
            valid_from=self._ui.from_field.text(),
            valid_until=self._ui.until_field.text(),
            is_original=self._ui.original_check.isChecked(),
            image=self._typed.image,
        )

    def check(self, typed: TypedDocument) -> bool:
        """Say beside each field what is still missing; return whether nothing is."""
        need = translate("IdentityPage", "请填写")
        day = translate("IdentityPage", "请按 20200131 的样子填写")
        self._ui.name_field.advise("" if typed.name.strip() else need, "stop")
        self._ui.number_field.advise("" if typed.number.strip() else need, "stop")
        has_start = day_of(typed.valid_from) is not None
        self._ui.from_field.advise("" if has_start else day, "stop")
        self._ui.until_field.advise("" if typed.has_end else day, "stop")
        return typed.is_complete

    def _put(self, typed: TypedDocument) -> None:
        self._typed = typed
        self._ui.type_combo.setCurrentIndex(list(DocumentType).index(typed.type))
        for field, text in (
            (self._ui.name_field, typed.name),
            (self._ui.number_field, typed.number),
            (self._ui.from_field, typed.valid_from),
            (self._ui.until_field, typed.valid_until),
        ):
            field.show_text(text)
            field.advise("")
            field.mark_proposal("")
        self._ui.original_check.setChecked(typed.is_original)
