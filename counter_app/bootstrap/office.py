"""The counter's side of head office: keys, address, sender."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from counter_app.backoffice.enrolment import EnrolmentFiles
from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.backoffice.sender_process import SenderPlace
from counter_app.backoffice.sender_status import read_status
from counter_app.backoffice.transport import OfficeAddress
from counter_app.bootstrap.new_id import new_id
from counter_app.bootstrap.places import Places
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.deliver import Delivery
from counter_app.services.evidence import Evidence
from counter_app.settings import Settings
from counter_app.storage.data_folder import DataFolder
from counter_app.wire.keys import SealingKeys, new_institution_key, new_signing_key, public_half

SIGNING_KEY = "signing.pem"
LATELY = timedelta(minutes=2)


def enrolment_files(places: Places) -> EnrolmentFiles:
    """Return where the certificate of this counter is."""
    return EnrolmentFiles(places.office)


def signing_key(places: Places) -> bytes:
    """Return the counter's signing key (PEM), making it on first use."""
    path = places.office / SIGNING_KEY
    if not path.exists():
        _write_private(path, new_signing_key())
    return path.read_bytes()


def sealing_keys(places: Places, profile: CounterProfile) -> SealingKeys:
    """Return the keys with which messages are closed.

    Before the counter is enrolled there is no institution to read them: a key pair is made whose
    private half stays beside the store, so that what was accepted meanwhile can be sealed again.
    """
    files = enrolment_files(places)
    if not files.institution_key.exists():
        private = places.office / "unenrolled.pem"
        if not private.exists():
            _write_private(private, new_institution_key())
        return SealingKeys(profile.name, signing_key(places), public_half(private.read_bytes()))
    return SealingKeys(profile.name, signing_key(places), files.institution_key.read_bytes())


def _write_private(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as error:
        raise CounterError(FailureCode.DISK_FULL, part="keys") from error


def office_address(settings: Settings, places: Places, profile: CounterProfile) -> OfficeAddress:
    """Return where head office is and who we are.

    Raises:
        CounterError: SETTINGS_INVALID when no address is set.
    """
    if not settings.office.url:
        raise CounterError(
            FailureCode.SETTINGS_INVALID,
            file="settings.toml",
            line=1,
            key="office.url",
            allowed="the address of head office",
        )
    files = enrolment_files(places)
    return OfficeAddress(
        url=settings.office.url,
        counter=profile.name,
        institution_key=sealing_keys(places, profile).institution_key,
        authority=files.authority if files.authority.exists() else None,
        certificate=files.certificate if files.certificate.exists() else None,
        environment=settings.environment.value,
    )


def delivery(data: DataFolder, office: HttpBackOffice) -> Delivery:
    """Return the sender's use case over the real store and the real line."""
    return Delivery(data.store, data.vault, office, random.SystemRandom().random)


def evidence_of(
    data: DataFolder, places: Places, profile: CounterProfile, clock: Clock
) -> Evidence:
    """Return what sends signed pages after their case."""
    keys = sealing_keys(places, profile)
    return Evidence(data.store, data.vault, keys, clock, new_id)


def is_online_probe(places: Places, clock: Clock) -> Callable[[], bool]:
    """Return what says whether the sender reached head office lately."""

    def probe() -> bool:
        status = read_status(SenderPlace(places.data).status)
        last = status.contact.last_contact if status is not None else None
        return last is not None and clock.now() - last < LATELY

    return probe


def clock_skew(places: Places) -> float | None:
    """Return by how many seconds this clock was ahead of head office's when it last answered."""
    status = read_status(SenderPlace(places.data).status)
    if status is None or status.contact.last_contact is None:
        return None
    return status.contact.skew_s


def start_sender(places: Places, passphrase: str | None) -> subprocess.Popen[bytes]:
    """Start the sender as a process of its own; a second one ends at once by itself.

    A passphrase goes through the environment, never through the command line.
    """
    command = [
        sys.executable,
        "-m",
        "counter_app",
        "sender",
        f"--data={places.data}",
        f"--app-pid={os.getpid()}",
    ]
    environment = dict(os.environ)
    if passphrase is not None:
        environment["COUNTER_APP_PASSPHRASE"] = passphrase
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment)  # noqa: S603 - our own module
