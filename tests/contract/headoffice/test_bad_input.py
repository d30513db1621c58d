"""What head office refuses, each with its problem document."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import uuid_utils
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice import manage
from counter_app.headoffice.api_blobs import content_digest
from counter_app.headoffice.app import attach
from counter_app.headoffice.authority import counter_request
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.enrolment import certify
from counter_app.headoffice.identity import PROXY_HEADER, IdentityMode
from counter_app.headoffice.limits import Gate, Pace
from counter_app.headoffice.serve import Deciding, ServeOptions, serve
from counter_app.wire.envelope import seal_blob
from counter_app.wire.jose import canonical
from counter_app.wire.keys import new_institution_key, public_half
from tests.contract.backoffice.messages import PNG
from tests.contract.headoffice.intake import DIGEST, ENVELOPE, Intake, opened, problem_of


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
def test_bad_messages_are_refused_each_with_itsproblem_of(
    sqlite_intake: Intake, twist: Callable[[bytes], bytes], expected: str
) -> None:
    message = sqlite_intake.desk.message()
    assert problem_of(sqlite_intake.put(message, twist(message.payload))) == expected
    assert sqlite_intake.stored() == 0


def test_a_hundred_megabytes_are_refused_before_they_are_read(sqlite_intake: Intake) -> None:
    message = sqlite_intake.desk.message()
    answer = sqlite_intake.put(message, b"", **{"content-length": str(100 * 1024 * 1024)})
    assert problem_of(answer) == "too-large never"


def test_a_body_that_grows_past_the_limit_is_refused(sqlite_intake: Intake) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(14):
            yield bytes(1024 * 1024)

    answer = sqlite_intake.client.put(
        f"/v1/cases/{uuid_utils.uuid7()}",
        content=endless(),
        headers={"Counter-Id": sqlite_intake.desk.counter, **ENVELOPE},
    )
    assert problem_of(answer) == "too-large never"


@pytest.mark.parametrize("name", ["A" * 64, "0" * 63, "..%2f..%2fetc", "%00" * 8])
def test_image_names_are_hashes_and_nothing_else(sqlite_intake: Intake, name: str) -> None:
    answer = sqlite_intake.put_blob(name, b"x")
    assert problem_of(answer) in {"malformed never", "not-found never"}


def test_an_image_must_be_what_it_says(sqlite_intake: Intake) -> None:
    sealed = seal_blob(PNG, public_half(sqlite_intake.desk.institution_key))
    foreign = seal_blob(PNG, public_half(new_institution_key()))
    put = sqlite_intake.put_blob
    assert problem_of(put("0" * 64, sealed)) == "seal-broken never"
    assert problem_of(put(DIGEST, foreign)) == "seal-broken never"
    assert problem_of(put(DIGEST, PNG)) == "seal-broken never"
    wrong = content_digest(b"other")
    assert problem_of(put(DIGEST, sealed, **{"Content-Digest": wrong})) == "digest-wrong now"
    assert problem_of(put(DIGEST, sealed, **{"content-type": "image/png"})) == "media-type never"
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
            assert problem_of(answer) == "busy later"
            waits.add(int(answer.headers["retry-after"]))
        assert min(waits) >= 5
        assert max(waits) <= 60
        assert len(waits) > 8


def test_a_revoked_counter_is_not_heard(sqlite_intake: Intake) -> None:
    now = datetime.now(UTC)
    assert manage.revoke_counter(sqlite_intake.station.database, "110199-07", now)
    assert not manage.revoke_counter(sqlite_intake.station.database, "nobody", now)
    answer = sqlite_intake.put(sqlite_intake.desk.message())
    assert problem_of(answer) == "not-enrolled after-login"


def test_a_published_file_is_served_as_it_is_and_once(sqlite_intake: Intake) -> None:
    content = b"signed \x00 bytes"
    manage.publish(sqlite_intake.station.database, "rule-pack", content, datetime.now(UTC))
    own = {"Counter-Id": sqlite_intake.desk.counter}
    got = sqlite_intake.client.get("/v1/files/rule-pack", headers=own)
    assert got.content == content
    again = {**own, "If-None-Match": got.headers["etag"]}
    assert sqlite_intake.client.get("/v1/files/rule-pack", headers=again).status_code == 304
    assert sqlite_intake.client.get("/v1/files/rule-pack").status_code == 401


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/decisions"), ("GET", "/v1/nothing")])
def test_also_the_framework_refuses_with_problems(
    sqlite_intake: Intake, method: str, path: str
) -> None:
    answer = sqlite_intake.client.request(method, path)
    assert problem_of(answer).endswith("never")
    assert answer.status_code != 405 or answer.headers["allow"]


def test_behind_a_proxy_the_certificate_it_checked_counts(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path / "office.db"), tmp_path) as made:
        station = replace(made.station, identity=IdentityMode.PROXY)
        attach(made.client.app, station)
        registry = station.registry
        assert registry is not None
        key = generate_private_key(SECP256R1())
        csr = counter_request(made.desk.counter, key).decode()
        with station.database.writing() as connection:
            answer = certify(connection, registry, csr, made.desk.counter, station.now())
        certificate = quote(answer.certificate)
        message = made.desk.message()
        assert made.put(message, **{PROXY_HEADER: certificate}).status_code == 201
        for shown in ("", "junk", quote(registry.authority.pem)):
            refused = made.put(message, **{PROXY_HEADER: shown})
            assert problem_of(refused) == "not-enrolled after-login"


@pytest.mark.parametrize(
    "options",
    [
        ServeOptions(Path("unused"), deciding=Deciding.AUTO),
        ServeOptions(Path("unused"), identity=IdentityMode.HEADER),
    ],
    ids=["deciding by itself", "bare names"],
)
def test_toys_do_not_run_in_production(options: ServeOptions) -> None:
    with pytest.raises(CounterError) as caught:
        serve(options)
    assert caught.value.code is FailureCode.SIMULATOR_IN_PRODUCTION


@pytest.mark.parametrize("identity", [IdentityMode.HEADER, IdentityMode.PROXY])
def test_without_tls_it_listens_on_loopback_only(identity: IdentityMode) -> None:
    options = ServeOptions(Path("unused"), identity=identity, host="0.0.0.0", environment="pilot")
    with pytest.raises(CounterError) as caught:
        serve(options)
    assert caught.value.code is FailureCode.SETTINGS_INVALID


def test_a_refused_method_names_those_that_are_possible(sqlite_intake: Intake) -> None:
    answer = sqlite_intake.client.request("OPTIONS", f"/v1/blobs/{DIGEST}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "HEAD, PUT"
