"""How an accepted case stands with head office, beside its state."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.domain.submission import Decision


@dataclass(frozen=True, slots=True)
class Standing:
    """What head office said last, and what it would not take.

    Attributes:
        answer: The last answer to what was sent last, or None.
        refusal: Why a message of the case cannot be sent (无法上送), a code; empty when none.
    """

    answer: Decision | None = field(default=None, repr=False)
    refusal: str = ""


NO_STANDING = Standing()
"""Nothing has been heard of the case."""
