"""The routes of the review page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, FastAPI, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from counter_app.domain.counter_facts import day_of
from counter_app.domain.submission import Verdict
from counter_app.headoffice.access import StationHere
from counter_app.headoffice.deciding import FINAL, note
from counter_app.headoffice.review.accounts import Session, sign_in, sign_out
from counter_app.headoffice.review.reading import (
    PAGE,
    Filter,
    counters_known,
    counts,
    list_rows,
    oldest_waiting,
)
from counter_app.headoffice.review.security import (
    FORM_COOKIE,
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    ReviewHeaders,
    SignedIn,
    SignInFirstError,
    is_own_sign_in,
    language_of,
    new_form_token,
    own_path,
    set_cookie,
)
from counter_app.headoffice.review.sheet import read_picture, read_sheet
from counter_app.headoffice.review.words import Language, Words
from counter_app.wire.answers import WANTED_KINDS

if TYPE_CHECKING:
    from counter_app.headoffice.review.receipts import CheckedReceipt

_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
STATES = ("WAITING", *(verdict.value for verdict in Verdict), "ALL")

router = APIRouter(prefix="/review", include_in_schema=False, default_response_class=HTMLResponse)


def add_review_pages(app: FastAPI) -> None:
    """Serve the review page under /review."""
    from counter_app.headoffice.review import decisions, receipts

    app.include_router(router)
    app.include_router(receipts.router)
    app.include_router(decisions.router)
    app.mount("/review/static", StaticFiles(directory=_HERE / "static"), name="review-static")
    app.add_middleware(ReviewHeaders)

    @app.exception_handler(SignInFirstError)
    async def sign_in_first(_request: Request, _error: SignInFirstError) -> Response:
        return RedirectResponse("/review/sign-in", status_code=303)


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Fill a template in the reviewer's language."""
    words = Words(language_of(request))
    text = _TEMPLATES.get_template(template).render(
        t=words, session=values.pop("session", None), **values
    )
    return HTMLResponse(text, status)


@router.get("")
@router.get("/")
def front() -> Response:
    """Lead to the list."""
    return RedirectResponse("/review/cases", status_code=303)


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """Show the sign-in form."""
    return _sign_in_form(request, "")


@router.post("/sign-in")
def sign_in_now(
    request: Request,
    station: StationHere,
    name: Annotated[str, Form(max_length=64)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    form: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Check name and password."""
    if not is_own_sign_in(request, form):
        return _sign_in_form(request, "form_stale", 403)
    with station.database.writing() as connection:
        token = sign_in(connection, name, password, station.now())
    if token is None:
        return _sign_in_form(request, "sign_in_refused", 403)
    response = RedirectResponse("/review/cases", status_code=303)
    set_cookie(request, response, SESSION_COOKIE, token)
    return response


@router.post("/sign-out")
def sign_out_now(request: Request, station: StationHere) -> Response:
    """End the session; a stranger's form can do no harm with it."""
    with station.database.writing() as connection:
        sign_out(connection, request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse("/review/sign-in", status_code=303)
    response.delete_cookie(SESSION_COOKIE, path="/review")
    return response


@router.get("/language/{language}")
def choose_language(request: Request, language: Language) -> Response:
    """Change the language and go back to where one was."""
    back = own_path(request.headers.get("referer", ""))
    response = RedirectResponse(back, status_code=303)
    set_cookie(request, response, LANGUAGE_COOKIE, language.value)
    return response


def _filter(
    state: Annotated[str, Query(max_length=20)] = "WAITING",
    counter: Annotated[str, Query(max_length=64)] = "",
    text: Annotated[str, Query(max_length=64)] = "",
    page_no: Annotated[int, Query(ge=0, le=100_000, alias="page")] = 0,
) -> Filter:
    return Filter(state if state in STATES else "WAITING", counter, text.strip(), page_no)


@router.get("/cases")
def cases(
    request: Request,
    session: SignedIn,
    station: StationHere,
    which: Annotated[Filter, Depends(_filter)],
) -> Response:
    """Show the list."""
    now = station.now()
    with station.database.reading() as connection:
        rows = list_rows(connection, which, station.institution_key, now)
        oldest = oldest_waiting(connection)
        known, numbers = counters_known(connection), counts(connection)
    return page(
        request,
        "cases.html",
        session=session,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        which=which,
        states=STATES,
        counters=known,
        counts=numbers | {"WAITING": sum(numbers.get(one.value, 0) for one in _WAITING)},
        oldest_s=None if oldest is None else (now - oldest).total_seconds(),
    )


_WAITING = (Verdict.RECEIVED, Verdict.IN_PROCESS)
_TIME_TO_BRING = timedelta(days=7)
"""Proposed to whoever asks for more documents."""


@router.get("/cases/{counter}/{message_id}")
def case(
    request: Request, session: SignedIn, station: StationHere, counter: str, message_id: str
) -> Response:
    """Show one case."""
    with station.database.writing() as connection:
        note(connection, session.reviewer, "looked", message_id[:64], station.now())
    return case_page(request, session, station, (counter, message_id))


def case_page(  # noqa: PLR0913  (what is shown beside the case, by name)
    request: Request,
    session: Session,
    station: StationHere,
    which: tuple[str, str],
    message: str = "",
    filled: Mapping[str, object] | None = None,
    *,
    receipt: CheckedReceipt | None = None,
) -> Response:
    """Show one case, with a message, what was filled in, and a receipt's verdict, if any."""
    with station.database.reading() as connection:
        sheet = read_sheet(connection, *which, station.institution_key)
    if sheet is None:
        return page(request, "message.html", 404, session=session, message="not_found")
    now = station.now()
    return page(
        request,
        "case.html",
        422 if message and message != "decided" else 200,
        session=session,
        sheet=sheet,
        message=message,
        receipt=receipt,
        judges=station.receipts is not None,
        filled=filled or {},
        kinds=WANTED_KINDS,
        today=day_of(now),
        deadline=day_of(now + _TIME_TO_BRING),
        open=sheet.is_newest and Verdict(sheet.verdict) not in FINAL and sheet.case is not None,
        cooling=sheet.not_before is not None and sheet.not_before > now,
        waiting_s=(now - sheet.received_at).total_seconds(),
    )


@router.get("/cases/{counter}/{message_id}/images/{sha256}")
def image(
    session: SignedIn, station: StationHere, counter: str, message_id: str, sha256: str
) -> Response:
    """Show one image; only one that the case names, and only as the kind it says it is."""
    if station.institution_key is None:
        return Response(status_code=404)
    with station.database.writing() as connection:
        found = read_picture(connection, counter, message_id, sha256, station.institution_key)
        note(connection, session.reviewer, "looked.image", message_id[:64], station.now())
    if found is None:
        return Response(status_code=404)
    return Response(found[0], media_type=found[1])


def _sign_in_form(request: Request, message: str, status: int = 200) -> Response:
    token = new_form_token()
    response = page(request, "sign_in.html", status, form=token, message=message)
    set_cookie(request, response, FORM_COOKIE, token)
    return response
