"""Refusals as problem documents.

Source: RFC 9457.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from counter_app.wire.answers import PROBLEM_TYPE, Problem, ProblemKind, Retry

log = logging.getLogger(__name__)

_NOT_NOW = "系统暂时不可用，没有改动任何内容，请稍后再试。\nNot available now; nothing was changed."
"""For a person at the review page."""


@dataclass(frozen=True, slots=True)
class _Form:
    status: int
    title: str
    retry: Retry


_FORMS = {
    ProblemKind.MALFORMED: _Form(400, "The request is not of this contract", Retry.NEVER),
    ProblemKind.UNKNOWN_VERSION: _Form(400, "This version is not known here yet", Retry.LATER),
    ProblemKind.VERSION_RETIRED: _Form(400, "This version is no longer taken here", Retry.NEVER),
    ProblemKind.NOT_ENROLLED: _Form(401, "This counter is not enrolled", Retry.AFTER_LOGIN),
    ProblemKind.NOT_YOURS: _Form(403, "Another counter's message", Retry.AFTER_LOGIN),
    ProblemKind.NOT_FOUND: _Form(404, "Nothing here", Retry.NEVER),
    ProblemKind.METHOD: _Form(405, "Not possible here", Retry.NEVER),
    ProblemKind.PREDECESSOR_MISSING: _Form(409, "Send the one before it first", Retry.NOW),
    ProblemKind.MISMATCH: _Form(409, "Other content under this identity", Retry.NEVER),
    ProblemKind.TOO_LARGE: _Form(413, "Too large", Retry.NEVER),
    ProblemKind.HEAD_TOO_LARGE: _Form(431, "Its headers are too large", Retry.NEVER),
    ProblemKind.TOO_SLOW: _Form(408, "It took too long to arrive", Retry.LATER),
    ProblemKind.MEDIA_TYPE: _Form(415, "Another media type is expected", Retry.NEVER),
    ProblemKind.SEAL_BROKEN: _Form(422, "A signature or hash does not hold", Retry.NEVER),
    ProblemKind.DIGEST_WRONG: _Form(422, "The body is not what its digest says", Retry.NOW),
    ProblemKind.CODE_REFUSED: _Form(403, "The enrolment code is not accepted", Retry.NEVER),
    ProblemKind.BUSY: _Form(429, "Come back later", Retry.LATER),
    ProblemKind.UNAVAILABLE: _Form(503, "Not available now", Retry.LATER),
}

_BY_STATUS = {
    400: ProblemKind.MALFORMED,
    404: ProblemKind.NOT_FOUND,
    405: ProblemKind.METHOD,
    413: ProblemKind.TOO_LARGE,
    415: ProblemKind.MEDIA_TYPE,
    422: ProblemKind.MALFORMED,
}


class RefusedError(Exception):
    """Ends a request with a problem document.

    Attributes:
        detail: One line for whoever supports the counter; never a value from a message.
        retry_after_s: For `BUSY`.
    """

    def __init__(
        self, kind: ProblemKind, detail: str = "", retry_after_s: int | None = None
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.detail = detail
        self.retry_after_s = retry_after_s


def problem_response(
    kind: ProblemKind, detail: str = "", retry_after_s: int | None = None
) -> JSONResponse:
    """Write one problem document."""
    form = _FORMS[kind]
    problem = Problem(
        type=kind.urn, title=form.title, status=form.status, detail=detail, retry=form.retry
    )
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return JSONResponse(
        problem.model_dump(mode="json"), form.status, headers=headers, media_type=PROBLEM_TYPE
    )


def problem_bytes(kind: ProblemKind) -> bytes:
    """Write a whole HTTP answer that ends the line, for what never reaches a route."""
    answer = problem_response(kind)
    lines = [f"HTTP/1.1 {answer.status_code} {HTTPStatus(answer.status_code).phrase}".encode()]
    lines += [name + b": " + value for name, value in answer.raw_headers]
    return b"\r\n".join([*lines, b"connection: close", b"", bytes(answer.body)])


def add_problem_handlers(app: FastAPI) -> None:
    """Make every refusal of the program, also of the framework, a problem document."""

    @app.exception_handler(ClientDisconnect)
    async def gone(_request: Request, _error: ClientDisconnect) -> JSONResponse:
        return problem_response(ProblemKind.MALFORMED, "the caller left")

    @app.exception_handler(RefusedError)
    async def refused(_request: Request, error: RefusedError) -> JSONResponse:
        return problem_response(error.kind, error.detail, error.retry_after_s)

    @app.exception_handler(OperationalError)
    async def no_database(request: Request, error: OperationalError) -> Response:
        log.warning("database not available: %s", type(error.orig).__name__)
        return _not_now(request)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        places = {".".join(str(part) for part in item["loc"]) for item in error.errors()}
        return problem_response(ProblemKind.MALFORMED, ", ".join(sorted(places))[:300])

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        response = problem_response(_BY_STATUS.get(error.status_code, ProblemKind.MALFORMED))
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        if error.status_code == 405:
            response.headers["Allow"] = ", ".join(sorted(_methods_at(app, request)))
        return response


def _not_now(request: Request) -> Response:
    if request.url.path.startswith("/review"):
        return PlainTextResponse(_NOT_NOW, 503, {"Retry-After": "10"})
    return problem_response(ProblemKind.UNAVAILABLE, retry_after_s=10)


def _methods_at(app: FastAPI, request: Request) -> set[str]:
    """Return every method of a path; the framework names only those of the first route."""
    path = {**request.scope, "path": request.url.path}
    every = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
    return {
        method
        for method in every
        if any(route.matches({**path, "method": method})[0] is Match.FULL for route in app.routes)
    }


def documented(*kinds: ProblemKind) -> dict[int | str, dict[str, object]]:
    """Describe problem answers for the OpenAPI document."""
    described: dict[int | str, dict[str, object]] = {}
    for kind in kinds:
        form = _FORMS[kind]
        before = described.get(form.status, {}).get("description", "")
        text = f"{before}; {form.title}" if before else form.title
        described[form.status] = {
            "description": text,
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return described
