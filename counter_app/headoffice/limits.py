"""Keeping intake calm: body sizes, and how many requests a counter may make.

A counter that is told to come back is told a random time, so that a region coming back after an
outage spreads out by itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counter_app.headoffice.problems import RefusedError, problem_response
from counter_app.wire.answers import ProblemKind
from counter_app.wire.jose import MAX_BLOB_BYTES

MAX_BODY = MAX_BLOB_BYTES * 4 // 3 + 65_536
MAX_MESSAGE = 1024 * 1024
MAX_FORM = 64 * 1024


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one counter may go.

    Attributes:
        per_s: Requests a second in the long run.
        burst: Requests at once after a quiet time.
        together: Requests under way at once, of all counters.
        spread_s: Shortest and longest time a counter is sent away for.
    """

    per_s: float = 100.0
    burst: int = 2_000
    together: int = 128
    spread_s: tuple[int, int] = (5, 60)


class Gate:
    """Lets requests in or sends them away."""

    def __init__(
        self, pace: Pace, monotonic: Callable[[], float], chance: Callable[[], float]
    ) -> None:
        self._pace = pace
        self._monotonic = monotonic
        self._chance = chance
        self._tokens: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._inside = 0

    def enter(self, counter: str) -> None:
        """Count a request in.

        Raises:
            RefusedError: BUSY, with the seconds to wait.
        """
        if self._inside >= self._pace.together or not self._take(counter):
            low, high = self._pace.spread_s
            after = low + round((high - low) * self._chance())
            raise RefusedError(ProblemKind.BUSY, retry_after_s=after)
        self._inside += 1

    def leave(self) -> None:
        """Count a request out."""
        self._inside -= 1

    def _take(self, counter: str) -> bool:
        now = self._monotonic()
        tokens, at = self._tokens.pop(counter, (float(self._pace.burst), now))
        tokens = min(self._pace.burst, tokens + (now - at) * self._pace.per_s)
        allowed = tokens >= 1
        self._tokens[counter] = (tokens - 1 if allowed else tokens, now)
        while len(self._tokens) > 100_000:
            self._tokens.popitem(last=False)
        return allowed


class BodyLimit:
    """Ends a request whose body is larger than anything its path is for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or _has_its_own(scope["path"]):
            await self._app(scope, receive, send)
            return
        most = largest_body(scope["path"])
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > most:
            await problem_response(ProblemKind.TOO_LARGE)(scope, receive, send)
            return
        await self._app(scope, _counting(receive, most), send)


def largest_body(path: str) -> int:
    """Return how many bytes a request to a path may bring."""
    if path.startswith("/v1/blobs/"):
        return MAX_BODY
    return MAX_FORM if path.startswith("/review") else MAX_MESSAGE


def _has_its_own(path: str) -> bool:
    """Name the one page that answers a body that is too large with words for a person."""
    return path.startswith("/review/cases/") and path.endswith("/receipt")


def _counting(receive: Receive, most: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise RefusedError(ProblemKind.TOO_LARGE)
        return message

    return counted
