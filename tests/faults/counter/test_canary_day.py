"""A day of fifty visits, then every byte that the counter left on the disk is searched.

The visits go through the counter's own flow and use cases, over the real store, vault, seal, log
and sender; one more goes through the window, key by key. Papers go to a printer that keeps them in
memory: what a spooler does with them is the spooler's, and is tested beside it.
"""

from __future__ import annotations

import gzip
import logging
import os
import subprocess
import sys
import tempfile
import time
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from counter_app.bootstrap import demo_world
from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.bootstrap.counter import Counter
from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.case_state import CaseState
from counter_app.flow.state import FlowState
from counter_app.logs import start_logging
from counter_app.ports.stored import CaseFilter
from counter_app.rehearsal.file import parse_rehearsal
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import build
from counter_app.storage.backup import make_backup
from tests.faults.counter import visit
from tests.faults.counter.byte_search import ByteSearch
from tests.faults.counter.canary_people import CanaryPerson
from tests.faults.counter.world import BenchMaker
from tests.faults.store.test_damage import QUICK

VISITS = 50
ROOT = Path(__file__).resolve().parents[3]
UNREACHABLE = '[office]\nurl = "https://127.0.0.1:9"\n[devices]\nprinter = "folder"\n'


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for everything temporary, of this process and its children."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def logs_to_files() -> Iterator[None]:
    """Give the log back to the tests afterwards."""
    yield
    start_logging(None)
    logging.getLogger("counter_app").propagate = True


def play(counter: Counter, person: CanaryPerson) -> None:
    """Play one visit of a person until its message waits."""
    canaries = "；".join(person.canaries())
    state = play_text(counter, person.visit(datetime.now(UTC)), canaries)
    assert state.case_state is CaseState.QUEUED, state


def play_text(counter: Counter, text: str, seen: str = "样本") -> FlowState:
    """Play a rehearsal on the counter's own store, vault, papers and acceptance.

    Args:
        counter: Open, without a window.
        text: The rehearsal.
        seen: What stands on the picture of the document.
    """
    file = parse_rehearsal("canary.toml", text)
    troupe = replace(make_troupe(None), new_store=lambda: counter.data.store)
    stage = build(file, troupe)
    performer = replace(
        stage.performer,
        vault=counter.data.vault,
        life=counter.performer.life,
        acceptance=counter.performer.acceptance,
        papers=counter.performer.papers,
        undoing=counter.performer.undoing,
    )
    state = performer.life.start(demo_world.CLERK)
    said = seen.encode() * 40
    counter.data.vault.put(said, "id_front", state.draft.case_id, counter.clock.now())
    player = Player(file, replace(stage, performer=performer), state)
    player.play()
    return player.state


def run_sender(data: Path, told: Path) -> None:
    """Let the real sender try in vain, until it has said so in its log.

    Args:
        data: The counter's.
        told: Gets what the system tells everybody, and the account's other programs, of it.
    """
    (data / "settings.toml").write_text(UNREACHABLE, "utf-8")
    command = [sys.executable, "-m", "counter_app", "sender", f"--data={data}", "--forever"]
    environment = {**os.environ, "COUNTER_APP_PASSPHRASE": DEMO_PASSPHRASE}
    sender = subprocess.Popen(command, cwd=ROOT, env=environment)
    status, end = data / "sender.status.json", time.monotonic() + 60
    while not status.exists():
        assert time.monotonic() < end, "the sender said nothing"
        time.sleep(0.05)
    for name in ("cmdline", "environ", "comm", "maps"):
        with suppress(PermissionError):
            (told / name).write_bytes(Path("/proc", str(sender.pid), name).read_bytes())
    sender.kill()
    sender.wait()


def test_the_search_finds_what_is_in_the_clear_however_it_is_written(tmp_path: Path) -> None:
    person = CanaryPerson(7)
    (tmp_path / "a.bin").write_text(person.name + person.number, "utf-16-le")
    (tmp_path / "b.pdf").write_bytes(b"%PDF stream\n" + zlib.compress(person.shop.encode()))
    (tmp_path / "c.txt").write_bytes(b64encode(f"ab{person.new_phone}cd".encode()))
    (tmp_path / f"{person.account}.x").touch()
    (tmp_path / "d.bin").write_bytes(b"before" + gzip.compress(person.name.encode()) + b"after")
    number = person.new_phone
    (tmp_path / "e.txt").write_text(f"{number[:3]} {number[3:7]} {number[7:]}")
    with ZipFile(tmp_path / "f.zip", "w") as archive:
        archive.writestr("x", person.shop)
    (tmp_path / "g.log").write_text(
        f"GET /?q={quote(person.name)}&n={person.number.encode().hex()}"
    )
    assert ByteSearch(person.canaries()).found_in(tmp_path) == {
        ("a.bin", person.name),
        ("a.bin", person.number),
        ("b.pdf", person.shop),
        ("c.txt", person.new_phone),
        ("d.bin", person.name),
        ("e.txt", person.new_phone),
        ("f.zip", person.shop),
        ("g.log", person.name),
        ("g.log", person.number),
        (f"{person.account}.x", person.account),
    }


@pytest.mark.timeout(600)
def test_a_day_of_fifty_visits_leaves_nothing_in_the_clear(
    bench: BenchMaker, scratch: Path, tmp_path: Path, logs_to_files: None
) -> None:
    people = [CanaryPerson(order) for order in range(VISITS)]
    texts = [text for person in people for text in person.canaries()]
    texts += [demo_world.AGENT_NAME, demo_world.AGENT_NUMBER, demo_world.NEW_NUMBER]
    search = ByteSearch(texts)
    one = bench()
    data = one.counter.places.data
    start_logging(one.counter.places.logs)
    for person in people:
        play(one.counter, person)
    visit.sign_in(one.clerk)
    visit.to_acceptance(one.clerk, one.reader)
    visit.accept(one.clerk)
    with one.counter.data.store.view() as unit:
        assert len(unit.cases(CaseFilter(limit=100))) == VISITS + 1
        assert unit.waiting_count() == VISITS + 1
        assert [len(unit.cases(CaseFilter(anywhere=person.number))) for person in people] == (
            [1] * VISITS
        )
        assert unit.verify_journal() == ()
    told = tmp_path / "told"
    told.mkdir()
    run_sender(data, told)
    assert (told / "cmdline").stat().st_size > 0
    make_backup(one.counter.data, tmp_path / "backup", "a passphrase", datetime.now(UTC), QUICK)
    for folder in (data, scratch, tmp_path / "backup", told):
        assert search.found_in(folder) == set(), folder.name
    assert (data / "logs" / "counter.log").stat().st_size > 0
    assert list(ROOT.glob("core*")) == []
    one.close()
    for folder in (tmp_path / "a", scratch):
        assert search.found_in(folder) == set(), folder.name
