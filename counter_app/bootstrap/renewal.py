"""Renewing this counter's certificate in good time, while the present one still holds."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from counter_app.backoffice.enrolment import EnrolmentFiles, is_renewal_due, renew
from counter_app.backoffice.transport import OfficeAddress
from counter_app.errors import CounterError
from counter_app.ports.clock import Clock
from counter_app.ports.stop import Stop

log = logging.getLogger(__name__)
EVERY_S = 3600.0
AGAIN_S = 300.0
"""When it is tried again after head office was not reached."""


@dataclass(slots=True)
class CertificateKeeping:
    """Keeps a running sender in possession of a certificate that holds.

    It fetches the next one once two thirds of the present one's life are over: without that a
    counter that works every day would be shut out after three months. And it notices one that a
    person fetched meanwhile with a code.

    Attributes:
        address: Says where head office is and who we are by now.
        changed: Called when there is another certificate than before.
        stop: Ends a renewal early.
        tick: Seconds that only grow.
    """

    address: Callable[[], OfficeAddress]
    files: EnrolmentFiles
    changed: Callable[[OfficeAddress], None]
    clock: Clock
    stop: Stop
    tick: Callable[[], float] = time.monotonic
    _next_s: float = 0.0
    _stamp: int | None = None

    def __post_init__(self) -> None:
        self._stamp = self._present()

    def run_if_due(self) -> None:
        """Look; a failure harms nothing, what was there goes on."""
        try:
            self._notice()
            if self._stamp is not None and self.tick() >= self._next_s:
                self._next_s = self.tick() + AGAIN_S
                self._renew_if_due()
                self._next_s = self.tick() + EVERY_S
        except CounterError as error:
            log.info("certificate left as it is: code=%s", error.code.value)

    def _notice(self) -> None:
        present = self._present()
        if present == self._stamp:
            return
        self._stamp = present
        self.changed(self.address())
        log.info("another certificate is used from now on")

    def _renew_if_due(self) -> None:
        if not is_renewal_due(self.files.certificate, self.clock.now()):
            return
        made = renew(self.address(), self.files, self.stop)
        self._notice()
        log.info("certificate renewed: until=%s", made.not_after.date().isoformat())

    def _present(self) -> int | None:
        try:
            return self.files.certificate.stat().st_mtime_ns
        except OSError:
            return None
