"""The day on the command line, over a real store with real papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from counter_app.__main__ import app
from counter_app.backoffice.sender_process import SenderPlace
from counter_app.backoffice.sender_status import write_status
from counter_app.bootstrap.application import furnish_counter
from counter_app.bootstrap.counter import open_counter
from counter_app.bootstrap.demo_world import PASSWORD
from counter_app.bootstrap.places import Places
from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.ports.back_office import Contact
from counter_app.ports.stored import CaseSummary, DraftRecord
from counter_app.services.draft_codec import encode
from counter_app.services.post_review import mark
from counter_app.settings import FILE_NAME, read_settings
from tests.unit.domain.cases import in_person

SETTINGS = 'environment = "demo"\n[devices]\nprinter = "folder"\ncodes = "simulated"\n'
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished data folder."""
    made = tmp_path_factory.mktemp("counter")
    (made / FILE_NAME).write_text(SETTINGS, encoding="utf-8")
    counter = open_counter(read_settings(made), Places(made), PASSWORD)
    furnish_counter(counter)
    counter.close()
    return made


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `counter-app day` with what is typed for its prompts."""
    monkeypatch.setenv("COUNTER_APP_PASSPHRASE", PASSWORD)

    def call(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, ["day", *words, "--data", str(folder)], input=typed)

    return call


def skew(folder: Path, seconds: float) -> None:
    now = datetime.now(UTC)
    write_status(SenderPlace(folder).status, Contact(last_contact=now, skew_s=seconds), now)


def test_a_day_is_opened_added_up_and_closed(run: Run, folder: Path) -> None:
    skew(folder, 0.5)
    opened = run("open", "--by", "c01", "--json", typed=f"{PASSWORD}\n")
    assert opened.exit_code == 0, opened.output
    assert json.loads(opened.stdout)["lines"]["clock"]["level"] == "good"
    totals = run("totals", "--json")
    assert totals.exit_code == 0
    assert json.loads(totals.stdout)["totals"]["accepted"] == 0
    closed = run("close", "--by", "c01", "--print", typed=f"{PASSWORD}\n")
    assert closed.exit_code == 0, closed.output
    assert [path.name.split("-")[-1] for path in (folder / "prints").iterdir()] == ["D1.pdf"]


def test_a_wrong_clock_is_said_and_ends_with_one(run: Run, folder: Path) -> None:
    skew(folder, -400.0)
    opened = run("open", "--by", "c01", typed=f"{PASSWORD}\n")
    assert opened.exit_code == 1
    assert "CLOCK_WRONG" in opened.stderr


def test_a_password_is_never_shown(run: Run) -> None:
    refused = run("close", "--by", "c01", typed="not-the-password\n")
    assert refused.exit_code == 1
    assert "SIGN_IN_REFUSED" in refused.stderr
    assert "not-the-password" not in refused.output


def test_cases_are_handed_over_on_the_command_line(run: Run) -> None:
    handed = run("hand-over", "--by", "c01", "--to", "c02", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert handed.exit_code == 0, handed.output
    assert "0 listed, 0 handed over" in handed.stdout


def test_a_drawn_case_is_listed_and_looked_at_on_the_command_line(run: Run, folder: Path) -> None:
    counter = open_counter(read_settings(folder), Places(folder), PASSWORD)
    now = counter.clock.now()
    empty = DraftRecord("case-1", b"{}", "done", CaseState.DRAFT, "c01", CaseSummary())
    with counter.data.store.begin() as unit:
        unit.save_draft(replace(empty, draft=encode(in_person(case_id="case-1"))), now)
        number = unit.next_acceptance_no("110199", "01", day_of(now))
        unit.accept("case-1", number, now, "c01")
        mark(unit, "case-1", now, "c01")
    counter.close()
    assert run("post-review").stdout.splitlines()[-1] == "1 to look at"
    (row,) = json.loads(run("post-review", "--json").stdout)["waiting"]
    assert (row["acceptance_no"], row["clerk"]) == (number, "c01")
    own = run("post-review", "--case", number, "--by", "c01", typed=f"{PASSWORD}\n")
    assert own.exit_code == 1
    assert "SECOND_PERSON" in own.stderr
    unknown = run("post-review", "--case", "1", "--by", "s01", typed=f"{PASSWORD}\n")
    assert "CASE_UNKNOWN" in unknown.stderr
    words = ("--case", number, "--by", "s01", "--verdict", "doubtful")
    assert "REASON_MISSING" in run("post-review", *words, typed=f"{PASSWORD}\n").stderr
    words = (*words, "--doubt", "procedure")
    looked = run("post-review", *words, typed=f"{PASSWORD}\n")
    assert looked.exit_code == 0, looked.output
    assert looked.stdout.splitlines()[-1] == "0 to look at"
