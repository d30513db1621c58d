"""The system's default queue, looked for at each paper, so that one connected later counts."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, Printer, PrinterHealth, PrintPhase, PrintState


class DefaultPrinter:
    """Prints on whichever queue is the system's default at that moment.

    Args:
        default_queue: Returns the queue's name; empty for none.
        spare: Takes papers where there is no queue; None where papers may lie nowhere else.
    """

    def __init__(self, default_queue: Callable[[], str], spare: Printer | None) -> None:
        self._default_queue = default_queue
        self._spare = spare
        self._queues: dict[str, Printer] = {}
        self._took: dict[JobId, Printer] = {}

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:
        """Hand a paper to the queue of this moment.

        Raises:
            CounterError: PRINTER_MISSING, PRINTER_REFUSED; DISK_FULL from the spare.
        """
        printer = self._printer()
        if printer is None:
            raise CounterError(FailureCode.PRINTER_MISSING)
        job = printer.submit(pdf, title, copies)
        self._took[job] = printer
        return job

    def state(self, job: JobId) -> PrintState:
        """Ask the queue that took the job."""
        printer = self._took.get(job) or self._printer()
        if printer is None:
            return PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_MISSING, goes_on=False)
        return printer.state(job)

    def cancel(self, job: JobId) -> None:
        """Cancel at the queue that took the job."""
        printer = self._took.pop(job, None)
        if printer is not None:
            printer.cancel(job)

    def health(self) -> PrinterHealth:
        """Say how the queue of this moment is."""
        printer = self._printer()
        if printer is None:
            return PrinterHealth("", FailureCode.PRINTER_MISSING)
        return printer.health()

    def _printer(self) -> Printer | None:
        name = self._default_queue()
        if not name:
            return self._spare
        if name not in self._queues:
            from counter_app.devices.printer.cups_printer import CupsPrinter

            self._queues[name] = CupsPrinter(name)
        return self._queues[name]
