"""Paper: drawing it, sealing it, judging it and getting it out of a printer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from counter_app.domain.coverage import Coverage
from counter_app.domain.paper import PaperKind, PaperRecord
from counter_app.domain.paper_verdict import Verdict
from counter_app.errors import FailureCode

JobId = NewType("JobId", str)


@dataclass(frozen=True, slots=True)
class Paper:
    """One finished paper, not yet sealed.

    Attributes:
        pdf: PDF/A-3b; receipts and notices carry their record as `receipt.json`.
        record_sha256: Lower-case hex of the record's canonical bytes.
        number: What the code on the page names.
    """

    kind: PaperKind
    number: str
    pdf: bytes = field(repr=False)
    record_sha256: str
    pages: int


class PaperMaker(Protocol):
    """Draws papers; the same record always gives the same pages."""

    def make(self, record: PaperRecord) -> Paper:
        """Draw a paper.

        Raises:
            CounterError: GLYPH_MISSING (facts: count, first code point), FONT_MISSING.
        """
        ...

    def preview(self, record: PaperRecord, width_px: int) -> tuple[bytes, ...]:
        """Draw the pages as PNG with 草稿 无效 across them; never on paper.

        Raises:
            CounterError: GLYPH_MISSING, FONT_MISSING.
        """
        ...

    def strip(self, record: PaperRecord) -> bytes:
        """Draw the 80 mm strip as a 1-bit PNG, 576 px wide (72 mm at 203 dpi).

        Raises:
            CounterError: GLYPH_MISSING, FONT_MISSING.
        """
        ...

    def reprint_sheet(self, sealed: bytes, count: int, by: str, at_text: str) -> bytes:
        """Make the counted 补打 sheet that goes before the unchanged sealed bytes.

        Args:
            sealed: The sealed paper as it was first printed.
            count: 1 for the first reprint.
            by: Staff number of who reprints.
            at_text: Time of the reprint as shown, Asia/Shanghai.

        Returns:
            A PDF to be printed together with `sealed`; `sealed` itself stays as it is.
        """
        ...

    def coverage(self) -> Coverage:
        """Return every character that a paper can show; the rules ask it before acceptance.

        Raises:
            CounterError: FONT_MISSING.
        """
        ...


class Seal(Protocol):
    """Seals a finished paper with the branch's key.

    A vendor's SM2 service (GB/T 38540 seals) fits here: it takes the finished PDF and returns the
    same bytes with its signature appended; the record, the code and the page stay as they are, so
    only the seal's own check in `Verifier` needs the vendor's counterpart.
    """

    def seal(self, pdf: bytes) -> bytes:
        """Return the sealed bytes; the given bytes are their beginning.

        Raises:
            CounterError: SEAL_KEY_MISSING, SEAL_PIN_WRONG, SEAL_CERTIFICATE_EXPIRED, SEAL_FAILED.
        """
        ...

    def days_left(self) -> int:
        """Days until the branch certificate ends; warn from 30 on, negative when it has ended."""
        ...


class Extender(Protocol):
    """Makes a seal outlive its certificate, once the counter is online."""

    def extend(self, sealed: bytes, now: datetime) -> bytes:
        """Return the sealed bytes with validation data (B-LT, B-LTA) behind them.

        Raises:
            CounterError: SEAL_FAILED: not possible now; TRUST_MISSING, SETTINGS_INVALID: the
                trusted certificates.
        """
        ...


class Verifier(Protocol):
    """Judges a paper offline."""

    def verify(self, data: bytes) -> Verdict:
        """Judge a sealed PDF, the text of a code, or a picture of a page with its code.

        Raises:
            CounterError: RECEIPT_UNREADABLE: neither a PDF nor a picture nor a code.
        """
        ...


class PrintPhase(StrEnum):
    """Where a print job stands; only the clerk can say that paper came out."""

    QUEUED = "QUEUED"
    PRINTING = "PRINTING"
    BLOCKED = "BLOCKED"
    DONE_BY_SPOOLER = "DONE_BY_SPOOLER"


@dataclass(frozen=True, slots=True)
class PrintState:
    """State of a job.

    Attributes:
        reason: Why it is blocked, else None: PRINTER_OUT_OF_PAPER, PRINTER_JAM, PRINTER_OFFLINE,
            PRINTER_MISSING or PRINTER_REFUSED.
        goes_on: The job prints by itself once the cause is gone; False: submit it again.
    """

    phase: PrintPhase
    reason: FailureCode | None = None
    goes_on: bool = True


@dataclass(frozen=True, slots=True)
class PrinterHealth:
    """What the health strip shows.

    Attributes:
        reason: None when ready, else as in `PrintState`.
        low: Supplies that run low, as the printer names them ("media", "toner").
    """

    name: str
    reason: FailureCode | None = None
    low: tuple[str, ...] = ()


class Printer(Protocol):
    """A printer as the operating system offers it. No call waits for paper."""

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:
        """Hand the very bytes to the spooler.

        Args:
            pdf: A whole PDF.
            title: The paper's number; spoolers show and log it, so never a name.
            copies: 1 to 9.

        Raises:
            CounterError: PRINTER_MISSING, PRINTER_OFFLINE, PRINTER_REFUSED.
        """
        ...

    def state(self, job: JobId) -> PrintState:
        """Ask for a job's state; an unknown job is BLOCKED with PRINTER_REFUSED."""
        ...

    def cancel(self, job: JobId) -> None:
        """Take a job back if it still waits; a finished or unknown job is left alone."""
        ...

    def health(self) -> PrinterHealth:
        """Ask whether the printer could print now; never raises."""
        ...


class StripPrinter(Protocol):
    """An 80 mm thermal printer."""

    def print_strip(self, png: bytes) -> None:
        """Print a strip of `PaperMaker.strip` and cut it; takes about a second.

        Raises:
            CounterError: PRINTER_OFFLINE, PRINTER_OUT_OF_PAPER, PRINTER_REFUSED.
        """
        ...

    def health(self) -> PrinterHealth:
        """Ask for paper and readiness; never raises."""
        ...
