"""From the bytes of a message to a row of the ledger."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from counter_app.domain.submission import MessageType
from counter_app.headoffice.blob_store import has_blob, put_blob
from counter_app.headoffice.identity import Caller, key_id_of
from counter_app.headoffice.intake import Incoming, Taken, receive
from counter_app.headoffice.problems import RefusedError
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.headoffice.station import Station
from counter_app.wire.answers import ProblemKind
from counter_app.wire.envelope import (
    Opened,
    SealBrokenError,
    blob_hash,
    counter_of,
    open_blob,
    open_message,
    read_envelope,
)
from counter_app.wire.envelope_model import Envelope
from counter_app.wire.jose import sha256_hex
from counter_app.wire.version import FORMS, TREATMENT, Forms, Standing, read_wire_type, type_of


def read_incoming(
    payload: bytes, message_id: str, caller: Caller, forms: Forms = FORMS
) -> Incoming:
    """Check the version, the envelope and the signature of a message.

    Raises:
        RefusedError: MALFORMED, NOT_YOURS, UNKNOWN_VERSION or SEAL_BROKEN.
    """
    kind, version = _kind_of(payload, forms)
    envelope = _envelope(payload, message_id, caller)
    opened, key = _opened(payload, caller, forms)
    case = opened.case
    return Incoming(
        counter=caller.counter,
        message_id=envelope.id,
        case_id=envelope.caseid,
        request_no=envelope.requestno,
        lane=envelope.lane,
        prev=envelope.prev,
        type=kind,
        version=version,
        sha256=sha256_hex(payload),
        blobs=_images(opened),
        payload=payload,
        acceptance_no=case.acceptance_no,
        terminal=case.terminal_sn,
        clerk=envelope.clerk,
        reason=case.reason,
        retention_class=case.retention_class,
        not_before=case.not_before,
        corrects=case.corrects,
        key_id=key_id_of(key),
        is_retired=forms.standing(version) is Standing.RETIRED,
    )


def _opened(payload: bytes, caller: Caller, forms: Forms) -> tuple[Opened, bytes]:
    """Open a message with whichever of the counter's keys it was signed with."""
    first: SealBrokenError | None = None
    for key in caller.signing_keys:
        try:
            return open_message(payload, key, None, forms), key
        except SealBrokenError as error:
            first = first or error
    raise RefusedError(ProblemKind.SEAL_BROKEN, str(first or "no key")) from first


def _envelope(payload: bytes, message_id: str, caller: Caller) -> Envelope:
    try:
        envelope = read_envelope(payload)
    except SealBrokenError as error:
        raise RefusedError(ProblemKind.MALFORMED, "envelope") from error
    if envelope.id != message_id:
        raise RefusedError(ProblemKind.MALFORMED, "id differs from the address")
    if counter_of(envelope) != caller.counter:
        raise RefusedError(ProblemKind.NOT_YOURS)
    return envelope


def _kind_of(payload: bytes, forms: Forms) -> tuple[MessageType, int]:
    stated = type_of(payload)
    if stated is None:
        raise RefusedError(ProblemKind.MALFORMED, "envelope")
    try:
        kind, version = read_wire_type(stated)
    except ValueError as error:
        raise RefusedError(ProblemKind.UNKNOWN_VERSION, "type") from error
    standing = forms.standing(version)
    problem = TREATMENT[standing]
    if problem is not None and standing is not Standing.RETIRED:
        raise RefusedError(problem, f"version {version}; the newest here is {forms.newest}")
    return kind, version


def _images(opened: Opened) -> tuple[str, ...]:
    return tuple(dict.fromkeys(image.sha256 for image in opened.case.images))


def take_in(station: Station, incoming: Incoming) -> tuple[Taken, list[str]]:
    """Store a message; returns what became of it and which images are missing.

    Raises:
        RefusedError: MISMATCH, PREDECESSOR_MISSING or VERSION_RETIRED.
    """
    try:
        return _once(station, incoming)
    except IntegrityError:
        # Another process stored the same message between our look and our write.
        return _once(station, incoming)


def _once(station: Station, incoming: Incoming) -> tuple[Taken, list[str]]:
    with station.database.writing() as connection:
        ledger = SqlLedger(connection)
        taken = receive(ledger, incoming, station.now())
        if taken is Taken.MISMATCH:
            raise RefusedError(ProblemKind.MISMATCH)
        if taken is Taken.PREDECESSOR_MISSING:
            raise RefusedError(ProblemKind.PREDECESSOR_MISSING, incoming.prev or "")
        if taken is Taken.RETIRED:
            raise RefusedError(ProblemKind.VERSION_RETIRED, f"version {incoming.version}")
        return taken, ledger.missing_blobs(incoming.counter, incoming.message_id)


def keep_image(station: Station, counter: str, sha256: str, sealed: bytes) -> bool:
    """Store a sealed image; False when it was here before.

    Raises:
        RefusedError: SEAL_BROKEN.
    """
    with station.database.reading() as connection:
        if has_blob(connection, counter, sha256):
            return False
    _check_image(station, sha256, sealed)
    try:
        with station.database.writing() as connection:
            put_blob(connection, counter, sha256, sealed, station.now())
    except IntegrityError:
        return False
    return True


def _check_image(station: Station, sha256: str, sealed: bytes) -> None:
    try:
        if blob_hash(sealed) != sha256:
            raise RefusedError(ProblemKind.SEAL_BROKEN, "image hash")
        if station.institution_key is not None:
            open_blob(sealed, sha256, station.institution_key)
    except SealBrokenError as error:
        raise RefusedError(ProblemKind.SEAL_BROKEN, str(error)) from error
