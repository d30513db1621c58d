"""Cookies, forms and headers of the review page."""

from __future__ import annotations

import hmac
import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counter_app.headoffice.access import StationHere
from counter_app.headoffice.review.accounts import Session, session_of
from counter_app.headoffice.review.words import Language

SESSION_COOKIE = "review"
FORM_COOKIE = "review-form"
LANGUAGE_COOKIE = "review-language"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SignInFirstError(Exception):
    """The page needs a signed-in reviewer."""


class ReviewHeaders:
    """Adds the security headers to everything below /review."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/review"):
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, sending)


def _signed_in(request: Request, station: StationHere) -> Session:
    token = request.cookies.get(SESSION_COOKIE, "")
    with station.database.writing() as connection:
        found = session_of(connection, token, station.now())
    if found is None:
        raise SignInFirstError
    return found


SignedIn = Annotated[Session, Depends(_signed_in)]


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Set a cookie that scripts and other sites do not see."""
    response.set_cookie(
        name,
        value,
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="strict",
        path="/review",
    )


def new_form_token() -> str:
    """Make a token for a form that is shown before sign-in."""
    return secrets.token_urlsafe(24)


def is_own_sign_in(request: Request, token: str) -> bool:
    """Say whether a sign-in form came from our own page."""
    return hmac.compare_digest(request.cookies.get(FORM_COOKIE, "-").encode(), token.encode())


def language_of(request: Request) -> Language:
    """Return the language the reviewer chose; Chinese at first."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return Language.EN if chosen == Language.EN else Language.ZH


def own_path(address: str) -> str:
    """Return where a link on our page came from, or the list when it is not ours."""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/review/") else "/review/cases"
