"""Tampering: refused by the tables themselves, and found when their guards are gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.journal import Anchor, JournalAction, JournalDamage, JournalEntry
from counter_app.errors import CounterError
from counter_app.storage.database import Database
from counter_app.storage.store import SqlCaseStore
from tests.contract.store.builders import NOW, PLACE, queued
from tests.faults.store.test_damage import KEY, raw


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "store.db", KEY)
    yield database
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET record = '{}' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal (seq, prev, record, hash) VALUES (2, '', '{}', '')",
        "INSERT INTO journal (seq, prev, record, hash) VALUES (99, '', '{}', '')",
        "UPDATE cases SET draft = x'00' WHERE case_id = 'case-1'",
        "UPDATE cases SET acceptance_no = '1' WHERE case_id = 'case-1'",
        "DELETE FROM cases",
        "DELETE FROM numbers",
        "UPDATE messages SET payload = x'00'",
        "UPDATE messages SET prev = 'other'",
        "UPDATE messages SET lane = 'other', payload = x'', state = 'DECIDED'",
        "DELETE FROM messages",
        "INSERT INTO cases (case_id, state, draft, day) VALUES ('c', 's', 't', '')",
    ],
)
def test_the_tables_themselves_refuse_tampering(database: Database, statement: str) -> None:
    queued(SqlCaseStore(database, PLACE))
    with pytest.raises(CounterError) as caught, database.raw() as connection:
        connection.execute(statement)
    assert str(caught.value.facts["cause"]).startswith("SQLITE_CONSTRAINT")


DROP = "DROP TRIGGER journal_stays; DROP TRIGGER journal_kept; DROP TRIGGER journal_chained"


@pytest.mark.parametrize(
    ("statement", "seq", "damage"),
    [
        (
            "UPDATE journal SET record = replace(record, '\"c01\"', '\"m01\"') WHERE seq = 2",
            2,
            JournalDamage.EDITED,
        ),
        ("DELETE FROM journal WHERE seq = 2", 2, JournalDamage.DELETED),
        ("DELETE FROM journal WHERE seq > 2", 3, JournalDamage.CUT_TAIL),
        ("DELETE FROM journal WHERE seq < 3", 1, JournalDamage.DELETED),
        (
            """
            DELETE FROM journal WHERE seq < 3;
            UPDATE journal_base SET seq = 2, hash = (SELECT prev FROM journal WHERE seq = 3)
            """,
            2,
            JournalDamage.DELETED,
        ),
        (
            """
            UPDATE journal SET seq = 99 WHERE seq = 1;
            UPDATE journal SET seq = 1 WHERE seq = 2;
            UPDATE journal SET seq = 2 WHERE seq = 99
            """,
            1,
            JournalDamage.EDITED,
        ),
    ],
    ids=["edit", "deletion", "cut tail", "cut head", "cut head with its base", "exchange"],
)
def test_who_removes_the_triggers_is_still_found(
    database: Database, statement: str, seq: int, damage: JournalDamage
) -> None:
    store = SqlCaseStore(database, PLACE)
    with store.begin() as unit:
        for _ in range(4):
            unit.journal(JournalEntry(NOW, "c01", JournalAction.REVEALED))
        head: Anchor = unit.journal_head()
    raw(database, *DROP.split(";"), *statement.split(";"))
    with store.view() as unit:
        faults = unit.verify_journal([head])
    assert (seq, damage) in [(fault.seq, fault.damage) for fault in faults]
