"""A printer of the Windows spooler, through a small seam that tests replace.

Most Windows drivers do not take PDF, so the pages are drawn to the printer's device context. The
spooler calls a job "printed" when the driver has taken it, so that is never taken as proof.
Source: Microsoft, Print Spooler API: JOB_INFO_1.Status, PRINTER_INFO_6.dwStatus (values below).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag
from typing import Protocol

import pypdfium2

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, PrinterHealth, PrintPhase, PrintState

DPI = 300


class JobStatus(IntFlag):
    """JOB_STATUS_* of winspool.h."""

    PAUSED = 0x1
    ERROR = 0x2
    DELETING = 0x4
    SPOOLING = 0x8
    PRINTING = 0x10
    OFFLINE = 0x20
    PAPEROUT = 0x40
    PRINTED = 0x80
    DELETED = 0x100
    BLOCKED_DEVQ = 0x200
    USER_INTERVENTION = 0x400
    COMPLETE = 0x1000


class PrinterStatus(IntFlag):
    """PRINTER_STATUS_* of winspool.h."""

    PAUSED = 0x1
    ERROR = 0x2
    PAPER_JAM = 0x8
    PAPER_OUT = 0x10
    PAPER_PROBLEM = 0x40
    OFFLINE = 0x80
    OUTPUT_BIN_FULL = 0x800
    NOT_AVAILABLE = 0x1000
    TONER_LOW = 0x20000
    NO_TONER = 0x40000
    USER_INTERVENTION = 0x100000
    DOOR_OPEN = 0x400000
    SERVER_UNKNOWN = 0x800000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page to print: grey, one byte a pixel, rows of `width_px` bytes from the top."""

    width_px: int
    height_px: int
    grey: bytes = field(repr=False)


class Spooler(Protocol):
    """The few spooler calls that are needed; each raises OSError with the system's code."""

    def print_pages(
        self, printer: str, title: str, pages: tuple[PagePicture, ...], copies: int
    ) -> int:
        """Start a document, draw the pages at `DPI`, end it; return the job's number."""
        ...

    def job_status(self, printer: str, job: int) -> int | None:
        """Return JOB_INFO_1.Status, or None when the spooler does not know the job any more."""
        ...

    def printer_status(self, printer: str) -> int:
        """Return PRINTER_INFO_6.dwStatus."""
        ...

    def delete_job(self, printer: str, job: int) -> None:
        """Delete a job."""
        ...


_PRINTER_TROUBLE = (
    (PrinterStatus.PAPER_JAM | PrinterStatus.DOOR_OPEN, FailureCode.PRINTER_JAM),
    (PrinterStatus.PAPER_OUT | PrinterStatus.PAPER_PROBLEM, FailureCode.PRINTER_OUT_OF_PAPER),
    (
        PrinterStatus.OFFLINE
        | PrinterStatus.NOT_AVAILABLE
        | PrinterStatus.SERVER_UNKNOWN
        | PrinterStatus.PAUSED,
        FailureCode.PRINTER_OFFLINE,
    ),
    (
        PrinterStatus.ERROR
        | PrinterStatus.NO_TONER
        | PrinterStatus.OUTPUT_BIN_FULL
        | PrinterStatus.USER_INTERVENTION,
        FailureCode.PRINTER_REFUSED,
    ),
)
_JOB_TROUBLE = (
    (JobStatus.PAPEROUT, FailureCode.PRINTER_OUT_OF_PAPER),
    (JobStatus.OFFLINE | JobStatus.PAUSED, FailureCode.PRINTER_OFFLINE),
    (
        JobStatus.ERROR | JobStatus.BLOCKED_DEVQ | JobStatus.USER_INTERVENTION,
        FailureCode.PRINTER_REFUSED,
    ),
)
_ERROR_INVALID_PRINTER_NAME = 1801


class WindowsPrinter:
    """One printer of the Windows spooler.

    Args:
        name: As Windows shows it.
        spooler: The system's, see `win32_spooler`.
    """

    def __init__(self, name: str, spooler: Spooler) -> None:
        self._name = name
        self._spooler = spooler

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:
        """Draw the pages to the printer; see `ports.paper.Printer`."""
        pages = _pictures(pdf)
        try:
            job = self._spooler.print_pages(self._name, title, pages, copies)
        except OSError as error:
            raise CounterError(_code_of(error), status=_status(error)) from error
        return JobId(str(job))

    def state(self, job: JobId) -> PrintState:
        """Ask for a job's state.

        A job the spooler no longer lists has left it: DONE_BY_SPOOLER.
        """
        try:
            status = self._spooler.job_status(self._name, int(job))
            trouble = _trouble(self._spooler.printer_status(self._name))
        except OSError as error:
            return PrintState(PrintPhase.BLOCKED, _code_of(error))
        return _state_of(status, trouble)

    def cancel(self, job: JobId) -> None:
        """Take a job back if it still waits."""
        try:
            self._spooler.delete_job(self._name, int(job))
        except OSError:
            return

    def health(self) -> PrinterHealth:
        """Ask whether the printer could print now."""
        try:
            status = self._spooler.printer_status(self._name)
        except OSError as error:
            return PrinterHealth(self._name, _code_of(error))
        low = ("toner",) if status & PrinterStatus.TONER_LOW else ()
        return PrinterHealth(self._name, _trouble(status), low)


def _state_of(status: int | None, trouble: FailureCode | None) -> PrintState:
    if status is None or status & (JobStatus.PRINTED | JobStatus.COMPLETE):
        return PrintState(PrintPhase.DONE_BY_SPOOLER)
    if status & (JobStatus.DELETING | JobStatus.DELETED):
        return PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_REFUSED, goes_on=False)
    for bits, code in _JOB_TROUBLE:
        if status & bits:
            specific = trouble if code is FailureCode.PRINTER_REFUSED and trouble else code
            return PrintState(PrintPhase.BLOCKED, specific)
    if trouble:
        return PrintState(PrintPhase.BLOCKED, trouble)
    is_printing = bool(status & JobStatus.PRINTING)
    return PrintState(PrintPhase.PRINTING if is_printing else PrintPhase.QUEUED)


def _trouble(status: int) -> FailureCode | None:
    return next((code for bits, code in _PRINTER_TROUBLE if status & bits), None)


def _pictures(pdf: bytes) -> tuple[PagePicture, ...]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise CounterError(FailureCode.PRINTER_REFUSED, reason="pdf") from error
    try:
        pictures = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    return tuple(
        PagePicture(picture.width, picture.height, picture.tobytes()) for picture in pictures
    )


def _code_of(error: OSError) -> FailureCode:
    is_missing = _status(error) == _ERROR_INVALID_PRINTER_NAME
    return FailureCode.PRINTER_MISSING if is_missing else FailureCode.PRINTER_REFUSED


def _status(error: OSError) -> int:
    return getattr(error, "winerror", None) or error.errno or 0
