"""The steps of the counter path, in the order in which a visit meets them."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """One screen, one task; which of them a visit meets is decided by `flow.steps.path`."""

    TERMINAL = "terminal"
    PRESENTER = "presenter"
    PRESENTER_ID = "presenter_id"
    PRINCIPAL_ID = "principal_id"
    LETTER = "letter"
    MATERIALS = "materials"
    OLD_NUMBER = "old_number"
    NEW_NUMBER = "new_number"
    SWAP = "swap"
    EVIDENCE = "evidence"
    CONFIRM = "confirm"
    REVIEW = "review"
    ACCEPT = "accept"
    PRINT = "print"
    HAND_OVER = "hand_over"
    DONE = "done"

    @property
    def rank(self) -> int:
        """Return the place in the full order."""
        return list(Step).index(self)
