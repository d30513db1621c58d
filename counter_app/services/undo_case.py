"""Taking an accepted case back: voided before it left, or by a request to head office."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.case_state import CaseState
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.submission import MessageType
from counter_app.flow.outcomes import PaperLine
from counter_app.flow.state import Desk
from counter_app.ports.stop import Stop
from counter_app.services.accept_case import Acceptance
from counter_app.services.case_message import AcceptedCase
from counter_app.services.draft_codec import decode
from counter_app.services.more_documents import newest_message
from counter_app.services.notice_content import NoticeFacts
from counter_app.services.papers import Papers


@dataclass(frozen=True, slots=True)
class Undoing:
    """Voids and withdraws cases."""

    acceptance: Acceptance
    papers: Papers

    def void(self, case_id: str, reason: str, rules: Desk, stop: Stop) -> tuple[PaperLine, ...]:
        """Void a case that has not left; its number stays used, its letter is free again.

        Raises:
            CounterError: CASE_IMMUTABLE when a message was already under way.
        """
        now = self.acceptance.clock.now()
        with self.acceptance.store.begin() as unit:
            case = unit.load(case_id)
            draft = decode(case.draft)
            unit.void_messages(case_id, now, draft.clerk_id)
            unit.release_letters(case_id)
            unit.set_state(case_id, CaseState.VOIDED, now, draft.clerk_id, reason)
        number = case.acceptance_no or ""
        facts = NoticeFacts(number, now, reason=reason, refers_to=number)
        return self.papers.print_notices(draft, (PaperKind.VOID_NOTICE,), rules, facts, stop)

    def withdraw(self, case_id: str, reason: str, rules: Desk) -> CaseState:
        """Ask head office to take a case back; the answer comes as a decision."""
        clock = self.acceptance.clock
        with self.acceptance.store.begin() as unit:
            case = unit.load(case_id)
            draft = decode(case.draft)
            accepted = AcceptedCase(
                draft,
                rules.assess(draft),
                rules.rules_for(draft),
                case.acceptance_no or "",
                clock.now(),
                corrects=newest_message(unit, case_id),
            )
            message = self.acceptance.message(unit, accepted, MessageType.WITHDRAW)
            unit.set_state(
                case_id, CaseState.WITHDRAW_REQUESTED, clock.now(), draft.clerk_id, reason
            )
            unit.add_message(message)
        return CaseState.WITHDRAW_REQUESTED
