"""What a reviewer hands in: a file or the text of a code, kept in memory only."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from counter_app.headoffice.review.security import SignedIn

LARGEST = 10 * 1024 * 1024
"""Bytes of a receipt's file or of a photograph of it."""
_AROUND = 64 * 1024
_LONGEST_FIELD = 8 * 1024


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A form with a file or a text.

    Attributes:
        data: The file, else the text; empty when there is neither.
    """

    csrf: str
    data: bytes = field(default=b"", repr=False)
    is_too_large: bool = False


async def _handed_in(request: Request, _session: SignedIn) -> HandedIn:
    """Read the form of a reviewer; a stranger's is not read at all."""
    body = await _body(request)
    if body is None:
        return HandedIn("", is_too_large=True)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return HandedIn("")
    parser = MultiPartParser(
        request.headers, _once(body), max_files=1, max_fields=4, max_part_size=_LONGEST_FIELD
    )
    parser.spool_max_size = len(body) + 1
    try:
        form = await parser.parse()
    except (MultiPartException, FormParserError):
        return HandedIn("")
    csrf, text, file = form.get("csrf"), form.get("code"), form.get("receipt")
    data = await file.read() if isinstance(file, UploadFile) else b""
    await form.close()
    return HandedIn(str(csrf or ""), data or _code(text), is_too_large=len(data) > LARGEST)


Handed = Annotated[HandedIn, Depends(_handed_in)]


async def _body(request: Request) -> bytes | None:
    """Read a body; None as soon as it is too large: the rest of it is not waited for."""
    most = LARGEST + _AROUND
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        return None
    kept = bytearray()
    async for part in request.stream():
        kept += part
        if len(kept) > most:
            return None
    return bytes(kept)


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def _code(text: object) -> bytes:
    """Return a code's text; line breaks come from copying and belong to no code."""
    return "".join(text.splitlines()).strip().encode() if isinstance(text, str) else b""
