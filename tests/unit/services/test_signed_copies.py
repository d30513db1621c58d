"""A signed page finds its own case; what was kept first stays."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.paper_verdict import PaperFault, PaperForm, Verdict
from counter_app.domain.submission import MessageState, MessageType
from counter_app.errors import CounterError, FailureCode
from counter_app.flow import effects as fx
from counter_app.flow.steps import Step
from counter_app.ports.stop import never
from counter_app.ports.stored import QueuedMessage
from counter_app.services.evidence import Evidence
from counter_app.services.signed_copies import SignedCopies
from counter_app.storage.memory_vault import MemoryVault
from counter_app.wire.case_data import PersonalData
from counter_app.wire.envelope import open_message
from counter_app.wire.keys import SealingKeys, new_institution_key, new_signing_key, public_half
from tests.unit.flow.visits import Visit, at

INSTITUTION = new_institution_key()
KEYS = SealingKeys("110199-07", new_signing_key(), public_half(INSTITUTION))
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
    vault, clock = MemoryVault(), stage.performer.clock
    ids = (f"01a20939-0000-7000-8000-{number:012d}" for number in count())
    evidence = Evidence(stage.store, vault, KEYS, clock, lambda: next(ids))
    copies = SignedCopies(stage.store, vault, judge, clock, evidence)
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


def sent(visit: Visit) -> list[QueuedMessage]:
    with visit.stage.store.view() as unit:
        return list(unit.messages(visit.state.draft.case_id))


def test_a_kept_page_follows_its_case_to_head_office_and_changes_nothing_it_said() -> None:
    visit, copies = desk_at(Step.DONE)
    (before,) = sent(visit)
    kept = copies.keep((PAGE,), "c02")
    first, second = sent(visit)
    assert first == before
    assert second.message.type is MessageType.SIGNED_COPY
    assert second.message.prev == before.message.message_id
    assert second.message.blobs == (hashlib.sha256(PAGE).hexdigest(),)
    read = open_message(second.message.payload, public_half(KEYS.signing_key), INSTITUTION)
    assert read.case.acceptance_no == kept.number
    assert read.case.corrects == before.message.message_id
    assert read.case.clerk == read.envelope.clerk == "c02"
    assert [image.ref for image in read.case.images] == ["signed_receipt"]
    assert read.personal == PersonalData()


def test_the_same_page_is_sent_once_and_another_one_too() -> None:
    visit, copies = desk_at(Step.DONE)
    for picture in (PAGE, PAGE, AGAIN, PAGE):
        copies.keep((picture,), "c01")
    names = [one.message.blobs for one in sent(visit)[1:]]
    assert names == [(hashlib.sha256(one).hexdigest(),) for one in (PAGE, AGAIN)]


def test_a_page_kept_just_before_the_program_died_is_queued_later_and_once() -> None:
    visit, copies = desk_at(Step.DONE)
    case_id = visit.state.draft.case_id
    assert copies.evidence.catch_up() == 0
    copies.vault.put(PAGE, "signed_receipt", case_id, copies.clock.now())
    assert [copies.evidence.catch_up(), copies.evidence.catch_up()] == [1, 0]
    assert sent(visit)[-1].message.type is MessageType.SIGNED_COPY


def test_a_case_that_never_leaves_sends_no_page() -> None:
    visit, copies = desk_at(Step.DONE)
    case_id = visit.state.draft.case_id
    visit.stage.performer.perform(fx.VoidCase(case_id, "客户要求"), never(), lambda _d, _e: None)
    judge = copies.verifier
    assert isinstance(judge, ReadingJudge)
    judge.verdicts[b"void"] = shown(visit, PaperKind.VOID_NOTICE)
    assert not copies.keep((b"void",), "c01").is_queued
    assert [one.message.type for one in sent(visit)] == [MessageType.PHONE_REBIND]
    assert copies.evidence.catch_up() == 0


def test_a_page_moves_no_case_and_is_over_once_head_office_holds_it() -> None:
    visit, copies = desk_at(Step.DONE)
    now, case_id = copies.clock.now(), visit.state.draft.case_id
    copies.keep((PAGE,), "c01")
    case, page = (one.message.message_id for one in sent(visit))
    with visit.stage.store.begin() as unit:
        unit.claim(case, now)
        unit.mark(case, MessageState.ACKED, "", now)
        assert unit.load(case_id).state is CaseState.ACKED
        unit.claim(page, now)
        unit.mark(page, MessageState.ACKED, "", now)
        assert unit.load(case_id).state is CaseState.ACKED
    assert [one.state for one in sent(visit)] == [MessageState.ACKED, MessageState.DECIDED]
