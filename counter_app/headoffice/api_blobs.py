"""Images come in: `HEAD` and `PUT /v1/blobs/{sha256}`."""

from __future__ import annotations

import base64
import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from counter_app.headoffice.access import Admitted, StationHere
from counter_app.headoffice.blob_store import has_blob
from counter_app.headoffice.problems import RefusedError, documented
from counter_app.headoffice.taking_in import keep_image
from counter_app.wire.answers import BLOB_TYPE, BlobReceipt, ProblemKind

router = APIRouter(prefix="/v1/blobs", tags=["images"])

BlobPath = Annotated[
    str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the plain image, lower-case hex")
]
DigestHeader = Annotated[
    str, Header(alias="Content-Digest", description="Of the encrypted body; RFC 9530, sha-256")
]


@router.head(
    "/{sha256}",
    operation_id="hasBlob",
    summary="Ask whether an image is here",
    response_class=Response,
    responses={
        200: {"description": "It is here"},
        **documented(
            ProblemKind.MALFORMED,
            ProblemKind.NOT_ENROLLED,
            ProblemKind.NOT_FOUND,
            ProblemKind.BUSY,
        ),
    },
)
def head_blob(sha256: BlobPath, caller: Admitted, station: StationHere) -> Response:
    """Only the caller's own images are seen; the ETag proves that head office answers."""
    with station.database.reading() as connection:
        if not has_blob(connection, caller.counter, sha256):
            raise RefusedError(ProblemKind.NOT_FOUND)
    return Response(status_code=200, headers={"ETag": f'"{sha256}"'})


@router.put(
    "/{sha256}",
    operation_id="putBlob",
    summary="Hand over one image, encrypted to the institution",
    status_code=201,
    response_model=BlobReceipt,
    responses={
        200: {"model": BlobReceipt, "description": "It was here before"},
        **documented(
            ProblemKind.MALFORMED,
            ProblemKind.NOT_ENROLLED,
            ProblemKind.TOO_LARGE,
            ProblemKind.MEDIA_TYPE,
            ProblemKind.SEAL_BROKEN,
            ProblemKind.DIGEST_WRONG,
            ProblemKind.BUSY,
        ),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {BLOB_TYPE: {"schema": {"type": "string", "description": "Compact JWE"}}},
        }
    },
)
async def put_image(
    sha256: BlobPath,
    digest: DigestHeader,
    caller: Admitted,
    station: StationHere,
    request: Request,
    out: Response,
) -> BlobReceipt:
    """The body is checked against its digest, and the image against its name if it can be read."""
    if request.headers.get("content-type", "") != BLOB_TYPE:
        raise RefusedError(ProblemKind.MEDIA_TYPE, BLOB_TYPE)
    sealed = await request.body()
    if digest != content_digest(sealed):
        raise RefusedError(ProblemKind.DIGEST_WRONG)
    stored = await run_in_threadpool(keep_image, station, caller.counter, sha256, sealed)
    if not stored:
        out.status_code = 200
    return BlobReceipt(sha256=sha256)


def content_digest(body: bytes) -> str:
    """Write the Content-Digest of a body. Source: RFC 9530, section 2."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
