"""The draw for a review afterwards (事后复核): some cases that nobody but the clerk judged."""

from __future__ import annotations

import hashlib

from counter_app.domain.assessment import Assessment
from counter_app.domain.draft import Draft
from counter_app.domain.provider_rules import RulePack

CONTEXT = b"counter_app post-review v1\n"
HUNDREDTHS = 10_000


def is_sampled(draft: Draft, assessment: Assessment, rules: RulePack) -> bool:
    """Say whether an accepted case is looked at afterwards.

    Only cases without a second person are drawn. The draw follows from the case id alone: it can
    be checked later, and nobody knows it before the case exists.
    """
    return not assessment.is_review_needed and is_drawn(draft.case_id, rules.sampling_percent)


def is_drawn(case_id: str, percent: int) -> bool:
    """Say whether a case id falls into the given share of all."""
    digest = hashlib.sha256(CONTEXT + case_id.encode("ascii")).digest()
    return int.from_bytes(digest[:8], "big") % HUNDREDTHS < percent * (HUNDREDTHS // 100)
