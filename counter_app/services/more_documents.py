"""Documents that head office asked for: added to the same case, queued as one more message."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.reading import DocumentKind
from counter_app.domain.standing import Standing
from counter_app.domain.submission import MessageState, MessageType
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.state import Desk
from counter_app.ports.outbox import Outbox
from counter_app.ports.store import Unit
from counter_app.ports.stored import QueuedMessage
from counter_app.ports.vault import ImageRef
from counter_app.services.accept_case import Acceptance
from counter_app.services.case_message import AcceptedCase
from counter_app.services.draft_codec import decode

ABOUT_THE_CHANGE = frozenset({MessageType.PHONE_REBIND, MessageType.MORE_DOCUMENTS})
"""Messages of a case that are answered as one: by the answer to the newest."""

_KINDS = frozenset(kind.value for kind in DocumentKind)


@dataclass(frozen=True, slots=True)
class MoreDocuments:
    """Queues what was added to accepted cases."""

    acceptance: Acceptance

    def send(self, case_id: str, rules: Desk) -> CaseState:
        """Queue the pictures that no message of the case has taken along yet.

        The case goes back to waiting in the same transaction, so sending twice queues once.

        Raises:
            CounterError: CASE_IMMUTABLE when head office did not ask for more; NOTHING_ADDED.
        """
        images = self.acceptance.vault.images(case_id)
        now = self.acceptance.clock.now()
        with self.acceptance.store.begin() as unit:
            case = unit.load(case_id)
            if case.state is not CaseState.NEED_MORE or case.acceptance_no is None:
                raise CounterError(FailureCode.CASE_IMMUTABLE, state=case.state.value)
            added = unsent_images(images, unit.messages(case_id))
            if not added:
                raise CounterError(FailureCode.NOTHING_ADDED)
            draft = decode(case.draft)
            accepted = AcceptedCase(
                draft,
                rules.assess(draft),
                rules.rules_for(draft),
                case.acceptance_no,
                now,
                added,
                newest_message(unit, case_id),
            )
            message = self.acceptance.message(unit, accepted, MessageType.MORE_DOCUMENTS)
            unit.set_state(case_id, CaseState.QUEUED, now, draft.clerk_id)
            unit.add_message(message)
            facts = (("pictures", str(len(added))),)
            act = JournalAction.DOCUMENTS_ADDED
            unit.journal(JournalEntry(now, draft.clerk_id, act, case_id, facts))
        return CaseState.QUEUED


def unsent_images(
    images: tuple[ImageRef, ...], messages: tuple[QueuedMessage, ...]
) -> tuple[ImageRef, ...]:
    """Return the pictures of documents that no message of the case has taken along."""
    taken = {sha256 for queued in messages for sha256 in queued.message.blobs}
    return tuple(
        image
        for image in images
        if image.sha256 not in taken and image.kind.removesuffix(".original") in _KINDS
    )


def added_kinds(
    images: tuple[ImageRef, ...], messages: tuple[QueuedMessage, ...]
) -> tuple[DocumentKind, ...]:
    """Return what was added and not sent, each picture once."""
    fresh = unsent_images(images, messages)
    return tuple(DocumentKind(image.kind) for image in fresh if image.kind in _KINDS)


def newest_message(unit: Unit, case_id: str) -> str | None:
    """Return the message about the change that was queued last."""
    ids = [
        queued.message.message_id
        for queued in unit.messages(case_id)
        if queued.message.type in ABOUT_THE_CHANGE
    ]
    return ids[-1] if ids else None


def standing_of(unit: Outbox, case_id: str) -> Standing:
    """Read how a case stands with head office."""
    decisions, messages = unit.decisions(case_id), unit.messages(case_id)
    about = {one.message.message_id for one in messages if one.message.type in ABOUT_THE_CHANGE}
    answers = [decision for decision in decisions if decision.message_id in about]
    frozen = [one.reason for one in messages if one.state is MessageState.FROZEN]
    return Standing(answers[-1] if answers else None, frozen[-1] if frozen else "")
