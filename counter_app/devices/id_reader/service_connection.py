"""The way to a reader through its vendor's HTTP service on this computer."""

from __future__ import annotations

import asyncio
import ipaddress
import random
import ssl
import time
from contextlib import suppress

import httpx2

from counter_app.devices.id_reader.connection import Connect, OnProgress
from counter_app.devices.id_reader.sam_v import TimeLimits
from counter_app.devices.id_reader.service_record import (
    LONGEST_ANSWER,
    ServiceAnswer,
    card_of,
    parse_answer,
)
from counter_app.domain.resident_card import ResidentCard
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import ReadPhase, ReadProgress
from counter_app.ports.stop import Stop

DEFAULT_SERVICE = "http://127.0.0.1:19196"

_LOOK_S = 0.1
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody and loads no certificates: the service speaks plain HTTP on loopback."""
_CONNECT_LIMIT_S = 1.0
_CLOSE_LIMIT_S = 0.3
_FIRST_FAILURES = {FailureCode.READER_LOST: FailureCode.READER_MISSING}


class ServiceConnection:
    """A service that has opened its reader.

    What it tells is checked like a chip's record but is no proof that a chip was read, so every
    card carries `Evidence.LOCAL_SERVICE`.
    """

    def __init__(self, address: str, limits: TimeLimits) -> None:
        self._address = address
        self._limits = limits

    @property
    def name(self) -> str:
        """`service`, address."""
        return f"service {self._address}"

    @property
    def module_number(self) -> str:
        """Empty: the service does not tell it."""
        return ""

    def wait(self, stop: Stop, on_progress: OnProgress, last_identity: str | None) -> ResidentCard:
        """Ask the service for a card until it has one."""
        told: ReadPhase | None = None
        while True:
            card = self._card(stop)
            is_last = card is not None and card.identity == last_identity
            if card is not None and not is_last:
                on_progress(ReadProgress(0, 0, ReadPhase.DONE))
                return card
            last_identity = last_identity if is_last else None
            phase = ReadPhase.SAME_CARD if is_last else ReadPhase.WAITING
            if phase is not told:
                told = phase
                on_progress(ReadProgress(0, 0, phase))
            if stop.wait(self._limits.same_card_s if is_last else self._limits.poll_s):
                raise CounterError(FailureCode.STOPPED)

    def check(self, stop: Stop) -> None:
        """Ask the service to open its reader, which it may do again and again."""
        answer = self.ask("OpenDevice", stop)
        if answer.flag < 0:
            raise CounterError(FailureCode.READER_MISSING, transport=self.name, flag=answer.flag)

    def close(self) -> None:
        """Ask the service to let go of the reader; one that has gone needs no telling."""
        with suppress(CounterError):
            self.ask("CloseDevice", _Patience(_CLOSE_LIMIT_S))

    def ask(self, request: str, stop: Stop) -> ServiceAnswer:
        """Send one request and wait for its answer.

        Raises:
            CounterError: READER_LOST, READER_NO_ANSWER, READER_GARBLED, STOPPED.
        """
        url = f"{self._address}/{request}&t={random.random():.16f}"  # noqa: S311 -- cache buster
        return parse_answer(asyncio.run(_fetched(url, self._limits.read_s, stop)))

    def _card(self, stop: Stop) -> ResidentCard | None:
        answer = self.ask("readcard", stop)
        return card_of(answer) if answer.flag >= 0 else None


def over_service(address: str, limits: TimeLimits) -> Connect:
    """Return what connects to a service.

    Args:
        address: `http://`, a loopback address in digits, a port.
        limits: An answer may take as long as a read.

    Raises:
        CounterError: SETTINGS_INVALID.
    """
    if not _is_loopback(address):
        raise CounterError(FailureCode.SETTINGS_INVALID, setting="id_reader", reason="address")

    def connect(stop: Stop) -> ServiceConnection:
        connection = ServiceConnection(address, limits)
        try:
            connection.check(stop)
        except CounterError as error:
            code = _FIRST_FAILURES.get(error.code, error.code)
            raise CounterError(code, **error.facts) from error
        return connection

    return connect


def _is_loopback(address: str) -> bool:
    try:
        url = httpx2.URL(address)
        is_loopback = ipaddress.ip_address(url.host).is_loopback
    except (httpx2.InvalidURL, ValueError):
        return False
    return is_loopback and url.scheme == "http" and url.path in {"", "/"} and not url.query


async def _fetched(url: str, limit_s: float, stop: Stop) -> bytes:
    """Fetch an answer; a stop ends the wait at once."""
    request = asyncio.create_task(_body(url, limit_s))
    while not request.done():
        await asyncio.wait({request}, timeout=_LOOK_S)
        if stop.is_set():
            request.cancel()
            with suppress(asyncio.CancelledError, CounterError):
                await request
            raise CounterError(FailureCode.STOPPED)
    return request.result()


async def _body(url: str, limit_s: float) -> bytes:
    limits = httpx2.Timeout(limit_s, connect=_CONNECT_LIMIT_S)
    try:
        async with (
            httpx2.AsyncClient(timeout=limits, trust_env=False, verify=_NO_TLS) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != httpx2.codes.OK:
                raise CounterError(FailureCode.READER_GARBLED, http=response.status_code)
            return await _limited(response)
    except httpx2.TimeoutException as error:
        raise CounterError(FailureCode.READER_NO_ANSWER, reason="service") from error
    except (httpx2.ProtocolError, httpx2.DecodingError) as error:
        raise CounterError(FailureCode.READER_GARBLED, reason="http") from error
    except httpx2.TransportError as error:
        raise CounterError(FailureCode.READER_LOST, reason="service") from error


async def _limited(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > LONGEST_ANSWER:
            raise CounterError(FailureCode.READER_GARBLED, reason="answer too long")
    return bytes(body)


class _Patience:
    """A stop that is set after some time."""

    def __init__(self, limit_s: float) -> None:
        self._until = time.monotonic() + limit_s

    def is_set(self) -> bool:
        return time.monotonic() >= self._until

    def wait(self, timeout_s: float) -> bool:
        time.sleep(max(0.0, min(timeout_s, self._until - time.monotonic())))
        return self.is_set()
