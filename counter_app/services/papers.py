"""Papers of a case: made from the stored case, sealed, kept, printed, confirmed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.case_state import CaseState
from counter_app.domain.checks import Finding
from counter_app.domain.counter_facts import SHANGHAI
from counter_app.domain.draft import Draft
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.paper import (
    NoticeRecord,
    PaperRecord,
    ReceiptRecord,
    read_record,
)
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.review import approver
from counter_app.domain.submission import Decision
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.outcomes import PaperLine
from counter_app.flow.state import Desk
from counter_app.ports.accounts import Accounts
from counter_app.ports.clock import Clock
from counter_app.ports.paper import PaperMaker, Seal, StripPrinter
from counter_app.ports.stop import Stop
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import StoredCase, StoredPaper
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.draft_codec import decode
from counter_app.services.more_documents import standing_of
from counter_app.services.notice_content import NoticeFacts, NoticeWriter
from counter_app.services.print_desk import PrintDesk
from counter_app.services.printable import printable
from counter_app.services.receipt_content import ReceiptFacts, receipt_record

log = logging.getLogger(__name__)
JOURNAL_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Papers:
    """Makes and prints the papers of one counter.

    Attributes:
        is_online: Whether head office was reached lately; an offline receipt says so.
    """

    store: CaseStore
    maker: PaperMaker
    seal: Seal
    desk: PrintDesk
    accounts: Accounts
    profile: CounterProfile
    clock: Clock
    is_online: Callable[[], bool]
    strips: StripPrinter | None = None

    def draft_pictures(self, draft: Draft, rules: Desk, width_px: int) -> tuple[bytes, ...]:
        """Draw the customer's copy of the receipt as it would be, marked 草稿 无效, as PNG pages.

        Raises:
            CounterError: FONT_MISSING.
        """
        facts = ReceiptFacts("", self.clock.now(), "", "", is_offline=not self.is_online())
        record = receipt_record(draft, rules.rules_for(draft), self.profile, facts)
        pages = self.maker.preview(printable(record, self.maker.coverage()), width_px)
        return pages[: (len(pages) + 1) // 2]

    def print_accepted(
        self, case_id: str, kinds: tuple[PaperKind, ...], rules: Desk, stop: Stop
    ) -> tuple[PaperLine, ...]:
        """Print papers of an accepted case; paper never exists for a case that is not stored.

        Raises:
            CounterError: CASE_UNKNOWN; CASE_NOT_ACCEPTABLE before acceptance; what store, seal and
                printer raise.
        """
        with self.store.view() as unit:
            case = unit.load(case_id)
        if case.acceptance_no is None:
            raise CounterError(FailureCode.CASE_NOT_ACCEPTABLE)
        draft = decode(case.draft)
        lines = []
        for kind in kinds:
            self._keep(case, draft, kind, rules)
            lines.append(self._print_kept(draft, case.acceptance_no, kind, stop))
        return tuple(lines)

    def print_notices(
        self,
        draft: Draft,
        kinds: tuple[PaperKind, ...],
        rules: Desk,
        facts: NoticeFacts,
        stop: Stop,
    ) -> tuple[PaperLine, ...]:
        """Print what the customer takes home from a case that was not accepted, or was voided.

        A notice that was made before keeps its bytes; a blank letter form is drawn each time.
        """
        stopping = rules.assess(draft).stopping()
        lines = []
        for kind in kinds:
            if kind is PaperKind.LETTER_FORM:
                _, form = self._sealed(self._notice(draft, kind, rules, facts, stopping))
                lines.append(self.desk.print(facts.paper_no, kind, (form,), 1, stop))
                continue
            if not self._is_kept(draft.case_id, kind):
                record = self._notice(draft, kind, rules, facts, stopping)
                self._put(draft, kind, record, facts.at)
            lines.append(self._print_kept(draft, facts.paper_no, kind, stop))
        return tuple(lines)

    def _notice(
        self,
        draft: Draft,
        kind: PaperKind,
        rules: Desk,
        facts: NoticeFacts,
        stopping: tuple[Finding, ...],
    ) -> PaperRecord:
        writer = NoticeWriter(self.profile)
        plain: dict[PaperKind, Callable[[Draft, NoticeFacts], PaperRecord]] = {
            PaperKind.LETTER_FORM: writer.letter_form,
            PaperKind.VOID_NOTICE: writer.void_notice,
            PaperKind.CORRECTION: writer.correction,
            PaperKind.SWAP_SLIP: writer.swap_slip,
            PaperKind.CONFIRMATION: writer.confirmation,
        }
        if kind in plain:
            return plain[kind](draft, facts)
        if kind is PaperKind.MISSING_LIST:
            return writer.missing_list(draft, stopping, facts)
        return writer.refusal(draft, stopping, rules.rules_for(draft), facts)

    def _is_kept(self, case_id: str, kind: PaperKind) -> bool:
        with self.store.view() as unit:
            return any(status.kind == kind.value for status in unit.paper_status(case_id))

    def _put(self, draft: Draft, kind: PaperKind, record: PaperRecord, at: datetime) -> None:
        record, sealed = self._sealed(record)
        paper = StoredPaper(draft.case_id, kind.value, record.to_json(), sealed, at)
        with self.store.begin() as unit:
            unit.put_paper(paper, draft.clerk_id)

    def _keep(self, case: StoredCase, draft: Draft, kind: PaperKind, rules: Desk) -> None:
        """Make, seal and keep a paper unless that was done before; the bytes never change."""
        if self._is_kept(case.case_id, kind):
            return
        with self.store.view() as unit:
            head = unit.journal_head().hash[:JOURNAL_DIGITS]
        self._put(draft, kind, self._record(case, draft, kind, rules, head), self.clock.now())

    def _record(
        self, case: StoredCase, draft: Draft, kind: PaperKind, rules: Desk, head: str
    ) -> PaperRecord:
        assert case.acceptance_no is not None
        assert case.accepted_at is not None
        reviewer = self._reviewer_name(draft, rules)
        if kind is PaperKind.RECEIPT:
            facts = ReceiptFacts(
                case.acceptance_no, case.accepted_at, reviewer, head, not self.is_online()
            )
            return receipt_record(draft, rules.rules_for(draft), self.profile, facts)
        is_void = kind is PaperKind.VOID_NOTICE
        before = self._number_of(draft.supersedes) if draft.supersedes else ""
        wrong = case.acceptance_no if is_void else before
        answer = self._answer(case.case_id) if kind is PaperKind.CONFIRMATION else None
        notice = NoticeFacts(
            case.acceptance_no,
            self.clock.now(),
            reviewer,
            reason=case.reason if is_void else "",
            refers_to=wrong,
            answer=answer,
        )
        return self._notice(draft, kind, rules, notice, ())

    def _sealed(self, record: PaperRecord) -> tuple[PaperRecord, bytes]:
        """Draw and seal; a character that no font has is shown by the document's picture."""
        record = printable(record, self.maker.coverage())
        return record, self.seal.seal(self.maker.make(record).pdf)

    def _number_of(self, case_id: str) -> str:
        with self.store.view() as unit:
            return unit.load(case_id).acceptance_no or ""

    def _answer(self, case_id: str) -> Decision | None:
        with self.store.view() as unit:
            return standing_of(unit, case_id).answer

    def _reviewer_name(self, draft: Draft, rules: Desk) -> str:
        by = approver(draft, rules.assess(draft).risk)
        account = self.accounts.find(by) if by is not None else None
        return account.display_name if account is not None else by or ""

    def _print_kept(self, draft: Draft, number: str, kind: PaperKind, stop: Stop) -> PaperLine:
        """Print a paper that is kept; from the second time on behind a counted 补打 sheet."""
        case_id, clerk = draft.case_id, draft.clerk_id
        with self.store.view() as unit:
            sealed = unit.paper(case_id, kind.value).pdf
        if self.desk.is_followed(number, kind):
            return self.desk.print(number, kind, (sealed,), 1, stop)
        now = self.clock.now()
        with self.store.begin() as unit:
            count = unit.note_print(case_id, kind.value, now, clerk)
        parts: tuple[bytes, ...] = (sealed,)
        if count > 1:
            shown = now.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
            parts = (self.maker.reprint_sheet(sealed, count - 1, clerk, shown), sealed)
        return self.desk.print(number, kind, parts, 1, stop)

    def confirm(self, case_id: str, kinds: tuple[PaperKind, ...], by: str) -> None:
        """Note the clerk's word that papers came out, or that the number was handed over."""
        now = self.clock.now()
        slip = self._hand_over_slip(case_id) if PaperKind.NUMBER_SLIP in kinds else ""
        with self.store.begin() as unit:
            for kind in kinds:
                if kind is PaperKind.NUMBER_SLIP:
                    facts = (("slip", slip),)
                    unit.journal(JournalEntry(now, by, JournalAction.NO_PAPER, case_id, facts))
                else:
                    unit.confirm_print(case_id, kind.value, now, by)
            is_owed = unit.load(case_id).state is CaseState.ACCEPTED_UNPRINTED
            if PaperKind.RECEIPT in kinds and is_owed:
                unit.set_state(case_id, CaseState.QUEUED, now, by)

    def _hand_over_slip(self, case_id: str) -> str:
        """Print the number on the thermal printer, where there is one; else it is written by hand.

        Returns:
            "strip" or "hand", for the journal.
        """
        if self.strips is None:
            return "hand"
        try:
            self.strips.print_strip(self.maker.strip(self._slip_of(case_id)))
        except CounterError as error:
            log.info("strip not printed: code=%s", error.code.value)
            return "hand"
        return "strip"

    def _slip_of(self, case_id: str) -> ReceiptRecord | NoticeRecord:
        """Return the receipt itself once it is kept, before that a slip with the number."""
        with self.store.view() as unit:
            case = unit.load(case_id)
            kinds = {status.kind for status in unit.paper_status(case_id)}
            if PaperKind.RECEIPT.value in kinds:
                return read_record(unit.paper(case_id, PaperKind.RECEIPT.value).record)
        facts = NoticeFacts(case.acceptance_no or "", self.clock.now())
        slip = NoticeWriter(self.profile).number_slip(decode(case.draft), facts)
        return printable(slip, self.maker.coverage())
