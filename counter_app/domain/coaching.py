"""The calm minute: a customer who seems to be instructed is given time before the case goes on.

Source: 反电信网络诈骗法 art. 32 (explain before anything is restricted); DOMAIN §8, scenario 29.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from counter_app.domain.draft import Draft

CALM_MINUTE = timedelta(seconds=60)


def is_held(draft: Draft) -> bool:
    """Say whether the visit has to wait for its calm minute."""
    return draft.is_coached and not draft.is_calmed


def held_s(draft: Draft, now: datetime) -> float:
    """Return how many seconds of the minute are left, 0 where none is running."""
    if not is_held(draft):
        return 0.0
    since = draft.coached_since or now
    return min(max((CALM_MINUTE - (now - since)).total_seconds(), 0.0), CALM_MINUTE.total_seconds())


def noticed(draft: Draft, now: datetime) -> Draft:
    """Note when the mark was set; taking it away forgets the minute too."""
    if not draft.is_coached:
        return replace(draft, coached_since=None, is_calmed=False)
    return draft if draft.coached_since is not None else replace(draft, coached_since=now)


def calmed(draft: Draft, now: datetime) -> Draft:
    """Let the visit go on once its minute is over; too early nothing changes."""
    draft = noticed(draft, now)
    is_over = is_held(draft) and held_s(draft, now) <= 0
    return replace(draft, is_calmed=True) if is_over else draft
