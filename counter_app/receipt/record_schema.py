"""The paper records as JSON Schema, for those who read the attachment without this program.

`python -m counter_app.receipt.record_schema FILE` writes it; the copy in resources/receipt is kept
equal by a test. Source: JSON Schema 2020-12.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

from counter_app.domain.paper import NoticeRecord, PaperKind, ReceiptRecord

Schema = dict[str, object]
_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"
_NOTICES = [kind for kind in PaperKind if kind not in {PaperKind.RECEIPT, PaperKind.LETTER_FORM}]


def record_schema() -> Schema:
    """Return the schema of every record that a paper carries."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "receipt.json",
        "description": "Canonical record of a paper: RFC 8785 form, numbers masked.",
        "oneOf": [
            _record(ReceiptRecord, [PaperKind.RECEIPT]),
            _record(NoticeRecord, _NOTICES),
        ],
    }


def _record(cls: type, kinds: Sequence[PaperKind]) -> Schema:
    schema = _object(cls)
    properties = schema["properties"]
    required = schema["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    properties["kind"] = {"enum": [kind.value for kind in kinds]}
    properties["schema"] = {"const": 1}
    schema["required"] = sorted([*required, "kind", "schema"])
    return schema


def _object(cls: type) -> Schema:
    hints = get_type_hints(cls)
    assert is_dataclass(cls)
    names = [entry.name for entry in fields(cls)]
    return {
        "type": "object",
        "title": cls.__name__,
        "additionalProperties": False,
        "properties": {name: _value(hints[name]) for name in names},
        "required": sorted(entry.name for entry in fields(cls) if entry.default is MISSING),
    }


def _value(hint: object) -> Schema:
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0])}
    if isinstance(hint, type):
        return _plain(hint)
    raise TypeError(str(hint))


def _plain(hint: type) -> Schema:
    if issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    if is_dataclass(hint):
        return _object(hint)
    simple: dict[type, Schema] = {
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        str: {"type": "string"},
        datetime: {"type": "string", "pattern": _TIME},
        date: {"type": "string", "format": "date"},
    }
    return simple[hint]


def schema_text() -> str:
    """Return the schema as it is kept in resources/receipt."""
    return json.dumps(record_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
