"""A seal that a vendor's service puts on: SM2 (GB/T 38540) or whatever the institution has.

The service gets the finished file and answers with the same bytes and its signature behind them.
docs/seal-service.md describes it for vendors; `days_left` comes from the answer's certificate.
"""

from __future__ import annotations

import json

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.receipt.posting import Answer, post

PDF = "application/pdf"
JSON = "application/json"
MOST_BYTES = 25 * 1024 * 1024
_CODES = {
    401: FailureCode.SEAL_PIN_WRONG,
    404: FailureCode.SEAL_KEY_MISSING,
    409: FailureCode.SEAL_CERTIFICATE_EXPIRED,
}
"""What a refusal of the service means at the counter; anything else is SEAL_FAILED."""


class ServiceSeal:
    """Seals through a service.

    Args:
        address: Of the service; `/seal` and `/state` lie below it.
        clock: Its day is sent along, so that a service may refuse a clock that is far off.
    """

    def __init__(self, address: str, clock: Clock) -> None:
        self._address = address.rstrip("/")
        self._clock = clock

    def seal(self, pdf: bytes) -> bytes:
        """Seal a paper; see `ports.paper.Seal`."""
        answer = self._ask("seal", pdf, PDF)
        if not answer.body.startswith(pdf) or len(answer.body) == len(pdf):
            raise CounterError(FailureCode.SEAL_FAILED, part="service", cause="other_bytes")
        return answer.body

    def days_left(self) -> int:
        """Whole days until the service's certificate ends; negative when it has ended."""
        told = json.dumps({"at": self._clock.now().isoformat()}).encode()
        answer = self._ask("state", told, JSON)
        try:
            days = json.loads(answer.body)["days_left"]
        except (ValueError, KeyError, TypeError) as error:
            raise CounterError(FailureCode.SEAL_FAILED, part="service") from error
        if type(days) is not int:
            raise CounterError(FailureCode.SEAL_FAILED, part="service", cause="days")
        return days

    def _ask(self, what: str, body: bytes, kind: str) -> Answer:
        try:
            answer = post(f"{self._address}/{what}", body, kind, MOST_BYTES)
        except (OSError, ValueError) as error:
            raise CounterError(FailureCode.SEAL_FAILED, part="service") from error
        if answer.status != 200:
            code = _CODES.get(answer.status, FailureCode.SEAL_FAILED)
            raise CounterError(code, part="service", status=answer.status)
        return answer
