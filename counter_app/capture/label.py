"""Reads a terminal's type label: its barcode first, its text where there is none."""

from __future__ import annotations

import re

from counter_app.capture import values
from counter_app.capture.barcodes import CHECKED_FORMATS, read_codes
from counter_app.capture.fields import from_parts, proposed
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.domain.letter_form import letter_number_of
from counter_app.domain.reading import (
    CodeRead,
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    Notice,
    Reading,
)
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop

_SERIAL = re.compile(r"[0-9A-Za-z-]{6,38}")
_PRINTED = re.compile(
    r"(?:S/?N|TUSN|序列号|机身号|终端号)[.:：]?([0-9A-Za-z-]{6,38})", re.IGNORECASE
)
_PREFIX = re.compile(r"^(?:S/?N|TUSN)[.:：]\s*", re.IGNORECASE)


def read_label(bgr: Pixels, engine: TextEngine, stop: Stop) -> Reading:
    """Read every code, and the serial number from the code or from the words beside `SN`.

    Raises:
        CounterError: MODEL_MISSING, STOPPED; only when no code was found and text is read.
    """
    codes = read_codes(bgr)
    serials = _serials(codes)
    if serials:
        return Reading(DocumentKind.BARCODE, _fields(serials, codes), codes=codes)
    if codes:
        return Reading(DocumentKind.BARCODE, _texts(codes), codes=codes)
    lines = engine.read_page(bgr, stop)
    printed = _printed(lines)
    notices = () if printed else (Notice.NOTHING_READ,)
    return Reading(
        DocumentKind.BARCODE,
        printed,
        notices=notices,
        lines=tuple(line.as_text_line() for line in lines),
    )


def _serials(codes: tuple[CodeRead, ...]) -> dict[str, CodeRead]:
    found: dict[str, CodeRead] = {}
    for code in codes:
        text = _PREFIX.sub("", code.text.strip())
        if _SERIAL.fullmatch(text) and letter_number_of(code.text) is None:
            found.setdefault(text, code)
    return found


def _fields(serials: dict[str, CodeRead], codes: tuple[CodeRead, ...]) -> tuple[FieldRead, ...]:
    several = (Doubt.SEVERAL_FOUND,) if len(serials) > 1 else ()
    fields = [
        from_parts(
            FieldName.TERMINAL_SN,
            text,
            1.0,
            code.box,
            several if code.format in CHECKED_FORMATS else (*several, Doubt.NO_CHECK),
        )
        for text, code in serials.items()
    ]
    return (*fields, *_texts(codes))


def _texts(codes: tuple[CodeRead, ...]) -> tuple[FieldRead, ...]:
    return tuple(
        from_parts(
            FieldName.CODE_TEXT,
            code.text,
            1.0,
            code.box,
            () if code.format in CHECKED_FORMATS else (Doubt.NO_CHECK,),
        )
        for code in codes
    )


def _printed(lines: list[ReadLine]) -> tuple[FieldRead, ...]:
    found = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        text = values.plain(line.text)
        match = _PRINTED.search(text)
        if match is None and following is not None:
            match = _PRINTED.search(text + values.plain(following.text))
        if match:
            found.append(proposed(FieldName.TERMINAL_SN, match.group(1), line))
    return tuple(dict.fromkeys(found))
