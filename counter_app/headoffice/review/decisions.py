"""What a reviewer decides, from the form on the case page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from counter_app.domain.counter_facts import day_of
from counter_app.domain.submission import Verdict
from counter_app.headoffice.access import StationHere
from counter_app.headoffice.deciding import Judgement, decide
from counter_app.headoffice.review.accounts import is_own_form
from counter_app.headoffice.review.pages import case_page
from counter_app.headoffice.review.security import SignedIn
from counter_app.headoffice.review.sheet import read_sheet
from counter_app.headoffice.station import Station
from counter_app.wire.answers import WANTED_KINDS
from counter_app.wire.reasons import ReasonCode

router = APIRouter(prefix="/review", include_in_schema=False)

CHANNELS = ("unionpay", "alipay", "wechat")
_CHANNEL_STATES = ("pending", "done", "failed")
_VERDICTS = {
    "approve": Verdict.IN_PROCESS,
    "apply": Verdict.APPLIED,
    "reject": Verdict.REJECTED,
    "need_more": Verdict.NEED_MORE,
}
_WITH_REASON = frozenset({Verdict.REJECTED, Verdict.NEED_MORE})


@dataclass(frozen=True, slots=True)
class _Filled:
    act: str
    csrf: str
    reason_code: str
    reason_text: str
    next_action: str
    channels: tuple[tuple[str, str], ...]
    wanted: tuple[str, ...]
    deadline: date | None


def _filled(  # noqa: PLR0913  (the fields of the form, by name)
    *,
    act: Annotated[str, Form(max_length=20)],
    csrf: Annotated[str, Form(max_length=64)] = "",
    reason_code: Annotated[str, Form(max_length=64)] = "",
    reason_text: Annotated[str, Form(max_length=500)] = "",
    next_action: Annotated[str, Form(max_length=500)] = "",
    unionpay: Annotated[str, Form(max_length=20)] = "",
    alipay: Annotated[str, Form(max_length=20)] = "",
    wechat: Annotated[str, Form(max_length=20)] = "",
    wanted: Annotated[list[str] | None, Form(max_length=20)] = None,
    deadline: Annotated[str, Form(max_length=10)] = "",
) -> _Filled:
    given = zip(CHANNELS, (unionpay, alipay, wechat), strict=True)
    channels = tuple((name, state) for name, state in given if state in _CHANNEL_STATES)
    kinds = tuple(kind for kind in WANTED_KINDS if kind in (wanted or ()))
    texts = (reason_code, reason_text.strip(), next_action.strip())
    return _Filled(act, csrf, *texts, channels, kinds, _day(deadline))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@router.post("/cases/{counter}/{message_id}/decision")
def decide_now(
    request: Request,
    session: SignedIn,
    station: StationHere,
    counter: str,
    message_id: str,
    filled: Annotated[_Filled, Depends(_filled)],
) -> Response:
    """Record a decision, or say what is wrong with it."""
    which = (counter, message_id)
    if not is_own_form(session, filled.csrf):
        return case_page(request, session, station, which, "form_stale", asdict(filled))
    wrong = _objection(station, which, filled)
    if wrong:
        return case_page(request, session, station, which, wrong, asdict(filled))
    is_asking = _VERDICTS[filled.act] is Verdict.NEED_MORE
    judgement = Judgement(
        verdict=_VERDICTS[filled.act],
        by=session.reviewer,
        reason_code=filled.reason_code,
        reason_text=filled.reason_text,
        next_action=filled.next_action,
        channels=filled.channels,
        wanted=filled.wanted if is_asking else (),
        deadline=filled.deadline if is_asking else None,
    )
    with station.database.writing() as connection:
        done = decide(connection, counter, message_id, judgement, station.now())
    if not done:
        return case_page(request, session, station, which, "already")
    return RedirectResponse("/review/cases", status_code=303)


def _objection(station: Station, which: tuple[str, str], filled: _Filled) -> str:
    verdict = _VERDICTS.get(filled.act)
    if verdict is None:
        return "form_stale"
    if verdict in _WITH_REASON and filled.reason_code not in ReasonCode.__members__:
        return "needs_reason"
    if verdict is Verdict.NEED_MORE:
        return _objection_to_asking(station, filled)
    if verdict is Verdict.REJECTED:
        return ""
    with station.database.reading() as connection:
        sheet = read_sheet(connection, *which, station.institution_key)
    if sheet is None or sheet.case is None:
        return "seal_broken"
    cooling = sheet.not_before is not None and sheet.not_before > station.now()
    return "too_early" if verdict is Verdict.APPLIED and cooling else ""


def _objection_to_asking(station: Station, filled: _Filled) -> str:
    """Whoever asks for more says what and until when."""
    if not (filled.wanted or filled.next_action or filled.reason_text):
        return "needs_wanted"
    today = day_of(station.now())
    is_possible = filled.deadline is not None and filled.deadline >= today
    return "" if is_possible else "needs_deadline"
