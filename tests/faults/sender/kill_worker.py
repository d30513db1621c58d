"""A counter in a process of its own that kills itself at a named point.

It accepts cases into the real store and delivers them to a real head office. Each accepted case is
written to `promised.txt` only after its transaction is over, as paper is printed only then.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.backoffice.sender_process import SenderPlace, run
from counter_app.domain.submission import MessageState, OutboxMessage
from counter_app.errors import CounterError
from counter_app.ports.back_office import Ack, DecisionPage
from counter_app.ports.stop import Stop
from counter_app.services.deliver import Delivery
from counter_app.services.delivery_pace import Pace
from counter_app.storage.database import Database
from counter_app.storage.store import SqlCaseStore
from tests.contract.backoffice.conftest import address_of
from tests.contract.backoffice.messages import Desk
from tests.contract.store.builders import PLACE, accepted

KEY = hashlib.sha256(b"a key for tests").digest()
LIMIT_S = 40.0


@dataclass(frozen=True)
class Order:
    """What this life of the counter is to do."""

    folder: Path
    url: str
    institution_key: Path
    signing_key: Path
    kill_at: str
    cases: int

    def reached(self, point: str) -> None:
        if point == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Watched:
    """A unit that remembers which of its methods was called last."""

    def __init__(self, unit: object) -> None:
        self._unit = unit
        self.last = ""

    def __getattr__(self, name: str) -> object:
        if name in {"claim", "mark", "add_message", "store_decisions"}:
            self.last = name
        return getattr(self._unit, name)


class KillingStore:
    """The real store; the process may die just before or just after a commit."""

    def __init__(self, store: SqlCaseStore, order: Order) -> None:
        self._store = store
        self._order = order
        self.view = store.view

    @contextmanager
    def begin(self) -> Iterator[Watched]:
        with self._store.begin() as unit:
            watched = Watched(unit)
            yield watched
            self._order.reached(f"{watched.last}.before_commit")
        self._order.reached(f"{watched.last}.after_commit")


class KillingOffice:
    """The real client; the process may die before or after each request."""

    def __init__(self, office: HttpBackOffice, order: Order) -> None:
        self._office = office
        self._order = order
        self.skip = office.skip

    def put_blob(self, sha256: str, data: bytes, stop: Stop) -> None:
        self._order.reached("image.before")
        self._office.put_blob(sha256, data, stop)
        self._order.reached("image.after")

    def put_message(self, message: OutboxMessage, stop: Stop) -> Ack:
        self._order.reached("message.before")
        ack = self._office.put_message(message, stop)
        self._order.reached("message.after")
        return ack

    def decisions(self, after: int, stop: Stop, wait_s: float) -> DecisionPage:
        self._order.reached("question.before")
        page = self._office.decisions(after, stop, min(wait_s, 0.3))
        if page.decisions:
            self._order.reached("question.after")
        return page


class Pictures:
    """Images by their hash, from files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, sha256: str) -> bytes:
        return (self._folder / sha256).read_bytes()

    def put(self, data: bytes) -> None:
        (self._folder / hashlib.sha256(data).hexdigest()).write_bytes(data)


def _accept(store: KillingStore, pictures: Pictures, desk: Desk, folder: Path, number: int) -> None:
    image = f"image {os.getpid()} {number}".encode()
    pictures.put(image)
    lane = f"10211005499000{number % 2}"
    with store.view() as unit:
        last = unit.last_in_lane(lane)
    desk.last = {lane: last} if last else {}
    case_id = f"{os.getpid()}-{number}"
    message = desk.message(lane=lane, images=(image,), case_id=case_id)
    with store.begin() as unit:
        accepted(unit, case_id)
        unit.add_message(message)
    with (folder / "promised.txt").open("a") as file:
        file.write(f"{message.message_id} {message.payload_sha256}\n")
        file.flush()
        os.fsync(file.fileno())


def main() -> None:
    """Live one life for each line of standard input; answer with how it ended."""
    for line in sys.stdin:
        folder, url, institution, signing, kill_at, cases = json.loads(line)
        order = Order(Path(folder), url, Path(institution), Path(signing), kill_at, int(cases))
        child = os.fork()
        if child == 0:
            _live_and_leave(order)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _live_and_leave(order: Order) -> NoReturn:
    code = 1
    try:
        _live(order)
        code = 0
    except CounterError as error:
        sys.stderr.write(f"{error}\n")
    finally:
        sys.stderr.flush()
        os._exit(code)


def _live(order: Order) -> None:
    desk = Desk("110199-07", order.signing_key.read_bytes(), order.institution_key.read_bytes())
    database = Database(order.folder / "store.db", KEY)
    store = KillingStore(SqlCaseStore(database, PLACE), order)
    pictures = Pictures(order.folder)
    for number in range(order.cases):
        _accept(store, pictures, desk, order.folder, number)
    office = HttpBackOffice(address_of(desk, order.url))
    pace = Pace(cap_s=0.5, hold_s=0.2, poll_s=0.3)
    delivery = Delivery(store, pictures, KillingOffice(office, order), random.random, pace)
    until = time.monotonic() + LIMIT_S
    run(
        delivery,
        SenderPlace(order.folder),
        threading.Event(),
        lambda: 0,
        lambda: time.monotonic() < until and not _all_decided(store, order.folder),
    )
    office.close()
    database.close()


def _all_decided(store: KillingStore, folder: Path) -> bool:
    promised = folder / "promised.txt"
    if not promised.exists():
        return True
    ids = [line.split()[0] for line in promised.read_text().splitlines()]
    with store.view() as unit:
        return not unit.waiting_count() and all(
            unit.message(one).state is MessageState.DECIDED for one in ids
        )


if __name__ == "__main__":
    main()
