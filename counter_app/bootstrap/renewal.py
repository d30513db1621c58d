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
from counter_app.ports.stop import never

log = logging.getLogger(__name__)
EVERY_S = 3600.0
AGAIN_S = 300.0
"""When it is tried again after head office was not reached."""


@dataclass(slots=True)
class CertificateRenewal:
    """Fetches the next certificate once two thirds of the present one's life are over.

    Without it a counter that works every day would be shut out after three months.

    Attributes:
        renewed: Called when a new certificate is in its place.
        tick: Seconds that only grow.
    """

    address: OfficeAddress
    files: EnrolmentFiles
    renewed: Callable[[], None]
    clock: Clock
    tick: Callable[[], float] = time.monotonic
    _next_s: float = 0.0

    def run_if_due(self) -> None:
        """Look once an hour; a failure harms nothing, the present certificate goes on."""
        tick = self.tick()
        if self.address.certificate is None or tick < self._next_s:
            return
        try:
            self._renew_if_due()
            self._next_s = tick + EVERY_S
        except CounterError as error:
            log.info("certificate not renewed yet: code=%s", error.code.value)
            self._next_s = tick + AGAIN_S

    def _renew_if_due(self) -> None:
        if not is_renewal_due(self.files.certificate, self.clock.now()):
            return
        made = renew(self.address, self.files, never())
        self.renewed()
        log.info("certificate renewed: until=%s", made.not_after.date().isoformat())
