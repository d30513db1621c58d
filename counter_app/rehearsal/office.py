"""What the sender and head office do to an accepted case, through the store's own doors."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import Decision, MessageState, Verdict
from counter_app.flow.state import FlowState
from counter_app.ports.store import Unit
from counter_app.rehearsal.stage import Stage
from counter_app.rehearsal.visit_tables import OfficeTable

VERDICTS = {
    CaseState.IN_PROCESS: Verdict.IN_PROCESS,
    CaseState.APPLIED: Verdict.APPLIED,
    CaseState.REJECTED: Verdict.REJECTED,
    CaseState.NEED_MORE: Verdict.NEED_MORE,
}


def office_reports(stage: Stage, state: FlowState, report: OfficeTable, now: datetime) -> CaseState:
    """Let the sender send, or head office answer; return the state the store gives the case."""
    case_id = state.draft.case_id
    with stage.store.begin() as unit:
        leaving = [one for one in unit.messages(case_id) if one.state is not MessageState.VOIDED]
        for queued in leaving:
            message_id = queued.message.message_id
            if report.state is CaseState.SENT:
                unit.claim(message_id, now)
            elif report.state is CaseState.ACKED:
                unit.mark(message_id, MessageState.ACKED, "", now)
            else:
                _answer(unit, case_id, message_id, report, now)
    with stage.store.view() as unit:
        return unit.load(case_id).state


def _answer(unit: Unit, case_id: str, message_id: str, report: OfficeTable, now: datetime) -> None:
    cursor = unit.cursor() + 1
    decision = Decision(
        cursor=cursor,
        message_id=message_id,
        case_id=case_id,
        verdict=VERDICTS[report.state],
        reason_code=report.reason,
        reason_text="",
        next_action="",
        channels=(),
        decided_at=now,
    )
    unit.store_decisions([decision], cursor, now)
