"""What head office takes in and what it refuses, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import uuid_utils
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from counter_app.domain.submission import OutboxMessage, Verdict
from counter_app.headoffice import manage
from counter_app.headoffice.api_blobs import content_digest
from counter_app.headoffice.app import attach, build_app
from counter_app.headoffice.auto import one_turn
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.deciding import Judgement, decide
from counter_app.headoffice.identity import IdentityMode, register
from counter_app.headoffice.limits import Gate, Pace
from counter_app.headoffice.schema import messages
from counter_app.headoffice.station import Station, open_station
from counter_app.wire.answers import PROBLEM_TYPE, Problem
from counter_app.wire.envelope import seal_blob
from counter_app.wire.jose import canonical
from counter_app.wire.keys import new_institution_key, public_half
from tests.contract.backoffice.messages import PNG, Desk
from tests.contract.headoffice.postgres import Cluster

ENVELOPE = {"content-type": "application/cloudevents+json"}
BLOB = {"content-type": "application/jose"}
DIGEST = sha256(PNG).hexdigest()
ROOMY = Pace(per_s=1e6, burst=1_000_000)


@dataclass
class Intake:
    """A station behind a test client, and one enrolled counter."""

    station: Station
    client: TestClient
    desk: Desk

    def put(self, message: OutboxMessage, payload: bytes | None = None, **headers: str):  # noqa: ANN201
        return self.client.put(
            f"/v1/cases/{message.message_id}",
            content=message.payload if payload is None else payload,
            headers={"Counter-Id": self.desk.counter, **ENVELOPE, **headers},
        )

    def put_blob(self, name: str, body: bytes, **headers: str):  # noqa: ANN201
        own = {"Counter-Id": self.desk.counter, "Content-Digest": content_digest(body), **BLOB}
        return self.client.put(f"/v1/blobs/{name}", content=body, headers={**own, **headers})

    def answers(self, after: int = 0) -> list[dict[str, object]]:
        found = self.client.get(
            f"/v1/decisions?after={after}", headers={"Counter-Id": self.desk.counter}
        )
        decisions: list[dict[str, object]] = found.json()["decisions"]
        return decisions

    def stored(self) -> int:
        with self.station.database.reading() as connection:
            count: int = connection.execute(select(func.count(messages.c.seq))).scalar_one()
        return count


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def intake(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Intake]:
    url = sqlite_url(tmp_path / "office.db")
    if request.param == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.new_database()
    with opened(url, tmp_path) as made:
        yield made


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Intake]:
    station = open_station(url, folder, IdentityMode.HEADER, ROOMY)
    assert station.institution_key is not None
    desk = Desk(institution_key=station.institution_key)
    with station.database.writing() as connection:
        register(connection, desk.counter, public_half(desk.signing_key), station.now())
    app = build_app()
    attach(app, station)
    with TestClient(app) as client:
        yield Intake(station, client, desk)


def _problem(answer) -> str:  # noqa: ANN001
    assert answer.headers["content-type"] == PROBLEM_TYPE
    problem = Problem.model_validate(answer.json())
    assert problem.status == answer.status_code
    return f"{problem.type.rsplit(':', 1)[1]} {problem.retry}"


def test_the_same_again_is_200_and_other_content_409(intake: Intake) -> None:
    message = intake.desk.message()
    assert intake.put(message).status_code == 201
    assert intake.put(message).status_code == 200
    assert _problem(intake.put(message, message.payload + b"\n")) == "idempotency-mismatch never"
    assert intake.stored() == 1


def test_order_holds_even_when_the_counter_errs(intake: Intake) -> None:
    first, second = intake.desk.message(), intake.desk.message()
    assert _problem(intake.put(second)) == "predecessor-missing now"
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
                    refused.add(_problem(answer))
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


def _twisted(payload: bytes, **changes: object) -> bytes:
    value = json.loads(payload)
    value.update(changes)
    return canonical(value)


@pytest.fixture
def sqlite_intake(tmp_path: Path) -> Iterator[Intake]:
    with opened(sqlite_url(tmp_path / "office.db"), tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("twist", "expected"),
    [
        (lambda _: b"", "malformed never"),
        (lambda _: b"{", "malformed never"),
        (lambda _: b"\xff" * 50, "malformed never"),
        (lambda _: b"[" * 5000, "malformed never"),
        (lambda p: p[:-200], "malformed never"),
        (lambda p: _twisted(p, specversion="0.3"), "malformed never"),
        (lambda p: _twisted(p, surprise=1), "malformed never"),
        (lambda p: _twisted(p, prev="../../etc/passwd"), "malformed never"),
        (lambda p: _twisted(p, id=str(uuid_utils.uuid7())), "malformed never"),
        (lambda p: _twisted(p, id=str(uuid_utils.uuid4())), "malformed never"),
        (lambda p: _twisted(p, type="counter.case.phone-rebind.v9"), "unknown-version later"),
        (lambda p: _twisted(p, type="counter.case.coffee.v1"), "unknown-version later"),
        (lambda p: _twisted(p, source="urn:counter:other"), "not-yours after-login"),
        (lambda p: _twisted(p, clerk="c99"), "seal-broken never"),
        (lambda p: p + b" " * 1024 * 1024, "too-large never"),
    ],
)
def test_bad_messages_are_refused_each_with_its_problem(
    sqlite_intake: Intake, twist: Callable[[bytes], bytes], expected: str
) -> None:
    message = sqlite_intake.desk.message()
    assert _problem(sqlite_intake.put(message, twist(message.payload))) == expected
    assert sqlite_intake.stored() == 0


def test_a_hundred_megabytes_are_refused_before_they_are_read(sqlite_intake: Intake) -> None:
    message = sqlite_intake.desk.message()
    answer = sqlite_intake.put(message, b"", **{"content-length": str(100 * 1024 * 1024)})
    assert _problem(answer) == "too-large never"


def test_a_body_that_grows_past_the_limit_is_refused(sqlite_intake: Intake) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(14):
            yield bytes(1024 * 1024)

    answer = sqlite_intake.client.put(
        f"/v1/cases/{uuid_utils.uuid7()}",
        content=endless(),
        headers={"Counter-Id": sqlite_intake.desk.counter, **ENVELOPE},
    )
    assert _problem(answer) == "too-large never"


@pytest.mark.parametrize("name", ["A" * 64, "0" * 63, "..%2f..%2fetc", "%00" * 8])
def test_image_names_are_hashes_and_nothing_else(sqlite_intake: Intake, name: str) -> None:
    answer = sqlite_intake.put_blob(name, b"x")
    assert _problem(answer) in {"malformed never", "not-found never"}


def test_an_image_must_be_what_it_says(sqlite_intake: Intake) -> None:
    sealed = seal_blob(PNG, public_half(sqlite_intake.desk.institution_key))
    foreign = seal_blob(PNG, public_half(new_institution_key()))
    put = sqlite_intake.put_blob
    assert _problem(put("0" * 64, sealed)) == "seal-broken never"
    assert _problem(put(DIGEST, foreign)) == "seal-broken never"
    assert _problem(put(DIGEST, PNG)) == "seal-broken never"
    wrong = content_digest(b"other")
    assert _problem(put(DIGEST, sealed, **{"Content-Digest": wrong})) == "digest-wrong now"
    assert _problem(put(DIGEST, sealed, **{"content-type": "image/png"})) == "media-type never"
    assert put(DIGEST, sealed).status_code == 201
    again = seal_blob(PNG, public_half(sqlite_intake.desk.institution_key))
    assert put(DIGEST, again).status_code == 200


def test_a_counter_that_is_too_fast_is_sent_away_for_a_random_time(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path / "office.db"), tmp_path) as made:
        waits = set()
        gate = Gate(Pace(per_s=0.0, burst=3), lambda: 0.0, random.Random(5).random)
        attach(made.client.app, replace(made.station, gate=gate))
        message = made.desk.message()
        assert [made.put(message).status_code for _ in range(3)] == [201, 200, 200]
        for _ in range(20):
            answer = made.put(message)
            assert _problem(answer) == "busy later"
            waits.add(int(answer.headers["retry-after"]))
        assert min(waits) >= 5
        assert max(waits) <= 60
        assert len(waits) > 8


def test_a_revoked_counter_is_not_heard(sqlite_intake: Intake) -> None:
    now = datetime.now(UTC)
    assert manage.revoke_counter(sqlite_intake.station.database, "110199-07", now)
    assert not manage.revoke_counter(sqlite_intake.station.database, "nobody", now)
    answer = sqlite_intake.put(sqlite_intake.desk.message())
    assert _problem(answer) == "not-enrolled after-login"


def test_a_published_file_is_served_as_it_is_and_once(
    sqlite_intake: Intake, tmp_path: Path
) -> None:
    file = tmp_path / "rules.signed"
    file.write_bytes(b"signed \x00 bytes")
    manage.publish(sqlite_intake.station.database, "rule-pack", file, datetime.now(UTC))
    own = {"Counter-Id": sqlite_intake.desk.counter}
    got = sqlite_intake.client.get("/v1/files/rule-pack", headers=own)
    assert got.content == file.read_bytes()
    again = {**own, "If-None-Match": got.headers["etag"]}
    assert sqlite_intake.client.get("/v1/files/rule-pack", headers=again).status_code == 304
    assert sqlite_intake.client.get("/v1/files/rule-pack").status_code == 401


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/decisions"), ("GET", "/v1/nothing")])
def test_also_the_framework_refuses_with_problems(
    sqlite_intake: Intake, method: str, path: str
) -> None:
    answer = sqlite_intake.client.request(method, path)
    assert _problem(answer).endswith("never")
    assert answer.status_code != 405 or answer.headers["allow"]
