"""What the store on disk and the one in memory agree on."""

from __future__ import annotations

import hashlib
import re
from types import MappingProxyType

from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import EVIDENCE, MessageState, MessageType, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import LetterUse, QueuedMessage, StoredCase

Facts = tuple[tuple[str, str], ...]

WAITING = (MessageState.READY, MessageState.HELD, MessageState.FROZEN)
ARRIVED = (MessageState.ACKED, MessageState.DECIDED)
ASIDE = (MessageState.VOIDED, MessageState.FROZEN)
"""Messages that no later one of the lane names as its predecessor."""

FINAL = frozenset({Verdict.APPLIED, Verdict.REJECTED, Verdict.NEED_MORE})
"""Verdicts after which head office has nothing more to say of a message."""

RECEIPT = "receipt"

PEPPER = "store.pepper"
DEVICE_EPOCH = "store.device_epoch"
OFFICE_EPOCH = "store.office_epoch"
CURSOR = "store.cursor"
HEAD = "store.journal_head"
"""Note that keeps "<seq>:<hash>" of the newest row, so that a tail cut off by itself is missed."""
FLOOR = "store.number_floor"
"""Note that keeps "<day> <sequence>": after a restore numbers go on above it."""

_CODE = re.compile(r"[A-Za-z0-9_.-]{0,40}")
_STATE = MappingProxyType(
    {
        Verdict.RECEIVED: CaseState.ACKED,
        Verdict.IN_PROCESS: CaseState.IN_PROCESS,
        Verdict.APPLIED: CaseState.APPLIED,
        Verdict.REJECTED: CaseState.REJECTED,
        Verdict.NEED_MORE: CaseState.NEED_MORE,
    }
)


def correction_note(case_id: str) -> str:
    """Return the name of the note that keeps what a person said is wrong in a case."""
    return f"correction.{case_id}"


def state_at_arrival(kind: MessageType, before: MessageState) -> MessageState:
    """Return where a message stands once head office holds it; evidence gets no answer."""
    is_over = before is MessageState.DECIDED or kind in EVIDENCE
    return MessageState.DECIDED if is_over else MessageState.ACKED


def is_held_as_before(queued: QueuedMessage, state: MessageState, reason: str) -> bool:
    """Say whether a message is only held again for the reason for which it was tried again.

    A queue may be held for weeks and is tried every minute; the journal says once why.
    """
    return state is MessageState.HELD and bool(reason) and queued.reason == reason


def state_after(kind: MessageType, verdict: Verdict) -> CaseState | None:
    """Return the state that an answer gives its case, or None.

    A terminal swap has its own answer and leaves the case alone, evidence has none; a withdrawal
    that head office applied makes the case void.
    """
    match kind:
        case MessageType.TERMINAL_SWAP | MessageType.SIGNED_COPY:
            return None
        case MessageType.WITHDRAW:
            return CaseState.VOIDED if verdict is Verdict.APPLIED else None
        case MessageType.PHONE_REBIND | MessageType.MORE_DOCUMENTS:
            return _STATE[verdict]


def code_only(reason: str) -> str:
    """Return a reason that is a code; a person's words become the word "text"."""
    return reason if _CODE.fullmatch(reason) else "text"


def immutable(now: CaseState, then: CaseState) -> CounterError:
    """Return the failure of a change that a case's state does not allow."""
    return CounterError(FailureCode.CASE_IMMUTABLE, state=now.value, wanted=then.value)


def accepted_facts(case: StoredCase, state: CaseState, acceptance_no: str) -> Facts:
    """Return what the journal says of an accepted case: the hash shows a later change of it."""
    return (
        ("from", case.state.value),
        ("to_state", state.value),
        ("no", acceptance_no),
        ("draft_sha256", hashlib.sha256(case.draft).hexdigest()),
    )


def marked_facts(queued: QueuedMessage, state: MessageState, reason: str) -> Facts:
    """Return what the journal says of a message that goes over to another state."""
    moved = (("from", queued.state.value), ("to", state.value))
    why = (("reason", code_only(reason)),) if reason else ()
    return (("message", queued.message.message_id), *moved, *why)


def letter_facts(use: LetterUse) -> Facts:
    """Return what the journal says of a letter."""
    return (("digest", use.digest), ("on", use.on.isoformat()))
