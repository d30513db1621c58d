"""Strict TOML files: unknown keys are errors, and every error names file, line, key and choices."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from counter_app.errors import CounterError, FailureCode
from counter_app.formats.toml_lines import Place, line_of


class StrictModel(BaseModel):
    """A table of a file that people write; a key that is not declared is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


KINDS: tuple[tuple[type, type | tuple[type, ...], str], ...] = (
    (bool, bool, "true or false"),
    (int, int, "a whole number"),
    (float, (int, float), "a number"),
    (datetime, datetime, "a date and time with its offset, without quotes"),
    (date, date, "a date without quotes, for example 2026-01-31"),
    (time, time, "a time without quotes, for example 17:00:00"),
)
"""Kinds of values that have to be written as such in TOML, and how."""

WORDS = {
    "tuple_type": "a list; several tables are written [[...]]",
    "list_type": "a list; several tables are written [[...]]",
    "frozen_set_type": "a list",
    "model_type": "a table",
    "too_short": "a list with at least one entry",
    "string_type": 'a text in quotes, for example "c01"',
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a date without quotes, for example 2026-01-31",
    "date_parsing": "a date without quotes, for example 2026-01-31",
    "date_from_datetime_parsing": "a date without quotes, for example 2026-01-31",
    "date_from_datetime_inexact": "a date without quotes, for example 2026-01-31",
    "timezone_aware": "a date and time with its offset, for example 2026-01-31T10:00:00+08:00",
}
"""Plain words where the reader's own would not help whoever writes the file."""

PEDANTIC = "Input should be "
"""How the reader begins what it says of a value; the file's writer needs only the rest."""

TOML_WORDS = (
    ("Cannot overwrite", "each key once"),
    ("Duplicate", "each key once"),
    ("Cannot declare", "each table once"),
    ("Invalid date", "a date that exists, for example 2026-01-31"),
)
"""What is allowed where the text is no TOML, by the beginning of the parser's message."""

Model = TypeVar("Model", bound=StrictModel)


def read_model(name: str, text: str, model: type[Model], code: FailureCode) -> Model:
    """Read a TOML text into a model.

    Args:
        name: File name for messages, without its folder.
        text: The file's text.
        model: What the file has to be.
        code: Failure to raise when the text is wrong.

    Raises:
        CounterError: `code`, with the facts `file`, `line`, `key` and `allowed`.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, text, code, error) from error
    try:
        read = model.model_validate(data)
    except ValidationError as error:
        raise _located(name, text, model, code, error.errors()) from None
    for place, allowed in _of_another_kind(data, read, ()):
        key = ".".join(str(part) for part in place)
        line = line_of(text, place)
        raise CounterError(code, file=name, line=line, key=key, allowed=allowed)
    return read


def _unreadable(
    name: str, text: str, code: FailureCode, error: ValueError | RecursionError
) -> CounterError:
    """Return the failure of a text that is no TOML, with the key that its line begins with."""
    found = re.search(r"line (\d+)", str(error))
    line = int(found.group(1)) if found else text.count("\n") + 1
    rows = text.split("\n")
    written = re.match(r"\s*\[*\s*([\w.-]+)", rows[line - 1]) if line <= len(rows) else None
    key = written.group(1) if written else "-"
    allowed = next((words for part, words in TOML_WORDS if part in str(error)), "valid TOML 1.0")
    return CounterError(code, file=name, line=line, key=key, allowed=allowed)


def _of_another_kind(raw: object, read: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield what was written as another kind of value and merely understood: "yes", 1 or "2026"."""
    for kind, written, allowed in KINDS:
        if type(read) is kind:
            is_other = isinstance(raw, bool) and kind is not bool
            is_moment = isinstance(raw, datetime) and kind is date
            if not isinstance(raw, written) or is_other or is_moment:
                yield place, allowed
            return
    for key, part, inner in _parts(raw, read):
        yield from _of_another_kind(part, inner, (*place, key))


def _parts(raw: object, read: object) -> Iterator[tuple[str | int, object, object]]:
    if isinstance(read, BaseModel) and isinstance(raw, dict):
        for name, field in type(read).model_fields.items():
            key = field.alias or name
            if key in raw:
                yield key, raw[key], getattr(read, name)
    elif isinstance(read, Mapping) and isinstance(raw, dict):
        yield from ((str(key), raw[key], inner) for key, inner in read.items() if key in raw)
    elif isinstance(read, tuple | list) and isinstance(raw, list):
        for index, (part, inner) in enumerate(zip(raw, read, strict=True)):
            yield index, part, inner


def _located(
    name: str, text: str, model: type[StrictModel], code: FailureCode, errors: list[ErrorDetails]
) -> CounterError:
    """Return the failure of one error; a key nobody knows comes first, for a misspelt one is it."""
    error = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
    place = _place_of(error)
    key = ".".join(str(part) for part in place) or "-"
    if error["type"] == "extra_forbidden":
        allowed = ", ".join(_siblings(model, place)) or "no such key"
        key = f"{key} (unknown key)"
    elif error["type"] == "missing":
        allowed = "required"
    else:
        ways = (_allowed(one) for one in errors if _place_of(one) == place)
        allowed = " or ".join(dict.fromkeys(ways))
    return CounterError(code, file=name, line=line_of(text, place), key=key, allowed=allowed)


def _place_of(error: ErrorDetails) -> Place:
    return tuple(part for part in error["loc"] if not _is_variant(part))


def _allowed(error: ErrorDetails) -> str:
    told = error.get("ctx", {})
    said = told.get("expected", told.get("error", error["msg"]))
    return WORDS.get(error["type"], str(said).removeprefix(PEDANTIC))


def _is_variant(part: str | int) -> bool:
    """Say whether a part of pydantic's location names a union member, not a key."""
    return isinstance(part, str) and re.search(r"[\[\](]|^(date|str|literal)$", part) is not None


def _siblings(model: type[StrictModel], place: Place) -> list[str]:
    current: type[BaseModel] | None = model
    for part in place[:-1]:
        if isinstance(part, int) or current is None:
            continue
        current = _inner(current, part)
    return [] if current is None else sorted(_names(current))


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _inner(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, field in model.model_fields.items():
        if key in {name, field.alias}:
            return next(_models_in(field.annotation), None)
    return None


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)
