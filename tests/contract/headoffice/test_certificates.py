"""Client certificates: enrolment, renewal, revocation, over real TLS."""

from __future__ import annotations

import errno
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding

from counter_app.backoffice.enrolment import EnrolmentFiles, enrol, is_renewal_due, renew
from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.backoffice.transport import OfficeAddress
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice import embedded, manage
from counter_app.headoffice.authority import (
    counter_certificate,
    counter_request,
    key_pem,
    new_authority,
    open_authority,
)
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.identity import IdentityMode
from counter_app.headoffice.serve import Deciding
from counter_app.headoffice.station import institution_key
from counter_app.ports.stop import never
from counter_app.wire.keys import public_half
from tests.contract.backoffice.messages import Desk


@dataclass
class Secured:
    """A head office over TLS, and its administrator's view of the database."""

    office: embedded.EmbeddedOffice
    database: Database

    def address(self, desk: Desk, files: EnrolmentFiles) -> OfficeAddress:
        enrolled = files.certificate.exists()
        return OfficeAddress(
            url=self.office.url,
            counter=desk.counter,
            institution_key=public_half(desk.institution_key),
            authority=self.office.folder / "authority.pem",
            certificate=files.certificate if enrolled else None,
        )

    def code(self, counter: str) -> str:
        return manage.make_code(self.database, counter, datetime.now(UTC))


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("secured")
    options = embedded.EmbeddedOptions(
        decide=Deciding.MANUAL, identity=IdentityMode.CERTIFICATE, environment="production"
    )
    office = embedded.start(folder, options)
    database = Database(sqlite_url(folder / "headoffice.db"))
    yield Secured(office, database)
    database.close()
    office.stop()


@pytest.fixture
def files(tmp_path: Path) -> EnrolmentFiles:
    return EnrolmentFiles(tmp_path / "keys")


def _desk(secured: Secured, counter: str) -> Desk:
    return Desk(counter, institution_key=institution_key(secured.office.folder))


def _enrolled(secured: Secured, counter: str, files: EnrolmentFiles) -> Desk:
    desk = _desk(secured, counter)
    public = public_half(desk.signing_key)
    enrol(secured.address(desk, files), secured.code(counter), public, files, never())
    return desk


def _failure(secured: Secured, desk: Desk, files: EnrolmentFiles) -> CounterError:
    office = HttpBackOffice(secured.address(desk, files))
    try:
        with pytest.raises(CounterError) as caught:
            office.put_message(desk.message(), never())
        return caught.value
    finally:
        office.close()


def test_an_enrolled_counter_delivers(secured: Secured, files: EnrolmentFiles) -> None:
    desk = _enrolled(secured, "110199-01", files)
    assert files.certificate.stat().st_mode & 0o077 == 0
    assert files.institution_key.read_bytes() == public_half(desk.institution_key)
    office = HttpBackOffice(secured.address(desk, files))
    assert office.put_message(desk.message(), never()).missing == ()
    office.close()


def test_a_code_works_once(secured: Secured, files: EnrolmentFiles, tmp_path: Path) -> None:
    desk = _desk(secured, "110199-02")
    code, public = secured.code(desk.counter), public_half(desk.signing_key)
    enrol(secured.address(desk, files), code.lower(), public, files, never())
    again = EnrolmentFiles(tmp_path / "thief")
    with pytest.raises(CounterError) as caught:
        enrol(secured.address(desk, again), code, public, again, never())
    assert caught.value.facts["problem"] == "enrolment-code-refused"
    assert not again.certificate.exists()


def test_an_old_code_is_refused(secured: Secured, files: EnrolmentFiles) -> None:
    desk = _desk(secured, "110199-03")
    code = manage.make_code(secured.database, desk.counter, datetime.now(UTC) - timedelta(days=2))
    with pytest.raises(CounterError) as caught:
        enrol(secured.address(desk, files), code, public_half(desk.signing_key), files, never())
    assert caught.value.facts["problem"] == "enrolment-code-refused"


def test_the_code_decides_who_it_is_not_the_request(
    secured: Secured, files: EnrolmentFiles
) -> None:
    desk = _desk(secured, "110199-99")
    public = public_half(desk.signing_key)
    made = enrol(secured.address(desk, files), secured.code("110199-04"), public, files, never())
    assert made.counter == "110199-04"
    assert _failure(secured, desk, files).code is FailureCode.OFFICE_LOGIN


def test_without_a_certificate_nothing_is_taken(secured: Secured, files: EnrolmentFiles) -> None:
    desk = _desk(secured, "110199-05")
    assert _failure(secured, desk, files).code is FailureCode.OFFICE_LOGIN


def test_a_revoked_counter_is_held(secured: Secured, files: EnrolmentFiles) -> None:
    desk = _enrolled(secured, "110199-06", files)
    assert manage.revoke_counter(secured.database, desk.counter, datetime.now(UTC))
    assert _failure(secured, desk, files).code is FailureCode.OFFICE_LOGIN


def test_a_renewed_certificate_works_and_so_does_the_old_one(
    secured: Secured, files: EnrolmentFiles, tmp_path: Path
) -> None:
    desk = _enrolled(secured, "110199-07", files)
    old = EnrolmentFiles(tmp_path / "old")
    shutil.copytree(files.folder, old.folder)
    renew(secured.address(desk, files), files, never())
    assert files.certificate.read_bytes() != old.certificate.read_bytes()
    for which in (files, old):
        office = HttpBackOffice(secured.address(desk, which))
        office.put_message(desk.message(), never())
        office.close()


def test_renewal_is_due_after_two_thirds(secured: Secured, files: EnrolmentFiles) -> None:
    _enrolled(secured, "110199-08", files)
    now = datetime.now(UTC)
    assert not is_renewal_due(files.certificate, now + timedelta(days=55))
    assert is_renewal_due(files.certificate, now + timedelta(days=62))


def test_a_renewal_cut_off_at_any_file_leaves_a_counter_that_is_let_in(
    secured: Secured, files: EnrolmentFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = _enrolled(secured, "110199-01", files)
    real, left = Path.replace, 0
    for survivors in range(4):
        left = survivors

        def replace_until_the_power_goes(fresh: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(errno.ENOSPC, "no space")
            return real(fresh, target)

        monkeypatch.setattr(Path, "replace", replace_until_the_power_goes)
        with suppress(CounterError):
            renew(secured.address(desk, files), files, never())
        monkeypatch.undo()
        office = HttpBackOffice(secured.address(desk, files))
        assert office.put_message(desk.message(), never())
        office.close()


def _forge(
    secured: Secured, files: EnrolmentFiles, counter: str, now: datetime, *, own: bool
) -> None:
    """Write a certificate that head office never handed out."""
    authority = open_authority(secured.office.folder, now) if own else new_authority(now)
    key = generate_private_key(SECP256R1())
    made = counter_certificate(authority, counter_request(counter, key), counter, now)
    files.folder.mkdir()
    files.certificate.write_bytes(made.public_bytes(Encoding.PEM) + key_pem(key))


def test_a_certificate_of_another_authority_is_refused(
    secured: Secured, files: EnrolmentFiles
) -> None:
    desk = _desk(secured, "110199-01")
    _forge(secured, files, desk.counter, datetime.now(UTC), own=False)
    assert _failure(secured, desk, files).code is FailureCode.OFFICE_LOGIN


def test_an_expired_certificate_is_refused(secured: Secured, files: EnrolmentFiles) -> None:
    desk = _desk(secured, "110199-01")
    _forge(secured, files, desk.counter, datetime.now(UTC) - timedelta(days=100), own=True)
    assert _failure(secured, desk, files).code is FailureCode.OFFICE_LOGIN


def test_a_certificate_that_was_never_handed_out_is_refused(
    secured: Secured, files: EnrolmentFiles
) -> None:
    desk = _desk(secured, "110199-01")
    _forge(secured, files, desk.counter, datetime.now(UTC), own=True)
    assert _failure(secured, desk, files).code is FailureCode.OFFICE_LOGIN


def test_one_counter_cannot_write_as_another(secured: Secured, files: EnrolmentFiles) -> None:
    desk = _enrolled(secured, "110199-11", files)
    impostor = replace(desk, counter="110199-01")
    assert _failure(secured, impostor, files).code is FailureCode.OFFICE_LOGIN


def test_an_old_tls_version_is_refused(secured: Secured) -> None:
    port = int(secured.office.url.rsplit(":", 1)[1])
    context = ssl.create_default_context(cafile=secured.office.folder / "authority.pem")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", port)) as raw, pytest.raises(ssl.SSLError):
        context.wrap_socket(raw, server_hostname="127.0.0.1")


def test_the_authority_signs_no_further_authorities(secured: Secured) -> None:
    root = x509.load_pem_x509_certificate((secured.office.folder / "authority.pem").read_bytes())
    limits = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (limits.ca, limits.path_length) == (True, 0)
