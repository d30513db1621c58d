"""What rehearsals run on: the rules, and stores in memory."""

from __future__ import annotations

from pathlib import Path

from counter_app.bootstrap.new_id import new_id
from counter_app.bootstrap.rules import rules_of
from counter_app.rehearsal.stage import PROFILE, Troupe
from counter_app.storage.memory import MemoryCaseStore
from counter_app.wire.keys import (
    SealingKeys,
    new_institution_key,
    new_signing_key,
    public_half,
)


def make_troupe(rules_folder: Path | None) -> Troupe:
    """Return what rehearsals need.

    Raises:
        CounterError: RULES_INVALID, RULES_MISSING.
    """
    rulebook = rules_of(rules_folder)
    keys = SealingKeys(PROFILE.name, new_signing_key(), public_half(new_institution_key()))
    return Troupe(rulebook.packs, rulebook.segments, keys, MemoryCaseStore, new_id)
