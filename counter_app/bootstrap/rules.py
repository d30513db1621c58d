"""Which rules are in force, and whom the counter trusts to make them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.bootstrap.places import Places, resource
from counter_app.domain.counter_facts import CounterFacts, day_of
from counter_app.domain.coverage import Coverage
from counter_app.domain.day_check import is_clock_wrong
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.state import Desk
from counter_app.ports.accounts import Accounts
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore
from counter_app.rulebook.rulebook import (
    Rulebook,
    last_good,
    read_signed,
    read_unsigned,
    recover,
    take_over,
)
from counter_app.rulebook.signing import read_public_key
from counter_app.rulebook.succession import Refused, note_refusal, refusal_noted
from counter_app.services.queue_age import is_queue_too_old
from counter_app.settings import Environment, Settings

log = logging.getLogger(__name__)


def head_office_key(settings: Settings, places: Places) -> Ed25519PublicKey:
    """Return the key that signs rules, accounts and directory.

    Raises:
        CounterError: RULES_SIGNATURE; in production RULES_MISSING when no key was installed, and
            SIMULATOR_IN_PRODUCTION when it is the demonstration's.
    """
    demo = resource("simulator", "demo_head_office.pem").read_bytes()
    if not places.trust.exists():
        if settings.environment is Environment.PRODUCTION:
            raise CounterError(FailureCode.RULES_MISSING, file=places.trust.name)
        return read_public_key(demo)
    own = places.trust.read_bytes()
    key = read_public_key(own)
    is_demo = key.public_bytes_raw() == read_public_key(demo).public_bytes_raw()
    if is_demo and settings.environment is Environment.PRODUCTION:
        raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, device="head office key")
    return key


def rules_in_force(settings: Settings, places: Places) -> Rulebook:
    """Return the rules head office signed last, else the last good ones, else the shipped ones.

    Rules whose signature, form or files are wrong are never used; the rulebook says so under
    `refused`, and its age is that of the rules it holds (R40).

    Raises:
        CounterError: RULES_INVALID, RULES_SIGNATURE, RULES_MISSING when no good rules are left.
    """
    recover(places.rules)
    key = head_office_key(settings, places)
    first: CounterError | None = None
    for folder in (places.rules, last_good(places.rules), resource("providers")):
        if not folder.exists():
            continue
        try:
            rulebook = read_signed(folder, key)
        except CounterError as error:
            log.info("rules refused: folder=%s code=%s", folder.name, error.code.value)
            first = first or error
            continue
        refused = None if first is None else Refused(first.code, first.facts)
        return replace(rulebook, refused=refused)
    raise first or CounterError(FailureCode.RULES_MISSING)


def take_over_rules(settings: Settings, places: Places, incoming: Path, now: datetime) -> Rulebook:
    """Take over rules that head office signed; a refusal is remembered and leaves the old ones.

    Raises:
        CounterError: RULES_INVALID, RULES_SIGNATURE, RULES_MISSING, DISK_FULL.
    """
    before = _rules_before(settings, places)
    key = head_office_key(settings, places)
    try:
        rulebook = take_over(incoming, places.rules, key, before, day_of(now))
    except CounterError as error:
        note_refusal(places.rules_refused, error, now)
        raise
    places.rules_refused.unlink(missing_ok=True)
    return rulebook


def _rules_before(settings: Settings, places: Places) -> Rulebook | None:
    """Return the rules in force, or None where the first of an institution's own are awaited."""
    try:
        return rules_in_force(settings, places)
    except CounterError:
        return None


def refused_rules(rulebook: Rulebook, places: Places) -> Refused | None:
    """Return which rules are not in use although they are newer, or None."""
    return rulebook.refused or refusal_noted(places.rules_refused)


def rules_of(folder: Path | None) -> Rulebook:
    """Return the rules for a rehearsal: a folder's, signed or not, or those that are shipped.

    A folder without number segments of its own, a new pack alone for example, takes the shipped.
    """
    shipped = read_unsigned(resource("providers"))
    return shipped if folder is None else read_unsigned(folder, shipped.segments)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the counter's facts are taken from.

    Attributes:
        freeze_after_days: Age of the queue from which new cases wait (R16).
        skew: Says by how many seconds the clock is ahead of head office's; None while unknown.
        printable: Which characters the papers can show.
    """

    freeze_after_days: int
    skew: Callable[[], float | None]
    printable: Coverage


class BookHolder(Protocol):
    """Holds the rules in use, which may become others between two visits."""

    @property
    def book(self) -> Rulebook:
        """The rules in use now."""
        ...


def desk_maker(
    rules: BookHolder,
    accounts: Accounts,
    store: CaseStore,
    clock: Clock,
    circumstances: Circumstances,
) -> Callable[[], Desk]:
    """Return what gives the rules together with the counter's facts of the moment.

    Args:
        rules: Holds the rules in force.
        accounts: Whose staff numbers no customer may take.
        store: Where the age of the queue is read.
        clock: This computer's.
        circumstances: What else the counter is asked for.
    """

    def make() -> Desk:
        now = clock.now()
        facts = CounterFacts(
            now=now,
            staff_phones=accounts.staff_numbers(),
            is_clock_wrong=is_clock_wrong(circumstances.skew()),
            is_queue_too_old=is_queue_too_old(store, now, circumstances.freeze_after_days),
            printable=circumstances.printable,
        )
        book = rules.book
        return Desk(book.packs, book.segments, facts)

    return make
