"""Signed pages on their way to head office: they follow the case, and change nothing it said.

A page is a message of its own in the case's lane, behind what it belongs to. It asks for nothing,
so head office keeps it beside the case and gives no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import EVIDENCE, MessageState, MessageType, OutboxMessage
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import CaseFilter, QueuedMessage, StoredCase
from counter_app.ports.vault import ImageRef, Vault
from counter_app.services.case_message import sent_images
from counter_app.services.draft_codec import decode
from counter_app.services.more_documents import newest_message
from counter_app.services.outgoing_message import Outgoing, closed_message
from counter_app.wire.case_data import CaseData
from counter_app.wire.keys import SealingKeys

KIND = "signed_"
"""Beginning of the vault's name for a signed page: `signed_receipt`, `signed_swap_slip`."""
MOST_CASES = 100_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """Queues signed pages of one counter.

    Attributes:
        new_id: Makes a UUIDv7 text.
    """

    store: CaseStore
    vault: Vault
    keys: SealingKeys
    clock: Clock
    new_id: Callable[[], str]

    def queue(self, unit: Unit, case_id: str, images: tuple[ImageRef, ...], by: str) -> bool:
        """Queue the signed pages that no message has taken along yet; False when there are none.

        A case that never leaves for head office sends no page either.

        Args:
            unit: The transaction in which the page is noted as kept.
            case_id: The case.
            images: What the vault keeps of it.
            by: Staff number of who filed the page.
        """
        queued = unit.messages(case_id)
        fresh = _unsent(images, queued)
        if not fresh or not any(_counts(one) for one in queued):
            return False
        unit.add_message(self._message(unit, unit.load(case_id), fresh, by))
        return True

    def catch_up(self) -> int:
        """Queue pages that were kept when the program died before it queued them."""
        with self.store.view() as unit:
            which = CaseFilter(states=frozenset(CaseState), limit=MOST_CASES)
            cases = [
                case
                for case in unit.cases(which)
                if case.acceptance_no is not None and case.purged_at is None
            ]
        return sum(self._catch_up(case) for case in cases)

    def _catch_up(self, case: StoredCase) -> bool:
        images = self.vault.images(case.case_id)
        if not any(image.kind.startswith(KIND) for image in images):
            return False
        with self.store.view() as unit:
            if not _unsent(images, unit.messages(case.case_id)):
                return False
        with self.store.begin() as unit:
            return self.queue(unit, case.case_id, images, case.clerk_id)

    def _message(
        self, unit: Unit, case: StoredCase, images: tuple[ImageRef, ...], by: str
    ) -> OutboxMessage:
        data = CaseData(
            out_request_no=decode(case.draft).request_no,
            acceptance_no=case.acceptance_no or "",
            merchant_no=case.summary.merchant_no,
            terminal_sn=case.summary.terminal_sn,
            reason=case.summary.reason_code,
            created_at=self.clock.now(),
            clerk=by,
            images=sent_images(images),
            corrects=newest_message(unit, case.case_id),
        )
        told = Outgoing(self.new_id(), case.case_id, MessageType.SIGNED_COPY, data)
        return closed_message(unit, told, self.keys)


def _unsent(
    images: tuple[ImageRef, ...], queued: tuple[QueuedMessage, ...]
) -> tuple[ImageRef, ...]:
    taken = {sha256 for one in queued for sha256 in one.message.blobs}
    return tuple(
        image for image in images if image.kind.startswith(KIND) and image.sha256 not in taken
    )


def _counts(one: QueuedMessage) -> bool:
    return one.message.type not in EVIDENCE and one.state is not MessageState.VOIDED
