"""What a printer complains of, as IPP keywords and as Windows status bits.

Source: RFC 8011, 5.4.12 (printer-state-reasons: keyword and optional suffix -report, -warning,
-error; CUPS turns a printer's -error into -warning, so the suffix says little);
PWG 5100.9 for the keywords of the supplies.
"""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.errors import FailureCode

_BLOCKING = (
    ("media-jam", FailureCode.PRINTER_JAM),
    ("cover-open", FailureCode.PRINTER_JAM),
    ("door-open", FailureCode.PRINTER_JAM),
    ("interlock-open", FailureCode.PRINTER_JAM),
    ("media-empty", FailureCode.PRINTER_OUT_OF_PAPER),
    ("media-needed", FailureCode.PRINTER_OUT_OF_PAPER),
    ("input-tray-missing", FailureCode.PRINTER_OUT_OF_PAPER),
    ("input-media-supply-empty", FailureCode.PRINTER_OUT_OF_PAPER),
    ("offline", FailureCode.PRINTER_OFFLINE),
    ("timed-out", FailureCode.PRINTER_OFFLINE),
    ("shutdown", FailureCode.PRINTER_OFFLINE),
    ("paused", FailureCode.PRINTER_OFFLINE),
    ("toner-empty", FailureCode.PRINTER_REFUSED),
    ("marker-supply-empty", FailureCode.PRINTER_REFUSED),
    ("marker-waste-full", FailureCode.PRINTER_REFUSED),
    ("output-area-full", FailureCode.PRINTER_REFUSED),
    ("spool-area-full", FailureCode.PRINTER_REFUSED),
)
_LOW = ("media-low", "input-media-supply-low", "toner-low", "marker-supply-low")
_UNREACHABLE = ("may not exist", "unavailable", "unable to locate", "not responding", "offline")
"""Words of CUPS' backends for a printer that does not answer; they set no reason for it."""


def blocking_reason(reasons: Iterable[str], *, with_reports: bool = False) -> FailureCode | None:
    """Find the first reason that keeps paper from coming out.

    Args:
        reasons: IPP keywords with or without suffix.
        with_reports: Also believe `-report`, which may be left over from an earlier job; right
            for a job that the printer has already given up.
    """
    present = [reason for reason in reasons if with_reports or not reason.endswith("-report")]
    for prefix, code in _BLOCKING:
        if any(reason.startswith(prefix) for reason in present):
            return code
    return None


def low_supplies(reasons: Iterable[str]) -> tuple[str, ...]:
    """List what runs low, as the keywords' first words ("media", "toner", "marker")."""
    found = (reason.split("-")[0] for reason in reasons if reason.startswith(_LOW))
    return tuple(dict.fromkeys(found))


def says_unreachable(message: str) -> bool:
    """Say whether a printer-state-message tells that the printer does not answer."""
    return any(words in message.lower() for words in _UNREACHABLE)
