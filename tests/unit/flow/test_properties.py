"""No sequence of events does what must never happen."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import (
    AgentHistory,
    Callback,
    CallbackOutcome,
    CallbackTo,
    ChangeReason,
    CodeOutcome,
    Consent,
    Knowledge,
    Lookup,
    NumberHolder,
    OldNumberOutcome,
    PresenterRole,
    Review,
    ReviewDecision,
)
from counter_app.domain.identity_document import Owner, PoliceCheck, Printed
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.reading import DocumentKind
from counter_app.errors import FailureCode
from counter_app.flow import answers as a
from counter_app.flow import events as e
from counter_app.flow import outcomes as o
from counter_app.flow.machine import advance
from counter_app.flow.steps import Step
from counter_app.rehearsal.doubles import RIGHT_CODE, WRONG_CODE
from tests.unit.domain import cases as c
from tests.unit.flow.visits import Visit, acceptances

FILES = ("s01_principal_in_person", "s02_agent_signed_letter", "s23_swap", "a15_serial_agent")
BOUNDED = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

ANSWERS = st.one_of(
    st.builds(a.PresenterAnswer, st.sampled_from(PresenterRole)),
    st.builds(a.ReasonAnswer, st.sampled_from(ChangeReason), st.sampled_from(["", "说明"])),
    st.builds(a.TicketAnswer, st.just("A001")),
    st.builds(a.ElderModeAnswer, st.booleans()),
    st.builds(a.CoachedAnswer, st.booleans()),
    st.builds(a.KnowledgeAnswer, st.sampled_from(Knowledge)),
    st.builds(
        a.CallbackAnswer,
        st.builds(Callback, st.sampled_from(CallbackTo), st.sampled_from(CallbackOutcome)),
    ),
    st.builds(a.ConsentAnswer, st.frozensets(st.sampled_from(Consent))),
    st.builds(a.SettlementAnswer, st.booleans()),
    st.builds(a.SettlementCardAnswer, st.sampled_from([c.ACCOUNT, "6217000000000000012"])),
    st.builds(a.SwapAnswer, st.booleans()),
    st.builds(a.SwapSerialAnswer, st.sampled_from([c.OTHER_SN, c.SHOP_SN, " "])),
    st.builds(
        a.DocumentAnswer,
        st.sampled_from([c.document(), c.document(Owner.AGENT), c.principals_copy()]),
    ),
    st.builds(a.FurtherDocumentAnswer, st.just(c.document(Owner.AGENT, number=c.ELDER_ID))),
    st.builds(a.NoDocumentAnswer, st.sampled_from(Owner)),
    st.builds(a.FaceAnswer, st.sampled_from(Owner), st.booleans()),
    st.builds(a.PoliceAnswer, st.sampled_from(Owner), st.sampled_from(PoliceCheck)),
    st.builds(a.PrintedAnswer, st.sampled_from(Owner), st.just(Printed("样本丙"))),
    st.builds(a.LetterAnswer, st.sampled_from([c.letter(), c.letter(digest="L-2"), c.notarised()])),
    st.builds(a.SubstitutionAnswer, st.just(c.letter(digest="L-3"))),
    st.just(a.NoLetterAnswer()),
    st.builds(a.LicenceAnswer, st.sampled_from([c.licence(), c.licence(has_seal=False)])),
    st.just(a.NoLicenceAnswer()),
    st.builds(a.PhoneProofAnswer, st.booleans()),
    st.builds(a.OldNumberAnswer, st.sampled_from(OldNumberOutcome)),
    st.builds(a.NumberAnswer, st.sampled_from([c.NEW_NUMBER, c.OLD_NUMBER, "13900000009", "1"])),
    st.builds(a.RepeatAnswer, st.sampled_from([c.NEW_NUMBER, "13900000009"])),
    st.builds(a.CodeAnswer, st.sampled_from(CodeOutcome)),
    st.builds(a.HolderAnswer, st.sampled_from(NumberHolder)),
    st.builds(a.SharedReasonAnswer, st.just("一家人")),
)
OUTCOMES = st.sampled_from(
    [
        o.TerminalLookedUp(c.SHOP_SN, Lookup.FOUND, c.shop(), c.shop().terminals[0]),
        o.NumberLookedUp(c.NEW_NUMBER, ("1", "2")),
        o.LetterLookedUp("L-1", date(2026, 11, 1), None),
        o.AgentLookedUp((c.AGENT_ID,), AgentHistory(5)),
        o.PrincipalLookedUp(c.ELDER_ID, ("102110054990009",)),
        o.SwapLookedUp(c.OTHER_SN, is_known=True),
        o.CardRead(c.document()),
        o.PictureRead(DocumentKind.RESIDENT_ID_FRONT, "0" * 64, None, FailureCode.IMAGE_UNREADABLE),
        o.CodeSent("m", AT),
        o.CodeChecked(is_right=True),
        o.Reviewed(Review("s01", ReviewDecision.APPROVE, "已核对")),
        o.CaseAccepted("1" * 21, AT),
        o.PapersPrinted((o.PaperLine(PaperKind.RECEIPT),)),
        o.StateChanged(CaseState.VOIDED),
        o.Done(),
        o.Failed(FailureCode.DISK_FULL),
    ]
)
FACTS = (
    o.TerminalLookedUp,
    o.NumberLookedUp,
    o.LetterLookedUp,
    o.AgentLookedUp,
    o.PrincipalLookedUp,
    o.SwapLookedUp,
)
ENDING = st.sampled_from(
    [
        e.ParkPressed("午休"),
        e.Resumed("c02"),
        e.EndPressed(),
        e.AdviseOnlinePressed(),
        e.MinutePassed(),
        e.FurtherPressed(),
    ]
)
GENTLE = st.one_of(
    st.builds(e.TerminalEntered, st.sampled_from([c.SHOP_SN, "X000", " ", "999999999999999"])),
    st.builds(e.MerchantPicked, st.just(c.SHOP_NO), st.just(c.SHOP_SN)),
    st.builds(e.Answered, ANSWERS),
    st.just(e.NextPressed()),
    st.just(e.BackPressed()),
    st.builds(e.StepPicked, st.sampled_from(Step)),
    st.just(e.ReadCardPressed()),
    st.builds(
        e.PictureTaken, st.just(DocumentKind.RESIDENT_ID_FRONT), st.just(b"1"), st.just(b"2")
    ),
    st.just(e.WaitCancelled()),
    st.just(e.SendCodePressed()),
    st.builds(e.CodeTyped, st.sampled_from([RIGHT_CODE, WRONG_CODE, "12", "一二三四五六"])),
    st.builds(
        e.ReviewPressed,
        st.sampled_from(["s01", "c01", "c02"]),
        st.just(""),
        st.sampled_from(ReviewDecision),
        st.sampled_from(["已核对", " "]),
    ),
    st.just(e.PaperConfirmed()),
    st.just(e.PrintAgainPressed()),
    st.just(e.NumberSlipWritten()),
    st.builds(e.VoidPressed, st.sampled_from(["", "客户撤回"])),
    st.builds(e.WithdrawPressed, st.sampled_from(["", "客户撤回"])),
)
EVENTS = st.one_of(GENTLE, ENDING)
GO_ON = st.just("go on")
MIXED = st.lists(st.one_of(*[GENTLE] * 7, *[GO_ON] * 4, ENDING), max_size=12)


def _route(first: int, mixed: list[str | e.Event], *, is_finished: bool) -> list[str | e.Event]:
    """Return a way to some step, trouble there, and perhaps a second way through to the end."""
    again = [e.Resumed("c01"), e.StepPicked(Step.TERMINAL), *["go on"] * 16]
    return ["go on"] * first + mixed + (again if is_finished else [])


ROUTES = st.builds(_route, st.integers(0, 15), MIXED, is_finished=st.booleans())


@BOUNDED
@given(st.sampled_from(FILES), ROUTES)
def test_no_sequence_leaves_the_path_or_accepts_twice(
    name: str, route: list[str | e.Event]
) -> None:
    visit = Visit.of(name)
    for move in route:
        if isinstance(move, str):
            visit.go_on()
        else:
            visit.send(move)
        assert visit.accepted() <= 1
    if visit.accepted():
        assert visit.stage.desk.assess(visit.state.draft).may_be_accepted
        with visit.stage.store.view() as unit:
            assert unit.load(visit.state.draft.case_id).acceptance_no == visit.state.acceptance_no


@BOUNDED
@given(
    st.sampled_from(FILES),
    st.integers(0, 14),
    st.lists(st.one_of(*[GENTLE] * 5, *[st.integers(0, 5)] * 4, GO_ON, ENDING), max_size=30),
)
def test_effects_may_end_late_and_in_any_order(
    name: str, first: int, route: list[str | int | e.Event]
) -> None:
    visit = Visit.of(name)
    for _ in range(first):
        visit.go_on()
    visit.is_holding = True
    for move in route:
        if isinstance(move, int):
            if visit.held:
                visit.release(move)
        elif isinstance(move, str):
            visit.is_holding = False
            visit.go_on()
            visit.is_holding = True
        else:
            visit.send(move)
        assert visit.accepted() <= 1
    while visit.held:
        visit.release(0)
    assert visit.accepted() <= 1


@BOUNDED
@given(st.sampled_from(FILES), ROUTES, OUTCOMES, st.integers(1, 9))
def test_a_late_outcome_of_an_older_attempt_changes_nothing(
    name: str, route: list[str | e.Event], outcome: o.Outcome, age: int
) -> None:
    visit = Visit.of(name)
    for move in route:
        if isinstance(move, str):
            visit.go_on()
        else:
            visit.send(move)
    is_a_fact = isinstance(outcome, FACTS)
    before = visit.state
    report = e.Reported(before.attempt - age, outcome)
    then, effects = advance(before, report, visit.stage.desk)
    if is_a_fact:
        assert not any(type(effect).__name__ == "AcceptCase" for effect in effects)
    else:
        assert (then, effects) == (before, ())


@BOUNDED
@given(st.sampled_from(FILES), ROUTES, st.lists(OUTCOMES, max_size=6))
def test_outcomes_that_nobody_waits_for_accept_nothing(
    name: str, route: list[str | e.Event], outcomes: list[o.Outcome]
) -> None:
    visit = Visit.of(name)
    visit.is_holding = True
    for move in route:
        if not isinstance(move, str):
            visit.send(move)
    for outcome in outcomes:
        visit.send(e.Reported(visit.state.attempt, outcome))
    assert visit.state.acceptance_no is None or acceptances(visit)


@BOUNDED
@given(st.sampled_from(FILES), st.integers(1, 6), st.lists(EVENTS, max_size=10))
def test_a_parked_case_comes_back_as_it_was(name: str, steps: int, events: list[e.Event]) -> None:
    visit = Visit.of(name)
    for _ in range(steps):
        visit.go_on()
    visit.send(e.ParkPressed("午休"))
    parked = visit.state
    for event in events:
        if not isinstance(event, e.Resumed | e.EndPressed):
            visit.send(event)
    assert visit.state == parked
    loaded = visit.stage.performer.life.load(parked.draft.case_id)
    assert (loaded.draft, loaded.step) == (parked.draft, parked.step)
    visit.send(e.Resumed("c02"))
    assert visit.state.step is parked.step
    assert visit.state.draft.handlers == ("c01",)
    with visit.stage.store.view() as unit:
        assert unit.load(parked.draft.case_id).clerk_id == "c02"
