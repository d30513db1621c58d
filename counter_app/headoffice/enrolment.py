"""Enrolling counters: one-time codes, certificates, renewal, revocation."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, insert, select, update

from counter_app.headoffice.authority import Authority, RequestRefusedError, counter_certificate
from counter_app.headoffice.deciding import note
from counter_app.headoffice.identity import register
from counter_app.headoffice.problems import RefusedError
from counter_app.headoffice.schema import certificates, enrolment_codes
from counter_app.wire.answers import EnrolAnswer, EnrolRequest, ProblemKind

CODE_LIFE = timedelta(hours=24)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Registry:
    """What enrolment hands out.

    Attributes:
        institution_key: The institution's public key, PEM.
    """

    authority: Authority
    institution_key: bytes


def new_code(connection: Connection, counter: str, now: datetime) -> str:
    """Make a one-time code for a counter; it works once, within `CODE_LIFE`, and is kept hashed."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    connection.execute(
        insert(enrolment_codes).values(
            code_hash=_hash(code), counter=counter, expires_at=now + CODE_LIFE
        )
    )
    return code


def enrol(
    connection: Connection, registry: Registry, request: EnrolRequest, now: datetime
) -> EnrolAnswer:
    """Turn a one-time code and a signing request into a certificate.

    Raises:
        RefusedError: CODE_REFUSED; MALFORMED for a request or key of another kind.
    """
    counter = _use_code(connection, request.code, now)
    register(connection, counter, _signing_key(request.signing_key), now)
    note(connection, counter, "enrolled", counter, now)
    return certify(connection, registry, request.csr, counter, now)


def certify(
    connection: Connection, registry: Registry, csr: str, counter: str, now: datetime
) -> EnrolAnswer:
    """Sign a certificate for a counter; an older one stays valid until it expires.

    Raises:
        RefusedError: MALFORMED for a request that is not signed for.
    """
    try:
        made = counter_certificate(registry.authority, csr.encode(), counter, now)
    except RequestRefusedError as error:
        raise RefusedError(ProblemKind.MALFORMED, "certificate signing request") from error
    _remember(connection, made, counter)
    return EnrolAnswer(
        counter=counter,
        certificate=made.public_bytes(serialization.Encoding.PEM).decode(),
        authority=registry.authority.pem.decode(),
        institution_key=registry.institution_key.decode(),
        not_after=made.not_valid_after_utc,
    )


def _remember(connection: Connection, made: x509.Certificate, counter: str) -> None:
    connection.execute(
        insert(certificates).values(
            serial=format(made.serial_number, "x"),
            counter=counter,
            not_after=made.not_valid_after_utc,
        )
    )


def _use_code(connection: Connection, code: str, now: datetime) -> str:
    used = connection.execute(
        update(enrolment_codes)
        .where(
            enrolment_codes.c.code_hash == _hash(code.strip().upper()),
            enrolment_codes.c.used_at.is_(None),
            enrolment_codes.c.expires_at > now,
        )
        .values(used_at=now)
    )
    if used.rowcount != 1:
        raise RefusedError(ProblemKind.CODE_REFUSED, "unknown, used or expired code")
    counter: str = connection.execute(
        select(enrolment_codes.c.counter).where(
            enrolment_codes.c.code_hash == _hash(code.strip().upper())
        )
    ).scalar_one()
    return counter


def _signing_key(pem: str) -> bytes:
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except ValueError as error:
        raise RefusedError(ProblemKind.MALFORMED, "signing key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise RefusedError(ProblemKind.MALFORMED, "signing key is not Ed25519")
    return pem.encode()


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
