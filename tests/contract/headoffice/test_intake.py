"""What head office takes in and what it refuses, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from counter_app.domain.submission import MessageType, OutboxMessage, Verdict
from counter_app.headoffice import manage
from counter_app.headoffice.auto import one_turn
from counter_app.headoffice.deciding import Judgement, decide
from counter_app.headoffice.schema import messages
from tests.contract.backoffice.messages import PNG
from tests.contract.headoffice.intake import Intake, opened, problem_of
from tests.contract.headoffice.postgres import Cluster


def test_the_same_again_is_200_and_other_content_409(intake: Intake) -> None:
    message = intake.desk.message()
    assert intake.put(message).status_code == 201
    assert intake.put(message).status_code == 200
    assert problem_of(intake.put(message, message.payload + b"\n")) == "idempotency-mismatch never"
    assert intake.stored() == 1


def test_order_holds_even_when_the_counter_errs(intake: Intake) -> None:
    first, second = intake.desk.message(), intake.desk.message()
    assert problem_of(intake.put(second)) == "predecessor-missing now"
    intake.put(first)
    assert intake.put(second).status_code == 201


def test_a_restored_counter_may_fork_its_lane(intake: Intake) -> None:
    first = intake.desk.message()
    second = intake.desk.message()
    intake.desk.last[first.lane] = first.message_id
    third = intake.desk.message()
    assert [intake.put(one).status_code for one in (first, second, third)] == [201, 201, 201]


def test_ten_at_once_are_one(intake: Intake) -> None:
    message = intake.desk.message()
    statuses: list[int] = []
    together = threading.Barrier(10)

    def send() -> None:
        together.wait()
        statuses.append(intake.put(message).status_code)

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 9 + [201]
    assert intake.stored() == 1


def test_cursors_are_given_out_in_order_by_many_hands(intake: Intake) -> None:
    sent = [intake.desk.message(lane=f"lane{n}") for n in range(12)]
    for message in sent:
        intake.put(message)

    def judge(message: OutboxMessage) -> None:
        with intake.station.database.writing() as connection:
            judgement = Judgement(Verdict.APPLIED, "shen")
            at = intake.station.now()
            decide(connection, intake.desk.counter, message.message_id, judgement, at)

    threads = [threading.Thread(target=judge, args=(message,)) for message in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one["cursor"] for one in intake.answers()] == list(range(1, 13))
    assert [one["cursor"] for one in intake.answers(after=9)] == [10, 11, 12]


def test_a_final_decision_is_final(intake: Intake) -> None:
    message = intake.desk.message()
    intake.put(message)
    for verdict, expected in ((Verdict.REJECTED, True), (Verdict.APPLIED, False)):
        with intake.station.database.writing() as connection:
            judgement = Judgement(verdict, "shen", "RISK", "…")
            at = intake.station.now()
            done = decide(connection, intake.desk.counter, message.message_id, judgement, at)
        assert done is expected
    assert [one["verdict"] for one in intake.answers()] == ["REJECTED"]


def test_by_itself_it_decides_only_what_is_whole_and_out_of_its_hold(intake: Intake) -> None:
    whole, without = intake.desk.message(), intake.desk.message(lane="b", images=(PNG,))
    later = datetime.now(UTC) + timedelta(hours=1)
    cooling = intake.desk.message(lane="c", not_before=later)
    for message in (whole, without, cooling):
        assert intake.put(message).status_code == 201
    for _ in range(3):
        one_turn(intake.station, timedelta(0))
    assert [(one["id"], one["verdict"]) for one in intake.answers()] == [
        (whole.message_id, "IN_PROCESS"),
        (whole.message_id, "APPLIED"),
    ]


def test_by_itself_it_does_not_apply_what_was_withdrawn(intake: Intake) -> None:
    case = intake.desk.message()
    withdrawal = intake.desk.message(
        type=MessageType.WITHDRAW, case_id=case.case_id, corrects=case.message_id
    )
    for message in (case, withdrawal):
        assert intake.put(message).status_code == 201
    for _ in range(3):
        one_turn(intake.station, timedelta(0))
    assert {one["id"] for one in intake.answers()} == {withdrawal.message_id}


def test_a_restore_changes_the_epoch(intake: Intake) -> None:
    before = intake.station.database.epoch()
    assert manage.after_restore(intake.station.database, datetime.now(UTC)) != before
    assert intake.station.database.epoch() != before


def test_the_tables_come_up_twice_without_harm(intake: Intake) -> None:
    epoch = intake.station.database.epoch()
    intake.station.database.upgrade(datetime.now(UTC))
    assert intake.station.database.epoch() == epoch


@pytest.mark.postgres
@pytest.mark.expects_warnings
def test_a_database_killed_under_load_loses_nothing_that_was_acknowledged(
    cluster: Cluster, tmp_path: Path
) -> None:
    with opened(cluster.new_database(), tmp_path) as made:
        acknowledged: list[str] = []
        refused: set[str] = set()
        over = threading.Event()

        def send(lane: str) -> None:
            while not over.is_set():
                message = made.desk.message(lane=lane)
                answer = made.put(message)
                if answer.status_code != 201:
                    refused.add(problem_of(answer))
                    return
                acknowledged.append(message.message_id)

        threads = [threading.Thread(target=send, args=(f"lane{n}",)) for n in range(3)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 20
        while len(acknowledged) < 30 and time.monotonic() < until:
            over.wait(0.01)
        cluster.kill()
        over.set()
        for thread in threads:
            thread.join()
        cluster.start()
        with made.station.database.reading() as connection:
            found = set(connection.execute(select(messages.c.message_id)).scalars())
        assert len(acknowledged) >= 30
        assert set(acknowledged) <= found
        assert len(found) - len(acknowledged) <= 3
        assert refused <= {"unavailable later"}
