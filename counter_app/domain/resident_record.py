"""The 256-byte text record of a resident-ID chip, read and written.

Fields have a fixed width in UTF-16LE and are padded on the right with spaces (some cards: zeros).
Source: GA/T 490, machine-readable information of the resident identity card.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from counter_app.domain.identity_number import icao_check_digit
from counter_app.domain.name import needs_glyph_image
from counter_app.domain.resident_card import ResidentCard, ResidentCardKind, Sex
from counter_app.errors import CounterError, FailureCode

RECORD_BYTES = 256
ADDRESS_BYTES = 70
MAX_APPENDED_ADDRESSES = 4
LONG_TERM = "长期"

_TYPE_AT = 248
_KINDS = {
    "I": ResidentCardKind.FOREIGN_2017,
    "J": ResidentCardKind.HMT_RESIDENCE,
    "Y": ResidentCardKind.FOREIGN_2023,
}
_TYPE_CHARACTERS = {kind: char for char, kind in _KINDS.items()}

_Spans = tuple[tuple[int, int], ...]
_COMMON: Mapping[str, _Spans] = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "born_on": ((36, 16),),
    "number": ((122, 36),),
    "valid_from": ((188, 16),),
    "valid_until": ((204, 16),),
}
_PLACE: Mapping[str, _Spans] = {"address": ((52, 70),), "authority": ((158, 30),)}
LAYOUTS: Mapping[ResidentCardKind, Mapping[str, _Spans]] = MappingProxyType(
    {
        ResidentCardKind.MAINLAND: {**_COMMON, **_PLACE, "ethnicity_code": ((32, 4),)},
        ResidentCardKind.HMT_RESIDENCE: {
            **_COMMON,
            **_PLACE,
            "pass_number": ((220, 18),),
            "issue_count": ((238, 4),),
        },
        ResidentCardKind.FOREIGN_2017: {
            "latin_name": ((0, 120),),
            "sex": ((120, 2),),
            "number": ((122, 30),),
            "nationality": ((152, 6),),
            "name": ((158, 30),),
            "valid_from": ((188, 16),),
            "valid_until": ((204, 16),),
            "born_on": ((220, 16),),
            "layout_version": ((236, 4),),
            "authority": ((240, 8),),
        },
        ResidentCardKind.FOREIGN_2023: {
            **_COMMON,
            "issue_count": ((32, 4),),
            "latin_name": ((52, 70), (220, 22)),
            "nationality": ((242, 6),),
            "association": ((250, 6),),
        },
    }
)
"""Where each field lies: (offset, length) in bytes; a field in two places is their join."""

_NUMBERS = {
    ResidentCardKind.MAINLAND: r"\d{17}[\dX]",
    ResidentCardKind.HMT_RESIDENCE: r"\d{17}[\dX]",
    ResidentCardKind.FOREIGN_2017: r"[A-Z]{3}\d{12}",
    ResidentCardKind.FOREIGN_2023: r"\d{17}[\dX]",
}


def parse_record(
    record: bytes,
    photo: bytes = b"",
    module_number: str = "",
    appended_addresses: tuple[str, ...] = (),
) -> ResidentCard:
    """Read a card's text record.

    A lone surrogate becomes U+FFFD, so that every later step can encode the text; the digest
    stays that of the bytes on the chip.

    Args:
        record: 256 bytes as received.
        photo: The encoded portrait that came with it.
        module_number: Number of the reader's security module.
        appended_addresses: What `parse_appended` found on the same card.

    Raises:
        CounterError: CARD_RECORD_INVALID, with the name of the field.
    """
    if len(record) != RECORD_BYTES:
        raise CounterError(FailureCode.CARD_RECORD_INVALID, field="record", bytes=len(record))
    kind = _KINDS.get(_decoded(record[_TYPE_AT : _TYPE_AT + 2]), ResidentCardKind.MAINLAND)
    texts = {name: _field(record, spans) for name, spans in LAYOUTS[kind].items()}
    card = card_of_texts(kind, texts)
    return replace(
        card,
        photo_wlt=photo,
        raw_sha256=hashlib.sha256(record).hexdigest(),
        needs_glyph_image=card.needs_glyph_image or needs_glyph_image("".join(appended_addresses)),
        appended_addresses=appended_addresses,
        module_number=module_number,
    )


def card_of_texts(kind: ResidentCardKind, texts: Mapping[str, str]) -> ResidentCard:
    """Make a card of the texts of its fields.

    Args:
        kind: Which fields there are.
        texts: By the names in `LAYOUTS`, without padding; dates as YYYYMMDD or 长期.

    Raises:
        CounterError: CARD_RECORD_INVALID, with the name of the field.
    """
    for name, text in texts.items():
        _printable(name, text)
    if not (texts["name"] or texts.get("latin_name")):
        raise CounterError(FailureCode.CARD_RECORD_INVALID, field="name")
    number = _number(kind, texts["number"])
    nationality = texts.get("nationality", "")
    return ResidentCard(
        kind=kind,
        number=number,
        name=texts["name"],
        latin_name=texts.get("latin_name", ""),
        sex=_sex(texts["sex"]),
        ethnicity_code=texts.get("ethnicity_code", ""),
        born_on=_day("born_on", texts["born_on"]),
        address=texts.get("address", ""),
        authority=texts.get("authority", ""),
        valid_from=_day("valid_from", texts["valid_from"]),
        valid_until=_end(texts["valid_until"]),
        pass_number=texts.get("pass_number", ""),
        issue_count=texts.get("issue_count", ""),
        nationality=nationality,
        layout_version=texts.get("layout_version", ""),
        previous_number=_previous_number(nationality, number, texts.get("association", "")),
        needs_glyph_image=needs_glyph_image("".join(texts.values())),
    )


def parse_appended(stored: bytes) -> tuple[str, ...]:
    """Read the addresses added after issue, oldest first.

    Args:
        stored: One to four times 70 bytes as received, without a length before them.

    Raises:
        CounterError: CARD_RECORD_INVALID.
    """
    count, rest = divmod(len(stored), ADDRESS_BYTES)
    if rest or count > MAX_APPENDED_ADDRESSES:
        raise CounterError(
            FailureCode.CARD_RECORD_INVALID, field="appended_addresses", bytes=len(stored)
        )
    starts = range(0, len(stored), ADDRESS_BYTES)
    texts = (_field(stored, ((at, ADDRESS_BYTES),)) for at in starts)
    return tuple(_printable("appended_addresses", text) for text in texts if text)


def encode_record(card: ResidentCard) -> bytes:
    """Write the text record of a specimen card; the inverse of `parse_record`.

    Raises:
        ValueError: A text is longer than its field.
    """
    record = bytearray(" ".encode("utf-16-le") * (RECORD_BYTES // 2))
    end = LONG_TERM if card.valid_until is None else _digits(card.valid_until)
    texts = {
        "name": card.name,
        "latin_name": card.latin_name,
        "sex": card.sex.value,
        "born_on": _digits(card.born_on),
        "number": card.number,
        "valid_from": _digits(card.valid_from),
        "valid_until": end,
        "ethnicity_code": card.ethnicity_code,
        "address": card.address,
        "authority": card.authority,
        "pass_number": card.pass_number,
        "issue_count": card.issue_count,
        "nationality": card.nationality,
        "layout_version": card.layout_version,
        "association": _association(card.previous_number),
    }
    for name, spans in LAYOUTS[card.kind].items():
        _write(record, name, texts[name], spans)
    _write(record, "kind", _TYPE_CHARACTERS.get(card.kind, " "), ((_TYPE_AT, 2),))
    return bytes(record)


def encode_appended(addresses: Iterable[str]) -> bytes:
    """Write appended addresses as the chip stores them, 70 bytes each.

    Raises:
        ValueError: An address is longer than 35 characters.
    """
    stored = bytearray()
    for address in addresses:
        one = bytearray(ADDRESS_BYTES)
        _write(one, "appended_addresses", address, ((0, ADDRESS_BYTES),))
        stored += one
    return bytes(stored)


def _decoded(raw: bytes) -> str:
    text = raw.decode("utf-16-le", errors="surrogatepass")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _field(record: bytes, spans: _Spans) -> str:
    raw = b"".join(record[at : at + length] for at, length in spans)
    return _decoded(raw).rstrip(" \0")


def _printable(name: str, text: str) -> str:
    if any(unicodedata.category(char) == "Cc" for char in text):
        raise CounterError(FailureCode.CARD_RECORD_INVALID, field=name)
    return text


def _number(kind: ResidentCardKind, text: str) -> str:
    number = text.upper()
    if re.fullmatch(_NUMBERS[kind], number, re.ASCII) is None:
        raise CounterError(FailureCode.CARD_RECORD_INVALID, field="number")
    return number


def _sex(text: str) -> Sex:
    try:
        return Sex(text)
    except ValueError as error:
        raise CounterError(FailureCode.CARD_RECORD_INVALID, field="sex") from error


def _end(text: str) -> date | None:
    return None if text == LONG_TERM else _day("valid_until", text)


def _day(name: str, text: str) -> date:
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII)
    try:
        return date(*(int(part) for part in found.groups())) if found else _no_day(name)
    except ValueError as error:
        raise CounterError(FailureCode.CARD_RECORD_INVALID, field=name) from error


def _no_day(name: str) -> date:
    raise CounterError(FailureCode.CARD_RECORD_INVALID, field=name)


def _digits(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _previous_number(nationality: str, number: str, association: str) -> str:
    """Rebuild the number of the 2017 card from the three characters that link to it."""
    if re.fullmatch(r"\d{3}", association, re.ASCII) is None:
        return ""
    if re.fullmatch(r"[A-Z]{3}", nationality, re.ASCII) is None:
        return ""
    first = nationality + number[1:3] + association[:2] + number[8:14] + association[2]
    return first + icao_check_digit(first)


def _association(previous_number: str) -> str:
    return previous_number[5:7] + previous_number[13:14]


def _write(record: bytearray, name: str, text: str, spans: _Spans) -> None:
    raw = text.encode("utf-16-le", errors="surrogatepass")
    room = sum(length for _, length in spans)
    if len(raw) > room:
        msg = f"{name} has {len(raw)} bytes and its field {room}"
        raise ValueError(msg)
    padded = raw + " ".encode("utf-16-le") * ((room - len(raw)) // 2)
    for at, length in spans:
        record[at : at + length] = padded[:length]
        padded = padded[length:]
