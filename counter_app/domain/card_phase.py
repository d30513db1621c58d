"""Where a wait for a card stands, whichever reader waits."""

from __future__ import annotations

from enum import StrEnum


class CardPhase(StrEnum):
    """What the clerk is told while a reader waits or reads."""

    WAITING = "waiting"
    SAME_CARD = "same_card"
    """The card that was read last still lies there: it must be lifted first."""
    OTHER_FAMILY = "other_family"
    """A card of another kind was laid down; the wait goes on."""
    BESIDE = "beside"
    """A card of another kind has been lying in a reader since before; the wait goes on."""
    MUTE = "mute"
    """A card lies there and does not answer: it lies badly, is upside down, or has no chip."""
    IN_USE = "in_use"
    """Another program holds the card."""
    OPENING = "opening"
    READING = "reading"
    AGAIN = "again"
    """The read failed and starts over: the card must be kept still."""
    CHECKING = "checking"

    @property
    def is_waiting(self) -> bool:
        """Say whether nothing is being read yet."""
        return self in {
            CardPhase.WAITING,
            CardPhase.SAME_CARD,
            CardPhase.OTHER_FAMILY,
            CardPhase.BESIDE,
            CardPhase.MUTE,
            CardPhase.IN_USE,
        }
