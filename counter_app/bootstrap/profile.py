"""What papers, messages and the journal say of a counter, from its settings."""

from __future__ import annotations

import platform

from counter_app import __version__
from counter_app.domain.journal import Place
from counter_app.domain.paper_parts import Branch
from counter_app.services.counter_profile import CounterProfile
from counter_app.settings import Environment, Settings
from counter_app.words.privacy_notice import privacy_notice


def profile_of(settings: Settings) -> CounterProfile:
    """Return what papers say of the counter."""
    branch = settings.branch
    return CounterProfile(
        branch=Branch(branch.code, branch.name, branch.phone, branch.address, branch.hours),
        counter=settings.counter.number,
        notice_version=privacy_notice().edition,
        enquiry=settings.counter.enquiry,
        complaint=settings.counter.complaint,
        is_demonstration=settings.environment is not Environment.PRODUCTION,
    )


def place_of(settings: Settings) -> Place:
    """Return what every journal row says of the place."""
    return Place(
        branch=settings.branch.code,
        counter=settings.counter.number,
        device=platform.system(),
        app_version=__version__,
    )
