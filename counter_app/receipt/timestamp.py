"""Timestamps of a service. Source: RFC 3161, 2.4 (request and response), 3.4 (over HTTP)."""

from __future__ import annotations

import asyncio

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from counter_app.receipt.posting import post

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"
MOST_BYTES = 256 * 1024


class HttpTimeStamper(TimeStamper):
    """Asks a timestamp service.

    Args:
        address: `https://…`, or `http://…` on this machine.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()  # type: ignore[no-untyped-call] # pyHanko leaves it untyped

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask for one timestamp; pyHanko checks what comes back."""
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, query: bytes) -> tsp.TimeStampResp:
        try:
            answer = post(self._address, query, QUERY, MOST_BYTES)
        except (OSError, ValueError) as error:
            raise TimestampRequestError("the timestamp service does not answer") from error
        if answer.status != 200 or answer.kind != REPLY:
            raise TimestampRequestError("the timestamp service refused")
        return tsp.TimeStampResp.load(answer.body)
