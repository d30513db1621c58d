"""Which counter a request comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from cryptography import x509
from fastapi import Request
from sqlalchemy import Connection, insert, select, update

from counter_app.headoffice.problems import RefusedError
from counter_app.headoffice.schema import certificates, counters
from counter_app.wire.answers import ProblemKind

COUNTER_HEADER = "Counter-Id"
PROXY_HEADER = "X-Client-Certificate"
"""Where a proxy on this machine puts the certificate it checked (PEM, percent-encoded)."""

PEER_CERTIFICATE = "counter_app.peer_certificate"
"""Key of the ASGI scope under which the server puts the client's certificate (DER bytes)."""


class IdentityMode(StrEnum):
    """How a counter shows who it is.

    CERTIFICATE: a client certificate of this head office's own authority. PROXY: the same, checked
    by a proxy on this machine that hands it on. HEADER: the bare name, for rehearsals on loopback.
    """

    CERTIFICATE = "certificate"
    PROXY = "proxy"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Caller:
    """An enrolled counter.

    Attributes:
        signing_key: Its Ed25519 public key, PEM.
    """

    counter: str
    signing_key: bytes


def register(connection: Connection, counter: str, signing_key: bytes, at: datetime) -> None:
    """Enrol a counter, or give an enrolled one a new signing key."""
    changed = connection.execute(
        update(counters)
        .where(counters.c.counter == counter)
        .values(signing_key=signing_key.decode(), enrolled_at=at, revoked_at=None)
    )
    if changed.rowcount == 0:
        connection.execute(
            insert(counters).values(
                counter=counter, signing_key=signing_key.decode(), enrolled_at=at, last_cursor=0
            )
        )


def revoke(connection: Connection, counter: str, at: datetime) -> bool:
    """Refuse a counter and all its certificates from now on; False when it is unknown."""
    changed = connection.execute(
        update(counters).where(counters.c.counter == counter).values(revoked_at=at)
    )
    connection.execute(
        update(certificates).where(certificates.c.counter == counter).values(revoked_at=at)
    )
    return changed.rowcount > 0


def caller_of(request: Request, connection: Connection, mode: IdentityMode) -> Caller:
    """Find out who calls.

    Raises:
        RefusedError: NOT_ENROLLED for an unknown or revoked counter or certificate.
    """
    counter = _shown(request, connection, mode)
    row = connection.execute(
        select(counters.c.signing_key, counters.c.revoked_at).where(counters.c.counter == counter)
    ).first()
    if row is None or row.revoked_at is not None:
        raise RefusedError(ProblemKind.NOT_ENROLLED, "unknown or revoked counter")
    return Caller(counter, row.signing_key.encode())


def _shown(request: Request, connection: Connection, mode: IdentityMode) -> str:
    if mode is IdentityMode.HEADER:
        return request.headers.get(COUNTER_HEADER, "")
    certificate = _certificate(request, mode)
    serial = format(certificate.serial_number, "x")
    row = connection.execute(
        select(certificates.c.counter, certificates.c.revoked_at).where(
            certificates.c.serial == serial
        )
    ).first()
    if row is None or row.revoked_at is not None:
        raise RefusedError(ProblemKind.NOT_ENROLLED, "unknown or revoked certificate")
    return str(row.counter)


def _certificate(request: Request, mode: IdentityMode) -> x509.Certificate:
    try:
        if mode is IdentityMode.PROXY:
            text = unquote_to_bytes(request.headers.get(PROXY_HEADER, ""))
            return x509.load_pem_x509_certificate(text)
        return x509.load_der_x509_certificate(request.scope.get(PEER_CERTIFICATE, b""))
    except ValueError as error:
        raise RefusedError(ProblemKind.NOT_ENROLLED, "no client certificate") from error
