"""The delegation engine: both sides of every condition of A7 to A16."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.checks import FindingCode, Severity
from counter_app.domain.delegation import is_confirmed_by_principal
from counter_app.domain.delegation_letter import (
    Alterations,
    IssuingPlace,
    Letter,
    LetterKind,
    NamedAgent,
)
from counter_app.domain.draft import (
    AgentHistory,
    Callback,
    CallbackOutcome,
    CallbackTo,
    CodeOutcome,
    NumberHolder,
)
from counter_app.domain.identity_document import Owner
from counter_app.domain.identity_number import DocumentType
from tests.unit.domain import cases as c

BLOCK, REVIEW = Severity.BLOCK, Severity.REVIEW
DAY = timedelta(days=1)


def _of(**letter: object) -> dict[str, Severity]:
    return c.codes(c.delegated(letter=c.letter(**letter)))


# A7


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (c.EIGHTEEN_TODAY, {}),
        (c.ONE_DAY_SHORT, {"A7.capacity": REVIEW}),
        (c.SIXTEEN, {"A7.capacity": REVIEW}),
        (c.FOURTEEN, {"A7.minor": BLOCK}),
    ],
)
@pytest.mark.parametrize("is_born_on_read", [True, False])
def test_a7_the_agent_is_of_age(
    number: str, expected: dict[str, Severity], is_born_on_read: bool
) -> None:
    born = c.document(number=number, born_on=None).birth_date
    agent = c.document(
        Owner.AGENT,
        number=number,
        born_on=born if is_born_on_read else None,
        valid_from=None,
    )
    draft = c.delegated(
        documents=(agent, c.principals_copy()),
        letter=c.letter(agents=(NamedAgent("样本乙", number),)),
    )
    assert c.codes(draft) == expected


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2010, 11, 23), "A7.capacity"),
        (date(2010, 11, 24), "A7.minor"),
        (date(2008, 2, 29), None),
    ],
)
def test_a7_ages_turn_on_the_birthday(born: date, code: str | None) -> None:
    agent = c.document(Owner.AGENT, number="E12345678", type=DocumentType.PASSPORT, born_on=born)
    found = c.codes(c.delegated(documents=(agent, c.principals_copy())))
    assert {key for key in found if key.startswith("A7")} == ({code} if code else set())


def test_a7_a_principal_may_be_young_and_an_agents_age_unknown() -> None:
    agent = c.document(Owner.AGENT, number="E12345678", type=DocumentType.PASSPORT, born_on=None)
    young = c.principals_copy()
    found = c.codes(c.delegated(documents=(agent, replace(young, born_on=date(2015, 1, 1)))))
    assert not {key for key in found if key.startswith("A7")}


def test_a7_every_agent_who_came_is_judged() -> None:
    minor = c.document(
        Owner.AGENT, name="样本丁", number=c.FOURTEEN, born_on=date(2012, 6, 1), valid_from=None
    )
    draft = c.delegated(documents=(c.document(Owner.AGENT), minor, c.principals_copy()))
    assert "A7.minor" in c.codes(draft)


# A8

TWO = (NamedAgent("样本乙", c.AGENT_ID), NamedAgent("样本丙", c.ELDER_ID))


@pytest.mark.parametrize(
    ("is_joint", "is_second_here", "is_absent"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_a8_joint_agents_come_together(
    is_joint: bool, is_second_here: bool, is_absent: bool
) -> None:
    second = c.document(
        Owner.AGENT,
        name="样本丙",
        number=c.ELDER_ID,
        born_on=date(1940, 1, 1),
        valid_until=None,
        is_long_term=True,
    )
    documents = (
        c.document(Owner.AGENT),
        c.principals_copy(),
        *([second] if is_second_here else []),
    )
    draft = c.delegated(
        letter=c.letter(agents=TWO, is_joint=is_joint),
        documents=documents,
    )
    assert c.codes(draft) == ({"A8.joint_agents_absent": BLOCK} if is_absent else {})


def test_a8_the_principals_own_document_is_no_agents() -> None:
    agents = (*TWO[:1], NamedAgent("样本甲", c.PRINCIPAL_ID))
    assert "A8.joint_agents_absent" in _of(agents=agents)


# A10

THIRD = {NumberHolder.AGENT, NumberHolder.EMPLOYEE, NumberHolder.RELATIVE, NumberHolder.OTHER}


@pytest.mark.parametrize("holder", [None, *NumberHolder])
@pytest.mark.parametrize("is_allowed", [True, False])
def test_a10_the_number_is_not_a_third_persons(
    holder: NumberHolder | None, is_allowed: bool
) -> None:
    draft = c.delegated(
        letter=c.letter(allows_third_party_number=is_allowed),
        new_number=c.new_number(holder=holder),
    )
    found = c.codes(draft).get("A10.third_party_number")
    expected = REVIEW if is_allowed else BLOCK
    assert found is (expected if holder in THIRD else None)


def test_a10_does_not_concern_a_principal_who_came() -> None:
    draft = c.in_person(new_number=c.new_number(holder=NumberHolder.OTHER))
    assert "A10.third_party_number" not in c.codes(draft)


def test_a10_before_a_number_was_entered_there_is_no_holder() -> None:
    assert not c.codes(c.delegated(new_number=None))


# A11, A12


def test_a11_a12_a_letter_is_used_once_and_not_revoked() -> None:
    assert c.codes(c.delegated(letter_used_on=c.TODAY)) == {"A11.used": BLOCK}
    assert c.codes(c.delegated(letter_revoked_on=c.TODAY)) == {"A12.revoked": BLOCK}


# A13


@pytest.mark.parametrize("to", list(CallbackTo))
@pytest.mark.parametrize("outcome", list(CallbackOutcome))
def test_a13_the_principal_confirms_on_a_number_on_file(
    to: CallbackTo, outcome: CallbackOutcome
) -> None:
    draft = c.delegated(callback=Callback(to, outcome))
    is_confirmed = (to, outcome) == (CallbackTo.ON_FILE, CallbackOutcome.CONFIRMED)
    assert is_confirmed_by_principal(draft) is is_confirmed
    severity = BLOCK if outcome is CallbackOutcome.DENIED else REVIEW
    assert c.codes(draft) == ({} if is_confirmed else {"A13.not_confirmed": severity})


def test_a13_no_call_at_all_is_reviewed() -> None:
    assert c.codes(c.delegated(callback=None)) == {"A13.not_confirmed": REVIEW}


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("wanted", [frozenset(), *[frozenset({kind}) for kind in LetterKind]])
def test_a13_the_pack_says_for_which_letters(
    kind: LetterKind, wanted: frozenset[LetterKind]
) -> None:
    letter = c.letter() if kind is LetterKind.SIGNED else c.notarised()
    pack = replace(c.PACK, callback_for=wanted)
    found = c.codes(c.delegated(letter=letter, callback=None), pack)
    assert ("A13.not_confirmed" in found) is (kind in wanted)


def test_a13_a_denial_stops_a_notarised_letter_too() -> None:
    denied = Callback(CallbackTo.ON_FILE, CallbackOutcome.DENIED)
    draft = c.delegated(letter=c.notarised(), callback=denied)
    assert c.codes(draft) == {"A13.not_confirmed": BLOCK}


def test_a13_from_the_medium_band_on_every_agents_case_needs_the_call() -> None:
    draft = c.delegated(letter=c.notarised(), callback=None, is_coached=True)
    assert c.codes(draft) == {"A13.not_confirmed": REVIEW}
    called = replace(draft, callback=c.delegated().callback)
    assert not c.codes(called)
    assert not c.codes(replace(draft, is_coached=False))
    assert not c.codes(replace(c.in_person(), is_coached=True))
    assert not c.codes(replace(draft, letter=None))


def test_a13_a_pack_may_raise_the_call_of_the_band_too() -> None:
    pack = replace(c.PACK, severities={FindingCode.A13_NOT_CONFIRMED: BLOCK})
    draft = c.delegated(letter=c.notarised(), callback=None, is_coached=True)
    assert c.codes(draft, pack) == {"A13.not_confirmed": BLOCK}


# A14


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"is_verified": False}, {"A14.unverified": REVIEW}),
        ({"number": ""}, {"A14.unverified": REVIEW}),
        ({"office": ""}, {"A14.unverified": REVIEW}),
        ({"on": None}, {"A14.unverified": REVIEW}),
        ({"purpose_covers": False}, {"A14.purpose": BLOCK}),
    ],
)
def test_a14_a_certificate_is_complete_verified_and_for_this_purpose(
    changes: dict[str, object], expected: dict[str, Severity]
) -> None:
    assert c.codes(c.delegated(letter=c.notarised(**changes))) == expected


@pytest.mark.parametrize("place", list(IssuingPlace))
@pytest.mark.parametrize("has_channel", [True, False])
def test_a14_from_outside_the_mainland_it_comes_through_its_channel(
    place: IssuingPlace, has_channel: bool
) -> None:
    draft = c.delegated(letter=c.notarised(issued_in=place, has_channel=has_channel))
    is_missing = place is not IssuingPlace.MAINLAND and not has_channel
    assert c.codes(draft) == ({"A14.channel_missing": BLOCK} if is_missing else {})


def test_a14_without_a_certificate_nothing_is_verified() -> None:
    draft = c.delegated(letter=replace(c.notarised(), notary=None))
    assert c.codes(draft) == {"A14.unverified": REVIEW}


@pytest.mark.parametrize(
    "letter", [c.notarised(is_verified=False), replace(c.notarised(), notary=None)]
)
def test_a14_a_pack_may_refuse_pending_certificates(letter: Letter) -> None:
    pack = replace(c.PACK, is_pending_notary_allowed=False)
    assert c.codes(c.delegated(letter=letter), pack) == {"A14.unverified": BLOCK}


def test_a14_does_not_concern_a_signed_letter() -> None:
    notary = c.notarised(is_verified=False, purpose_covers=False).notary
    assert not _of(notary=notary)


# A15


@pytest.mark.parametrize(("principals", "is_serial"), [(0, False), (2, False), (3, True)])
def test_a15_three_other_principals_make_a_serial_agent(principals: int, is_serial: bool) -> None:
    found = c.codes(c.delegated(agent_history=AgentHistory(principals)))
    assert found == ({"A15.serial_agent": REVIEW} if is_serial else {})


def test_a15_an_agent_nobody_asked_about_is_not_judged() -> None:
    assert not c.codes(c.delegated(agent_history=None))


# A16


@pytest.mark.parametrize(
    ("alterations", "expected"),
    [
        (Alterations.NONE, {}),
        (Alterations.INITIALLED, {"A16.altered": REVIEW}),
        (Alterations.PLAIN, {"A16.altered": BLOCK}),
    ],
)
def test_a16_alterations_are_initialled_and_still_seen(
    alterations: Alterations, expected: dict[str, Severity]
) -> None:
    assert _of(alterations=alterations) == expected


def test_a13_a_call_is_missed_only_once_the_number_is_known_to_work() -> None:
    before = c.delegated(callback=None, new_number=None)
    unproved = c.delegated(callback=None, new_number=c.new_number(code=None))
    wrong = c.delegated(callback=None, new_number=c.new_number(code=CodeOutcome.FAILED))
    for draft in (before, unproved, wrong):
        assert "A13.not_confirmed" not in c.codes(draft)
        assert not is_confirmed_by_principal(draft)
    asked = replace(unproved, callback=Callback(CallbackTo.ON_FILE, CallbackOutcome.NO_ANSWER))
    assert c.codes(asked) == {"A13.not_confirmed": REVIEW}


def test_a_letter_is_judged_before_its_merchant_is_known() -> None:
    draft = c.delegated(merchant=None)
    assert "A3.not_covered" not in c.codes(draft)
