"""The self-check at the opening of a day (R11): what is well, what to heed, what must stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from counter_app.errors import FailureCode

CLOCK_LIMIT_S = 300.0
"""Above five minutes the time of evidence could not be trusted: the day does not open."""

LEAST_FREE_MB = 500
RULES_NOTICE_DAYS = 14
OLD_DIRECTORY = timedelta(days=3)
SEAL_NOTICE_DAYS = 30


class CheckItem(StrEnum):
    """What is looked at, in the order in which it is shown."""

    UNPRINTED = "unprinted"
    PARKED = "parked"
    CLOCK = "clock"
    DISK = "disk"
    RULES = "rules"
    DIRECTORY = "directory"
    QUEUE = "queue"
    ID_READER = "id_reader"
    CAMERA = "camera"
    PRINTER = "printer"
    OFFICE = "office"
    SEAL = "seal"


class CheckLevel(StrEnum):
    """How an item stands."""

    GOOD = "good"
    CAUTION = "caution"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One item of the check.

    Attributes:
        finding: Code of what was found; its words are in resources/words/day.toml.
        value: The figure that goes into the words, or empty.
        failure: The device's own failure, or None.
    """

    item: CheckItem
    level: CheckLevel
    finding: str
    value: str = ""
    failure: FailureCode | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What devices, clock, rules and disk say at one moment.

    Attributes:
        devices: Each device with what is wrong with it, None when ready.
        skew_s: By how much this clock is ahead of head office's; None while never compared.
        rules_age_days: Since the newest pack came into force.
        rules_days_left: Until the first pack ends.
        rules_expired: Providers whose pack is not in force today.
        rules_count: How many packs there are.
        rules_refused: Newer rules came and were not taken over; the last good ones are in use.
        directory_age: Of the merchant directory, None when nothing is loaded.
        free_mb: Free space where the data folder is.
        seal_days_left: Until the branch certificate ends.
    """

    devices: tuple[tuple[CheckItem, FailureCode | None], ...]
    skew_s: float | None
    rules_age_days: int
    rules_days_left: int
    rules_expired: tuple[str, ...]
    rules_count: int
    directory_age: timedelta | None
    free_mb: int
    seal_days_left: int
    rules_refused: bool = False


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the store says at the same moment.

    Attributes:
        waiting: Messages that wait to be sent.
        unprinted: Accepted cases whose receipt nobody has seen come out.
        is_frozen: The queue is too old for new cases and nobody unlocked it today.
        going: Open cases that are soon deleted unless somebody goes on with them.
    """

    waiting: int
    unprinted: int
    is_frozen: bool
    going: int = 0


@dataclass(frozen=True, slots=True)
class DayCheck:
    """The whole check; cases without paper come first (R19)."""

    lines: tuple[CheckLine, ...]

    @property
    def may_open(self) -> bool:
        """Say whether the day may open: only a wrong clock stands against it."""
        clock = (line for line in self.lines if line.item is CheckItem.CLOCK)
        return all(line.level is not CheckLevel.STOP for line in clock)

    def worst(self) -> CheckLevel:
        """Return the worst level of all."""
        levels = {line.level for line in self.lines}
        if CheckLevel.STOP in levels:
            return CheckLevel.STOP
        return CheckLevel.CAUTION if CheckLevel.CAUTION in levels else CheckLevel.GOOD


def check_counter(around: Surroundings, backlog: Backlog) -> DayCheck:
    """Judge what the counter's surroundings and its store say."""
    return DayCheck(tuple(_lines(around, backlog)))


def is_clock_wrong(skew_s: float | None) -> bool:
    """Say whether the clock differs from head office's by more than five minutes."""
    return skew_s is not None and abs(skew_s) > CLOCK_LIMIT_S


def _lines(around: Surroundings, backlog: Backlog) -> Iterator[CheckLine]:
    if backlog.unprinted:
        count = str(backlog.unprinted)
        yield CheckLine(CheckItem.UNPRINTED, CheckLevel.STOP, "unprinted.some", count)
    if backlog.going:
        count = str(backlog.going)
        yield CheckLine(CheckItem.PARKED, CheckLevel.CAUTION, "parked.going", count)
    yield _clock(around.skew_s)
    free = str(around.free_mb)
    if around.free_mb < LEAST_FREE_MB:
        yield CheckLine(CheckItem.DISK, CheckLevel.STOP, "disk.low", free)
    else:
        yield CheckLine(CheckItem.DISK, CheckLevel.GOOD, "disk.enough", free)
    yield _rules(around)
    yield _directory(around.directory_age)
    yield _queue(backlog)
    for item, failure in around.devices:
        if failure is None:
            yield CheckLine(item, CheckLevel.GOOD, "device.ready")
        else:
            yield CheckLine(item, CheckLevel.CAUTION, "device.failed", "", failure)
    yield _seal(around.seal_days_left)


def _clock(skew_s: float | None) -> CheckLine:
    if skew_s is None:
        return CheckLine(CheckItem.CLOCK, CheckLevel.CAUTION, "clock.unknown")
    shown = str(round(abs(skew_s)))
    if is_clock_wrong(skew_s):
        return CheckLine(CheckItem.CLOCK, CheckLevel.STOP, "clock.wrong", shown)
    return CheckLine(CheckItem.CLOCK, CheckLevel.GOOD, "clock.right", shown)


def _rules(around: Surroundings) -> CheckLine:
    expired = around.rules_expired
    if len(expired) == around.rules_count:
        return CheckLine(CheckItem.RULES, CheckLevel.STOP, "rules.expired", ", ".join(expired))
    if expired:
        return CheckLine(CheckItem.RULES, CheckLevel.CAUTION, "rules.partly", ", ".join(expired))
    if around.rules_days_left < RULES_NOTICE_DAYS:
        days = str(around.rules_days_left)
        return CheckLine(CheckItem.RULES, CheckLevel.CAUTION, "rules.ending", days)
    age = str(around.rules_age_days)
    if around.rules_refused:
        return CheckLine(CheckItem.RULES, CheckLevel.CAUTION, "rules.refused", age)
    return CheckLine(CheckItem.RULES, CheckLevel.GOOD, "rules.fresh", age)


def _directory(age: timedelta | None) -> CheckLine:
    if age is None:
        return CheckLine(CheckItem.DIRECTORY, CheckLevel.STOP, "directory.none")
    days = str(age.days)
    if age > OLD_DIRECTORY:
        return CheckLine(CheckItem.DIRECTORY, CheckLevel.CAUTION, "directory.old", days)
    return CheckLine(CheckItem.DIRECTORY, CheckLevel.GOOD, "directory.fresh", days)


def _queue(backlog: Backlog) -> CheckLine:
    count = str(backlog.waiting)
    if backlog.is_frozen:
        return CheckLine(CheckItem.QUEUE, CheckLevel.STOP, "queue.frozen", count)
    if backlog.waiting:
        return CheckLine(CheckItem.QUEUE, CheckLevel.CAUTION, "queue.some", count)
    return CheckLine(CheckItem.QUEUE, CheckLevel.GOOD, "queue.empty")


def _seal(days_left: int) -> CheckLine:
    days = str(days_left)
    if days_left < 0:
        return CheckLine(CheckItem.SEAL, CheckLevel.STOP, "seal.ended", str(-days_left))
    if days_left <= SEAL_NOTICE_DAYS:
        return CheckLine(CheckItem.SEAL, CheckLevel.CAUTION, "seal.ending", days)
    return CheckLine(CheckItem.SEAL, CheckLevel.GOOD, "seal.valid", days)
