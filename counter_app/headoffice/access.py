"""What every route asks first: which station this is, who calls, and whether there is room."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from counter_app.headoffice.identity import Caller
from counter_app.headoffice.station import Station


def station_of(request: Request) -> Station:
    """Return the station this process serves."""
    return cast("Station", request.app.state.station)


StationHere = Annotated[Station, Depends(station_of)]


async def _admitted(request: Request, station: StationHere) -> AsyncIterator[Caller]:
    caller = await run_in_threadpool(station.caller, request)
    station.gate.enter(caller.counter)
    try:
        yield caller
    finally:
        station.gate.leave()


async def _known(request: Request, station: StationHere) -> Caller:
    caller = await run_in_threadpool(station.caller, request)
    station.gate.enter(caller.counter)
    station.gate.leave()
    return caller


Admitted = Annotated[Caller, Depends(_admitted)]
"""An enrolled counter, counted among those under way until its answer has left."""

Known = Annotated[Caller, Depends(_known)]
"""An enrolled counter whose request may be held for long, so it is not counted."""
