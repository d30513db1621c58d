"""Messages come in: `PUT /v1/cases/{id}` and the note that one will not come."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool

from counter_app.headoffice.access import Admitted, StationHere
from counter_app.headoffice.identity import Caller
from counter_app.headoffice.intake import Incoming, Taken, receive, skip
from counter_app.headoffice.problems import RefusedError, documented
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.headoffice.station import Station
from counter_app.wire.answers import ENVELOPE_TYPE, ProblemKind, Receipt, Skip, Skipped
from counter_app.wire.envelope import (
    Opened,
    SealBrokenError,
    counter_of,
    open_message,
    read_envelope,
)
from counter_app.wire.envelope_model import UUID7
from counter_app.wire.jose import sha256_hex
from counter_app.wire.version import is_accepted, read_wire_type

MAX_MESSAGE = 1024 * 1024

router = APIRouter(prefix="/v1/cases", tags=["messages"])

MessagePath = Annotated[str, Path(pattern=UUID7, description="UUIDv7 of the message, lower case")]

_BODY = {
    "requestBody": {
        "required": True,
        "content": {ENVELOPE_TYPE: {"schema": {"$ref": "#/components/schemas/Envelope"}}},
    }
}


@router.put(
    "/{message_id}",
    operation_id="putMessage",
    summary="Hand over one message; the same message twice is one message",
    status_code=201,
    response_model=Receipt,
    responses={
        200: {"model": Receipt, "description": "It was here before"},
        **documented(
            ProblemKind.MALFORMED,
            ProblemKind.UNKNOWN_VERSION,
            ProblemKind.NOT_ENROLLED,
            ProblemKind.NOT_YOURS,
            ProblemKind.PREDECESSOR_MISSING,
            ProblemKind.MISMATCH,
            ProblemKind.TOO_LARGE,
            ProblemKind.MEDIA_TYPE,
            ProblemKind.SEAL_BROKEN,
            ProblemKind.BUSY,
        ),
    },
    openapi_extra=_BODY,
)
async def put_message(
    message_id: MessagePath, caller: Admitted, station: StationHere, request: Request, out: Response
) -> Receipt:
    """Store first, judge later: a business refusal comes back as a decision."""
    if request.headers.get("content-type", "").split(";")[0].strip() != ENVELOPE_TYPE:
        raise RefusedError(ProblemKind.MEDIA_TYPE, ENVELOPE_TYPE)
    payload = await request.body()
    if len(payload) > MAX_MESSAGE:
        raise RefusedError(ProblemKind.TOO_LARGE)
    incoming = await run_in_threadpool(_read, payload, message_id, caller)
    taken, missing = await run_in_threadpool(_take_in, station, incoming)
    if taken is Taken.REPEATED:
        out.status_code = 200
    return Receipt(id=message_id, epoch=station.epoch, servertime=station.now(), missing=missing)


@router.put(
    "/{message_id}/skip",
    operation_id="skipMessage",
    summary="Say that a message will not come, so that the next one of its lane may",
    response_model=Skipped,
    responses=documented(ProblemKind.MALFORMED, ProblemKind.NOT_ENROLLED, ProblemKind.BUSY),
)
def skip_message(
    message_id: MessagePath, body: Skip, caller: Admitted, station: StationHere
) -> Skipped:
    """A message that did come stays as it is."""
    with station.database.writing() as connection:
        skip(SqlLedger(connection), caller.counter, message_id, body.reason, station.now())
    return Skipped(id=message_id)


def _read(payload: bytes, message_id: str, caller: Caller) -> Incoming:
    try:
        envelope = read_envelope(payload)
    except SealBrokenError as error:
        raise RefusedError(ProblemKind.MALFORMED, "envelope") from error
    if envelope.id != message_id:
        raise RefusedError(ProblemKind.MALFORMED, "id differs from the address")
    if counter_of(envelope) != caller.counter:
        raise RefusedError(ProblemKind.NOT_YOURS)
    try:
        kind, version = read_wire_type(envelope.type)
    except ValueError as error:
        raise RefusedError(ProblemKind.UNKNOWN_VERSION, "type") from error
    if not is_accepted(version):
        raise RefusedError(ProblemKind.UNKNOWN_VERSION, f"version {version}")
    try:
        opened = open_message(payload, caller.signing_key, None)
    except SealBrokenError as error:
        raise RefusedError(ProblemKind.SEAL_BROKEN, str(error)) from error
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
    )


def _images(opened: Opened) -> tuple[str, ...]:
    return tuple(dict.fromkeys(image.sha256 for image in opened.case.images))


def _take_in(station: Station, incoming: Incoming) -> tuple[Taken, list[str]]:
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
        return taken, ledger.missing_blobs(incoming.counter, incoming.message_id)
