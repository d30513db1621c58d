"""Does taking a case in cost more when head office already holds a million of them?

`python -m tests.bench.backoffice_growth [ROWS]`; the ledger's own statements on SQLite, each in a
durable transaction of its own, measured at a tenth of the rows and at all of them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from sqlalchemy import insert

from counter_app.domain.submission import MessageType, Verdict
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.deciding import Judgement, answers_after, decide
from counter_app.headoffice.identity import register
from counter_app.headoffice.intake import Incoming, receive
from counter_app.headoffice.review.reading import Filter, list_rows
from counter_app.headoffice.schema import messages
from counter_app.headoffice.sql_ledger import SqlLedger

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
COUNTERS = 200
SAMPLE = 400
BODY = b"x" * 300


def main() -> None:
    """Print what one case costs at each size, and the ratio."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "office.db"))
        database.upgrade(AT)
        with database.writing() as connection:
            for number in range(COUNTERS):
                register(connection, f"c{number}", b"key", AT)
        _fill(database, 0, rows // 10)
        few = _measure(database, "few")
        _fill(database, rows // 10, rows)
        many = _measure(database, "many")
        for name in few:
            ratio = many[name] / few[name]
            sys.stdout.write(
                f"{name}: {few[name]:.2f} ms at {rows // 10}, {many[name]:.2f} ms at {rows}, "
                f"ratio {ratio:.2f}\n"
            )
        database.close()


def _fill(database: Database, first: int, last: int) -> None:
    for start in range(first, last, 20_000):
        with database.writing() as connection:
            connection.execute(
                insert(messages),
                [_row(number) for number in range(start, min(start + 20_000, last))],
            )


def _row(number: int) -> dict[str, object]:
    name = f"m{number:08d}"
    return {
        "counter": f"c{number % COUNTERS}",
        "message_id": name,
        "sha256": "0" * 64,
        "case_id": name,
        "request_no": name,
        "acceptance_no": name,
        "lane": f"lane{number % 50_000}",
        "type": MessageType.PHONE_REBIND.value,
        "version": 1,
        "terminal": "t",
        "clerk": "c01",
        "reason": "02",
        "retention_class": "case-record-10y",
        "received_at": AT,
        "verdict": Verdict.APPLIED.value,
        "payload": BODY,
    }


def _measure(database: Database, name: str) -> dict[str, float]:
    return {
        "take a case in": _each(lambda n: _take(database, f"{name}{n}")),
        "take it in again": _each(lambda n: _take(database, f"{name}{n}")),
        "decide": _each(lambda n: _decide(database, f"{name}{n}")),
        "ask for answers": _each(lambda _: _ask(database)),
        "list what waits": _each(lambda _: _list(database)),
    }


def _each(act: Callable[[int], None]) -> float:
    """Return the lower quartile in milliseconds: other programs only ever make a call slower."""
    took = []
    for number in range(SAMPLE):
        began = time.perf_counter()
        act(number)
        took.append((time.perf_counter() - began) * 1000)
    return quantiles(took, n=4)[0]


def _take(database: Database, name: str) -> None:
    incoming = Incoming(
        "c1", name, name, name, "lane1", None, MessageType.PHONE_REBIND, 1, "1" * 64, (), BODY
    )
    with database.writing() as connection:
        receive(SqlLedger(connection), incoming, AT)


def _decide(database: Database, name: str) -> None:
    with database.writing() as connection:
        decide(connection, "c1", name, Judgement(Verdict.APPLIED, "shen"), AT)


def _ask(database: Database) -> None:
    with database.reading() as connection:
        answers_after(connection, "c1", 10_000_000)


def _list(database: Database) -> None:
    with database.reading() as connection:
        list_rows(connection, Filter(), None, AT)


if __name__ == "__main__":
    main()
