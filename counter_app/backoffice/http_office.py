"""Head office over HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime

from counter_app.backoffice.failures import read_answer, refusal
from counter_app.backoffice.transport import Connection, OfficeAddress
from counter_app.domain.submission import Decision, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import (
    Ack,
    DecisionPage,
    SignedFile,
    SignedFileKind,
    SkipReason,
)
from counter_app.ports.stop import Stop
from counter_app.wire.answers import (
    BLOB_TYPE,
    ENVELOPE_TYPE,
    BlobReceipt,
    DecisionItem,
    DecisionList,
    Health,
    ProblemKind,
    Receipt,
    Skipped,
)
from counter_app.wire.envelope import seal_blob


class HttpBackOffice:
    """Delivers over one kept-alive connection; implements `BackOffice` and `PublishedFiles`."""

    def __init__(self, address: OfficeAddress, connection: Connection | None = None) -> None:
        """Prepare; see `Connection` for what may be raised."""
        self._institution_key = address.institution_key
        self._connection = connection or Connection(address)

    def put_blob(self, sha256: str, data: bytes, stop: Stop) -> None:
        """Send an image unless it is there; see `BackOffice`."""
        path = f"/v1/blobs/{sha256}"
        known = self._connection.request("HEAD", path, stop)
        if known.status == 200 and known.headers.get("etag") == f'"{sha256}"':
            return
        try:
            sealed = seal_blob(data, self._institution_key)
        except ValueError as error:
            raise CounterError(
                FailureCode.OFFICE_REFUSED, problem=ProblemKind.TOO_LARGE.value, retry="never"
            ) from error
        headers = {"Content-Type": BLOB_TYPE, "Content-Digest": _digest(sealed)}
        answer = self._connection.request("PUT", path, stop, headers=headers, content=sealed)
        if read_answer(answer, BlobReceipt).sha256 != sha256:
            raise CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL, reason="other image")

    def put_message(self, message: OutboxMessage, stop: Stop) -> Ack:
        """Hand over one message; see `BackOffice`."""
        answer = self._connection.request(
            "PUT",
            f"/v1/cases/{message.message_id}",
            stop,
            headers={"Content-Type": ENVELOPE_TYPE},
            content=message.payload,
        )
        receipt = read_answer(answer, Receipt)
        if receipt.id != message.message_id:
            raise CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL, reason="other message")
        return Ack(receipt.epoch, receipt.servertime, tuple(receipt.missing))

    def skip(self, message_id: str, reason: SkipReason, stop: Stop) -> None:
        """Tell head office not to wait for a message; see `BackOffice`."""
        answer = self._connection.request(
            "PUT",
            f"/v1/cases/{message_id}/skip",
            stop,
            headers={"Content-Type": "application/json"},
            content=json.dumps({"reason": reason.value}).encode(),
        )
        read_answer(answer, Skipped)

    def decisions(self, after: int, stop: Stop, wait_s: float) -> DecisionPage:
        """Ask for answers; see `BackOffice`."""
        path = f"/v1/decisions?after={after}&wait={wait_s:g}"
        page = read_answer(self._connection.request("GET", path, stop, held_s=wait_s), DecisionList)
        return DecisionPage(
            tuple(_decision(item) for item in page.decisions),
            page.cursor,
            page.epoch,
            page.servertime,
        )

    def newer(self, kind: SignedFileKind, have: str | None, stop: Stop) -> SignedFile | None:
        """Fetch a published file; see `PublishedFiles`."""
        headers = {} if have is None else {"If-None-Match": have}
        answer = self._connection.request("GET", f"/v1/files/{kind.value}", stop, headers=headers)
        if answer.status == 304:
            return None
        if answer.status != 200:
            raise refusal(answer)
        tag = answer.headers.get("etag", "")
        if not tag or answer.media_type != "application/octet-stream":
            raise CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL, status=answer.status)
        return SignedFile(kind, tag, answer.body)

    def server_time(self, stop: Stop) -> datetime:
        """Ask whether head office is there; returns its clock (aware UTC)."""
        return read_answer(self._connection.request("GET", "/v1/health", stop), Health).servertime

    def go_on_as(self, address: OfficeAddress) -> None:
        """Connect anew, with a certificate that is new; see `Connection` for what may be raised."""
        fresh = Connection(address)
        self._connection.close()
        self._connection = fresh
        self._institution_key = address.institution_key

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _decision(item: DecisionItem) -> Decision:
    return Decision(
        cursor=item.cursor,
        message_id=item.id,
        case_id=item.caseid,
        verdict=item.verdict,
        reason_code=item.reason_code,
        reason_text=item.reason_text,
        next_action=item.next_action,
        channels=tuple((state.channel, state.state) for state in item.channels),
        decided_at=item.decided_at,
        wanted=tuple(item.wanted),
        deadline=item.deadline,
    )


def _digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
