"""Which counter a request comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from cryptography import x509
from fastapi import Request
from sqlalchemy import Connection, and_, bindparam, insert, select, update

from counter_app.headoffice.problems import RefusedError
from counter_app.headoffice.schema import certificates, counters, signing_keys
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
        signing_keys: Its Ed25519 public keys, PEM, the newest first: what waited in its queue when
            it was enrolled anew was signed with the one before. None of them was revoked.
    """

    counter: str
    signing_keys: tuple[bytes, ...]


_KEYS = (
    select(signing_keys.c.signing_key)
    .where(signing_keys.c.counter == bindparam("counter"), signing_keys.c.revoked_at.is_(None))
    .order_by(signing_keys.c.since.desc())
)
_KNOWN = select(counters.c.revoked_at).where(counters.c.counter == bindparam("counter"))
_SHOWN = select(certificates.c.counter, certificates.c.revoked_at).where(
    certificates.c.serial == bindparam("serial")
)
"""What every request asks is put together once."""


def key_id_of(signing_key: bytes) -> str:
    """Return the name under which head office knows a public key (PEM)."""
    return hashlib.sha256(signing_key).hexdigest()


def keys_of(connection: Connection, counter: str) -> tuple[bytes, ...]:
    """Return a counter's keys that were not revoked, the newest first."""
    rows = connection.execute(_KEYS, {"counter": counter}).scalars()
    return tuple(row.encode() for row in rows)


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
    _remember(connection, counter, signing_key, at)


def _remember(connection: Connection, counter: str, signing_key: bytes, at: datetime) -> None:
    own = {"counter": counter, "key_id": key_id_of(signing_key)}
    which = and_(*(signing_keys.c[name] == value for name, value in own.items()))
    changed = connection.execute(
        update(signing_keys).where(which).values(since=at, revoked_at=None)
    )
    if changed.rowcount == 0:
        row = {**own, "signing_key": signing_key.decode(), "since": at}
        connection.execute(insert(signing_keys).values(**row))


def revoke(connection: Connection, counter: str, at: datetime) -> bool:
    """Refuse a counter, its certificates and its keys from now on; False when it is unknown."""
    changed = connection.execute(
        update(counters).where(counters.c.counter == counter).values(revoked_at=at)
    )
    for table in (certificates, signing_keys):
        connection.execute(
            update(table)
            .where(table.c.counter == counter, table.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
    return changed.rowcount > 0


def caller_of(request: Request, connection: Connection, mode: IdentityMode) -> Caller:
    """Find out who calls.

    Raises:
        RefusedError: NOT_ENROLLED for an unknown or revoked counter or certificate.
    """
    counter = _shown(request, connection, mode)
    row = connection.execute(_KNOWN, {"counter": counter}).first()
    if row is None or row.revoked_at is not None:
        raise RefusedError(ProblemKind.NOT_ENROLLED, "unknown or revoked counter")
    return Caller(counter, keys_of(connection, counter))


def _shown(request: Request, connection: Connection, mode: IdentityMode) -> str:
    if mode is IdentityMode.HEADER:
        return request.headers.get(COUNTER_HEADER, "")
    certificate = _certificate(request, mode)
    serial = format(certificate.serial_number, "x")
    row = connection.execute(_SHOWN, {"serial": serial}).first()
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
