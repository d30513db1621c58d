"""A signed page finds its own case; what was kept first stays."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace

import pytest

from counter_app.domain.journal import JournalAction
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.paper_verdict import PaperFault, PaperForm, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.flow import effects as fx
from counter_app.flow.steps import Step
from counter_app.ports.stop import never
from counter_app.services.signed_copies import SignedCopies
from counter_app.storage.memory_vault import MemoryVault
from tests.unit.flow.visits import Visit, at

PAGE, AGAIN, DARK = b"page", b"page once more", b"dark"


@dataclass
class ReadingJudge:
    """Says of each picture what it was told to say."""

    verdicts: dict[bytes, Verdict] = field(default_factory=dict)

    def verify(self, data: bytes) -> Verdict:
        return self.verdicts[data]


def code(number: str, digest: str, *faults: PaperFault) -> Verdict:
    return Verdict(PaperForm.CODE, faults, number=number, record_sha256=digest, only_code=True)


def desk_at(step: Step, name: str = "s01_principal_in_person") -> tuple[Visit, SignedCopies]:
    """Return a visit and what keeps its signed pages; every page shows the receipt's code."""
    visit = at(step, name)
    judge = ReadingJudge({DARK: code("", "", PaperFault.CODE_MISSING)})
    stage = visit.stage
    copies = SignedCopies(stage.store, MemoryVault(), judge, stage.performer.clock)
    for picture in (PAGE, AGAIN):
        judge.verdicts[picture] = shown(visit, PaperKind.RECEIPT)
    return visit, copies


def shown(visit: Visit, kind: PaperKind) -> Verdict:
    case_id = visit.state.draft.case_id
    with visit.stage.store.view() as unit:
        record = unit.paper(case_id, kind.value).record
    number = visit.state.acceptance_no
    assert number is not None
    return code(number, hashlib.sha256(record).hexdigest())


def acts(visit: Visit) -> list[str]:
    with visit.stage.store.view() as unit:
        rows = unit.case_journal(visit.state.draft.case_id)
    return [json.loads(row.record)["action"] for row in rows]


def failure(copies: SignedCopies, *pictures: bytes) -> FailureCode:
    with pytest.raises(CounterError) as caught:
        copies.keep(pictures, "c01")
    return caught.value.code


def test_a_signed_receipt_is_kept_with_the_case_its_code_names() -> None:
    visit, copies = desk_at(Step.DONE)
    kept = copies.keep((PAGE,), "c01")
    assert (kept.case_id, kept.number) == (visit.state.draft.case_id, visit.state.acceptance_no)
    assert (kept.kind, kept.count, kept.is_new) == (PaperKind.RECEIPT, 1, True)
    assert [ref.kind for ref in copies.vault.images(kept.case_id)][-1] == "signed_receipt"
    assert acts(visit).count(JournalAction.SIGNED_COPY_KEPT) == 1


def test_a_page_pictured_again_is_kept_beside_the_first() -> None:
    visit, copies = desk_at(Step.DONE)
    copies.keep((PAGE,), "c01")
    same = copies.keep((PAGE,), "c01")
    assert (same.count, same.is_new) == (1, False)
    again = copies.keep((AGAIN,), "c01")
    assert (again.count, again.is_new) == (2, True)
    signed = [ref for ref in copies.vault.images(again.case_id) if ref.kind == "signed_receipt"]
    assert copies.vault.get(signed[0].sha256) == PAGE
    assert acts(visit).count(JournalAction.SIGNED_COPY_KEPT) == 2


def test_the_swap_slip_is_kept_as_what_it_is() -> None:
    visit, copies = desk_at(Step.DONE, "s23_swap")
    judge = copies.verifier
    assert isinstance(judge, ReadingJudge)
    judge.verdicts[b"slip"] = shown(visit, PaperKind.SWAP_SLIP)
    assert copies.keep((b"slip",), "c01").kind is PaperKind.SWAP_SLIP
    assert not copies.is_kept(visit.state.draft.case_id)


def test_the_code_may_be_readable_only_on_the_straightened_picture() -> None:
    _visit, copies = desk_at(Step.DONE)
    kept = copies.keep((DARK, PAGE), "c01")
    assert copies.vault.get(copies.vault.images(kept.case_id)[-1].sha256) == DARK


def test_a_page_without_a_readable_code_is_not_kept() -> None:
    visit, copies = desk_at(Step.DONE)
    assert failure(copies, DARK) is FailureCode.SIGNED_COPY_UNREADABLE
    assert failure(copies) is FailureCode.SIGNED_COPY_UNREADABLE
    assert not copies.is_kept(visit.state.draft.case_id)


def test_a_forged_page_is_not_kept() -> None:
    visit, copies = desk_at(Step.DONE)
    judge = copies.verifier
    assert isinstance(judge, ReadingJudge)
    judge.verdicts[PAGE] = replace(judge.verdicts[PAGE], faults=(PaperFault.CODE_FORGED,))
    assert failure(copies, PAGE) is FailureCode.SIGNED_COPY_FOREIGN
    assert not copies.is_kept(visit.state.draft.case_id)


@pytest.mark.parametrize(
    "change", [{"number": "110199202611230109999"}, {"record_sha256": "0" * 64}]
)
def test_a_page_of_another_counter_or_another_record_is_not_kept(change: dict[str, str]) -> None:
    _visit, copies = desk_at(Step.DONE)
    judge = copies.verifier
    assert isinstance(judge, ReadingJudge)
    judge.verdicts[PAGE] = replace(judge.verdicts[PAGE], **change)  # type: ignore[arg-type]
    assert failure(copies, PAGE) is FailureCode.SIGNED_COPY_UNKNOWN


def test_a_printed_receipt_is_owed_until_its_signed_copy_is_kept() -> None:
    visit, copies = desk_at(Step.PRINT)
    assert copies.owed() == ()
    visit.go_to(Step.DONE)
    assert [case.case_id for case in copies.owed()] == [visit.state.draft.case_id]
    copies.keep((PAGE,), "c01")
    assert copies.owed() == ()


def test_a_voided_case_owes_no_receipt_but_its_notice_is_kept() -> None:
    visit, copies = desk_at(Step.DONE)
    case_id = visit.state.draft.case_id
    visit.stage.performer.perform(fx.VoidCase(case_id, "客户要求"), never(), lambda _d, _e: None)
    assert copies.owed() == ()
    judge = copies.verifier
    assert isinstance(judge, ReadingJudge)
    judge.verdicts[b"void"] = shown(visit, PaperKind.VOID_NOTICE)
    assert copies.keep((b"void",), "c01").kind is PaperKind.VOID_NOTICE
