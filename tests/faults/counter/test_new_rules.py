"""Rules that the sender took over while the window is open."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from counter_app.bootstrap.demo_world import CLERK, demo_head_office
from counter_app.bootstrap.places import resource
from counter_app.bootstrap.rules import take_over_rules
from counter_app.flow.state import FlowState
from counter_app.rulebook.signing import sign, signature_path
from tests.faults.counter.world import Bench, BenchMaker

NEWER = "2027.1.1"


def newer_rules(folder: Path) -> Path:
    """Rules signed by head office whose packs have a later version."""
    shutil.copytree(resource("providers"), folder)
    for path in folder.glob("*.toml"):
        text = re.sub(r'(?m)^version = ".*"$', f'version = "{NEWER}"', path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        signature_path(path).write_text(sign(path.read_bytes(), demo_head_office()))
    return folder


def versions(one: Bench) -> set[str]:
    """What the window decides by now."""
    return {pack.version for pack in one.window.kit.parts.make_desk().packs}


def take_over(one: Bench, tmp_path: Path) -> None:
    counter = one.counter
    folder = newer_rules(tmp_path / "newer")
    take_over_rules(counter.settings, counter.places, folder, counter.clock.now())


def test_fetched_rules_hold_from_the_next_new_case_on_and_not_within_one(
    bench: BenchMaker, tmp_path: Path
) -> None:
    one = bench()
    visits = one.window.kit.parts.visits
    first: FlowState = visits.start(CLERK)
    take_over(one, tmp_path)
    assert NEWER not in versions(one), f"case {first.draft.case_id} goes on by its rules"
    visits.start(CLERK)
    assert versions(one) == {NEWER}
    assert {pack.version for pack in one.counter.rulebook.packs} == {NEWER}, "the day page says so"


@pytest.mark.parametrize("broken", ["packs", "signature"])
def test_rules_that_cannot_be_read_leave_those_in_use(
    bench: BenchMaker, tmp_path: Path, broken: str
) -> None:
    one = bench()
    before = versions(one)
    take_over(one, tmp_path)
    for path in one.counter.places.rules.glob("*.toml"):
        changed = path if broken == "packs" else signature_path(path)
        changed.write_text("nothing that can be read", "utf-8")
    one.window.kit.parts.visits.start(CLERK)
    assert versions(one) == before
