"""Head office's answers in the database."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select, text, update
from sqlalchemy.dialects.sqlite import insert

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.submission import Decision, MessageState, Verdict
from counter_app.storage.late_answers import is_overtaken
from counter_app.storage.outbox_rows import OutboxRows
from counter_app.storage.promises import (
    ARRIVED,
    CURSOR,
    DEVICE_EPOCH,
    FINAL,
    OFFICE_EPOCH,
    PEPPER,
    code_only,
    state_after,
)
from counter_app.storage.tables import DECISIONS, MESSAGES


class DecisionRows(OutboxRows):
    """The part of a unit that keeps answers and both sides' epochs."""

    def store_decisions(self, decisions: Sequence[Decision], cursor: int, now: datetime) -> None:
        """Keep answers and the cursor together; cases follow where the answer may follow."""
        epoch = self.office_epoch() or ""
        for decision in decisions:
            values = _columns(decision, epoch, now)
            fresh = self._sql.execute(insert(DECISIONS).values(values).on_conflict_do_nothing())
            if fresh.rowcount:
                self._apply(decision, now)
        self.remember(CURSOR, str(cursor))

    def decisions(self, case_id: str) -> tuple[Decision, ...]:
        """Return the answers for a case in the order in which they came."""
        query = select(DECISIONS).where(DECISIONS.c.case_id == case_id)
        rows = self._sql.execute(query.order_by(text("rowid")))
        return tuple(_decision(row) for row in rows)

    def cursor(self) -> int:
        """Return the position up to which answers are kept; 0 before the first."""
        return int(self.recall(CURSOR) or 0)

    def office_epoch(self) -> str | None:
        """Return the incarnation of head office seen last."""
        return self.recall(OFFICE_EPOCH)

    def set_office_epoch(self, epoch: str, now: datetime) -> int:
        """Note head office's incarnation; when it changed, make everything kept READY again."""
        before = self.office_epoch()
        if epoch == before:
            return 0
        self.remember(OFFICE_EPOCH, epoch)
        if before is None:
            return 0
        self.remember(CURSOR, "0")
        again = self._sql.execute(
            update(MESSAGES)
            .where(MESSAGES.c.state.in_(ARRIVED), MESSAGES.c.payload != b"")
            .values(state=MessageState.READY.value, retry_at=None)
        ).rowcount
        facts = (("messages", str(again)),)
        self.journal(JournalEntry(now, "sender", JournalAction.OFFICE_RESTORED, "", facts))
        return again

    def device_epoch(self) -> str:
        """Return this store's own incarnation."""
        return self.recall(DEVICE_EPOCH) or ""

    def make_identity(self) -> None:
        """Give a new store its incarnation and the key of its hashed registers."""
        self.remember(PEPPER, secrets.token_hex(32))
        self.remember(DEVICE_EPOCH, secrets.token_hex(8))

    def _apply(self, decision: Decision, now: datetime) -> None:
        facts = (
            ("message", decision.message_id),
            ("verdict", decision.verdict.value),
            ("reason", code_only(decision.reason_code)),
        )
        act = JournalAction.DECIDED
        self.journal(JournalEntry(now, "sender", act, decision.case_id, facts))
        queued = self._find(decision.message_id)
        if queued is None:
            return
        if decision.verdict in FINAL:
            values = {"state": MessageState.DECIDED.value, "decided_at": now, "retry_at": None}
            self._change_message(decision.message_id, acked_at=queued.acked_at or now, **values)
        state = state_after(queued.message.type, decision.verdict)
        case = self.load(queued.message.case_id)
        if state is not None and not is_overtaken(queued, self.messages(case.case_id)):
            self._follow(case, state, now, decision.reason_code)


def _columns(decision: Decision, epoch: str, now: datetime) -> dict[str, object]:
    return {
        "epoch": epoch,
        "cursor": decision.cursor,
        "message_id": decision.message_id,
        "case_id": decision.case_id,
        "verdict": decision.verdict.value,
        "reason_code": decision.reason_code,
        "reason_text": decision.reason_text,
        "next_action": decision.next_action,
        "channels": json.dumps(decision.channels),
        "wanted": json.dumps(decision.wanted),
        "deadline": decision.deadline,
        "decided_at": decision.decided_at,
        "stored_at": now,
    }


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    kept = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for the mapping
    return Decision(
        cursor=kept["cursor"],
        message_id=kept["message_id"],
        case_id=kept["case_id"],
        verdict=Verdict(kept["verdict"]),
        reason_code=kept["reason_code"],
        reason_text=kept["reason_text"],
        next_action=kept["next_action"],
        channels=tuple((str(name), str(state)) for name, state in json.loads(kept["channels"])),
        decided_at=kept["decided_at"],
        wanted=tuple(json.loads(kept["wanted"] or "[]")),
        deadline=kept["deadline"],
    )
