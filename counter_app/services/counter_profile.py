"""What does not change while a counter is open: where it is and what it promises."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.paper_parts import Branch


@dataclass(frozen=True, slots=True)
class CounterProfile:
    """The counter itself.

    Attributes:
        counter: Two digits, unique within the branch.
        notice_version: Edition of the privacy notice that customers see.
        enquiry: How a customer asks for progress, one line.
        complaint: Where a customer complains, one line.
        is_demonstration: Printed on every paper.
    """

    branch: Branch
    counter: str
    notice_version: str
    enquiry: str
    complaint: str
    is_demonstration: bool

    @property
    def name(self) -> str:
        """Return the identity under which head office knows the counter."""
        return f"{self.branch.code}-{self.counter}"
