"""An identity document as typed or proposed: from fields to a value and back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType, birth_date_in
from counter_app.domain.reading import DocumentKind, FieldName, Reading

LONG_TERM = "长期"
CARD_KINDS = frozenset({DocumentKind.RESIDENT_ID_FRONT, DocumentKind.RESIDENT_ID_BACK})
TYPES_BY_CODE = {
    "P": DocumentType.PASSPORT,
    "CT": DocumentType.TW_PERMIT,
    "C": DocumentType.HKM_PERMIT,
}


@dataclass(frozen=True, slots=True)
class TypedDocument:
    """What stands in the fields.

    Attributes:
        valid_from: A day as typed ("2020-01-31" or "20200131"), or empty.
        valid_until: A day as typed, 长期, or empty.
        image: Picture in the vault that it was read from, or None.
    """

    type: DocumentType = DocumentType.RESIDENT_ID
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    valid_from: str = ""
    valid_until: str = ""
    is_original: bool = True
    image: str | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether enough is there to be judged by the rules."""
        has_days = day_of(self.valid_from) is not None and self.has_end
        return bool(self.name.strip() and self.number.strip()) and has_days

    @property
    def has_end(self) -> bool:
        """Say whether the end of validity is a day or 长期."""
        return self.valid_until.strip() == LONG_TERM or day_of(self.valid_until) is not None

    def as_document(self, owner: Owner) -> IdentityDocument:
        """Return the document as the clerk confirmed it."""
        number = self.number.strip().upper()
        return IdentityDocument(
            owner=owner,
            type=self.type,
            number=number,
            name=self.name.strip(),
            captured_by=CaptureMethod.TYPED if self.image is None else CaptureMethod.CAMERA,
            born_on=birth_date_in(number),
            valid_from=day_of(self.valid_from),
            valid_until=day_of(self.valid_until),
            is_long_term=self.valid_until.strip() == LONG_TERM,
            is_original=self.is_original,
            image=self.image,
        )


def day_of(text: str) -> date | None:
    """Read a day as people type it: 20200131, 2020-01-31, 2020.1.31 or 2020/1/31."""
    plain = text.strip()
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain) or re.fullmatch(
        r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", plain
    )
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def merged(typed: TypedDocument, reading: Reading, image: str) -> TypedDocument:
    """Return the fields with what a picture shows; what it does not show stays."""
    number = reading.text(FieldName.ID_NUMBER) or reading.text(FieldName.DOCUMENT_NUMBER)
    front = image if reading.text(FieldName.NAME) or typed.image is None else typed.image
    return replace(
        typed,
        type=_type_of(typed, reading),
        name=reading.text(FieldName.NAME) or typed.name,
        number=number or typed.number,
        valid_from=reading.text(FieldName.VALID_FROM) or typed.valid_from,
        valid_until=reading.text(FieldName.VALID_UNTIL) or typed.valid_until,
        image=front,
    )


def _type_of(typed: TypedDocument, reading: Reading) -> DocumentType:
    code = reading.text(FieldName.DOCUMENT_CODE)
    return TYPES_BY_CODE.get(code) or TYPES_BY_CODE.get(code[:1]) or typed.type


def typed_of(document: IdentityDocument) -> TypedDocument:
    """Return the fields of a document that was confirmed before."""
    until = LONG_TERM if document.is_long_term else _text(document.valid_until)
    return TypedDocument(
        document.type,
        document.name,
        document.number,
        _text(document.valid_from),
        until,
        document.is_original,
        document.image,
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
