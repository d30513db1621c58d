"""Every way to tamper with a journal, and what verification says of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.journal import (
    GENESIS,
    Anchor,
    JournalAction,
    JournalDamage,
    JournalEntry,
    JournalFault,
    JournalRow,
    Place,
    as_line,
    canonical,
    chain,
    counter_day,
    from_line,
    verify,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PLACE = Place("110199", "01", "test-machine", "1.0", "ntp")


def rows_of(count: int) -> list[JournalRow]:
    head = Anchor(0, GENESIS)
    rows = []
    for number in range(count):
        at = NOW + timedelta(seconds=number)
        entry = JournalEntry(at, "c01", JournalAction.REVEALED, "case", (("n", str(number)),))
        row = chain(head, entry, PLACE)
        rows.append(row)
        head = Anchor(row.seq, row.hash)
    return rows


ROWS = rows_of(9)
HEAD = Anchor(9, ROWS[-1].hash)


def damages(rows: list[JournalRow], anchors: list[Anchor] | None = None) -> list[JournalFault]:
    return list(verify(rows, anchors if anchors is not None else [HEAD]))


def edited(row: JournalRow) -> JournalRow:
    said = json.loads(row.record) | {"actor": "m01"}
    return replace(row, record=canonical(said))


def edited_and_hashed(row: JournalRow) -> JournalRow:
    changed = edited(row)
    return replace(changed, hash=hashlib.sha256(changed.record).hexdigest())


def nonsense(record: bytes) -> JournalRow:
    return replace(ROWS[3], record=record, hash=hashlib.sha256(record).hexdigest())


def rewritten_from(place: int) -> list[JournalRow]:
    """Everything after a place is made anew, hashes and all: only an anchor can tell."""
    rows = ROWS[:place]
    for old in ROWS[place:]:
        head = Anchor(rows[-1].seq, rows[-1].hash)
        entry = JournalEntry(NOW, "m01", JournalAction.REVEALED)
        rows.append(chain(head, entry, PLACE))
        assert rows[-1].seq == old.seq
    return rows


def test_a_whole_journal_has_no_faults() -> None:
    assert damages(ROWS) == []
    assert damages([], []) == []
    assert damages(ROWS[4:], [HEAD]) != []
    assert verify(ROWS[4:], [HEAD], Anchor(4, ROWS[3].hash)) == ()


@pytest.mark.parametrize(
    ("tampered", "found"),
    [
        ([*ROWS[:3], edited(ROWS[3]), *ROWS[4:]], JournalFault(4, JournalDamage.EDITED)),
        (
            [*ROWS[:3], edited_and_hashed(ROWS[3]), *ROWS[4:]],
            JournalFault(5, JournalDamage.LINK_BROKEN),
        ),
        ([*ROWS[:3], *ROWS[4:]], JournalFault(4, JournalDamage.DELETED)),
        (ROWS[1:], JournalFault(1, JournalDamage.DELETED)),
        (
            [*ROWS[:3], ROWS[4], ROWS[3], *ROWS[5:]],
            JournalFault(4, JournalDamage.REORDERED),
        ),
        ([*ROWS[:3], ROWS[2], *ROWS[3:]], JournalFault(3, JournalDamage.REORDERED)),
        (ROWS[:6], JournalFault(7, JournalDamage.CUT_TAIL)),
        ([], JournalFault(1, JournalDamage.CUT_TAIL)),
        (rewritten_from(4), JournalFault(9, JournalDamage.ANCHOR_DIFFERS)),
        (
            [*ROWS[:3], replace(ROWS[3], prev="f" * 64), *ROWS[4:]],
            JournalFault(4, JournalDamage.EDITED),
        ),
        (
            [*ROWS[:3], replace(ROWS[3], record=b"[]"), *ROWS[4:]],
            JournalFault(4, JournalDamage.EDITED),
        ),
        (
            [*ROWS[:3], replace(ROWS[3], record=b"\xff"), *ROWS[4:]],
            JournalFault(4, JournalDamage.EDITED),
        ),
        ([*ROWS[:3], nonsense(b"[]"), *ROWS[4:]], JournalFault(4, JournalDamage.EDITED)),
        ([*ROWS[:3], nonsense(b"{"), *ROWS[4:]], JournalFault(4, JournalDamage.EDITED)),
    ],
    ids=[
        "edited",
        "edited and hashed again",
        "row deleted",
        "first row deleted",
        "rows exchanged",
        "row twice",
        "tail cut",
        "everything cut",
        "rewritten with right hashes",
        "link changed",
        "not an object",
        "not text",
        "not an object, hashed again",
        "not JSON, hashed again",
    ],
)
def test_tampering_is_found_by_its_name(tampered: list[JournalRow], found: JournalFault) -> None:
    assert found in damages(tampered)


def test_a_cut_tail_needs_an_anchor_to_be_found() -> None:
    assert damages(ROWS[:6], []) == []


@given(st.integers(0, 8), st.data())
def test_any_changed_byte_of_a_record_is_found(place: int, data: st.DataObject) -> None:
    record = bytearray(ROWS[place].record)
    at = data.draw(st.integers(0, len(record) - 1))
    record[at] ^= data.draw(st.integers(1, 255))
    tampered = [*ROWS[:place], replace(ROWS[place], record=bytes(record)), *ROWS[place + 1 :]]
    assert JournalFault(place + 1, JournalDamage.EDITED) in damages(tampered)


@given(st.permutations(ROWS))
def test_only_one_order_is_right(rows: list[JournalRow]) -> None:
    assert (damages(rows) == []) == (rows == ROWS)


def test_a_day_begins_at_midnight_in_china() -> None:
    assert counter_day(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert counter_day(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)


def test_an_export_verifies_away_from_the_counter() -> None:
    lines = [as_line(row) for row in ROWS]
    assert [from_line(line) for line in lines] == ROWS
    assert b"\n" not in lines[0][:-1]


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b'{"seq":1}', b"\xff"])
def test_other_lines_are_no_export(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_line(line)


def test_canonical_json_does_not_depend_on_order() -> None:
    assert canonical({"b": "䶮", "a": 1}) == '{"a":1,"b":"䶮"}'.encode()
    assert canonical({"a": 1, "b": "䶮"}) == canonical({"b": "䶮", "a": 1})
