"""The rules that the window works by: those fetched meanwhile hold from the next new case on."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.bootstrap.places import Places
from counter_app.bootstrap.rules import rules_in_force
from counter_app.errors import CounterError
from counter_app.flow.state import FlowState
from counter_app.rulebook.rulebook import Rulebook
from counter_app.services.case_life import CaseLife
from counter_app.settings import Settings

log = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int, int], ...]


class RulesInUse:
    """The rulebook in use; it changes only when `take_new` is called."""

    def __init__(self, settings: Settings, places: Places) -> None:
        """Read the rules in force.

        Raises:
            CounterError: As `rules_in_force`.
        """
        self._settings = settings
        self._places = places
        self._stamp = _stamp(places.rules)
        self.book: Rulebook = rules_in_force(settings, places)

    def take_new(self) -> None:
        """Use what the sender took over meanwhile; where nothing can be read the rules stay."""
        stamp = _stamp(self._places.rules)
        if stamp == self._stamp:
            return
        try:
            self.book = rules_in_force(self._settings, self._places)
        except CounterError as error:
            log.info("new rules not taken: code=%s", error.code.value)
            return
        self._stamp = stamp
        log.info("rules taken: packs=%d", len(self.book.packs))


@dataclass(frozen=True, slots=True)
class VisitsByNewestRules:
    """Starts visits as `life` does, by the newest rules; see `counter_app.ui.parts.Visits`."""

    life: CaseLife = field(repr=False)
    rules: RulesInUse = field(repr=False)

    def start(self, clerk_id: str) -> FlowState:
        """Return a new visit."""
        self.rules.take_new()
        return self.life.start(clerk_id)

    def again(self, case_id: str, clerk_id: str) -> FlowState:
        """Return a new visit for a further terminal of the same customer."""
        self.rules.take_new()
        return self.life.again(case_id, clerk_id)

    def correct(self, case_id: str, clerk_id: str) -> FlowState:
        """Return a new visit that corrects a rejected or voided case."""
        self.rules.take_new()
        return self.life.correct(case_id, clerk_id)

    def load(self, case_id: str) -> FlowState:
        """Return a stored visit as it stood."""
        return self.life.load(case_id)


def _stamp(folder: Path) -> Stamp:
    """Tell one state of a folder's files from another without reading them."""
    try:
        found = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, stat.st_mtime_ns, stat.st_ino) for name, stat in found)
