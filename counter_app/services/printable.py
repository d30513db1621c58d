"""Records as they can be printed: a picture stands for what no font draws (以图片为准)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from counter_app.domain.coverage import Coverage, code_point
from counter_app.domain.paper import LetterRecord, NoticeRecord, PaperRecord, ReceiptRecord

Record = TypeVar("Record", ReceiptRecord, NoticeRecord, PaperRecord)


def printable(record: Record, coverage: Coverage) -> Record:
    """Return a record that names the characters for which a picture stands.

    A letter to be signed shows no stand-in: the name is left to be written by hand.
    """
    if isinstance(record, LetterRecord):
        is_whole = not coverage.missing(record.merchant_name)
        return record if is_whole else replace(record, merchant_name="")
    missing = coverage.missing("".join(_texts(json.loads(record.to_json()))))
    if not missing:
        return record
    points = tuple(map(code_point, missing))
    return replace(record, by_image=True, by_picture=points)


def _texts(value: object) -> Iterator[str]:
    """Yield every text of a record as it was read back from JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
