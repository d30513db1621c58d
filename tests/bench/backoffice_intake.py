"""Head office over real HTTP: intake against an empty answer, a backlog drained, held questions.

`python -m tests.bench.backoffice_intake`; ratios in one run. PostgreSQL is measured where Debian's
package is installed.
"""

from __future__ import annotations

import random
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.domain.submission import OutboxMessage
from counter_app.headoffice import embedded
from counter_app.headoffice.serve import Deciding
from counter_app.headoffice.station import institution_key
from counter_app.ports.stop import never
from counter_app.services.deliver import Delivery
from counter_app.wire.keys import new_signing_key, public_half
from tests.contract.backoffice.conftest import address_of
from tests.contract.backoffice.messages import Desk
from tests.contract.headoffice.postgres import new_cluster
from tests.faults.simulation.memory_outbox import MemoryOutbox

REQUESTS = 240
BACKLOG = 600
HELD = 3_000


@dataclass
class Target:
    """A head office and counters to send from."""

    office: embedded.EmbeddedOffice
    desks: list[Desk]

    def client(self, number: int) -> HttpBackOffice:
        return HttpBackOffice(address_of(self.desks[number % len(self.desks)], self.office.url))


class Kept:
    """Images in memory."""

    def __init__(self) -> None:
        self.images: dict[str, bytes] = {}

    def get(self, digest: str) -> bytes:
        return self.images[digest]


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", Path(folder) / "sqlite", "")
        cluster = new_cluster()
        cluster.start()
        try:
            _measure("PostgreSQL", Path(folder) / "office", cluster.new_database())
        finally:
            cluster.stop()


def _measure(name: str, folder: Path, url: str) -> None:
    target = _start(_made(folder), url)
    try:
        for together in (1, 8, 32):
            empty = _rate(target, together, _ask_health)
            taken = _rate(target, together, _put)
            _say(
                f"{name} c={together}: empty {empty:.0f}/s, intake {taken:.0f}/s, "
                f"ratio {taken / empty:.2f}"
            )
        _say(f"{name}: backlog of {BACKLOG} drained in {_drain(target):.1f} s")
        if not url:
            _hold(target)
    finally:
        target.office.stop()


def _start(folder: Path, url: str) -> Target:
    desks = [
        Desk(f"110199-{number:02d}", new_signing_key(), institution_key(folder))
        for number in range(32)
    ]
    known = {desk.counter: public_half(desk.signing_key) for desk in desks}
    options = embedded.EmbeddedOptions(decide=Deciding.MANUAL, counters=known, database_url=url)
    return Target(embedded.start(folder, options), desks)


def _rate(
    target: Target, together: int, act: Callable[[HttpBackOffice, OutboxMessage], None]
) -> float:
    each = REQUESTS // together
    senders = target.desks[:together]
    work = [[desk.message(lane=f"lane{i}") for i in range(each)] for desk in senders]
    ready = threading.Barrier(together + 1)

    def run(number: int) -> None:
        client = target.client(number)
        client.server_time(never())
        ready.wait()
        for message in work[number]:
            act(client, message)
        client.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(together)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    for desk in target.desks:
        desk.last.clear()
    return each * together / (time.perf_counter() - began)


def _ask_health(client: HttpBackOffice, _message: OutboxMessage) -> None:
    client.server_time(never())


def _put(client: HttpBackOffice, message: OutboxMessage) -> None:
    client.put_message(message, never())


def _drain(target: Target) -> float:
    desk, outbox, kept = target.desks[0], MemoryOutbox(), Kept()
    for number in range(BACKLOG):
        image = f"image {number}".encode() * 100
        kept.images[sha256(image).hexdigest()] = image
        outbox.add_message(desk.message(lane=f"drain{number % 20}", images=(image,)))
    client = target.client(0)
    delivery = Delivery(outbox, kept, client, random.random)
    began = time.perf_counter()
    while outbox.waiting_count():
        time.sleep(min(delivery.step(datetime.now(UTC), time.monotonic(), never()), 5.0))
    client.close()
    return time.perf_counter() - began


def _hold(target: Target) -> None:
    before = _resident_kib(target)
    port = int(target.office.url.rsplit(":", 1)[1])
    held: list[socket.socket] = []
    for number in range(HELD):
        connection = socket.create_connection(("127.0.0.1", port))
        counter = target.desks[number % 32].counter
        line = "GET /v1/decisions?after=9999999&wait=25 HTTP/1.1\r\nHost: x\r\n"
        connection.sendall(f"{line}Counter-Id: {counter}\r\n\r\n".encode())
        held.append(connection)
    time.sleep(5)
    after = _resident_kib(target)
    _say(f"{HELD} held questions: {(after - before) / HELD:.1f} KiB each")
    for connection in held:
        connection.close()


def _resident_kib(target: Target) -> int:
    status = Path(f"/proc/{target.office.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
