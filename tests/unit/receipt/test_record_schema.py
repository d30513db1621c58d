"""The schema says of records what the program says."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from counter_app.domain.paper import PaperKind
from counter_app.receipt.record_schema import record_schema, schema_text
from tests.unit.receipt.records import delegated_receipt, notice

JUDGE = jsonschema.Draft202012Validator(record_schema())


def test_the_kept_copy_is_up_to_date() -> None:
    kept = files("counter_app") / "_resources" / "receipt" / "record.schema.json"
    assert kept.read_text(encoding="utf-8") == schema_text()


def test_every_record_is_valid_by_it() -> None:
    JUDGE.validate(json.loads(delegated_receipt().to_json()))
    for kind in set(PaperKind) - {PaperKind.RECEIPT, PaperKind.LETTER_FORM}:
        JUDGE.validate(json.loads(notice(kind).to_json()))


@pytest.mark.parametrize(
    "change", [{"kind": "refusal"}, {"copies": "2"}, {"extra": 1}, {"accepted_at": "today"}]
)
def test_what_the_program_refuses_it_refuses(change: dict[str, object]) -> None:
    plain = json.loads(delegated_receipt().to_json()) | change
    assert not JUDGE.is_valid(plain)
