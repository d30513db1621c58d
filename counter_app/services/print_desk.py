"""Sending papers to the printer and following them; only the clerk's word proves paper."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.outcomes import PaperLine
from counter_app.ports.paper import JobId, Printer, PrintPhase, PrintState
from counter_app.ports.stop import Stop

FOLLOW_S = 8.0
POLL_S = 0.2


@dataclass(slots=True)
class PrintDesk:
    """Prints one paper after the other.

    A job that goes on by itself once its cause is gone (paper refilled) is followed again, never
    submitted twice, also when it came out before anybody asked again.
    """

    printer: Printer
    follow_s: float = FOLLOW_S
    _jobs: dict[tuple[str, PaperKind], JobId] = field(default_factory=dict)

    def print(
        self, number: str, kind: PaperKind, parts: tuple[bytes, ...], copies: int, stop: Stop
    ) -> PaperLine:
        """Print a paper and say where it stands.

        Args:
            number: The paper's number; the job's title.
            kind: Which paper.
            parts: PDFs in order; a reprint has its counted sheet first.
            copies: How many of each.
            stop: Ends the following; the job itself goes on.
        """
        try:
            job = self._jobs.get((number, kind))
            if job is None or _is_given_up(self.printer.state(job)):
                for part in parts:
                    job = self.printer.submit(part, number, copies)
                assert job is not None
                self._jobs[number, kind] = job
            failure = self._followed(job, stop)
            if failure is None:
                del self._jobs[number, kind]
            return PaperLine(kind, failure)
        except CounterError as error:
            return PaperLine(kind, error.code)

    def is_followed(self, number: str, kind: PaperKind) -> bool:
        """Say whether a job of this paper is under way, or came out since it was last asked for."""
        job = self._jobs.get((number, kind))
        return job is not None and not _is_given_up(self.printer.state(job))

    def _followed(self, job: JobId, stop: Stop) -> FailureCode | None:
        until = time.monotonic() + self.follow_s
        while True:
            state = self.printer.state(job)
            if state.phase is PrintPhase.DONE_BY_SPOOLER:
                return None
            if state.phase is PrintPhase.BLOCKED:
                return state.reason or FailureCode.PRINTER_REFUSED
            if time.monotonic() > until or stop.wait(POLL_S):
                return FailureCode.TIMED_OUT


def _is_given_up(state: PrintState) -> bool:
    return state.phase is PrintPhase.BLOCKED and not state.goes_on
