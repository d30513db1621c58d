"""The real sender on a computer whose clock is wrong: it holds, loses nothing, and says why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from typer.testing import CliRunner

from counter_app.__main__ import app
from counter_app.backoffice.sender_process import SenderPlace
from counter_app.domain.submission import MessageState
from counter_app.headoffice import embedded
from counter_app.headoffice.identity import IdentityMode
from counter_app.storage.data_folder import open_data_folder
from tests.contract.backoffice.messages import Desk
from tests.contract.headoffice.pilot import write_pilot_settings
from tests.contract.store.builders import PLACE, accepted

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
PASSPHRASE = {"COUNTER_APP_PASSPHRASE": "a test's own"}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not LIBRARY.exists(), reason="Debian's libfaketime is not installed"),
]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """An enrolled counter and its running head office, both with certificates."""
    options = embedded.EmbeddedOptions(
        decide=embedded.Deciding.MANUAL, identity=IdentityMode.CERTIFICATE
    )
    office = embedded.start(tmp_path / "office", options)
    folder = tmp_path / "counter"
    folder.mkdir()
    write_pilot_settings(folder, office.url)
    open_data_folder(folder, PLACE, passphrase=PASSPHRASE["COUNTER_APP_PASSPHRASE"]).close()
    place = ["--folder", str(office.folder)]
    made = CliRunner().invoke(app, ["headoffice", "enrol-code", "110199-01", *place])
    authority = ["--authority", str(office.folder / "authority.pem"), "--data", str(folder)]
    done = CliRunner().invoke(app, ["enrol", made.stdout.strip(), *authority], env=PASSPHRASE)
    assert done.exit_code == 0
    yield folder
    office.stop()


def trouble_of(data: Path, shift: str) -> str | None:
    """Let a sender live once on a clock that is off by so much; return what it says."""
    environment = os.environ | PASSPHRASE
    if shift:
        environment |= {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME": shift,
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
    done = subprocess.run(
        [sys.executable, "-m", "counter_app", "sender", "--data", str(data)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: str | None = json.loads((data / "sender.status.json").read_text())["trouble"]
    return told


@pytest.mark.timeout(400)
def test_a_clock_that_is_far_off_holds_the_queue_until_it_is_mended(data: Path) -> None:
    assert trouble_of(data, "") is None
    assert trouble_of(data, "+6000d") == "OFFICE_CLOCK"
    assert trouble_of(data, "-400d") == "OFFICE_CLOCK"
    assert trouble_of(data, "") is None


def told(data: Path) -> str | None:
    found: str | None = json.loads((data / "sender.status.json").read_text())["trouble"]
    return found


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(f"it did not come to this: {what}")


@pytest.mark.timeout(400)
def test_a_running_sender_goes_on_with_a_certificate_that_a_code_brought(
    data: Path, tmp_path: Path
) -> None:
    """Revoked while it runs, it holds; enrolled again beside it, it goes on by itself."""
    sender = subprocess.Popen(
        [sys.executable, "-m", "counter_app", "sender", "--forever", "--data", str(data)],
        env=os.environ | PASSPHRASE,
    )
    place = ["--folder", str(tmp_path / "office")]
    try:
        until(lambda: (data / "sender.status.json").exists() and told(data) is None, "it is in")
        assert CliRunner().invoke(app, ["headoffice", "revoke", "110199-01", *place]).exit_code == 0
        SenderPlace(data).wake.touch()
        until(lambda: told(data) == "OFFICE_LOGIN", "it is shut out")
        made = CliRunner().invoke(app, ["headoffice", "enrol-code", "110199-01", *place])
        authority = ["--authority", str(tmp_path / "office" / "authority.pem")]
        again = ["enrol", made.stdout.strip(), *authority, "--data", str(data)]
        assert CliRunner().invoke(app, again, env=PASSPHRASE).exit_code == 0
        SenderPlace(data).wake.touch()
        until(lambda: told(data) is None, "it is in again")
    finally:
        sender.terminate()
        sender.wait(20)


def serial(data: Path) -> int:
    kept = (data / "office" / "counter.pem").read_bytes()
    return x509.load_pem_x509_certificate(kept).serial_number


@pytest.mark.timeout(400)
def test_a_certificate_is_renewed_in_good_time_while_cases_wait(data: Path) -> None:
    """A counter whose certificate has a third of its life left delivers under the next one."""
    first = serial(data)
    assert trouble_of(data, "+50d") is None
    assert serial(data) == first, "there is time"
    keys = data / "office"
    desk = Desk("110199-01", (keys / "signing.pem").read_bytes())
    folder = open_data_folder(data, PLACE, passphrase=PASSPHRASE["COUNTER_APP_PASSPHRASE"])
    message = desk.message(case_id="case-1")
    with folder.store.begin() as unit:
        accepted(unit, "case-1")
        unit.add_message(message)
    folder.close()
    assert trouble_of(data, "+65d") is None
    second = serial(data)
    assert second != first
    folder = open_data_folder(data, PLACE, passphrase=PASSPHRASE["COUNTER_APP_PASSPHRASE"])
    with folder.store.view() as unit:
        assert unit.message(message.message_id).state is MessageState.ACKED
    folder.close()
    assert trouble_of(data, "+80d") is None
    assert serial(data) != second, "and again when that one grows old by this clock"
