"""Sending bytes to a service of the institution and taking its answer, within bounds."""

from __future__ import annotations

import http.client
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT_S = 20.0
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A service's answer.

    Attributes:
        kind: Its Content-Type without parameters.
    """

    status: int
    kind: str
    body: bytes


def post(address: str, body: bytes, kind: str, most_bytes: int) -> Answer:
    """Post bytes; nothing is followed, retried or kept.

    Args:
        address: `https://…`, or `http://…` on this machine only.
        body: What is posted.
        kind: Its Content-Type.
        most_bytes: The answer may not be longer.

    Raises:
        OSError: No line, no answer, or no HTTP.
        ValueError: The address is none of the above, or the answer is too long.
    """
    parts = urlsplit(address)
    if parts.hostname is None or not _is_safe(parts.scheme, parts.hostname):
        raise ValueError("only https, or http on this machine")
    connection = _connection(parts.scheme, parts.hostname, parts.port)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {"Content-Type": kind, "Connection": "close"})
        with connection.getresponse() as answer:
            content = answer.read(most_bytes + 1)
            told = answer.headers.get_content_type()
    except http.client.HTTPException as error:
        raise OSError("no HTTP") from error
    finally:
        connection.close()
    if len(content) > most_bytes:
        raise ValueError("the answer is too long")
    return Answer(answer.status, told, content)


def _is_safe(scheme: str, host: str) -> bool:
    return scheme == "https" or (scheme == "http" and host in _LOCAL)


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=context)
