"""The HTTP connection to head office: TLS with a client certificate, hard limits."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpcore2
import httpx2

from counter_app.backoffice.answer import Answer
from counter_app.backoffice.failures import network_failure
from counter_app.backoffice.watched_socket import Watch, WatchedBackend
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

JUMP_S = 30.0
SETTLE_S = 0.15
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_FILES = "/v1/files/"
_MOST_BYTES = 8 * 1024 * 1024
_MOST_FILE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OfficeAddress:
    """Where head office is and who we are.

    Attributes:
        url: `https://...`; `http://` only on loopback and outside production.
        counter: Identity of this counter, e.g. `110199-07`.
        institution_key: The institution's public key, PEM; images are encrypted to it.
        authority: PEM file of the authority that signed head office's certificate.
        certificate: PEM file of this counter's certificate and private key, or None before
            enrolment.
        environment: "production" or another.
    """

    url: str
    counter: str
    institution_key: bytes = field(repr=False)
    authority: Path | None = None
    certificate: Path | None = None
    environment: str = "production"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each part of a request may take, in seconds."""

    connect_s: float = 5.0
    read_s: float = 20.0
    total_s: float = 60.0


class Connection:
    """A kept-alive connection to head office; one request at a time."""

    def __init__(
        self,
        address: OfficeAddress,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        limits: Limits | None = None,
    ) -> None:
        """Prepare; nothing is sent yet.

        Raises:
            CounterError: SETTINGS_INVALID for an address that would go unprotected over a network;
                OFFICE_TLS when a certificate file is missing or broken.
        """
        _refuse_bare_http(address)
        self._address = address
        self._tls = _tls(address)
        self._watch = Watch(SETTLE_S if address.certificate is not None else 0.0)
        self._limits = limits or Limits()
        self._monotonic = monotonic
        self._wall = wall
        self._offset = self._clock_offset()
        self._client = self._new_client()

    def request(
        self,
        method: str,
        path: str,
        stop: Stop,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        held_s: float = 0.0,
    ) -> Answer:
        """Send one request and read the whole answer.

        Args:
            method: GET, PUT, ...
            path: Path and query, beginning with `/`.
            stop: Looked at every quarter second.
            headers: Further headers.
            content: Body.
            held_s: How long head office may hold the request before it begins to answer.

        Raises:
            CounterError: See `BackOffice`; STOPPED.
        """
        self._drop_after_a_jump()
        self._watch.begin(stop, self._limits.total_s + held_s)
        self._watch.check()
        request = self._client.build_request(
            method,
            self._address.url.rstrip("/") + path,
            headers={
                "Counter-Id": self._address.counter,
                "Accept-Encoding": "identity",
                **(headers or {}),
            },
            content=content or None,
            timeout=httpx2.Timeout(self._limits.read_s + held_s, connect=self._limits.connect_s),
        )
        return self._answer(request)

    def _answer(self, request: httpx2.Request) -> Answer:
        try:
            response = self._client.send(request, stream=True)
            try:
                most = _MOST_FILE_BYTES if request.url.path.startswith(_FILES) else _MOST_BYTES
                return Answer(response.status_code, response.headers, _read(response, most))
            finally:
                response.close()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise network_failure(error) from error

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _drop_after_a_jump(self) -> None:
        offset = self._clock_offset()
        if abs(offset - self._offset) > JUMP_S:
            self._client.close()
            self._client = self._new_client()
        self._offset = offset

    def _clock_offset(self) -> float:
        return self._wall().timestamp() - self._monotonic()

    def _new_client(self) -> httpx2.Client:
        return httpx2.Client(
            transport=_WatchedTransport(self._tls, self._watch), trust_env=False, http2=False
        )


class _WatchedTransport(httpx2.HTTPTransport):
    def __init__(self, tls: ssl.SSLContext, watch: Watch) -> None:
        super().__init__(verify=tls, trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls,
            max_connections=2,
            keepalive_expiry=60.0,
            network_backend=WatchedBackend(watch),
        )


def _read(response: httpx2.Response, most: int) -> bytes:
    """Read a body as it came; packed ones, which nobody asked for, are not unpacked."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():
        size += len(part)
        if size > most:
            raise CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL, reason="endless answer")
        parts.append(part)
    return b"".join(parts)


def _refuse_bare_http(address: OfficeAddress) -> None:
    parts = urlsplit(address.url)
    bare_is_fine = address.environment != "production" and parts.hostname in _LOOPBACK
    if parts.scheme == "https" or (parts.scheme == "http" and bare_is_fine):
        return
    raise CounterError(FailureCode.SETTINGS_INVALID, key="office.url")


def _tls(address: OfficeAddress) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=address.authority)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if address.certificate is not None:
            context.load_cert_chain(address.certificate)
    except (OSError, ssl.SSLError) as error:
        raise CounterError(FailureCode.OFFICE_TLS, reason="certificate file") from error
    return context
