"""Counters get their certificates: enrolment by one-time code, and renewal."""

from __future__ import annotations

from fastapi import APIRouter

from counter_app.headoffice.access import Admitted, StationHere
from counter_app.headoffice.enrolment import Registry, certify, enrol
from counter_app.headoffice.problems import RefusedError, documented
from counter_app.headoffice.station import Station
from counter_app.wire.answers import EnrolAnswer, EnrolRequest, ProblemKind, RenewRequest

router = APIRouter(prefix="/v1", tags=["enrolment"])


@router.post(
    "/enrolments",
    operation_id="enrol",
    summary="Exchange a one-time code and a signing request for a certificate",
    status_code=201,
    response_model=EnrolAnswer,
    responses=documented(
        ProblemKind.MALFORMED,
        ProblemKind.CODE_REFUSED,
        ProblemKind.TOO_LARGE,
        ProblemKind.BUSY,
        ProblemKind.UNAVAILABLE,
    ),
)
async def post_enrolment(body: EnrolRequest, station: StationHere) -> EnrolAnswer:
    """The only route that a computer without a certificate may use, apart from health."""
    station.gate.enter("enrolment")
    try:
        with station.database.writing() as connection:
            return enrol(connection, _registry(station), body, station.now())
    finally:
        station.gate.leave()


@router.post(
    "/renewals",
    operation_id="renew",
    summary="The next certificate, before the present one expires",
    status_code=201,
    response_model=EnrolAnswer,
    responses=documented(
        ProblemKind.MALFORMED,
        ProblemKind.NOT_ENROLLED,
        ProblemKind.TOO_LARGE,
        ProblemKind.BUSY,
        ProblemKind.UNAVAILABLE,
    ),
)
def post_renewal(body: RenewRequest, caller: Admitted, station: StationHere) -> EnrolAnswer:
    """The present certificate stays valid, so a lost answer does no harm."""
    with station.database.writing() as connection:
        return certify(connection, _registry(station), body.csr, caller.counter, station.now())


def _registry(station: Station) -> Registry:
    if station.registry is None:
        raise RefusedError(ProblemKind.UNAVAILABLE, "no authority here")
    return station.registry
