"""Canonical JSON of the paper records, strict in both directions.

Canonical means: UTF-8, keys sorted, no spaces, no escapes but those JSON requires, whole numbers
only, times as UTC `YYYY-MM-DDTHH:MM:SSZ`, days as `YYYY-MM-DD`. A field marked `sparse` in its
metadata is written only where it says something. Source: RFC 8785 for the form.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar, get_args, get_origin, get_type_hints

from counter_app.domain.paper_parts import NUMBERS_OF_THINGS, NoticeLine

T = TypeVar("T")
MAX_BYTES = 256 * 1024


def encode(record: object, kind: str) -> bytes:
    """Write a record as canonical JSON with its kind and schema number."""
    plain = {"kind": kind, "schema": 1, **_fields_of(record)}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def kind_of(raw: bytes) -> str:
    """Read only the kind of a record.

    Raises:
        ValueError: Not a JSON object of schema 1, or too large.
    """
    return _kind(_load(raw))


def decode(cls: type[T], raw: bytes) -> T:
    """Read a record back; only the canonical form is taken.

    Raises:
        ValueError: Not canonical, unknown or missing key, wrong type, or refused by the record.
    """
    plain = _load(raw)
    kind = _kind(plain)
    body = {key: value for key, value in plain.items() if key not in {"kind", "schema"}}
    record = _build(cls, body)
    if encode(record, kind) != raw:
        raise ValueError("the record is not in canonical form")
    return record


def texts_of(record: object) -> list[str]:
    """List every text of a record that must not hold a person's whole number.

    Left out are the fields marked `technical` in their metadata and the numbers of things.
    """
    found: list[str] = []
    for entry in fields(record) if is_dataclass(record) else ():
        if not entry.metadata.get("technical"):
            found += _texts(getattr(record, entry.name))
    return found


def _texts(value: object) -> list[str]:
    if isinstance(value, StrEnum):
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, NoticeLine) and value.code in NUMBERS_OF_THINGS:
        return [value.zh, value.en]
    return texts_of(value)


def _fields_of(record: object) -> dict[str, object]:
    if not is_dataclass(record):
        raise TypeError(type(record).__name__)
    return {
        entry.name: _plain(getattr(record, entry.name))
        for entry in fields(record)
        if not (entry.metadata.get("sparse") and getattr(record, entry.name) == entry.default)
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _fields_of(value)


def _load(raw: bytes) -> dict[str, object]:
    if len(raw) > MAX_BYTES:
        raise ValueError("the record is too large")
    try:
        plain = json.loads(raw.decode("utf-8"))
    except RecursionError as error:
        raise ValueError("the record is nested too deeply") from error
    if not isinstance(plain, dict) or plain.get("schema") != 1:
        raise ValueError("not a record of schema 1")
    return plain


def _kind(plain: dict[str, object]) -> str:
    kind = plain.get("kind")
    if not isinstance(kind, str):
        raise ValueError("the record has no kind")  # noqa: TRY004 - one error for bad input
    return kind


def _build(cls: type[T], body: dict[str, object]) -> T:
    if not is_dataclass(cls):
        raise TypeError(cls.__name__)
    hints = get_type_hints(cls)
    names = {entry.name for entry in fields(cls)}
    if not body.keys() <= names:
        raise ValueError("the record has unknown keys")
    if any(e.name not in body and e.default is MISSING for e in fields(cls)):
        raise ValueError("the record lacks keys")
    return cls(**{name: _value(hints[name], value) for name, value in body.items()})


def _value(hint: object, value: object) -> object:
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ValueError("a list was expected")
        return tuple(_value(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise ValueError("an object was expected")
        return _build(hint, value)
    return _scalar(hint, value)


def _scalar(hint: object, value: object) -> object:
    if hint is datetime and isinstance(value, str):
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if hint is date and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum) and isinstance(value, str):
        return hint(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise ValueError("a value of another type was expected")
