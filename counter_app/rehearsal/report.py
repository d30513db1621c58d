"""What came out of a rehearsal, and how it differs from what the file expects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.assessment import Assessment
from counter_app.domain.submission import MessageState, MessageType
from counter_app.flow.state import FlowState
from counter_app.rehearsal.file import ExpectTable, RehearsalFile
from counter_app.rehearsal.player import Player, paper_names
from counter_app.rehearsal.stage import Stage, Troupe, build


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that does not hold."""

    key: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class RehearsedMessage:
    """One message of the case, as the outbox holds it.

    Attributes:
        not_before: Cooling hold of a high-risk case (aware UTC), or None.
    """

    type: MessageType
    state: MessageState
    not_before: datetime | None = None

    def as_json(self) -> dict[str, str]:
        """Return the message as the contract's JSON object, with `not_before` where it is held."""
        held = {} if self.not_before is None else {"not_before": self.not_before.isoformat()}
        return {"type": self.type.value, "state": self.state.value, **held}


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one file."""

    file: str
    state: FlowState
    assessment: Assessment
    papers: tuple[str, ...]
    messages: tuple[RehearsedMessage, ...]
    journal: tuple[dict[str, object], ...]
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, object]:
        """Return the report as the contract's JSON object."""
        risk = self.assessment.risk
        return {
            "file": self.file,
            "state": self.state.case_state.value,
            "step": self.state.step.value,
            "risk": {
                "score": risk.score,
                "band": risk.band.value,
                "signals": _ordered(signal.value for signal in risk.signals),
            },
            "findings": [
                {
                    "code": finding.code.value,
                    "severity": finding.severity.value,
                    "step": str(finding.step),
                }
                for finding in self.assessment.findings
            ],
            "papers": list(self.papers),
            "messages": [message.as_json() for message in self.messages],
            "journal": list(self.journal),
            "differences": [
                {"key": item.key, "expected": item.expected, "got": item.got}
                for item in self.differences
            ],
        }


def rehearse(name: str, file: RehearsalFile, troupe: Troupe) -> Report:
    """Play a file and compare its outcome with what it expects."""
    stage = build(file, troupe)
    player = Player(file, stage, stage.performer.life.start(file.counter.clerk))
    player.play()
    assessment = stage.desk.assess(player.state.draft)
    papers = tuple(paper_names(player.printed))
    messages = tuple(_messages(stage, player.state))
    report = Report(
        file=name,
        state=player.state,
        assessment=assessment,
        papers=papers,
        messages=messages,
        journal=tuple(_journal(stage, player.state)),
        differences=(),
    )
    differences = tuple(compare(file.expect, report))
    return Report(name, player.state, assessment, papers, messages, report.journal, differences)


def compare(expect: ExpectTable, report: Report) -> Iterator[Difference]:
    """Yield every expectation that does not hold."""
    state, risk = report.state, report.assessment.risk
    codes = {finding.code for finding in report.assessment.findings}
    got_codes = ", ".join(code.value for code in sorted(codes)) or "none"
    if expect.state is not None and expect.state is not state.case_state:
        yield Difference("state", expect.state.value, state.case_state.value)
    if expect.step is not None and expect.step != state.step.value:
        yield Difference("step", expect.step, state.step.value)
    for code in expect.findings:
        if code not in codes:
            yield Difference("findings", code.value, got_codes)
    for code in expect.absent:
        if code in codes:
            yield Difference("absent", f"no {code.value}", got_codes)
    if expect.risk_band is not None and expect.risk_band is not risk.band:
        yield Difference("risk_band", expect.risk_band.value, risk.band.value)
    yield from _compare_lists(expect, report)


def _compare_lists(expect: ExpectTable, report: Report) -> Iterator[Difference]:
    signals = {signal.value for signal in report.assessment.risk.signals}
    for signal in expect.risk_signals or ():
        if signal.value not in signals:
            yield Difference("risk_signals", signal.value, ", ".join(_ordered(signals)) or "none")
    if expect.papers is not None and expect.papers != report.papers:
        yield Difference("papers", _shown(expect.papers), _shown(report.papers))
    if expect.messages is not None:
        wanted = sorted(kind.value for kind in expect.messages)
        every = sorted(message.type.value for message in report.messages)
        going = sorted(
            message.type.value
            for message in report.messages
            if message.state is not MessageState.VOIDED
        )
        if wanted not in (going, every):
            yield Difference("messages", _shown(wanted), _shown(going))


def _shown(items: tuple[str, ...] | list[str]) -> str:
    return "[" + ", ".join(items) + "]"


def _ordered(signals: Iterator[str] | set[str]) -> list[str]:
    return sorted(signals, key=lambda signal: int(signal[1:]))


def _messages(stage: Stage, state: FlowState) -> Iterator[RehearsedMessage]:
    with stage.store.view() as unit:
        for queued in unit.messages(state.draft.case_id):
            message = queued.message
            yield RehearsedMessage(message.type, queued.state, message.not_before)


def _journal(stage: Stage, state: FlowState) -> Iterator[dict[str, object]]:
    with stage.store.view() as unit:
        for row in unit.case_journal(state.draft.case_id):
            said: dict[str, object] = json.loads(row.record)
            yield {key: said[key] for key in ("at", "actor", "action", "facts") if key in said}
