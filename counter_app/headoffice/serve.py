"""Running head office as a server process."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import FastAPI

from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.app import attach, build_app
from counter_app.headoffice.authority import (
    key_pem,
    open_authority,
    server_certificate,
    write_private,
)
from counter_app.headoffice.auto import decide_by_itself
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.identity import IdentityMode, register
from counter_app.headoffice.line import Line
from counter_app.headoffice.peer import server_tls
from counter_app.headoffice.station import Station, open_station
from counter_app.ports.receipt_judge import ReceiptJudge

log = logging.getLogger(__name__)


class Deciding(StrEnum):
    """Who decides: people on the review page, or (demonstrations only) the program itself."""

    MANUAL = "manual"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How a head-office process runs.

    Attributes:
        folder: Where keys and, by default, the SQLite file are.
        database_url: SQLAlchemy address, or empty for a SQLite file in the folder.
        port: TCP port; 0 takes a free one.
        hosts: Names and addresses for the server's own certificate, when it makes one.
        environment: "production" refuses automatic decisions and bare-name identity.
        pause_s: Seconds between two turns of the automatic decisions.
    """

    folder: Path
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    identity: IdentityMode = IdentityMode.CERTIFICATE
    deciding: Deciding = Deciding.MANUAL
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    environment: str = "production"
    pause_s: float = 2.0


def serve(
    options: ServeOptions,
    counters: dict[str, bytes] | None = None,
    started: Callable[[str], None] = lambda _url: None,
    receipts: ReceiptJudge | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        options: How.
        counters: Public signing keys (PEM) of counters to enrol beforehand, by counter.
        started: Called with the server's address once it takes connections.
        receipts: Judges receipts on the review page; None: the page does not offer it.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """
    _refuse_toys_in_production(options)
    options.folder.mkdir(parents=True, exist_ok=True)
    url = options.database_url or sqlite_url(options.folder / "headoffice.db")
    station = replace(open_station(url, options.folder, options.identity), receipts=receipts)
    with station.database.writing() as connection:
        for counter, signing_key in (counters or {}).items():
            register(connection, counter, signing_key, station.now())
    app = build_app()
    attach(app, station)
    asyncio.run(_run(app, station, options, started))


def _refuse_toys_in_production(options: ServeOptions) -> None:
    toy = options.deciding is Deciding.AUTO or options.identity is IdentityMode.HEADER
    if toy and options.environment == "production":
        raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, part="headoffice")
    if options.identity is not IdentityMode.CERTIFICATE and options.host not in _LOOPBACK:
        raise CounterError(FailureCode.SETTINGS_INVALID, key="headoffice.host")


_LOOPBACK = ("127.0.0.1", "::1", "localhost")


async def _run(
    app: FastAPI, station: Station, options: ServeOptions, started: Callable[[str], None]
) -> None:
    server = _Server(_config(app, options), station)
    listener = _listen(options)
    port = listener.getsockname()[1]
    scheme = "https" if options.identity is IdentityMode.CERTIFICATE else "http"
    turning = None
    if options.deciding is Deciding.AUTO:
        turning = asyncio.create_task(decide_by_itself(station, options.pause_s))
    server.on_ready = lambda: started(f"{scheme}://{options.host}:{port}")
    await server.serve(sockets=[listener])
    if turning is not None:
        turning.cancel()
        with suppress(asyncio.CancelledError):
            await turning


def _listen(options: ServeOptions) -> socket.socket:
    """Listen; the protocol is named because asyncio sends small answers at once only then."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
    except OSError as error:
        listener.close()
        cause = error.strerror or "unknown"
        raise CounterError(FailureCode.INPUT_INVALID, port=options.port, cause=cause) from error
    listener.listen(1024)
    return listener


class _Server(uvicorn.Server):
    """Says when it is ready, and lets held polls go before it waits for them."""

    def __init__(self, config: uvicorn.Config, station: Station) -> None:
        super().__init__(config)
        self._station = station
        self.on_ready: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._station.board.release()
        await super().shutdown(sockets=sockets)


def _config(app: FastAPI, options: ServeOptions) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Line,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
        proxy_headers=False,
        ssl_context_factory=_tls(options) if options.identity is IdentityMode.CERTIFICATE else None,
    )


def _tls(
    options: ServeOptions,
) -> Callable[[uvicorn.Config, Callable[[], ssl.SSLContext]], ssl.SSLContext]:
    certificate, key = options.folder / "server.pem", options.folder / "server.key"
    now = datetime.now(UTC)
    authority = open_authority(options.folder, now)
    if not key.exists():
        made, made_key = server_certificate(authority, options.hosts, now)
        write_private(key, key_pem(made_key))
        certificate.write_bytes(made.public_bytes(Encoding.PEM))
    context = server_tls(certificate, key, options.folder / "authority.pem")
    return lambda _config, _default: context


def ignore_terminal_interrupt() -> None:
    """Let the parent process end this one, not Ctrl-C in the same terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
