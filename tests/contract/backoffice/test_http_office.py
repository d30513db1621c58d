"""The promises of `BackOffice`, kept by the HTTP client against a real head office."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import uuid_utils

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.domain.submission import Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.embedded import EmbeddedOffice
from counter_app.ports.back_office import SignedFileKind, SkipReason
from counter_app.ports.stop import never
from tests.contract.backoffice.conftest import KEYS, address_of
from tests.contract.backoffice.messages import LANE, PNG, Desk

Connect = Callable[[Desk], HttpBackOffice]
DIGEST = sha256(PNG).hexdigest()


def test_the_same_message_twice_is_one_message(desk: Desk, connect: Connect) -> None:
    office, message = connect(desk), desk.message()
    first = office.put_message(message, never())
    second = office.put_message(message, never())
    assert first.epoch == second.epoch
    time_limit = time.monotonic() + 10
    answers = []
    while len(answers) < 2 and time.monotonic() < time_limit:
        answers = list(office.decisions(0, never(), 2.0).decisions)
    assert [answer.verdict for answer in answers] == [Verdict.IN_PROCESS, Verdict.APPLIED]
    assert {answer.message_id for answer in answers} == {message.message_id}
    assert {answer.case_id for answer in answers} == {message.case_id}
    assert dict(answers[1].channels) == {"unionpay": "done", "alipay": "done", "wechat": "done"}


def test_other_content_under_the_same_id_is_refused(desk: Desk, connect: Connect) -> None:
    office, message = connect(desk), desk.message()
    office.put_message(message, never())
    altered = replace(message, payload=message.payload + b" ")
    with pytest.raises(CounterError) as caught:
        office.put_message(altered, never())
    assert caught.value.code is FailureCode.OFFICE_MISMATCH


def test_a_message_waits_for_the_one_before_it(desk: Desk, connect: Connect) -> None:
    office, first, second = connect(desk), desk.message(), desk.message()
    with pytest.raises(CounterError) as caught:
        office.put_message(second, never())
    assert caught.value.facts["problem"] == "predecessor-missing"
    office.put_message(first, never())
    office.put_message(second, never())


def test_a_message_that_will_not_come_does_not_stop_its_lane(desk: Desk, connect: Connect) -> None:
    office, first, second = connect(desk), desk.message(), desk.message()
    office.skip(first.message_id, SkipReason.VOIDED, never())
    office.skip(first.message_id, SkipReason.VOIDED, never())
    office.put_message(second, never())
    office.put_message(first, never())


def test_head_office_names_the_images_it_lacks(desk: Desk, connect: Connect) -> None:
    office, message = connect(desk), desk.message(images=(PNG,))
    assert office.put_message(message, never()).missing == (DIGEST,)
    office.put_blob(DIGEST, PNG, never())
    office.put_blob(DIGEST, PNG, never())
    assert office.put_message(message, never()).missing == ()


def test_the_cursor_moves_with_the_answers(desk: Desk, connect: Connect) -> None:
    office = connect(desk)
    empty = office.decisions(0, never(), 0.0)
    assert (empty.decisions, empty.cursor) == ((), 0)
    office.put_message(desk.message(), never())
    page = office.decisions(0, never(), 10.0)
    assert page.cursor == page.decisions[-1].cursor
    following = office.decisions(page.cursor, never(), 0.0)
    assert all(answer.cursor > page.cursor for answer in following.decisions)


def test_another_counters_answers_and_messages_stay_its_own(desk: Desk, connect: Connect) -> None:
    counter, key = KEYS.popitem()
    other = Desk(counter, key, desk.institution_key)
    office, stranger, message = connect(desk), connect(other), desk.message()
    office.put_message(message, never())
    assert office.decisions(0, never(), 10.0).decisions
    assert stranger.decisions(0, never(), 0.0).decisions == ()
    with pytest.raises(CounterError) as caught:
        stranger.put_message(message, never())
    assert caught.value.code is FailureCode.OFFICE_LOGIN


def test_an_image_of_another_counter_is_not_seen(desk: Desk, connect: Connect) -> None:
    counter, key = KEYS.popitem()
    other = Desk(counter, key, desk.institution_key)
    connect(desk).put_blob(DIGEST, PNG, never())
    message = other.message(images=(PNG,))
    assert connect(other).put_message(message, never()).missing == (DIGEST,)


def test_an_unknown_counter_is_held_at_the_door(
    desk: Desk, head_office: EmbeddedOffice, connect: Connect
) -> None:
    stranger = Desk("999999-99", desk.signing_key, desk.institution_key)
    with pytest.raises(CounterError) as caught:
        connect(stranger).put_message(stranger.message(), never())
    assert caught.value.code is FailureCode.OFFICE_LOGIN


def test_a_payload_that_was_altered_is_refused_for_good(desk: Desk, connect: Connect) -> None:
    message = desk.message()
    altered = replace(message, payload=message.payload.replace(b"N500W00012345", b"N500W00012346"))
    with pytest.raises(CounterError) as caught:
        connect(desk).put_message(altered, never())
    assert dict(caught.value.facts) == {"problem": "seal-broken", "status": 422, "retry": "never"}


def test_a_newer_version_is_held_not_lost(desk: Desk, connect: Connect) -> None:
    message = desk.message()
    newer = replace(message, payload=message.payload.replace(b"rebind.v1", b"rebind.v2"))
    with pytest.raises(CounterError) as caught:
        connect(desk).put_message(newer, never())
    assert caught.value.code is FailureCode.OFFICE_VERSION


def test_a_message_under_a_wrong_address_is_refused(desk: Desk, connect: Connect) -> None:
    misplaced = replace(desk.message(), message_id=str(uuid_utils.uuid7()))
    with pytest.raises(CounterError) as caught:
        connect(desk).put_message(misplaced, never())
    assert caught.value.facts["problem"] == "malformed"


def test_a_file_that_was_never_published_is_not_there(desk: Desk, connect: Connect) -> None:
    with pytest.raises(CounterError) as caught:
        connect(desk).newer(SignedFileKind.DIRECTORY, None, never())
    assert caught.value.facts["problem"] == "not-found"


def test_messages_never_go_unprotected_over_a_network(desk: Desk, tmp_path: Path) -> None:
    for url in ("http://office.test", "ftp://127.0.0.1"):
        with pytest.raises(CounterError) as caught:
            HttpBackOffice(address_of(desk, url))
        assert caught.value.code is FailureCode.SETTINGS_INVALID
    production = replace(address_of(desk, "http://127.0.0.1:1"), environment="production")
    with pytest.raises(CounterError):
        HttpBackOffice(production)


def test_the_lanes_are_independent(desk: Desk, connect: Connect) -> None:
    office = connect(desk)
    desk.message(lane=LANE)
    office.put_message(desk.message(lane="102110054990009"), never())
