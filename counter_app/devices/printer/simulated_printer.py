"""A printer that exists only here, and fails on request, for rehearsals and demonstrations."""

from __future__ import annotations

import threading
from enum import StrEnum

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, PrinterHealth, PrintPhase, PrintState


class PrinterFault(StrEnum):
    """What is wrong with the simulated printer; the names of rehearsal files."""

    OK = "ok"
    OUT_OF_PAPER = "out_of_paper"
    JAM = "jam"
    OFFLINE = "offline"


_CODES = {
    PrinterFault.OUT_OF_PAPER: FailureCode.PRINTER_OUT_OF_PAPER,
    PrinterFault.JAM: FailureCode.PRINTER_JAM,
    PrinterFault.OFFLINE: FailureCode.PRINTER_OFFLINE,
}


class SimulatedPrinter:
    """Behaves as a CUPS queue was seen to: paper out and offline wait, a jam gives the job up.

    Args:
        environment: As in the settings; "production" is refused.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """

    def __init__(self, environment: str) -> None:
        if environment == "production":
            raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, part="printer")
        self._lock = threading.Lock()
        self._fault = PrinterFault.OK
        self._states: dict[JobId, PrintState] = {}
        self._papers: dict[JobId, tuple[str, bytes, int]] = {}
        self._printed: list[JobId] = []

    def set_fault(self, fault: PrinterFault) -> None:
        """Break or mend the printer; waiting jobs print when it is mended."""
        with self._lock:
            self._fault = fault
            for job, state in self._states.items():
                if state.phase is not PrintPhase.DONE_BY_SPOOLER and state.goes_on:
                    self._advance(job)

    def printed(self) -> tuple[tuple[str, bytes, int], ...]:
        """List what came out, in order: title, bytes, copies."""
        with self._lock:
            return tuple(self._papers[job] for job in self._printed)

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:
        """Take a paper; it prints at once unless something is wrong."""
        with self._lock:
            job = JobId(f"simulated-{len(self._papers) + 1}")
            self._papers[job] = (title, pdf, copies)
            self._advance(job)
            return job

    def state(self, job: JobId) -> PrintState:
        """Ask for a job's state."""
        lost = PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_REFUSED, goes_on=False)
        with self._lock:
            return self._states.get(job, lost)

    def cancel(self, job: JobId) -> None:
        """Take a waiting job back."""
        with self._lock:
            state = self._states.get(job)
            if state and state.phase is not PrintPhase.DONE_BY_SPOOLER:
                refused = FailureCode.PRINTER_REFUSED
                self._states[job] = PrintState(PrintPhase.BLOCKED, refused, goes_on=False)

    def health(self) -> PrinterHealth:
        """Say what is wrong now."""
        with self._lock:
            return PrinterHealth("simulated", _CODES.get(self._fault))

    def _advance(self, job: JobId) -> None:
        code = _CODES.get(self._fault)
        if code is None:
            self._states[job] = PrintState(PrintPhase.DONE_BY_SPOOLER)
            self._printed.append(job)
            return
        goes_on = self._fault is not PrinterFault.JAM
        self._states[job] = PrintState(PrintPhase.BLOCKED, code, goes_on=goes_on)
