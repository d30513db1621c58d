"""The life of a case in the store: started, saved, parked, taken up again, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.domain.draft import Draft
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.step import Step
from counter_app.flow.effects import EndCase, SaveDraft
from counter_app.flow.outcomes import PaperLine
from counter_app.flow.state import FlowState
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import DraftRecord, StoredCase
from counter_app.ports.vault import Vault
from counter_app.services.draft_codec import decode, encode, summary_of
from counter_app.services.more_documents import added_kinds, standing_of


@dataclass(frozen=True, slots=True)
class CaseLife:
    """Keeps the case on the screen and the case in the store the same."""

    store: CaseStore
    vault: Vault
    clock: Clock
    new_id: Callable[[], str]

    def start(self, clerk_id: str) -> FlowState:
        """Start a case; it exists in the store from its first answer on."""
        return FlowState(
            Draft(
                case_id=self.new_id(),
                request_no=self.new_id(),
                clerk_id=clerk_id,
                started_at=self.clock.now(),
            )
        )

    def correct(self, case_id: str, clerk_id: str) -> FlowState:
        """Start a case that corrects a rejected or voided one, on the same request number (R28).

        What was shown before is there again; every question is still asked.
        """
        before = self._draft(case_id)
        draft = replace(
            self._captured(before, clerk_id),
            request_no=before.request_no,
            supersedes=case_id,
            licence=before.licence,
        )
        self._copy_pictures(case_id, draft.case_id)
        return FlowState(draft)

    def again(self, case_id: str, clerk_id: str) -> FlowState:
        """Start a case for a further terminal of the same customer in the same visit.

        Identity, letter, call-back and the number with its code are captured once; terminal,
        materials, account, consent and the second person are asked anew.
        """
        before = self._draft(case_id)
        draft = replace(self._captured(before, clerk_id), visit_id=before.visit)
        self._copy_pictures(case_id, draft.case_id)
        return FlowState(draft)

    def _draft(self, case_id: str) -> Draft:
        with self.store.view() as unit:
            return decode(unit.load(case_id).draft)

    def _captured(self, before: Draft, clerk_id: str) -> Draft:
        """Return a fresh draft with what the customer showed and said once."""
        new = before.new_number
        return replace(
            self.start(clerk_id).draft,
            presenter=before.presenter,
            reason=before.reason,
            reason_text=before.reason_text,
            is_elder_mode=before.is_elder_mode,
            is_coached=before.is_coached,
            coached_since=before.coached_since,
            is_calmed=before.is_calmed,
            knowledge=before.knowledge,
            documents=before.documents,
            letter=before.letter,
            substitution_letter=before.substitution_letter,
            callback=before.callback,
            new_number=replace(new, bound_to=None) if new is not None else None,
            has_phone_proof=before.has_phone_proof,
            queue_ticket=before.queue_ticket,
            by_picture=before.by_picture,
        )

    def _copy_pictures(self, case_id: str, to: str) -> None:
        """Keep the pictures for the new case too; each case is purged on its own."""
        now = self.clock.now()
        for image in self.vault.images(case_id):
            self.vault.put(self.vault.get(image.sha256), image.kind, to, now)

    def save(self, effect: SaveDraft) -> None:
        """Save a draft on every change.

        Raises:
            CounterError: CASE_IMMUTABLE, DISK_FULL, STORE_LOCKED.
        """
        now = self.clock.now()
        draft = effect.draft
        with self.store.begin() as unit:
            if effect.state is CaseState.PARKED:
                unit.save_draft(_record(draft, effect.step, _state_before(unit, draft)), now)
                unit.set_state(draft.case_id, CaseState.PARKED, now, draft.clerk_id, effect.reason)
                unit.set_reminder(draft.case_id, effect.remind_at)
            else:
                unit.save_draft(_record(draft, effect.step, effect.state), now)

    def end(self, effect: EndCase) -> None:
        """End a case that is not accepted."""
        now = self.clock.now()
        draft = effect.draft
        with self.store.begin() as unit:
            unit.save_draft(_record(draft, effect.step, _state_before(unit, draft)), now)
            unit.set_state(draft.case_id, effect.state, now, draft.clerk_id)

    def load(self, case_id: str) -> FlowState:
        """Return a case as it was left, at the same step with every field.

        Raises:
            CounterError: CASE_UNKNOWN, STORE_CORRUPT.
        """
        images = self.vault.images(case_id)
        with self.store.view() as unit:
            case = unit.load(case_id)
            standing, messages = standing_of(unit, case_id), unit.messages(case_id)
            papers = tuple(
                PaperLine(PaperKind(status.kind))
                for status in unit.paper_status(case_id)
                if status.prints > 0
            )
        draft = decode(case.draft)
        return FlowState(
            draft,
            case_state=case.state,
            step=_step_of(case),
            acceptance_no=case.acceptance_no,
            accepted_at=case.accepted_at,
            papers=papers,
            standing=standing,
            added=added_kinds(images, messages) if case.state is CaseState.NEED_MORE else (),
        )


def _step_of(case: StoredCase) -> Step:
    if case.state in OPEN_STATES:
        return Step(case.step)
    return Step.PRINT if case.state is CaseState.ACCEPTED_UNPRINTED else Step.DONE


def _record(draft: Draft, step: Step, state: CaseState) -> DraftRecord:
    return DraftRecord(
        case_id=draft.case_id,
        draft=encode(draft),
        step=step.value,
        state=state,
        clerk_id=draft.clerk_id,
        summary=summary_of(draft),
    )


def _state_before(unit: Unit, draft: Draft) -> CaseState:
    known = {case.case_id: case.state for case in (*unit.open_cases(), *unit.parked())}
    return known.get(draft.case_id, CaseState.DRAFT)
