"""The page with the customer's ink at head office: beside its case, and never decided on."""

from __future__ import annotations

import pytest

from counter_app.domain.submission import MessageType, OutboxMessage, Verdict
from counter_app.headoffice.deciding import Judgement, decide
from counter_app.headoffice.manage import list_counters
from counter_app.wire.envelope import seal_blob
from counter_app.wire.keys import public_half
from tests.contract.backoffice.messages import PNG
from tests.contract.headoffice.intake import DIGEST, Intake, problem_of
from tests.contract.headoffice.reviewing import address, send, sign_in, words_of


@pytest.fixture
def intake(intake: Intake) -> Intake:
    sign_in(intake)
    return intake


def signed(intake: Intake, case: OutboxMessage) -> OutboxMessage:
    return intake.desk.message(
        type=MessageType.SIGNED_COPY,
        case_id=case.case_id,
        corrects=case.message_id,
        images=(PNG,),
    )


def put_page(intake: Intake) -> None:
    sealed = seal_blob(PNG, public_half(intake.desk.institution_key))
    assert intake.put_blob(DIGEST, sealed).status_code == 201


def test_the_case_shows_its_signed_copy_and_waits_as_before(intake: Intake) -> None:
    case = send(intake)
    page = intake.client.get(address(intake, case)).text
    assert "签字留存联还没有送到" in words_of(page)
    copy = signed(intake, case)
    put_page(intake)
    assert intake.put(copy).json()["missing"] == []
    shown = intake.client.get(address(intake, case)).text
    assert "客户签字的留存联" in words_of(shown)
    picture = f"{address(intake, copy)}/images/{DIGEST}"
    assert picture in shown
    assert intake.client.get(picture).content == PNG
    assert 'id="approve"' in shown, "the case is decided on as before"


def test_a_signed_copy_is_in_no_list_of_work_and_is_not_decided_on(intake: Intake) -> None:
    case = send(intake)
    copy = signed(intake, case)
    assert intake.put(copy).status_code == 201
    for state in ("WAITING", "RECEIVED", "ALL"):
        listed = intake.client.get(f"/review/cases?state={state}").text
        assert listed.count('class="open"') == 1
    (counter,) = list_counters(intake.station.database)
    assert (counter.received, counter.waiting) == (2, 1)
    with intake.station.database.writing() as connection:
        judgement = Judgement(Verdict.APPLIED, "shen")
        at = intake.station.now()
        assert not decide(connection, intake.desk.counter, copy.message_id, judgement, at)
        assert decide(connection, intake.desk.counter, case.message_id, judgement, at)
    own = intake.client.get(address(intake, copy)).text
    assert "不用审核" in words_of(own)
    assert 'id="approve"' not in own
    assert "证据强度" not in own, "it says nothing of its own; the case's page does"
    assert "新收" not in words_of(own).partition("同一业务")[0]
    assert [one["id"] for one in intake.answers()] == [case.message_id]


def test_a_signed_copy_comes_once_and_after_its_case(intake: Intake) -> None:
    case = intake.desk.message()
    copy = signed(intake, case)
    assert problem_of(intake.put(copy)) == "predecessor-missing now"
    assert [intake.put(one).status_code for one in (case, copy, copy)] == [201, 201, 200]
    other = problem_of(intake.put(copy, copy.payload + b" "))
    assert other == "idempotency-mismatch never"
    assert intake.stored() == 2


def test_a_signed_copy_after_the_decision_opens_nothing_again(intake: Intake) -> None:
    case = send(intake)
    with intake.station.database.writing() as connection:
        judgement = Judgement(Verdict.APPLIED, "shen")
        decide(connection, intake.desk.counter, case.message_id, judgement, intake.station.now())
    assert intake.put(signed(intake, case)).status_code == 201
    shown = words_of(intake.client.get(address(intake, case)).text)
    assert "已生效" in shown
    assert "客户签字的留存联" in shown
    assert 'class="open"' not in intake.client.get("/review/cases").text
