"""A signature on a pad is bound to its receipt, closed for the archive, and the first one stays."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.flow.steps import Step
from counter_app.services.pad_signatures import KIND, PadSignatures, PenSample, PenSource
from counter_app.storage.memory_vault import MemoryVault
from counter_app.wire.envelope import blob_hash, open_blob
from counter_app.wire.keys import SealingKeys, new_institution_key, new_signing_key, public_half
from tests.unit.flow.visits import Visit, at

ARCHIVE_KEY = new_institution_key()
NAME = tuple(PenSample(8 * step, 100 + 30 * step, 900, 600) for step in range(60))


def desk_at(step: Step) -> tuple[Visit, PadSignatures]:
    visit = at(step)
    keys = SealingKeys("110199-01", new_signing_key(), public_half(ARCHIVE_KEY))
    nonces = iter(f"n{count}" for count in range(9))
    desk = PadSignatures(
        visit.stage.store,
        MemoryVault(),
        keys,
        visit.stage.performer.clock,
        lambda: next(nonces),
    )
    return visit, desk


def opened(desk: PadSignatures, case_id: str) -> list[dict[str, object]]:
    """Open everything as the archive would."""
    found = []
    for ref in desk.vault.images(case_id):
        closed = desk.vault.get(ref.sha256)
        assert ref.kind == KIND
        assert b"samples" not in closed
        found.append(json.loads(open_blob(closed, blob_hash(closed), ARCHIVE_KEY)))
    return found


def test_only_the_archive_opens_what_was_written_and_finds_the_receipt_in_it() -> None:
    visit, desk = desk_at(Step.DONE)
    sheet = desk.sheet(visit.state.draft.case_id)
    assert desk.keep(sheet, NAME, PenSource.PEN, "c01") == 1
    (written,) = opened(desk, sheet.case_id)
    assert written["record_sha256"] == sheet.record_sha256
    assert written["number"] == visit.state.acceptance_no
    assert written["source"] == "pen"
    samples = written["samples"]
    assert isinstance(samples, list)
    assert samples[1] == [8, 130, 900, 600]
    with visit.stage.store.view() as unit:
        acts = [json.loads(row.record)["action"] for row in unit.case_journal(sheet.case_id)]
    assert acts.count("SIGNED_ON_PAD") == 1


def test_signing_again_keeps_the_first() -> None:
    visit, desk = desk_at(Step.DONE)
    sheet = desk.sheet(visit.state.draft.case_id)
    desk.keep(sheet, NAME, PenSource.MOUSE, "c01")
    assert desk.keep(sheet, NAME[:30], PenSource.MOUSE, "c01") == 2
    lengths = [len(str(one["samples"])) for one in opened(desk, sheet.case_id)]
    assert lengths[0] > lengths[1]


@pytest.mark.parametrize("samples", [(), NAME[:5], tuple(replace(s, pressure=0) for s in NAME)])
def test_a_touch_is_no_signature(samples: tuple[PenSample, ...]) -> None:
    visit, desk = desk_at(Step.DONE)
    sheet = desk.sheet(visit.state.draft.case_id)
    with pytest.raises(CounterError) as caught:
        desk.keep(sheet, samples, PenSource.PEN, "c01")
    assert caught.value.code is FailureCode.SIGNATURE_TOO_SHORT
    assert desk.vault.images(sheet.case_id) == ()


def test_a_signature_for_another_text_is_not_kept() -> None:
    visit, desk = desk_at(Step.DONE)
    sheet = replace(desk.sheet(visit.state.draft.case_id), record_sha256="0" * 64)
    with pytest.raises(CounterError):
        desk.keep(sheet, NAME, PenSource.PEN, "c01")
    assert desk.vault.images(sheet.case_id) == ()


def test_without_a_receipt_there_is_nothing_to_sign() -> None:
    visit, desk = desk_at(Step.CONFIRM)
    with pytest.raises(CounterError):
        desk.sheet(visit.state.draft.case_id)
