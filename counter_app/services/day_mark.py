"""Where the journal was last added up whole, so that a day is read from its own rows on.

Everything before the mark was held against the store when the mark was made; what stood open then
is named in it, so that a later reading knows every case that may matter. A day is closed on a
mark only where the whole journal was read on that very day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.day_totals import STANDING, Difference, DifferenceKind, Told
from counter_app.domain.journal import GENESIS, Anchor, JournalRow
from counter_app.ports.store import Unit

MARK_NOTE = "day.mark"
START = Anchor(0, GENESIS)
_STANDING = frozenset(STANDING.values())
_DAY = re.compile(rb'"day":"(\d{4}-\d\d-\d\d)"')


@dataclass(frozen=True, slots=True)
class DayMark:
    """The last row before a day began.

    Attributes:
        at: That row; none of the day's rows comes before it.
        open_cases: Cases that may have stood open, waited for a look afterwards, or been doubtful
            at that row.
        differences: What did not agree when the whole journal was last held against the store.
        whole_on: The counter's day on which that was.
    """

    day: date
    at: Anchor
    open_cases: frozenset[str] = frozenset()
    differences: tuple[Difference, ...] = ()
    whole_on: date | None = None


@dataclass(slots=True)
class Border:
    """Finds the last row before a day, while rows are read in order."""

    day: date
    at: Anchor = START
    _is_past: bool = field(default=False)

    def watch(self, rows: Iterable[JournalRow]) -> Iterator[JournalRow]:
        """Pass rows on."""
        for row in rows:
            if self.at is START:
                self.at = Anchor(row.seq - 1, row.prev)
            self._is_past = self._is_past or _day_text(row) >= self.day.isoformat()
            if not self._is_past:
                self.at = Anchor(row.seq, row.hash)
            yield row


def _day_text(row: JournalRow) -> str:
    """Return the counter's day of a row as ISO text; a row that says none counts as the newest."""
    found = _DAY.search(row.record)
    return found[1].decode() if found is not None else date.max.isoformat()


def still_open(told: Told) -> frozenset[str]:
    """Return the cases that stand open after the last row that was told."""
    standing = {case_id for case_id, state in told.now.items() if state in _STANDING}
    return frozenset(standing | told.post_review | told.doubtful)


def keep_mark(unit: Unit, mark: DayMark) -> None:
    """Keep a mark, replacing the last."""
    differences = [
        [one.kind.value, one.subject, one.journal, one.store] for one in mark.differences
    ]
    said = {
        "day": mark.day.isoformat(),
        "seq": mark.at.seq,
        "hash": mark.at.hash,
        "open": sorted(mark.open_cases),
        "differences": differences,
        "whole_on": mark.whole_on.isoformat() if mark.whole_on is not None else None,
    }
    unit.remember(MARK_NOTE, json.dumps(said))


def kept_mark(unit: Unit, day: date) -> DayMark | None:
    """Return the mark that a day can be read from; None when the whole journal has to be read."""
    note = unit.recall(MARK_NOTE)
    if not note:
        return None
    said = json.loads(note)
    whole_on = said.get("whole_on")
    mark = DayMark(
        date.fromisoformat(said["day"]),
        Anchor(said["seq"], said["hash"]),
        frozenset(said["open"]),
        tuple(Difference(DifferenceKind(kind), *rest) for kind, *rest in said["differences"]),
        date.fromisoformat(whole_on) if whole_on is not None else None,
    )
    return mark if mark.day <= day and _is_kept(unit, mark.at) else None


def _is_kept(unit: Unit, at: Anchor) -> bool:
    """Say whether a mark's row is there as it was, or is what the first kept row names."""
    here = next(iter(unit.journal_rows(max(at.seq - 1, 0))), None)
    if here is None:
        return unit.journal_head() == at
    if here.seq == at.seq:
        return here.hash == at.hash
    is_first = here == next(iter(unit.journal_rows()))
    return is_first and (here.seq, here.prev) == (at.seq + 1, at.hash)
