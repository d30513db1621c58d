from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import StoredPaper
from counter_app.storage.memory_vault import MemoryVault
from counter_app.storage.subject import export_held, held_about, note_export
from tests.contract.store.builders import NOW, accepted, draft, minutes

PERSON = "110199199003070017"
BODY = f'{{"number":"{PERSON}","name":"赵䶮"}}'.encode()


@pytest.fixture
def vault(store: CaseStore) -> MemoryVault:
    vault = MemoryVault()
    with store.begin() as unit:
        accepted(unit, "other")
        unit.save_draft(draft("case-1", body=BODY), NOW)
        unit.save_draft(draft("case-2", body=BODY), minutes(1))
        unit.put_paper(StoredPaper("case-1", "receipt", b"{}", b"%PDF", NOW), "c01")
    vault.put(b"a picture", "id_front", "case-1", NOW)
    vault.put(b"another", "id_front", "other", NOW)
    return vault


@pytest.mark.parametrize("text", [PERSON, "赵䶮"])
def test_everything_about_a_person_is_found(
    store: CaseStore, vault: MemoryVault, text: str
) -> None:
    held = held_about(store, vault, text)
    assert [one.case.case_id for one in held] == ["case-2", "case-1"]
    assert [image.kind for image in held[1].images] == ["id_front"]
    assert [paper.kind for paper in held[1].papers] == ["receipt"]


def test_an_empty_question_finds_nobody(store: CaseStore, vault: MemoryVault) -> None:
    assert held_about(store, vault, "") == ()
    assert held_about(store, vault, "110199198811020021") == ()


def test_the_copy_holds_the_facts_the_papers_and_marked_pictures(
    store: CaseStore, vault: MemoryVault, tmp_path: Path
) -> None:
    held = held_about(store, vault, PERSON)
    count = export_held(store, vault, held, tmp_path / "copy", lambda data: b"marked " + data)
    files = {path.name.split("-")[-1]: path for path in (tmp_path / "copy").iterdir()}
    assert count == len(files) == 3
    (picture,) = (tmp_path / "copy").glob("case-1-id_front-*")
    assert picture.read_bytes() == b"marked a picture"
    listing = json.loads((tmp_path / "copy" / "held.json").read_bytes())
    assert [json.loads(one["draft"])["name"] for one in listing] == ["赵䶮", "赵䶮"]
    with pytest.raises(CounterError) as caught:
        export_held(store, vault, held, tmp_path / "copy", lambda data: data)
    assert caught.value.code is FailureCode.TARGET_EXISTS


def test_the_journal_says_which_cases_were_copied_and_not_for_whom(
    store: CaseStore, vault: MemoryVault
) -> None:
    note_export(store, held_about(store, vault, PERSON), "m01", NOW)
    with store.view() as unit:
        rows = [row.record.decode() for row in unit.journal_rows()][-2:]
    assert [json.loads(row)["case"] for row in rows] == ["case-2", "case-1"]
    assert all(json.loads(row)["action"] == "EXPORTED" for row in rows)
    assert not any(PERSON in row for row in rows)
