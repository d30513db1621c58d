"""A CUPS queue.

Measured against cupsd 2.4.2: a job out of paper stays `processing` with a warning; one that the
printer gives up after a jam becomes `canceled` with a report; one for a printer that is switched
off stays `processing` for ever and only the state message tells. `job-impressions-completed`
counts pages that never came out, so it is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

from counter_app.devices.printer.reasons import blocking_reason, low_supplies, says_unreachable
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, PrinterHealth, PrintPhase, PrintState

if TYPE_CHECKING:
    import cups

_CHUNK = 64 * 1024
_RAW = "application/vnd.cups-raw"
_NOT_FOUND = (0x0406, 0x0500)
"""client-error-not-found, and the client library's own answer for a queue that is gone."""
_JOB = ["job-state", "job-printer-state-message", "job-printer-state-reasons"]
_PRINTER = [
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
]
_PRINTER_STOPPED = 5


class JobState(IntEnum):
    """Source: RFC 8011, 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class CupsPrinter:
    """One queue; a connection is made for every question, so cupsd may restart in between.

    Args:
        queue: Name of the queue.
        host: Server, or empty for this machine's own.
        port: Its port; looked at only with a host.
    """

    def __init__(self, queue: str, host: str = "", port: int = 631) -> None:
        self._queue = queue
        self._host = host
        self._port = port

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:
        """Hand the very bytes to the queue; see `ports.paper.Printer`."""
        if not 1 <= copies <= 9:
            raise ValueError("copies: 1 to 9")
        return self._hand_over(pdf, title, "application/pdf", {"copies": str(copies)})

    def submit_raw(self, data: bytes, title: str) -> JobId:
        """Hand bytes to a raw queue, in the printer's own language.

        Raises:
            CounterError: PRINTER_MISSING, PRINTER_OFFLINE, PRINTER_REFUSED.
        """
        return self._hand_over(data, title, _RAW, {})

    def _hand_over(self, data: bytes, title: str, kind: str, options: dict[str, str]) -> JobId:
        with self._connected() as server:
            job = server.createJob(self._queue, title, options)
            server.startDocument(self._queue, job, title, kind, 1)
            for start in range(0, len(data), _CHUNK):
                chunk = data[start : start + _CHUNK]
                server.writeRequestData(chunk, len(chunk))
            server.finishDocument(self._queue)
        return JobId(str(job))

    def state(self, job: JobId) -> PrintState:
        """Ask for a job's state."""
        try:
            with self._connected() as server:
                answer = server.getJobAttributes(int(job), _JOB)
                printer = server.getPrinterAttributes(self._queue, requested_attributes=_PRINTER)
        except CounterError as error:
            is_gone = error.code is FailureCode.PRINTER_MISSING
            return PrintState(PrintPhase.BLOCKED, error.code, goes_on=not is_gone)
        return _state_of(answer, printer)

    def cancel(self, job: JobId) -> None:
        """Take a job back if it still waits."""
        try:
            with self._connected() as server:
                server.cancelJob(int(job))
        except CounterError:
            return

    def health(self) -> PrinterHealth:
        """Ask whether the queue could print now."""
        try:
            with self._connected() as server:
                printer = server.getPrinterAttributes(self._queue, requested_attributes=_PRINTER)
        except CounterError as error:
            return PrinterHealth(self._queue, error.code)
        reasons = _texts(printer.get("printer-state-reasons"))
        return PrinterHealth(self._queue, _trouble(printer), low_supplies(reasons))

    @contextmanager
    def _connected(self) -> Iterator[cups.Connection]:
        import cups

        if self._host:  # createJob looks the queue up at the default server
            cups.setServer(self._host)
            cups.setPort(self._port)
        try:
            yield cups.Connection()
        except RuntimeError as error:
            raise CounterError(FailureCode.PRINTER_OFFLINE, part="spooler") from error
        except (cups.IPPError, cups.HTTPError) as error:
            status = error.args[0] if isinstance(error.args[0], int) else 0
            code = (
                FailureCode.PRINTER_MISSING if status in _NOT_FOUND else FailureCode.PRINTER_REFUSED
            )
            raise CounterError(code, status=status) from error


def _state_of(answer: dict[str, object], printer: dict[str, object]) -> PrintState:
    match _number(answer.get("job-state")):
        case JobState.COMPLETED:
            return PrintState(PrintPhase.DONE_BY_SPOOLER)
        case JobState.CANCELED | JobState.ABORTED:
            reasons = _texts(answer.get("job-printer-state-reasons"))
            code = blocking_reason(reasons, with_reports=True) or FailureCode.PRINTER_REFUSED
            return PrintState(PrintPhase.BLOCKED, code, goes_on=False)
        case JobState.HELD | JobState.STOPPED:
            return PrintState(PrintPhase.BLOCKED, _trouble(printer) or FailureCode.PRINTER_REFUSED)
        case JobState.PROCESSING:
            trouble = _trouble(printer)
            phase = PrintPhase.BLOCKED if trouble else PrintPhase.PRINTING
            return PrintState(phase, trouble)
        case _:
            trouble = _trouble(printer)
            return PrintState(PrintPhase.BLOCKED if trouble else PrintPhase.QUEUED, trouble)


def _trouble(printer: dict[str, object]) -> FailureCode | None:
    reason = blocking_reason(_texts(printer.get("printer-state-reasons")))
    if reason:
        return reason
    if says_unreachable(str(printer.get("printer-state-message", ""))):
        return FailureCode.PRINTER_OFFLINE
    if _number(printer.get("printer-state")) == _PRINTER_STOPPED:
        return FailureCode.PRINTER_OFFLINE
    if printer.get("printer-is-accepting-jobs") is False:
        return FailureCode.PRINTER_REFUSED
    return None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(item) for item in value] if isinstance(value, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
