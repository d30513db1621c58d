"""Head office and a counter by hand: codes, certificates, sticks, and what they say when wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counter_app.__main__ import app
from counter_app.backoffice.sender_process import SenderPlace
from counter_app.backoffice.sender_status import write_status
from counter_app.errors import FailureCode
from counter_app.headoffice import embedded
from counter_app.headoffice.identity import IdentityMode
from counter_app.ports.back_office import Contact
from counter_app.storage.data_folder import open_data_folder
from tests.contract.headoffice.pilot import write_pilot_settings
from tests.contract.store.builders import PLACE

COUNTER = "110199-01"
PASSPHRASE = "a test's own"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.EmbeddedOffice]:
    options = embedded.EmbeddedOptions(
        decide=embedded.Deciding.MANUAL, identity=IdentityMode.CERTIFICATE
    )
    started = embedded.start(tmp_path_factory.mktemp("office"), options)
    yield started
    started.stop()


@pytest.fixture
def data(tmp_path: Path, office: embedded.EmbeddedOffice) -> Path:
    write_pilot_settings(tmp_path, office.url)
    open_data_folder(tmp_path, PLACE, passphrase=PASSPHRASE).close()
    return tmp_path


def run(*arguments: object, piped: str | None = None) -> Result:
    environment = {
        "COUNTER_APP_PASSPHRASE": PASSPHRASE,
        "COUNTER_APP_LANGUAGE": "en",
    }
    return CliRunner().invoke(app, [str(one) for one in arguments], input=piped, env=environment)


def code(office: embedded.EmbeddedOffice) -> str:
    made = run("headoffice", "enrol-code", COUNTER, "--folder", office.folder)
    assert made.exit_code == 0
    return made.stdout.strip()


def enrol(office: embedded.EmbeddedOffice, data: Path, secret: str) -> Result:
    authority = office.folder / "authority.pem"
    return run("enrol", secret, "--authority", authority, "--data", data)


def test_a_counter_is_enrolled_renewed_revoked_and_enrolled_again(
    office: embedded.EmbeddedOffice, data: Path
) -> None:
    secret = code(office)
    done = enrol(office, data, secret)
    assert (done.exit_code, done.stdout[:22]) == (0, "enrolled as 110199-01;")
    again = enrol(office, data, secret)
    assert again.exit_code == 1
    assert "Ask head office for a new one-time code" in again.stderr
    assert run("renew", "--data", data).exit_code == 0
    assert "until" in run("headoffice", "counters", "--folder", office.folder).stdout
    assert run("headoffice", "revoke", COUNTER, "--folder", office.folder).exit_code == 0
    refused = run("renew", "--data", data)
    assert (refused.exit_code, refused.stderr[:12]) == (1, "OFFICE_LOGIN")
    listed = run("headoffice", "counters", "--folder", office.folder).stdout
    assert f"{COUNTER}: revoked" in listed
    assert enrol(office, data, code(office)).exit_code == 0
    assert run("renew", "--data", data).exit_code == 0


def test_an_empty_queue_is_shown_exported_and_taken_in(
    office: embedded.EmbeddedOffice, data: Path, tmp_path: Path
) -> None:
    assert enrol(office, data, code(office)).exit_code == 0
    shown = run("outbox", "show", "--data", data)
    assert (shown.exit_code, shown.stdout[:9]) == (0, "0 waiting")
    file = tmp_path / "queue.outbox"
    assert run("outbox", "export", file, "--data", data).exit_code == 0
    taken = run("headoffice", "import", file, "--folder", office.folder)
    assert (taken.exit_code, taken.stdout) == (0, f"{COUNTER}: 0 stored, 0 known already\n")
    file.write_bytes(file.read_bytes()[:-40])
    broken = run("headoffice", "import", file, "--folder", office.folder)
    assert (broken.exit_code, "damaged" in broken.stderr) == (1, True)
    nowhere = run("outbox", "export", tmp_path / "no" / "x.outbox", "--data", data)
    assert (nowhere.exit_code, nowhere.stderr[:13]) == (2, "INPUT_INVALID")


def test_the_file_of_a_revoked_counter_is_not_taken_in(
    office: embedded.EmbeddedOffice, data: Path, tmp_path: Path
) -> None:
    assert enrol(office, data, code(office)).exit_code == 0
    file = tmp_path / "queue.outbox"
    assert run("outbox", "export", file, "--data", data).exit_code == 0
    assert run("headoffice", "revoke", COUNTER, "--folder", office.folder).exit_code == 0
    taken = run("headoffice", "import", file, "--folder", office.folder)
    assert (taken.exit_code, "revoked" in taken.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("revoke", "nobody"), 1),
        (("import", "/nowhere.outbox"), 2),
        (("publish", "directory", "/nowhere"), 2),
        (("publish", "cake", "settings.toml"), 2),
        (("serve", "--environment", "bogus"), 2),
        (("counters", "--database-url", "postgresql+psycopg://nobody@127.0.0.1:1/x"), 1),
        (("enrol-code",), 2),
    ],
)
def test_wrong_use_is_said_and_no_traceback(
    tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    done = run("headoffice", *arguments, "--folder", tmp_path)
    assert done.exit_code == status
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.stderr


def test_a_port_that_is_taken_is_said(office: embedded.EmbeddedOffice, tmp_path: Path) -> None:
    port = office.url.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "counter_app", "headoffice", "serve"]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path), "--port", port],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"COUNTER_APP_LANGUAGE": "en"},
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("INPUT_INVALID")
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_store_is_no_empty_queue(tmp_path: Path) -> None:
    write_pilot_settings(tmp_path, "https://127.0.0.1:1")
    for arguments in (("show",), ("export", tmp_path / "x.outbox")):
        done = run("outbox", *arguments, "--data", tmp_path)
        assert (done.exit_code, done.stderr[:13]) == (1, "STORE_MISSING")
    assert not (tmp_path / "x.outbox").exists()


def test_the_queue_says_why_nothing_goes_out_and_what_to_do(data: Path) -> None:
    status = SenderPlace(data).status
    now = datetime.now(UTC)
    assert "no sender runs" in run("outbox", "show", "--data", data).output
    write_status(status, Contact(now), now)
    well = run("outbox", "show", "--data", data).output
    assert well.count("\n") == 1
    for trouble, advice in (
        (FailureCode.OFFICE_CLOCK, "Set the clock"),
        (FailureCode.OFFICE_LOGIN, "enrol it again"),
        (FailureCode.DISK_FULL, "DISK_FULL"),
        (FailureCode.OFFICE_VERSION, "Wait for head office"),
    ):
        write_status(status, Contact(now, trouble), now)
        assert advice in run("outbox", "show", "--data", data).output
    write_status(status, Contact(now), now - timedelta(minutes=11))
    assert "no sender runs" in run("outbox", "show", "--data", data).output


def test_a_reviewers_password_is_read_from_a_pipe_line_by_line(tmp_path: Path) -> None:
    add = ("headoffice", "add-reviewer", "anna", "--folder", tmp_path)
    done = run(*add, piped="one\nanother\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "the same twice" in done.stderr
    done = run(*add, piped="one and only\none and only\n")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "anna may sign in\n", "")
