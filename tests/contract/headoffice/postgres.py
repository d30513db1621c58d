"""A private PostgreSQL cluster for tests, run as the postgres account."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest


@dataclass
class Cluster:
    """A server of our own on loopback."""

    folder: Path
    port: int
    binaries: Path
    server: subprocess.Popen[bytes] | None = None
    made: int = field(default=0)

    def start(self) -> None:
        """Start the server and wait until it takes connections.

        After a kill the last of the old processes may still be leaving; then it is started again.
        """
        until = time.monotonic() + 60
        while time.monotonic() < until:
            self._begin()
            if self._takes_connections(until):
                return
        pytest.fail("PostgreSQL did not start")

    def _begin(self) -> None:
        for left in (self.folder / "postmaster.pid", Path(f"/tmp/.s.PGSQL.{self.port}.lock")):
            left.unlink(missing_ok=True)
        options = [
            str(self.binaries / "postgres"),
            "-D",
            str(self.folder),
            "-p",
            str(self.port),
            "-c",
            f"unix_socket_directories={self.folder}",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "recovery_init_sync_method=syncfs",
        ]
        log = (self.folder.parent / "postgres.log").open("ab")
        self.server = subprocess.Popen([*_as_postgres(), *options], stdout=log, stderr=log)
        log.close()

    def _takes_connections(self, until: float) -> bool:
        assert self.server is not None
        while time.monotonic() < until and self.server.poll() is None:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def kill(self) -> None:
        """End the server and all of its processes as a power cut would."""
        assert self.server is not None
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        mine = [int(one) for one in children.read_text().split()]
        for process in (self.server.pid, *mine):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.server.wait()

    def stop(self) -> None:
        """End the server in order and remove its folder."""
        assert self.server is not None
        self.server.send_signal(signal.SIGINT)
        self.server.wait(20)
        shutil.rmtree(self.folder.parent)

    def new_database(self) -> str:
        """Make an empty database in the place of the last; returns its SQLAlchemy address."""
        self.made += 1
        name = f"office{self.made}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS office{self.made - 1} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def address(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


def new_cluster() -> Cluster:
    """Make a cluster; the test is skipped where PostgreSQL is not installed.

    Its folder is not below pytest's, which is closed to the postgres account.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("Debian's postgresql is not installed")
    account = pwd.getpwnam("postgres")
    folder = Path(tempfile.mkdtemp(prefix="counter-app-postgres-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    os.chown(data, account.pw_uid, account.pw_gid)
    initdb = [str(found[-1]), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
    subprocess.run(
        [*_as_postgres(), *initdb, "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True
    )
    return Cluster(data, _free_port(), found[-1].parent)


def _as_postgres() -> list[str]:
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _free_port() -> int:
    """Find a port below the range from which outgoing connections take theirs."""
    for port in range(25_000 + os.getpid() % 3_000, 32_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no free port")
