"""From what the network says to a failure with a name."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from counter_app.backoffice.answer import Answer
from counter_app.errors import CounterError, FailureCode
from counter_app.wire.answers import PROBLEM_TYPE, Problem, ProblemKind

NOT_YET_VALID, EXPIRED = 9, 10
"""Verification results of OpenSSL, X509_V_ERR_CERT_NOT_YET_VALID and _HAS_EXPIRED."""

RETRY_AFTER_S = (1, 3600)
"""Shortest and longest time we let ourselves be sent away for."""

_OUR_CERTIFICATE = ("CERTIFICATE_EXPIRED", "CERTIFICATE_REQUIRED", "UNKNOWN_CA", "REVOKED")
_CODES = {
    ProblemKind.NOT_ENROLLED.urn: FailureCode.OFFICE_LOGIN,
    ProblemKind.NOT_YOURS.urn: FailureCode.OFFICE_LOGIN,
    ProblemKind.UNKNOWN_VERSION.urn: FailureCode.OFFICE_VERSION,
    ProblemKind.MISMATCH.urn: FailureCode.OFFICE_MISMATCH,
}
_PREFIX = "urn:counter-app:problem:"

_Model = TypeVar("_Model", bound=BaseModel)


def network_failure(error: Exception) -> CounterError:
    """Name a failure below HTTP."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            if cause.verify_code in {NOT_YET_VALID, EXPIRED}:
                return CounterError(FailureCode.OFFICE_CLOCK, verify=cause.verify_code)
            return CounterError(FailureCode.OFFICE_TLS, verify=cause.verify_code)
        if isinstance(cause, ssl.SSLError):
            reason = cause.reason or ""
            if any(word in reason for word in _OUR_CERTIFICATE):
                return CounterError(FailureCode.OFFICE_LOGIN, alert=reason)
            return CounterError(FailureCode.OFFICE_TLS, alert=reason)
        if isinstance(cause, socket.gaierror):
            return CounterError(FailureCode.OFFICE_NAME_UNKNOWN)
    return CounterError(FailureCode.OFFICE_UNREACHABLE, reason=type(error).__name__)


def read_answer(answer: Answer, model: type[_Model]) -> _Model:
    """Read what head office answered.

    A page with status 200 is no answer: only a document of the contract is.

    Raises:
        CounterError: See `BackOffice`.
    """
    if not 200 <= answer.status < 300:
        raise refusal(answer)
    if answer.media_type != "application/json":
        raise CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL, status=answer.status)
    try:
        return model.model_validate_json(answer.body)
    except ValidationError as error:
        raise CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL, status=answer.status) from error


def refusal(answer: Answer) -> CounterError:
    """Name an answer that is not a success."""
    problem = _problem(answer)
    if answer.status in {429, 503} and (problem or "retry-after" in answer.headers):
        return CounterError(
            FailureCode.OFFICE_BUSY,
            retry_after_s=_retry_after(answer.headers.get("retry-after", "")),
        )
    if problem is not None:
        kind = problem.type.removeprefix(_PREFIX)
        if code := _CODES.get(problem.type):
            return CounterError(code, problem=kind, status=answer.status)
        return CounterError(
            FailureCode.OFFICE_REFUSED,
            problem=kind,
            status=answer.status,
            retry=problem.retry.value,
        )
    if answer.status >= 500 or answer.status in {408, 429}:
        return CounterError(FailureCode.OFFICE_UNREACHABLE, status=answer.status)
    return CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL, status=answer.status)


def _problem(answer: Answer) -> Problem | None:
    if answer.media_type != PROBLEM_TYPE:
        return None
    try:
        problem = Problem.model_validate_json(answer.body)
    except ValidationError:
        return None
    return problem if problem.type.startswith(_PREFIX) else None


def _retry_after(text: str) -> int:
    low, high = RETRY_AFTER_S
    if text.isdecimal() and text.isascii():
        return max(low, min(high, int(text[:9])))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 30
    return max(low, min(high, round(at.timestamp() - time.time())))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
