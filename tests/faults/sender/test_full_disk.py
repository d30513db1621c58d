"""The real sender on a disk that fills up: it says so, loses nothing, and goes on by itself."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from counter_app.backoffice.sender_lock import sender_runs
from counter_app.bootstrap.sender_keeper import SenderKeeper
from counter_app.domain.submission import MessageState
from counter_app.headoffice import embedded
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.schema import messages
from counter_app.headoffice.serve import Deciding
from counter_app.headoffice.station import institution_key
from counter_app.storage.data_folder import DataFolder, open_data_folder
from counter_app.wire.keys import new_signing_key, public_half
from tests.contract.backoffice.messages import NOW, Desk
from tests.contract.headoffice.pilot import write_pilot_settings
from tests.contract.store.builders import PLACE, accepted
from tests.faults.small_disk import fill, free, mounted

SECRET = "a test's own"
CASES = 6
pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own where the counter's data lie."""
    with mounted(tmp_path / "counter", size="8m") as folder:
        yield folder


def free_port() -> int:
    """Find a port below the range from which outgoing connections take theirs."""
    for port in range(26_000 + os.getpid() % 3_000, 32_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no free port")


def furnish(data: Path, office: Path, url: str) -> Desk:
    """Lay a counter's keys and settings down, and let it have accepted some cases."""
    write_pilot_settings(data, url)
    desk = Desk("110199-01", new_signing_key(), institution_key(office))
    (data / "office").mkdir()
    (data / "office" / "signing.pem").write_bytes(desk.signing_key)
    (data / "office" / "institution.pem").write_bytes(public_half(desk.institution_key))
    folder = opened(data)
    for number in range(CASES):
        case_id, picture = f"case-{number}", f"picture {number}".encode()
        with folder.store.begin() as unit:
            accepted(unit, case_id)
        folder.vault.put(picture, "letter", case_id, NOW)
        message = desk.message(images=(picture,), case_id=case_id)
        with folder.store.begin() as unit:
            unit.add_message(message)
    folder.close()
    return desk


def opened(data: Path) -> DataFolder:
    return open_data_folder(data, PLACE, passphrase=SECRET)


def begun(data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "counter_app", "sender", "--data", str(data)],
        env=os.environ | {"COUNTER_APP_PASSPHRASE": SECRET},
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def sending(data: Path) -> Iterator[subprocess.Popen[str]]:
    with begun(data) as process:
        yield process
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.05)
    pytest.fail(f"it did not come to this: {what}")


def told(data: Path) -> str | None:
    """Return the trouble that the window is told of."""
    try:
        found: str | None = json.loads((data / "sender.status.json").read_text())["trouble"]
    except (OSError, ValueError):
        return "not yet"
    return found


def states(data: Path) -> list[MessageState]:
    folder = opened(data)
    with folder.store.view() as unit:
        found = [unit.messages(f"case-{number}")[0].state for number in range(CASES)]
    folder.close()
    return found


@pytest.mark.timeout(200)
def test_a_full_disk_stops_nothing_for_good(small_disk: Path, tmp_path: Path) -> None:
    port, office_folder = free_port(), tmp_path / "office"
    office_folder.mkdir()
    desk = furnish(small_disk, office_folder, f"http://127.0.0.1:{port}")
    options = embedded.EmbeddedOptions(
        port=port,
        decide=Deciding.MANUAL,
        counters={desk.counter: public_half(desk.signing_key)},
    )
    with sending(small_disk) as sender:
        until(lambda: told(small_disk) == "OFFICE_UNREACHABLE", "it runs")
        fill(small_disk)
        office = embedded.start(office_folder, options)
        try:
            until(lambda: told(small_disk) == "DISK_FULL", "it says that the disk is full")
            assert sender.poll() is None, "it is still there"
            free(small_disk)
            until(lambda: told(small_disk) is None, "it is well again")
            until(lambda: stored(office) == CASES, "everything arrived")
        finally:
            office.stop()
    assert set(states(small_disk)) == {MessageState.ACKED}


def stored(office: embedded.EmbeddedOffice) -> int:
    database = Database(sqlite_url(office.folder / "headoffice.db"))
    with database.reading() as connection:
        count: int = connection.execute(select(func.count(messages.c.seq))).scalar_one()
    database.close()
    return count


@pytest.mark.timeout(120)
def test_a_sender_that_was_killed_is_started_again_by_the_window(tmp_path: Path) -> None:
    data, office = tmp_path / "counter", tmp_path / "office"
    data.mkdir()
    office.mkdir()
    furnish(data, office, f"http://127.0.0.1:{free_port()}")
    lock = data / "sender.lock.db"
    children: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        children.append(begun(data))
        return children[-1]

    keeper = SenderKeeper(lock, start)  # type: ignore[arg-type] # text or bytes is all the same
    keeper.look()
    until(lambda: sender_runs(lock), "the first runs")
    keeper.look()
    assert len(children) == 1
    children[0].kill()
    children[0].wait()
    keeper.look()
    until(lambda: sender_runs(lock), "the second runs")
    assert len(children) == 2
    children[1].terminate()
    for child in children:
        child.communicate()
