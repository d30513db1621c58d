"""Head office on a disk that fills up: nothing is acknowledged that is not stored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import text

from counter_app.headoffice.database import sqlite_url
from counter_app.wire.envelope import seal_blob
from counter_app.wire.keys import public_half
from tests.contract.headoffice.intake import Intake, opened, problem_of
from tests.contract.headoffice.reviewing import sign_in
from tests.faults.small_disk import fill, free, mounted

pytestmark = pytest.mark.expects_warnings


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "small", size="6m") as folder:
        yield folder


@pytest.fixture
def intake(disk: Path) -> Iterator[Intake]:
    with opened(sqlite_url(disk / "office.db"), disk) as made:
        yield made


def image(intake: Intake, number: int) -> tuple[str, Response]:
    data = os.urandom(50_000) + bytes([number])
    name = sha256(data).hexdigest()
    return name, intake.put_blob(name, seal_blob(data, public_half(intake.desk.institution_key)))


def test_what_did_not_fit_is_not_acknowledged_and_comes_later(intake: Intake, disk: Path) -> None:
    kept = intake.desk.message()
    assert intake.put(kept).status_code == 201
    fill(disk)
    acknowledged, refused = 1, None
    while refused is None:
        message = intake.desk.message()
        answer = intake.put(message)
        if answer.status_code == 201:
            acknowledged += 1
            continue
        assert problem_of(answer) == "unavailable later"
        assert int(answer.headers["retry-after"]) >= 1
        refused = message
    assert intake.stored() == acknowledged
    assert intake.put(kept).status_code == 200, "what is here is acknowledged, disk or no disk"
    free(disk)
    assert intake.put(refused).status_code == 201
    assert intake.stored() == acknowledged + 1


def test_an_image_that_did_not_fit_is_asked_for_again(intake: Intake, disk: Path) -> None:
    fill(disk)
    names = {}
    for number in range(40):
        name, answer = image(intake, number)
        names[name] = answer.status_code
        if answer.status_code != 201:
            assert problem_of(answer) == "unavailable later"
            break
    assert sorted(set(names.values())) in ([201, 503], [503])
    own = {"Counter-Id": intake.desk.counter}
    free(disk)
    for name, status in names.items():
        found = intake.client.head(f"/v1/blobs/{name}", headers=own).status_code
        assert found == (200 if status == 201 else 404)
    assert image(intake, 99)[1].status_code == 201


def test_a_store_with_a_limit_of_pages_does_the_same(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path / "office.db"), tmp_path) as intake:
        with intake.station.database.reading() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count={pages + 4}"))
        outcomes = []
        for _ in range(20):
            message = intake.desk.message()
            answer = intake.put(message)
            outcomes.append(answer.status_code)
            if answer.status_code != 201:
                break
        assert outcomes[-1] == 503
        assert intake.stored() == len(outcomes) - 1


def test_a_reviewer_is_told_and_decides_nothing_by_half(intake: Intake, disk: Path) -> None:
    message = intake.desk.message()
    intake.put(message)
    sign_in(intake)
    page = f"/review/cases/{intake.desk.counter}/{message.message_id}"
    shown = intake.client.get(page).text
    csrf = shown.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": csrf, "act": "approve"}
    fill(disk)
    while intake.put(intake.desk.message()).status_code == 201:
        pass
    answer = intake.client.post(f"{page}/decision", data=form)
    assert answer.status_code == 503
    assert "请稍后再试" in answer.text
    free(disk)
    assert intake.answers() == []
    assert intake.client.post(f"{page}/decision", data=form).status_code == 200
    assert [one["verdict"] for one in intake.answers()] == ["IN_PROCESS"]
