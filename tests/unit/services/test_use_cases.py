"""Use cases on stores in memory: what is stored, queued, printed and returned."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.account import Role
from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import Lookup, Review, ReviewDecision
from counter_app.domain.journal import JournalAction
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.reading import DocumentKind, Outline, Reading
from counter_app.errors import CounterError, FailureCode
from counter_app.flow import effects as fx
from counter_app.flow import events as e
from counter_app.flow import outcomes as o
from counter_app.flow.answers import DocumentAnswer
from counter_app.flow.state import Desk
from counter_app.flow.steps import Step
from counter_app.ports.capture import CapturedDocument
from counter_app.ports.stop import never
from counter_app.ports.vault import ImageRef
from counter_app.rehearsal.doubles import NoSeal
from counter_app.services.draft_codec import decode, encode, summary_of
from counter_app.services.queue_age import UNLOCK_NOTE, is_queue_too_old
from tests.unit.domain import cases as c
from tests.unit.flow.visits import Visit, at

AGENT, SWAP = "s02_agent_signed_letter", "s23_swap"


def _perform(visit: Visit, effect: fx.Effect) -> o.Outcome:
    return visit.stage.performer.perform(effect, never(), lambda _done, _expected: None)


# Acceptance


def test_accepting_twice_stores_one_case_and_one_number() -> None:
    visit = at(Step.ACCEPT, AGENT)
    effect = fx.AcceptCase(visit.state.draft)
    first, second = _perform(visit, effect), _perform(visit, effect)
    assert isinstance(first, o.CaseAccepted)
    assert first == second
    assert visit.accepted() == 1
    assert visit.queued() == ["PHONE_REBIND"]


@pytest.mark.parametrize(
    "changes",
    [
        {"reviews": ()},
        {"letter": None},
        {"letter_used_on": c.TODAY},
        {"new_number": None},
        {"new_number": c.new_number(code=None)},
        {"is_swap_wanted": True},
        {"reviews": (Review("c01", ReviewDecision.APPROVE, "已核对"),)},
        {"reviews": (Review("s01", ReviewDecision.APPROVE, ""),)},
        {"handlers": ("s01",)},
    ],
)
def test_what_the_rules_do_not_carry_is_not_accepted(changes: dict[str, object]) -> None:
    visit = at(Step.ACCEPT, AGENT)
    draft = replace(visit.state.draft, **changes)
    assert _perform(visit, fx.AcceptCase(draft)) == o.Failed(FailureCode.CASE_NOT_ACCEPTABLE)
    assert visit.accepted() == 0


def test_a_voided_case_leaves_no_trace_in_the_registers() -> None:
    visit = at(Step.DONE, AGENT)
    draft = visit.state.draft
    with visit.stage.store.view() as unit:
        assert unit.letter_used("L-1", None) is not None
        assert unit.agent_principals(c.AGENT_ID, c.TODAY) == 1
        assert unit.phone_principals(c.NEW_NUMBER) == 1
    visit.send(e.VoidPressed("客户撤回"))
    with visit.stage.store.view() as unit:
        assert unit.letter_used("L-1", None) is None
        assert unit.agent_principals(c.AGENT_ID, c.TODAY) == 0
        assert unit.phone_principals(c.NEW_NUMBER) == 0
        assert unit.phone_changed_on(c.SHOP_NO) is None
        assert unit.load(draft.case_id).state is CaseState.VOIDED


def test_long_reasons_do_not_stop_an_acceptance() -> None:
    visit = at(Step.ACCEPT, AGENT)
    draft = visit.state.draft
    act = replace(draft.reviews[0], reason="核" * 900)
    long = replace(draft, reason_text="说" * 900, reviews=(act,))
    assert isinstance(_perform(visit, fx.AcceptCase(long)), o.CaseAccepted)


def test_half_a_character_of_a_name_is_marked_and_stops_nothing() -> None:
    visit = at(Step.PRESENTER_ID)
    broken = c.document(name="样\ud800\U0002a6d7")
    visit.send(e.Answered(DocumentAnswer(broken)))
    assert visit.state.draft.documents[0].name == "样\ufffd\U0002a6d7"
    assert visit.state.failure is None
    assert "ID.rare_character" in c.codes(visit.state.draft)


# The life of a case


def test_a_case_is_loaded_where_it_was_left() -> None:
    visit = at(Step.OLD_NUMBER, AGENT)
    loaded = visit.stage.performer.life.load(visit.state.draft.case_id)
    assert (loaded.draft, loaded.step) == (visit.state.draft, Step.OLD_NUMBER)


@pytest.mark.parametrize(("step", "shown"), [(Step.PRINT, Step.PRINT), (Step.DONE, Step.DONE)])
def test_an_accepted_case_is_loaded_at_its_paper(step: Step, shown: Step) -> None:
    visit = at(step)
    loaded = visit.stage.performer.life.load(visit.state.draft.case_id)
    assert (loaded.step, loaded.acceptance_no) == (shown, visit.state.acceptance_no)
    assert [line.kind for line in loaded.papers] == [PaperKind.RECEIPT]


def test_a_correction_keeps_the_request_number() -> None:
    visit = at(Step.DONE)
    wrong = visit.state.draft
    fresh = visit.stage.performer.life.correct(wrong.case_id, "c02").draft
    assert (fresh.request_no, fresh.supersedes) == (wrong.request_no, wrong.case_id)
    assert fresh.case_id != wrong.case_id


def test_bytes_that_are_no_draft_are_a_damaged_store() -> None:
    for raw in (b"", b"{}", b"[]", b"\xff", encode(c.in_person())[:-1]):
        with pytest.raises(CounterError) as caught:
            decode(raw)
        assert caught.value.code is FailureCode.STORE_CORRUPT


def test_a_list_shows_what_is_known_so_far() -> None:
    bare = summary_of(replace(c.in_person(), merchant=None, terminal=None, documents=()))
    assert (bare.merchant_no, bare.terminal_sn, bare.customer) == ("", "", "")
    assert summary_of(replace(c.in_person(), presenter=None, reason=None)).reason_code == ""
    assert summary_of(c.delegated()).customer == "样本乙"


# Effects that fail


@pytest.mark.expects_warnings
def test_an_unknown_failure_is_logged_and_comes_back(caplog: pytest.LogCaptureFixture) -> None:
    visit = at(Step.ACCEPT)
    performer = replace(visit.stage.performer, rules=_broken)
    outcome = performer.perform(
        fx.AcceptCase(visit.state.draft), never(), lambda _done, _expected: None
    )
    assert outcome == o.Failed(FailureCode.UNEXPECTED)
    assert any(record.levelno == logging.ERROR for record in caplog.records)


def _broken() -> Desk:
    raise RuntimeError


def test_papers_of_a_case_that_was_not_accepted_do_not_exist() -> None:
    visit = at(Step.ACCEPT)
    effect = fx.PrintPapers(visit.state.draft.case_id, (PaperKind.RECEIPT,))
    assert _perform(visit, effect) == o.Failed(FailureCode.CASE_NOT_ACCEPTABLE)


def test_who_may_not_review_cannot_authorise() -> None:
    visit = at(Step.REVIEW, AGENT)
    accounts = visit.stage.performer.accounts
    performer = replace(visit.stage.performer, accounts=_Clerks(accounts))
    effect = fx.Authorise("c09", "", ReviewDecision.APPROVE, "已核对")
    outcome = performer.perform(effect, never(), lambda _done, _expected: None)
    assert outcome == o.Failed(FailureCode.ROLE_MISSING)


class _Clerks:
    def __init__(self, inner: object) -> None:
        self._inner = inner

    def step_up(self, account_id: str, password: str, now: object) -> object:
        proof = self._inner.step_up(account_id, password, now)  # type: ignore[attr-defined]
        clerk = replace(proof.account, roles=frozenset({Role.CLERK}))
        return replace(proof, account=clerk)


def test_an_act_without_an_effect_is_journalled() -> None:
    visit = at(Step.DONE)
    case_id = visit.state.draft.case_id
    visit.stage.performer.journal("c01", JournalAction.OVERRIDE, case_id)
    with visit.stage.store.view() as unit:
        assert b"OVERRIDE" in unit.case_journal(case_id)[-1].record


class _Vault:
    """Keeps pictures in a dict."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, bytes]] = []

    def put(self, data: bytes, kind: str, case_id: str, now: object) -> object:
        self.kept.append((kind, data))
        return ImageRef(str(len(self.kept)), len(data), kind, case_id, now)


def test_a_picture_is_kept_even_where_it_cannot_be_read() -> None:
    visit = at(Step.PRESENTER_ID)
    vault = _Vault()
    performer = replace(visit.stage.performer, vault=vault)
    kind = DocumentKind.RESIDENT_ID_FRONT
    effect = fx.KeepPicture(visit.state.draft.case_id, kind, b"1", b"2")
    outcome = performer.perform(effect, never(), lambda _done, _expected: None)
    assert outcome == o.PictureRead(kind, "2", None, FailureCode.CAMERA_MISSING)
    assert vault.kept == [(f"{kind.value}.original", b"1"), (kind.value, b"2")]


def test_an_electronic_letter_is_read_as_it_came_and_shown_as_its_page() -> None:
    visit = at(Step.PRESENTER_ID)
    vault = _Vault()
    seen: list[CapturedDocument | bytes] = []

    class _Reader:
        def read(
            self, image: CapturedDocument | bytes, kind: DocumentKind, stop: object
        ) -> Reading:
            seen.append(image)
            return Reading(kind)

    devices = replace(visit.stage.performer.devices, documents=_Reader())
    performer = replace(visit.stage.performer, vault=vault, devices=devices)
    outline = Outline(((1, 1), (9, 1), (9, 9), (1, 9)), 1.0)
    for original in (b"%PDF-1.7 signed", b"photograph"):
        effect = fx.KeepPicture(
            visit.state.draft.case_id, DocumentKind.LETTER, original, b"its page", outline
        )
        performer.perform(effect, never(), lambda _done, _expected: None)
    electronic, photograph = seen
    assert electronic == b"%PDF-1.7 signed"
    assert isinstance(photograph, CapturedDocument)
    assert (photograph.original_jpeg, photograph.rectified_jpeg) == (b"photograph", b"its page")
    assert photograph.outline == outline


# Look-ups


def test_a_merchant_is_found_by_its_number_and_picked_by_hand() -> None:
    look_ups = Visit.of("s01_principal_in_person").stage.performer.look_ups
    by_number = look_ups.terminal(fx.FindTerminal(c.SHOP_NO))
    assert (by_number.lookup, by_number.terminal) == (Lookup.FOUND, by_number.merchant.terminals[0])
    picked = look_ups.terminal(fx.FindTerminal(c.SHOP_SN, c.SHOP_NO))
    assert picked.lookup is Lookup.FOUND
    nobody = look_ups.terminal(fx.FindTerminal(c.SHOP_SN, "1"))
    assert nobody.lookup is Lookup.UNKNOWN_MERCHANT


def test_a_case_that_is_open_here_is_in_flight() -> None:
    visit = at(Step.DONE)
    again = visit.stage.performer.look_ups.terminal(fx.FindTerminal(c.SHOP_SN))
    assert again.merchant is not None
    assert again.merchant.in_flight
    assert again.merchant.phone_changed_on == c.TODAY


def test_a_number_accepted_here_for_another_principal_counts() -> None:
    visit = at(Step.DONE)
    look_ups = visit.stage.performer.look_ups
    own = look_ups.number(fx.LookUpNumber(c.NEW_NUMBER, c.SHOP_NO, c.PRINCIPAL_ID))
    other = look_ups.number(fx.LookUpNumber(c.NEW_NUMBER, "1", c.AGENT_ID))
    assert (len(own.bound_to), len(other.bound_to)) == (0, 1)


def test_a_queue_is_too_old_until_a_manager_unlocks_the_day() -> None:
    visit = at(Step.DONE)
    store, now = visit.stage.store, visit.stage.desk.facts.now
    assert not is_queue_too_old(store, now + timedelta(days=3), 3)
    late = now + timedelta(days=3, seconds=1)
    assert is_queue_too_old(store, late, 3)
    with store.begin() as unit:
        unit.remember(UNLOCK_NOTE, "2026-11-26")
    assert not is_queue_too_old(store, late, 3)
    assert is_queue_too_old(store, late + timedelta(days=1), 3)


def test_a_paper_that_fails_does_not_undo_the_end_of_a_case() -> None:
    visit = at(Step.MATERIALS)

    class BrokenSeal(NoSeal):
        def seal(self, pdf: bytes) -> bytes:
            raise CounterError(FailureCode.SEAL_KEY_MISSING)

    performer = visit.stage.performer
    papers = replace(performer.papers, seal=BrokenSeal())
    ending = fx.EndCase(
        visit.state.draft, visit.state.step, CaseState.REFUSED, (PaperKind.MISSING_LIST,)
    )
    outcome = replace(performer, papers=papers).perform(ending, never(), lambda *_: None)
    broken = o.PaperLine(PaperKind.MISSING_LIST, FailureCode.SEAL_KEY_MISSING)
    assert outcome == o.PapersPrinted((broken,))
    assert performer.life.load(visit.state.draft.case_id).case_state is CaseState.REFUSED
