"""Getting, and renewing, this counter's certificate.

The private key is made here and never leaves; head office sees a signing request.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.x509.oid import NameOID

from counter_app.backoffice.failures import read_answer
from counter_app.backoffice.transport import Connection, OfficeAddress
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop
from counter_app.wire.answers import EnrolAnswer, EnrolRequest, RenewRequest

_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class EnrolmentFiles:
    """Where the certificate and what belongs to it are kept.

    Attributes:
        folder: Readable by this counter's account only.
    """

    folder: Path

    @property
    def certificate(self) -> Path:
        """This counter's certificate and, behind it, its private key, PEM.

        They are one file, so that a power cut never leaves one without the other.
        """
        return self.folder / "counter.pem"

    @property
    def authority(self) -> Path:
        """The authority that signed head office's certificate and ours, PEM."""
        return self.folder / "authority.pem"

    @property
    def institution_key(self) -> Path:
        """The institution's public key, to which cases are encrypted, PEM."""
        return self.folder / "institution.pem"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The outcome: who this counter is, and until when (aware UTC)."""

    counter: str
    not_after: datetime


def enrol(
    address: OfficeAddress, code: str, signing_public_key: bytes, files: EnrolmentFiles, stop: Stop
) -> Enrolled:
    """Exchange a one-time code for a certificate.

    Args:
        address: With `authority` as handed over together with the code; no certificate yet.
        code: As it was told; upper or lower case.
        signing_public_key: Ed25519 key under which this counter signs its messages, PEM.
        files: Where to keep what comes back.
        stop: Ends the call early.

    Raises:
        CounterError: As `BackOffice`; OFFICE_REFUSED with `problem="enrolment-code-refused"` for an
            unknown, used or expired code; DISK_FULL.
    """
    key, csr = _new_request(address.counter)
    body = EnrolRequest(code=code, csr=csr.decode(), signing_key=signing_public_key.decode())
    return _exchange(address, "/v1/enrolments", body, key, files, stop)


def renew(address: OfficeAddress, files: EnrolmentFiles, stop: Stop) -> Enrolled:
    """Fetch the next certificate with the present one; a lost answer leaves all as it was.

    Raises:
        CounterError: As `BackOffice`; DISK_FULL.
    """
    key, csr = _new_request(address.counter)
    return _exchange(address, "/v1/renewals", RenewRequest(csr=csr.decode()), key, files, stop)


def is_renewal_due(certificate: Path, now: datetime) -> bool:
    """Say whether two thirds of a certificate's life are over.

    Raises:
        CounterError: OFFICE_TLS when the file is missing or broken.
    """
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError) as error:
        raise CounterError(FailureCode.OFFICE_TLS, reason="certificate file") from error
    life = found.not_valid_after_utc - found.not_valid_before_utc
    return now >= found.not_valid_before_utc + life * 2 / 3


def _exchange(
    address: OfficeAddress,
    path: str,
    body: EnrolRequest | RenewRequest,
    key: bytes,
    files: EnrolmentFiles,
    stop: Stop,
) -> Enrolled:
    connection = Connection(address)
    try:
        content = body.model_dump_json().encode()
        sent = connection.request("POST", path, stop, headers=_JSON, content=content)
        answer = read_answer(sent, EnrolAnswer)
    finally:
        connection.close()
    _keep(files, answer, key)
    return Enrolled(answer.counter, answer.not_after)


def _new_request(counter: str) -> tuple[bytes, bytes]:
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, counter or "counter")])
    csr = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem, csr.public_bytes(serialization.Encoding.PEM)


def _keep(files: EnrolmentFiles, answer: EnrolAnswer, key: bytes) -> None:
    """Replace each file as a whole."""
    try:
        files.folder.mkdir(parents=True, exist_ok=True)
        _replace(files.certificate, answer.certificate.encode() + key)
        _replace(files.authority, answer.authority.encode())
        _replace(files.institution_key, answer.institution_key.encode())
    except OSError as error:
        raise CounterError(FailureCode.DISK_FULL, part="certificate") from error


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
