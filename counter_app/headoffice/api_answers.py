"""Answers go out: `GET /v1/decisions`, signed files, and whether head office is there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response
from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool

from counter_app.headoffice.access import Admitted, Known, StationHere
from counter_app.headoffice.deciding import answers_after
from counter_app.headoffice.problems import RefusedError, documented
from counter_app.headoffice.schema import published, published_deltas
from counter_app.headoffice.station import Station
from counter_app.wire.answers import DecisionItem, DecisionList, Health, ProblemKind

LONGEST_WAIT_S = 25.0

router = APIRouter(prefix="/v1", tags=["answers"])


@router.get(
    "/decisions",
    operation_id="getDecisions",
    summary="Answers after a cursor; waits for the first one",
    response_model=DecisionList,
    responses=documented(ProblemKind.MALFORMED, ProblemKind.NOT_ENROLLED, ProblemKind.BUSY),
)
async def get_decisions(
    caller: Known,
    station: StationHere,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_S, allow_inf_nan=False)] = 0.0,
) -> DecisionList:
    """Cursors rise without gaps in visibility: what is after a cursor was decided after it."""
    found = await run_in_threadpool(_answers, station, caller.counter, after)
    if not found and wait > 0:
        await station.board.wait(caller.counter, after, wait)
        found = await run_in_threadpool(_answers, station, caller.counter, after)
    return DecisionList(
        decisions=found,
        cursor=found[-1].cursor if found else after,
        epoch=station.epoch,
        servertime=station.now(),
    )


@router.get(
    "/files/{kind}",
    operation_id="getFile",
    summary="The signed directory or rule pack, as it was published, or what changed since",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "The file"},
        304: {"description": "You have it already"},
        **documented(
            ProblemKind.MALFORMED,
            ProblemKind.NOT_ENROLLED,
            ProblemKind.NOT_FOUND,
            ProblemKind.BUSY,
        ),
    },
)
def get_file(
    kind: Annotated[str, Path(pattern=r"^(directory|rule-pack)$")],
    _caller: Admitted,
    station: StationHere,
    have: Annotated[str | None, Header(alias="If-None-Match")] = None,
) -> Response:
    """The signature is inside the file; this station neither makes nor checks it.

    Who names the version before the published one may get only what changed since.
    """
    with station.database.reading() as connection:
        version = connection.execute(
            select(published.c.version).where(published.c.kind == kind)
        ).scalar_one_or_none()
        if version is None:
            raise RefusedError(ProblemKind.NOT_FOUND)
        tag = f'"{version}"'
        if have == tag:
            return Response(status_code=304, headers={"ETag": tag})
        content = _content(connection, kind, (have or "").strip('"'))
    return Response(content, media_type="application/octet-stream", headers={"ETag": tag})


def _content(connection: Connection, kind: str, have: str) -> bytes:
    """Return what changed since the version a counter has, where that is kept, else all."""
    delta: bytes | None = connection.execute(
        select(published_deltas.c.content).where(
            published_deltas.c.kind == kind, published_deltas.c.base == have
        )
    ).scalar_one_or_none()
    if delta is not None:
        return delta
    whole: bytes = connection.execute(
        select(published.c.content).where(published.c.kind == kind)
    ).scalar_one()
    return whole


@router.get(
    "/health", operation_id="getHealth", summary="Is head office there", response_model=Health
)
def get_health(station: StationHere) -> Health:
    """Needs no enrolment beyond the connection itself."""
    return Health(epoch=station.epoch, servertime=station.now())


def _answers(station: Station, counter: str, after: int) -> list[DecisionItem]:
    with station.database.reading() as connection:
        return answers_after(connection, counter, after)
