"""Performs effects: the only way from the flow to the world, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import Review
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.reading import Quality
from counter_app.errors import CounterError, FailureCode
from counter_app.flow import effects as fx
from counter_app.flow.outcomes import (
    CardRead,
    CodeChecked,
    CodeSent,
    Done,
    Failed,
    NotSaved,
    Outcome,
    PaperLine,
    PapersPrinted,
    PictureRead,
    Reviewed,
    StateChanged,
)
from counter_app.flow.state import Desk
from counter_app.ports.accounts import Accounts
from counter_app.ports.capture import CapturedDocument, DocumentReader, is_pdf
from counter_app.ports.clock import Clock
from counter_app.ports.identity import IdentityChipReader, Progress, SettlementCardReader
from counter_app.ports.one_time_code import CodeSender
from counter_app.ports.stop import Stop
from counter_app.ports.store import CaseStore
from counter_app.ports.vault import Vault
from counter_app.services.accept_case import Acceptance
from counter_app.services.case_life import CaseLife
from counter_app.services.look_up import LookUps
from counter_app.services.more_documents import MoreDocuments
from counter_app.services.notice_content import NoticeFacts
from counter_app.services.papers import Papers
from counter_app.services.undo_case import Undoing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Devices:
    """What stands on the counter, as the performer uses it."""

    chips: IdentityChipReader
    documents: DocumentReader
    codes: CodeSender
    bank_cards: SettlementCardReader


@dataclass(frozen=True, slots=True)
class Performer:
    """Performs one effect at a time per lane.

    Attributes:
        rules: Gives the rules as they are at the moment of asking.
    """

    store: CaseStore
    vault: Vault
    accounts: Accounts
    devices: Devices
    life: CaseLife
    look_ups: LookUps
    acceptance: Acceptance
    papers: Papers
    undoing: Undoing
    more: MoreDocuments
    clock: Clock
    rules: Callable[[], Desk]

    def perform(self, effect: fx.Effect, stop: Stop, on_progress: Progress) -> Outcome:
        """Do what the flow asks and say how it ended; never raises.

        A known failure comes back as `Failed(code)`, anything else as `Failed(UNEXPECTED)` with a
        log record.
        """
        try:
            return _ACTIONS[type(effect)](self, effect, stop, on_progress)
        except CounterError as error:
            log.info("effect failed: effect=%s code=%s", type(effect).__name__, error.code.value)
            return Failed(error.code)
        except Exception:
            log.exception("effect failed: effect=%s", type(effect).__name__)
            return Failed(FailureCode.UNEXPECTED)

    def read_chip(self, effect: fx.ReadChip, stop: Stop, on_progress: Progress) -> Outcome:
        """Wait for a card and read it."""
        return CardRead(self.devices.chips.read(effect, stop, on_progress))

    def read_bank_card(self, effect: fx.ReadBankCard, stop: Stop, tell: Progress) -> Outcome:
        """Wait for a bank card and compare it."""
        return self.devices.bank_cards.compare(effect, stop, tell)

    def keep_picture(self, effect: fx.KeepPicture, stop: Stop, _: Progress) -> Outcome:
        """Keep a picture durably, then read it; a failed reading loses no picture."""
        now = self.clock.now()
        kind = effect.kind.value
        original = self.vault.put(effect.original, f"{kind}.original", effect.case_id, now).sha256
        image = self.vault.put(effect.rectified, kind, effect.case_id, now).sha256
        try:
            taken = _as_taken(effect, original, image)
            reading = self.devices.documents.read(taken, effect.kind, stop)
        except CounterError as error:
            return PictureRead(effect.kind, image, None, error.code)
        return PictureRead(effect.kind, image, reading)

    def send_code(self, effect: fx.SendCode, stop: Stop, _: Progress) -> Outcome:
        """Send a one-time code."""
        return CodeSent(self.devices.codes.send(effect.number, stop), self.clock.now())

    def check_code(self, effect: fx.CheckCode, stop: Stop, _: Progress) -> Outcome:
        """Check what the customer typed; the code is forgotten at once."""
        return CodeChecked(self.devices.codes.check(effect.message_id, effect.code, stop))

    def authorise(self, effect: fx.Authorise, _stop: Stop, _: Progress) -> Outcome:
        """Let the second person prove who they are, at this moment.

        Raises:
            CounterError: ROLE_MISSING; as `Accounts.step_up`.
        """
        now = self.clock.now()
        proof = self.accounts.step_up(effect.account_id, effect.password, now)
        if not proof.account.may_review():
            raise CounterError(FailureCode.ROLE_MISSING)
        review = Review(
            by=proof.account.account_id,
            decision=effect.decision,
            reason=effect.reason,
            is_manager=proof.account.is_manager(),
            is_fresh=proof.is_fresh(now),
            at=proof.at,
        )
        return Reviewed(review)

    def save_draft(self, effect: fx.SaveDraft, _stop: Stop, _: Progress) -> Outcome:
        """Save the case as it stands."""
        try:
            self.life.save(effect)
        except CounterError as error:
            log.info("draft not saved: case=%s code=%s", effect.draft.case_id, error.code.value)
            return NotSaved(error.code)
        return Done()

    def accept(self, effect: fx.AcceptCase, _stop: Stop, _: Progress) -> Outcome:
        """Accept the case."""
        return self.acceptance.accept(effect.draft, self.rules())

    def print_papers(self, effect: fx.PrintPapers, stop: Stop, _: Progress) -> Outcome:
        """Make, seal, keep and print."""
        lines = self.papers.print_accepted(effect.case_id, effect.kinds, self.rules(), stop)
        return PapersPrinted(lines)

    def print_notices(self, effect: fx.PrintNotices, stop: Stop, _: Progress) -> Outcome:
        """Print the notices of an ended case once more; the bytes are those of the first time."""
        facts = NoticeFacts(effect.draft.case_id[-12:], self.clock.now())
        rules = self.rules()
        return PapersPrinted(
            self.papers.print_notices(effect.draft, effect.kinds, rules, facts, stop)
        )

    def confirm_papers(self, effect: fx.ConfirmPapers, _stop: Stop, _: Progress) -> Outcome:
        """Note the clerk's word; the receipt's makes the case QUEUED."""
        with self.store.view() as unit:
            case = unit.load(effect.case_id)
        self.papers.confirm(effect.case_id, effect.kinds, case.clerk_id)
        return Done()

    def end_case(self, effect: fx.EndCase, stop: Stop, _: Progress) -> Outcome:
        """End a case that is not accepted, and print what the customer takes home.

        A failure means that the case has not ended; a paper that failed is told with the papers.
        """
        self.life.end(effect)
        facts, draft = NoticeFacts(effect.draft.case_id[-12:], self.clock.now()), effect.draft
        try:
            lines = self.papers.print_notices(draft, effect.papers, self.rules(), facts, stop)
        except CounterError as error:
            lines = tuple(PaperLine(kind, error.code) for kind in effect.papers)
        return PapersPrinted(lines)

    def void_case(self, effect: fx.VoidCase, stop: Stop, _: Progress) -> Outcome:
        """Void a case that has not left."""
        lines = self.undoing.void(effect.case_id, effect.reason, self.rules(), stop)
        return StateChanged(CaseState.VOIDED, lines)

    def request_withdrawal(self, effect: fx.RequestWithdrawal, _stop: Stop, _: Progress) -> Outcome:
        """Ask head office to take the case back."""
        return StateChanged(self.undoing.withdraw(effect.case_id, effect.reason, self.rules()))

    def send_documents(self, effect: fx.SendDocuments, _stop: Stop, _: Progress) -> Outcome:
        """Queue the pictures that were added to an accepted case."""
        return StateChanged(self.more.send(effect.case_id, self.rules()))

    def journal(self, actor: str, action: JournalAction, case_id: str = "") -> None:
        """Write an act that belongs to no effect, such as a timed reveal."""
        with self.store.begin() as unit:
            unit.journal(JournalEntry(self.clock.now(), actor, action, case_id))


def _as_taken(effect: fx.KeepPicture, original: str, rectified: str) -> CapturedDocument | bytes:
    """Return what is to be read; the hashes are of the kept pictures.

    An electronic letter is read as it came, since its signatures are in the file. Of a photograph
    all is handed over: what lies beside the document is seen only in the original.
    """
    if is_pdf(effect.original):
        return effect.original
    kept = (effect.original, original, effect.rectified, rectified)
    return CapturedDocument(effect.kind, *kept, Quality((), ()), effect.outline)


Action = Callable[..., Outcome]
_ACTIONS: dict[type, Action] = {
    fx.FindTerminal: lambda self, effect, *_: self.look_ups.terminal(effect),
    fx.LookUpNumber: lambda self, effect, *_: self.look_ups.number(effect),
    fx.LookUpLetter: lambda self, effect, *_: self.look_ups.letter(effect),
    fx.LookUpAgent: lambda self, effect, *_: self.look_ups.agent(effect, self.clock.now()),
    fx.LookUpPrincipal: lambda self, effect, *_: self.look_ups.principal(effect),
    fx.LookUpSwap: lambda self, effect, *_: self.look_ups.swap(effect),
    fx.ReadChip: Performer.read_chip,
    fx.ReadBankCard: Performer.read_bank_card,
    fx.KeepPicture: Performer.keep_picture,
    fx.SendCode: Performer.send_code,
    fx.CheckCode: Performer.check_code,
    fx.Authorise: Performer.authorise,
    fx.SaveDraft: Performer.save_draft,
    fx.AcceptCase: Performer.accept,
    fx.PrintPapers: Performer.print_papers,
    fx.PrintNotices: Performer.print_notices,
    fx.ConfirmPapers: Performer.confirm_papers,
    fx.EndCase: Performer.end_case,
    fx.VoidCase: Performer.void_case,
    fx.RequestWithdrawal: Performer.request_withdrawal,
    fx.SendDocuments: Performer.send_documents,
    fx.StopWaiting: lambda *_: Done(),
}
