"""The time by which things may be forgotten: no later than head office said it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter_app.ports.back_office import Contact


def sure_time(contact: Contact | None, now: datetime) -> datetime | None:
    """Return a time that has surely come, or None while head office has not told any.

    A clock that jumped ahead is held back to what head office said at the last contact; one that
    is behind only makes things go later. What was deleted too early does not come back.

    Args:
        contact: How the sender stands with head office; None when no sender ever ran.
        now: What this computer's clock says (aware UTC).
    """
    if contact is None or contact.last_contact is None:
        return None
    return min(now, contact.last_contact - timedelta(seconds=contact.skew_s))
