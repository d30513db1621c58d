"""Judging a receipt that a merchant brought: is it genuine, and is it this case's?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from fastapi import APIRouter, Request
from fastapi.responses import Response

from counter_app.domain.masking import masked_phone
from counter_app.domain.paper import ReceiptRecord
from counter_app.domain.paper_verdict import Verdict
from counter_app.errors import CounterError
from counter_app.headoffice.access import StationHere
from counter_app.headoffice.deciding import note
from counter_app.headoffice.review.accounts import is_own_form
from counter_app.headoffice.review.handed_in import Handed
from counter_app.headoffice.review.pages import case_page
from counter_app.headoffice.review.security import SignedIn, language_of
from counter_app.headoffice.review.sheet import CaseSheet, read_sheet
from counter_app.ports.receipt_judge import ReceiptJudge
from counter_app.words.failures import failure_words

router = APIRouter(prefix="/review", include_in_schema=False)


class Belonging(StrEnum):
    """Whether a receipt is this case's; the values are keys of the page's words."""

    THIS_CASE = "receipt.this_case"
    THIS_NUMBER = "receipt.this_number"
    OTHER_CASE = "receipt.other_case"
    OTHER_PAPER = "receipt.other_paper"
    NOT_TO_BE_SAID = "receipt.not_to_be_said"


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """What is shown of a receipt that was handed in.

    Attributes:
        words: The verdict in sentences, or why there is none.
        differs: Keys of the values that differ from the case, the number first.
    """

    is_genuine: bool
    words: tuple[str, ...]
    belonging: Belonging
    differs: tuple[str, ...] = ()
    number: str = ""
    branch: str = field(default="", repr=False)

    @property
    def is_good(self) -> bool:
        """Say whether it is genuine and this case's."""
        own = (Belonging.THIS_CASE, Belonging.THIS_NUMBER)
        return self.is_genuine and self.belonging in own


@router.post("/cases/{counter}/{message_id}/receipt")
def check_receipt(
    request: Request,
    session: SignedIn,
    station: StationHere,
    counter: str,
    message_id: str,
    handed: Handed,
) -> Response:
    """Judge what was handed in and show it on the case's page; nothing of it is kept."""
    which = (counter, message_id)
    with station.database.reading() as connection:
        sheet = read_sheet(connection, *which, station.institution_key)
    if sheet is None or station.receipts is None:
        return case_page(request, session, station, which, "receipt_not_offered")
    objection = _objection(handed, is_own=is_own_form(session, handed.csrf))
    if objection:
        return case_page(request, session, station, which, objection)
    with station.database.writing() as connection:
        note(connection, session.reviewer, "looked.receipt", message_id[:64], station.now())
    checked = _checked(station.receipts, handed.data, sheet, language_of(request).value)
    return case_page(request, session, station, which, receipt=checked)


def _objection(handed: Handed, *, is_own: bool) -> str:
    if handed.is_too_large:
        return "receipt_too_large"
    if not is_own:
        return "form_stale"
    return "" if handed.data else "receipt_empty"


def _checked(judge: ReceiptJudge, data: bytes, sheet: CaseSheet, language: str) -> CheckedReceipt:
    try:
        judged = judge.judge(data, language)
    except CounterError as error:
        words = failure_words(error.code, language)
        return CheckedReceipt(
            is_genuine=False,
            words=(words.title, words.advice),
            belonging=Belonging.NOT_TO_BE_SAID,
        )
    verdict = judged.verdict
    differs = tuple(_differences(verdict, sheet)) if verdict.is_valid else ()
    return CheckedReceipt(
        is_genuine=verdict.is_valid,
        words=judged.words,
        belonging=_belonging(verdict, differs),
        differs=differs,
        number=verdict.number,
        branch=verdict.branch,
    )


def _belonging(verdict: Verdict, differs: tuple[str, ...]) -> Belonging:
    """Say whose it is; of a paper that is not to be relied on nothing is said."""
    if not verdict.is_valid:
        return Belonging.NOT_TO_BE_SAID
    if differs:
        return Belonging.OTHER_CASE
    if verdict.record is None:
        return Belonging.THIS_NUMBER
    is_receipt = isinstance(verdict.record, ReceiptRecord)
    return Belonging.THIS_CASE if is_receipt else Belonging.OTHER_PAPER


def _differences(verdict: Verdict, sheet: CaseSheet) -> Iterator[str]:
    """Name what the receipt says differently from the case."""
    if _digits(verdict.number) != _digits(sheet.acceptance_no):
        yield "acceptance_no"
    record, case = verdict.record, sheet.case
    if not isinstance(record, ReceiptRecord) or case is None:
        return
    if record.case_id != sheet.case_id:
        yield "receipt.case"
    if record.merchant_no != case.merchant_no:
        yield "merchant_no"
    if record.terminal_sn_tail != case.terminal_sn[-6:]:
        yield "terminal"
    personal = sheet.personal
    if personal is not None and record.new_number != masked_phone(personal.new_phone):
        yield "new_phone"


def _digits(number: str) -> str:
    """Return a number as it is compared: people write it in groups."""
    return "".join(number.replace("-", " ").split())
