"""What the README and the pages of docs say of the program is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from counter_app.__main__ import app
from counter_app.flow.steps import Step, path
from tests.unit.domain.cases import assess, in_person

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted(
    str(page.relative_to(ROOT)) for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
)
STARTS = ("counter_app/", "tests/", "docs/", "resources/", "installer/", "forms/")
PACKAGES = {path.parent.name for path in (ROOT / "counter_app").glob("*/__init__.py")}


def test_the_path_is_drawn_as_it_is_and_its_conditional_steps_stand_out() -> None:
    (drawn,) = re.findall(r"^terminal → .*?→ done$", README, re.MULTILINE | re.DOTALL)
    steps = re.findall(r"\w+", drawn)
    plain = path(in_person(), assess(in_person()))
    aslant = [step for part in re.findall(r"\*(.*?)\*", drawn) for step in re.findall(r"\w+", part)]
    assert steps == [step.value for step in Step]
    assert aslant == [step.value for step in Step if step not in plain]


def commands(group: object, name: str = "") -> Iterator[str]:
    for word, below in getattr(group, "commands", {}).items():
        yield from commands(below, f"{name} {word}".strip())
    if not hasattr(group, "commands"):
        yield name


@pytest.mark.parametrize("command", sorted(commands(typer.main.get_command(app))))
def test_every_command_stands_in_the_table(command: str) -> None:
    group, _, word = command.rpartition(" ")
    rows = [row for row in README.splitlines() if row.startswith("| `")]
    assert any(re.search(rf"\b{word}\b", row) and group in row for row in rows)


def test_every_place_that_is_named_exists() -> None:
    named = {
        (page, place.rstrip("."))
        for page in PAGES
        for place in re.findall(r"`([\w./*-]+/[\w./*-]*)`", (ROOT / page).read_text("utf-8"))
    }
    missing = [
        (page, place)
        for page, place in sorted(named)
        if place.startswith(STARTS) or place.split("/", 1)[0] in PACKAGES
        if not any((ROOT / start).glob(place.rstrip("/")) for start in ("", "counter_app"))
    ]
    assert missing == []
