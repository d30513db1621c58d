"""`counter-app card` at a terminal: without a service, with wrong lines, and while waiting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counter_app.__main__ import app
from counter_app.cli.card_progress import CardProgress
from counter_app.devices.card import pcsc
from counter_app.devices.card.commands import key_from
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.travel_document import ChipPhase, ChipProgress, PassedOver, PassedOverCard
from tests.contract.card.foreign import document as doc


@pytest.fixture
def no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: object) -> None:
        raise CounterError(FailureCode.PCSC_UNAVAILABLE)

    monkeypatch.setattr(pcsc.Context, "__init__", refuse)


@pytest.mark.usefixtures("no_service")
def test_without_the_service_the_list_says_so_and_ends_with_one() -> None:
    done = CliRunner().invoke(app, ["card", "readers", "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"service": "PCSC_UNAVAILABLE", "readers": []}


@pytest.mark.usefixtures("no_service")
@pytest.mark.parametrize("command", [["bank", "--json"], ["read", "--json", "--mrz", "-"]])
def test_without_the_service_a_reading_ends_with_one(command: list[str]) -> None:
    zone = doc.zone()
    done = CliRunner().invoke(app, ["card", *command], input=f"{zone[:44]}\n{zone[44:]}\n")
    assert done.exit_code == 1
    assert "PCSC_UNAVAILABLE" in done.stderr


@pytest.mark.parametrize("given", ["", "P<X\n", "not a zone", "P" * 88])
def test_lines_that_make_no_sense_are_wrong_use_and_no_fault_of_the_card(given: str) -> None:
    done = CliRunner().invoke(app, ["card", "read"], input=given)
    assert done.exit_code == 2
    assert "INPUT_INVALID" in done.stderr
    assert "machine readable lines" in done.stderr


@pytest.mark.parametrize(
    "given", [doc.zone()[44:], doc.zone(), f"{doc.zone()[:44]}\r\n{doc.zone()[44:]}\r\n"]
)
def test_the_lines_may_be_given_as_they_come(given: str, tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text(given, "ascii", newline="")
    assert key_from(str(file)).document_number == "X00000017"


def test_each_step_and_each_other_card_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    progress = CardProgress()
    other = PassedOverCard("Reader 1", PassedOver.OTHER_FAMILY)
    for passed_over in (
        (),
        (other,),
        (other,),
        (other, PassedOverCard("Reader 2", PassedOver.MUTE)),
    ):
        progress.tell(ChipProgress(ChipPhase.WAITING, passed_over=passed_over))
    for done in (10, 20):
        progress.tell(ChipProgress(ChipPhase.READING, done, 20))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "Lay the document on a reader",
        "Reader 1: not the kind of card asked for",
        "Reader 2: the card does not answer",
        "Reading",
    ]
