"""The wire contract as a document: docs/openapi.json is what the program serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from counter_app.headoffice.app import build_app
from tests.contract.backoffice.messages import PNG, Desk

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi.json"


def test_the_document_is_the_program() -> None:
    served = json.dumps(build_app().openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert DOCUMENT.read_text() == served, (
        "run: python -m counter_app.headoffice.contract > docs/openapi.json"
    )


def test_the_document_is_valid_openapi() -> None:
    document = json.loads(DOCUMENT.read_text())
    validate(document)
    assert document["openapi"] == "3.1.0"


def test_a_sealed_message_fits_the_documented_schemas() -> None:
    document = json.loads(DOCUMENT.read_text())
    desk = Desk()
    desk.message()
    envelope = json.loads(desk.message(images=(PNG,)).payload)
    _validator(document, "Envelope").validate(envelope)
    _validator(document, "CaseData").validate(envelope["data"]["case"])
    del envelope["specversion"]
    assert not _validator(document, "Envelope").is_valid(envelope)


def test_the_envelope_is_a_cloudevent() -> None:
    """The rules of CloudEvents 1.0.2 for attributes, in its own words' order."""
    desk = Desk()
    desk.message()
    event = json.loads(desk.message().payload)
    for required in ("id", "source", "specversion", "type"):
        assert isinstance(event[required], str)
        assert event[required]
    for name, value in event.items():
        assert name.isascii()
        assert name.isalnum()
        assert name == name.lower()
        assert name == "data" or isinstance(value, (str, bool, int))


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_document_is_not_served_to_strangers(path: str) -> None:
    assert TestClient(build_app()).get(path).status_code == 404


def _validator(document: dict[str, object], name: str) -> Draft202012Validator:
    return Draft202012Validator({**document, "$ref": f"#/components/schemas/{name}"})
