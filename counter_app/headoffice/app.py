"""The web application of head office."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import JsonValue
from pydantic.json_schema import models_json_schema

from counter_app import __version__
from counter_app.headoffice import api_answers, api_blobs, api_cases, api_enrolment
from counter_app.headoffice.limits import BodyLimit
from counter_app.headoffice.problems import add_problem_handlers
from counter_app.headoffice.review.pages import add_review_pages
from counter_app.headoffice.station import Station
from counter_app.wire.answers import Problem
from counter_app.wire.case_data import CaseData, PersonalData
from counter_app.wire.envelope_model import Envelope


def build_app() -> FastAPI:
    """Build the application; it serves once a station is attached with `attach`."""
    app = FastAPI(
        title="Counter to head office",
        version=f"1.0 ({__version__})",
        summary="Messages, images, answers, signed files and enrolment of branch counters",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
    )
    for module in (api_cases, api_blobs, api_answers, api_enrolment):
        app.include_router(module.router)
    add_review_pages(app)
    add_problem_handlers(app)
    app.add_middleware(BodyLimit)
    app.openapi = _contract(app)  # type: ignore[method-assign]  # FastAPI's documented hook
    return app


def attach(app: FastAPI, station: Station) -> None:
    """Let the application serve a station."""
    app.state.station = station


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    station: Station = app.state.station
    watching = asyncio.create_task(station.board.watch())
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        station.database.close()


def _contract(app: FastAPI) -> Callable[[], dict[str, JsonValue]]:
    def contract() -> dict[str, JsonValue]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version="1.0.0",
                openapi_version="3.1.0",
                summary=app.summary,
                routes=app.routes,
            )
            _, extra = models_json_schema(
                [(model, "validation") for model in (Envelope, CaseData, PersonalData, Problem)],
                ref_template="#/components/schemas/{model}",
            )
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            for name, schema in extra["$defs"].items():
                schemas.setdefault(name, schema)
            _without_framework_answers(document)
            app.openapi_schema = document
        return app.openapi_schema

    return contract


def _without_framework_answers(document: dict[str, Any]) -> None:
    """Take out the framework's own form of a refusal: ours are problem documents."""
    for methods in document["paths"].values():
        for operation in methods.values():
            refused = operation["responses"].get("422", {}).get("content", {})
            if "application/json" in refused:
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
