"""A day's totals (日终轧账), told by the journal alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction, JournalRow


class Total(StrEnum):
    """One line of a day's totals; the order is that of the paper.

    What happened counts on the day on which it happened. What stands counts at the end of the
    day, whenever it began: parked, awaiting review, doubtful, unfinished, owed a receipt.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    ADVISED_ONLINE = "advised_online"
    VOIDED = "voided"
    WITHDRAWALS = "withdrawals"
    CORRECTED = "corrected"
    OVERRIDES = "overrides"
    PARKED = "parked"
    AWAITING_REVIEW = "awaiting_review"
    POST_REVIEW = "post_review"
    DOUBTFUL = "doubtful"
    UNFINISHED = "unfinished"
    UNPRINTED = "unprinted"
    REPRINTS = "reprints"
    NO_PAPER = "no_paper"
    NUMBERS_GIVEN = "numbers_given"
    NUMBERS_USED = "numbers_used"
    QUEUED = "queued"
    SENT = "sent"
    ACKED = "acked"
    APPLIED = "applied"
    REJECTED = "rejected"
    NEED_MORE = "need_more"


ENTERED = {
    Total.ACCEPTED: CaseState.ACCEPTED_UNPRINTED,
    Total.REFUSED: CaseState.REFUSED,
    Total.ADVISED_ONLINE: CaseState.ADVISED_ONLINE,
    Total.VOIDED: CaseState.VOIDED,
    Total.WITHDRAWALS: CaseState.WITHDRAW_REQUESTED,
    Total.CORRECTED: CaseState.SUPERSEDED,
    Total.SENT: CaseState.SENT,
    Total.ACKED: CaseState.ACKED,
    Total.APPLIED: CaseState.APPLIED,
    Total.REJECTED: CaseState.REJECTED,
    Total.NEED_MORE: CaseState.NEED_MORE,
}
"""Lines that count how many cases entered a state on the day."""

STANDING = {
    Total.PARKED: CaseState.PARKED,
    Total.AWAITING_REVIEW: CaseState.AWAITING_REVIEW,
    Total.UNFINISHED: CaseState.DRAFT,
    Total.UNPRINTED: CaseState.ACCEPTED_UNPRINTED,
}
"""Lines that count how many cases stand in a state at the end of the day."""

DONE = {
    Total.OVERRIDES: JournalAction.OVERRIDE,
    Total.QUEUED: JournalAction.MESSAGE_QUEUED,
    Total.REPRINTS: JournalAction.REPRINTED,
    Total.NO_PAPER: JournalAction.NO_PAPER,
}
"""Lines that count the day's rows of an action."""

DOUBTFUL_VERDICT = "doubtful"
"""The fact `verdict` of a row POST_REVIEWED by which doubt was cast."""

_MARKS = b'"to_state"|"MESSAGE_QUEUED"|"SAMPLED"|"POST_REVIEWED"'
NO_LOOK_NEEDED = frozenset({CaseState.VOIDED, CaseState.SUPERSEDED})
"""States in which a case that was drawn needs no look afterwards any more."""

DOUBT_SETTLED = NO_LOOK_NEEDED | {CaseState.WITHDRAW_REQUESTED, CaseState.REJECTED}
"""States in which nothing has to be done any more about a doubtful case."""


class DifferenceKind(StrEnum):
    """What can be amiss between the journal and the store."""

    CASE_LOST = "case_lost"
    CASE_UNRECORDED = "case_unrecorded"
    STATE_DIFFERS = "state_differs"
    MESSAGE_LOST = "message_lost"
    MESSAGE_UNRECORDED = "message_unrecorded"
    NUMBER_GAP = "number_gap"
    NUMBER_UNUSED = "number_unused"
    NUMBER_TWICE = "number_twice"
    NUMBER_DIFFERS = "number_differs"
    JOURNAL_DAMAGED = "journal_damaged"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree; shown, printed and never hidden.

    Attributes:
        subject: A case id, a message id, an acceptance number, or a row of the journal.
        journal: What the journal says, or empty.
        store: What the store says, or empty.
    """

    kind: DifferenceKind
    subject: str
    journal: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the journal tells of one day, and of where everything stands now.

    Attributes:
        at_close: State of each case at the end of the day.
        now: State of each case after the last row.
        accepted: Acceptance number by case, of the cases accepted on the day.
        numbers: Every number an acceptance of the day names, in order, twice where twice.
        messages: Messages queued by case, ever.
        post_review: Cases drawn for a look afterwards that wait for it at the end of the day.
        doubtful: Cases whose look afterwards cast doubt, with nothing done about it by then.
        entered: How many cases entered each state on the day.
        acts: How many rows of each action the day has.
    """

    day: date
    at_close: dict[str, CaseState] = field(default_factory=dict)
    now: dict[str, CaseState] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    messages: dict[str, list[str]] = field(default_factory=dict)
    post_review: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    entered: Counter[CaseState] = field(default_factory=Counter)
    acts: Counter[JournalAction] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class DayTotals:
    """A day's totals with everything that does not agree.

    Attributes:
        head: Journal head after which they were made, as "SEQ:HASH".
    """

    day: date
    counts: tuple[tuple[Total, int], ...]
    numbers: tuple[str, ...]
    differences: tuple[Difference, ...]
    head: str

    def of(self, total: Total) -> int:
        """Return one line."""
        return dict(self.counts)[total]

    @property
    def is_reconciled(self) -> bool:
        """Say whether journal and store agree in everything."""
        return not self.differences

    @property
    def is_blocked(self) -> bool:
        """Say whether the day closes only with a second person: unreviewed, or differences."""
        return bool(self.of(Total.AWAITING_REVIEW) or self.differences)


def listen(rows: Iterable[JournalRow], day: date) -> Told:
    """Read the journal once, from its first kept row to its last."""
    told = Told(day)
    tells = re.compile(b'%b|"day":"%b"' % (_MARKS, day.isoformat().encode())).search
    for row in rows:
        if tells(row.record) is not None:
            _take(told, json.loads(row.record.decode("utf-8")))
    return told


def counted(told: Told, numbers_given: int) -> tuple[tuple[Total, int], ...]:
    """Return the lines of a day."""
    standing = Counter(told.at_close.values())
    counts: dict[Total, int] = {}
    for total in Total:
        if total in ENTERED:
            counts[total] = told.entered[ENTERED[total]]
        elif total in STANDING:
            counts[total] = standing[STANDING[total]]
        elif total in DONE:
            counts[total] = told.acts[DONE[total]]
    counts[Total.POST_REVIEW] = len(told.post_review)
    counts[Total.DOUBTFUL] = len(told.doubtful)
    counts[Total.NUMBERS_GIVEN] = numbers_given
    counts[Total.NUMBERS_USED] = len(set(told.numbers))
    return tuple((total, counts[total]) for total in Total)


def _take(told: Told, said: dict[str, object]) -> None:
    """Take one row: `said` is the record of `domain.journal.chain`."""
    facts = said["facts"]
    assert isinstance(facts, dict)
    case_id, day = str(said["case"]), date.fromisoformat(str(said["day"]))
    action = JournalAction(str(said["action"]))
    if action is JournalAction.MESSAGE_QUEUED:
        told.messages.setdefault(case_id, []).append(str(facts["message"]))
    state = CaseState(str(facts["to_state"])) if "to_state" in facts else None
    if state is not None:
        told.now[case_id] = state
        if day <= told.day:
            told.at_close[case_id] = state
    if day <= told.day:
        _take_look(told, case_id, action, state)
        _take_doubt(told, case_id, str(facts.get("verdict", "")), state)
    if day != told.day:
        return
    told.acts[action] += 1
    if state is not None:
        told.entered[state] += 1
    if action is JournalAction.ACCEPTED:
        number = str(facts["no"])
        told.accepted[case_id] = number
        told.numbers.append(number)


def _take_look(told: Told, case_id: str, action: JournalAction, state: CaseState | None) -> None:
    """Follow who waits for a look afterwards."""
    if action is JournalAction.SAMPLED:
        told.post_review.add(case_id)
    elif action is JournalAction.POST_REVIEWED or state in NO_LOOK_NEEDED:
        told.post_review.discard(case_id)


def _take_doubt(told: Told, case_id: str, verdict: str, state: CaseState | None) -> None:
    """Follow on whom doubt was cast, until it is found good after all or taken back."""
    if verdict == DOUBTFUL_VERDICT:
        told.doubtful.add(case_id)
    elif verdict or state in DOUBT_SETTLED:
        told.doubtful.discard(case_id)
