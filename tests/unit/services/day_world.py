"""A counter in memory on which whole visits are played, one after another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.account import Account, Role
from counter_app.domain.counter_facts import day_of
from counter_app.domain.day_check import CheckItem, Surroundings
from counter_app.errors import FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.rehearsal.doubles import NoSeal, RecordMaker, RehearsedPrinter
from counter_app.rehearsal.file import RehearsalFile, parse_rehearsal
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import PROFILE, Troupe, build
from counter_app.services.day import Day
from counter_app.services.day_papers import DayPapers
from counter_app.services.print_desk import PrintDesk
from counter_app.storage.memory import MemoryCaseStore

FOLDER = Path(__file__).resolve().parents[2] / "rehearsals"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CLERK = Account("c01", "演示经办", frozenset({Role.CLERK}))
NEXT_CLERK = Account("c02", "演示经办二", frozenset({Role.CLERK}))
REVIEWER = Account("s01", "演示复核", frozenset({Role.CLERK, Role.REVIEWER}))
MANAGER = Account("m01", "演示主任", frozenset({Role.REVIEWER, Role.CENTRE_MANAGER}))
AUDITOR = Account("a01", "演示审计", frozenset({Role.AUDITOR}))

WELL = Surroundings(
    devices=tuple(
        (item, None)
        for item in (CheckItem.ID_READER, CheckItem.CAMERA, CheckItem.PRINTER, CheckItem.OFFICE)
    ),
    skew_s=1.0,
    rules_age_days=3,
    rules_days_left=90,
    rules_expired=(),
    rules_count=4,
    directory_age=timedelta(hours=5),
    free_mb=20_000,
    seal_days_left=200,
)


@cache
def troupe() -> Troupe:
    return make_troupe(None)


@cache
def visit(name: str, turn: int = 0) -> RehearsalFile:
    """A visit of a rehearsal file, at another merchant and terminal for each turn of the day."""
    path = FOLDER / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("102110054990001", f"10211005499{turn + 1:04d}")
    text = text.replace("N500W00012345", f"N500W0{turn:02d}12345").replace('"L-1"', f'"L-{turn}"')
    return parse_rehearsal(path.name, text)


def on_day(file: RehearsalFile) -> bool:
    return day_of(file.now) == TODAY


@dataclass
class MovingClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class World:
    """One counter's day."""

    store: MemoryCaseStore = field(default_factory=MemoryCaseStore)
    clock: MovingClock = field(default_factory=MovingClock)
    around: Surroundings = WELL
    fault: FailureCode | None = None
    turn: int = 0

    @property
    def day(self) -> Day:
        desk = PrintDesk(RehearsedPrinter(self.fault))
        papers = DayPapers(self.store, RecordMaker(), NoSeal(), desk, PROFILE)
        return Day(self.store, papers, self.clock, lambda: self.around, 3)

    def play(self, *names: str) -> None:
        """Play whole visits through the services that the window uses."""
        for name in names:
            file = visit(name, self.turn)
            self.turn += 1
            stage = build(file, replace(troupe(), new_store=lambda: self.store))
            clerk = file.counter.clerk
            Player(file, stage, stage.performer.life.start(clerk)).play()

    def proof(self, account: Account, minutes_ago: float = 0) -> Authorisation:
        return Authorisation(account, self.clock.now() - timedelta(minutes=minutes_ago))

    def acts(self) -> list[str]:
        """Every action of the journal, in order."""
        return [entry.action.value for entry in self.store._tables.entries]
