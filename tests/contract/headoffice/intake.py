"""A station behind a test client, and one enrolled counter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from counter_app.domain.submission import OutboxMessage
from counter_app.headoffice.api_blobs import content_digest
from counter_app.headoffice.app import attach, build_app
from counter_app.headoffice.identity import IdentityMode, register
from counter_app.headoffice.limits import Pace
from counter_app.headoffice.schema import messages
from counter_app.headoffice.station import Station, open_station
from counter_app.wire.answers import PROBLEM_TYPE, Problem
from counter_app.wire.keys import public_half
from tests.contract.backoffice.messages import PNG, Desk

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


def problem_of(answer) -> str:  # noqa: ANN001
    assert answer.headers["content-type"] == PROBLEM_TYPE
    problem = Problem.model_validate(answer.json())
    assert problem.status == answer.status_code
    return f"{problem.type.rsplit(':', 1)[1]} {problem.retry}"
