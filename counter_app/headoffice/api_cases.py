"""Messages come in: `PUT /v1/cases/{id}` and the note that one will not come."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from counter_app.headoffice.access import Admitted, StationHere
from counter_app.headoffice.intake import Taken, skip
from counter_app.headoffice.problems import RefusedError, documented
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.headoffice.taking_in import read_incoming, take_in
from counter_app.wire.answers import ENVELOPE_TYPE, ProblemKind, Receipt, Skip, Skipped
from counter_app.wire.envelope_model import UUID7

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
            ProblemKind.VERSION_RETIRED,
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
    incoming = await run_in_threadpool(read_incoming, payload, message_id, caller, station.forms)
    taken, missing = await run_in_threadpool(take_in, station, incoming)
    if taken is Taken.REPEATED:
        out.status_code = 200
    return Receipt(id=message_id, epoch=station.epoch, servertime=station.now(), missing=missing)


@router.put(
    "/{message_id}/skip",
    operation_id="skipMessage",
    summary="Say that a message will not come, so that the next one of its lane may",
    response_model=Skipped,
    responses=documented(
        ProblemKind.MALFORMED, ProblemKind.NOT_ENROLLED, ProblemKind.TOO_LARGE, ProblemKind.BUSY
    ),
)
def skip_message(
    message_id: MessagePath, body: Skip, caller: Admitted, station: StationHere
) -> Skipped:
    """A message that did come stays as it is."""
    with station.database.writing() as connection:
        skip(SqlLedger(connection), caller.counter, message_id, body.reason, station.now())
    return Skipped(id=message_id)
