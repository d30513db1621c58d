"""Acceptance: one transaction makes the case immutable, numbered, queued and journalled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.domain.delegation_letter import Letter
from counter_app.domain.draft import Draft
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.review import approver
from counter_app.domain.sampling import is_sampled
from counter_app.domain.submission import MessageType, OutboxMessage
from counter_app.domain.substitution import is_substituted
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.lookups import agent_numbers
from counter_app.flow.outcomes import CaseAccepted
from counter_app.flow.state import Desk
from counter_app.flow.steps import still_needed
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import AgentVisit, DraftRecord, LetterUse, PhoneBinding, StoredCase
from counter_app.ports.vault import Vault
from counter_app.services.case_message import AcceptedCase, case_data, personal_data
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.draft_codec import encode, summary_of
from counter_app.services.outgoing_message import Outgoing, closed_message
from counter_app.services.post_review import mark
from counter_app.wire.keys import SealingKeys


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Accepts cases at one counter.

    Attributes:
        new_id: Makes UUIDv7 texts for messages.
    """

    store: CaseStore
    vault: Vault
    profile: CounterProfile
    keys: SealingKeys
    clock: Clock
    new_id: Callable[[], str]

    def accept(self, draft: Draft, desk: Desk) -> CaseAccepted:
        """Accept a case; accepting it again gives the same number and stores nothing twice.

        The rules are applied once more to what is stored, whatever the screen showed.

        Raises:
            CounterError: CASE_NOT_ACCEPTABLE when something stands against it; DISK_FULL,
                STORE_LOCKED and STORE_CORRUPT leave everything as it was.
        """
        assessment = desk.assess(draft)
        is_incomplete = any(still_needed(draft, assessment, desk.rules_for(draft)))
        if is_incomplete or not assessment.may_be_accepted:
            raise CounterError(FailureCode.CASE_NOT_ACCEPTABLE)
        images = self.vault.images(draft.case_id)
        now = self.clock.now()
        with self.store.begin() as unit:
            stored = unit.load(draft.case_id)
            if stored.acceptance_no is not None and stored.accepted_at is not None:
                return CaseAccepted(stored.acceptance_no, stored.accepted_at)
            self._save(unit, draft, stored)
            branch, counter = self.profile.branch.code, self.profile.counter
            number = unit.next_acceptance_no(branch, counter, day_of(now))
            rules = desk.rules_for(draft)
            case = AcceptedCase(draft, assessment, rules, number, now, images)
            unit.accept(draft.case_id, number, now, draft.clerk_id)
            self._queue(unit, case)
            self._register(unit, case)
            if is_sampled(draft, assessment, rules):
                mark(unit, draft.case_id, now, draft.clerk_id)
            if draft.supersedes is not None:
                unit.set_state(draft.supersedes, CaseState.SUPERSEDED, now, draft.clerk_id)
        return CaseAccepted(number, now)

    def _save(self, unit: Unit, draft: Draft, stored: StoredCase) -> None:
        record = DraftRecord(
            case_id=draft.case_id,
            draft=encode(draft),
            step=stored.step,
            state=stored.state,
            clerk_id=draft.clerk_id,
            summary=summary_of(draft),
        )
        unit.save_draft(record, self.clock.now())

    def _queue(self, unit: Unit, case: AcceptedCase) -> None:
        kinds = [MessageType.PHONE_REBIND]
        if case.draft.is_swap_wanted:
            kinds.append(MessageType.TERMINAL_SWAP)
        for kind in kinds:
            unit.add_message(self.message(unit, case, kind))

    def message(self, unit: Unit, case: AcceptedCase, kind: MessageType) -> OutboxMessage:
        """Return the sealed message of a kind for a case."""
        told = Outgoing(
            message_id=self.new_id(),
            case_id=case.draft.case_id,
            type=kind,
            case=case_data(case, self.profile),
            personal=personal_data(case.draft),
        )
        return closed_message(unit, told, self.keys)

    def _register(self, unit: Unit, case: AcceptedCase) -> None:
        """Note what later cases must know: the letter is used up, the agent acted, the number."""
        draft, day = case.draft, day_of(case.at)
        merchant, new = draft.merchant, draft.new_number
        assert merchant is not None
        assert new is not None
        principal = merchant.principal.id_number
        for letter in _letters_used(draft):
            use = LetterUse(letter.digest, letter.letter_no or None, draft.case_id, day)
            unit.record_letter(use, case.at, draft.clerk_id)
        for number in agent_numbers(draft) if draft.is_delegated else ():
            served = merchant.merchant_no
            unit.record_agent(AgentVisit(number, principal, served, day, draft.case_id))
        binding = PhoneBinding(new.number, principal, merchant.merchant_no, day, draft.case_id)
        unit.record_phone(binding)
        by = approver(draft, case.assessment.risk)
        if by is not None:
            facts = (("approved_by", by), ("band", case.assessment.risk.band.value))
            unit.journal(
                JournalEntry(case.at, draft.clerk_id, JournalAction.OVERRIDE, draft.case_id, facts)
            )


def _letters_used(draft: Draft) -> Iterator[Letter]:
    if draft.letter is None or not draft.is_delegated:
        return
    yield draft.letter
    if draft.substitution_letter is not None and is_substituted(draft):
        yield draft.substitution_letter
