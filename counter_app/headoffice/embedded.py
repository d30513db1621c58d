"""Head office in a child process, for demonstrations and tests."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import IO, cast

from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.identity import IdentityMode
from counter_app.headoffice.serve import Deciding
from counter_app.headoffice.station import institution_key
from counter_app.wire.keys import public_half

START_LIMIT_S = 30.0


@dataclass(frozen=True, slots=True)
class EmbeddedOffice:
    """A running head office.

    Attributes:
        url: Where it listens, on loopback.
        folder: Where its keys, its database and its log (`headoffice.log`) are.
    """

    url: str
    folder: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    def stop(self) -> None:
        """End it: let requests finish, then leave; kill it after ten seconds."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True, slots=True)
class EmbeddedOptions:
    """How the child runs.

    Attributes:
        port: TCP port; 0 takes a free one.
        decide: "auto" or "manual".
        identity: "header" for plain HTTP on loopback, "certificate" for HTTPS with client
            certificates.
        counters: Public signing keys (PEM) of counters to enrol beforehand, by counter.
        pause_s: Seconds between two turns of the automatic decisions.
        database_url: SQLAlchemy address, or empty for a SQLite file in the folder.
        program: Module that runs; one that judges receipts understands `trust`.
        trust: Folder of trusted certificates, or None: no receipts are judged.
    """

    port: int = 0
    decide: Deciding = Deciding.AUTO
    identity: IdentityMode = IdentityMode.HEADER
    counters: Mapping[str, bytes] = field(default_factory=dict)
    pause_s: float = 2.0
    database_url: str = ""
    environment: str = "demo"
    program: str = "counter_app.headoffice"
    trust: Path | None = None


def institution_public_key(folder: Path) -> bytes:
    """Return the key (PEM) to which counters encrypt, making the pair on first use."""
    return public_half(institution_key(folder))


def start(folder: Path, options: EmbeddedOptions | None = None) -> EmbeddedOffice:
    """Start head office and wait until it takes connections.

    Raises:
        CounterError: OFFICE_UNREACHABLE when it does not start; see its log in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = options or EmbeddedOptions()
    known = folder / "counters.json"
    known.write_text(json.dumps({name: key.decode() for name, key in chosen.counters.items()}))
    with (folder / "headoffice.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            _command(folder, known, chosen),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    url = _first_line(cast("IO[bytes]", process.stdout))
    if not url:
        process.kill()
        process.wait()
        raise CounterError(FailureCode.OFFICE_UNREACHABLE, part="headoffice")
    return EmbeddedOffice(url, folder, process)


def _command(folder: Path, known: Path, options: EmbeddedOptions) -> list[str]:
    return [
        sys.executable,
        "-m",
        options.program,
        f"--folder={folder}",
        f"--counters={known}",
        f"--port={options.port}",
        f"--decide={options.decide}",
        f"--identity={options.identity}",
        f"--environment={options.environment}",
        f"--pause-s={options.pause_s}",
        f"--database-url={options.database_url}",
        *([] if options.trust is None else [f"--trust={options.trust}"]),
    ]


def _first_line(stream: IO[bytes]) -> str:
    lines: Queue[bytes] = Queue()
    reading = threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True)
    reading.start()
    try:
        return lines.get(timeout=START_LIMIT_S).decode().strip()
    except Empty:
        return ""
