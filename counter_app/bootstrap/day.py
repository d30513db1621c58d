"""The day of one counter: its probes and its papers."""

from __future__ import annotations

import shutil

from counter_app.backoffice.sender_process import SenderPlace
from counter_app.backoffice.sender_status import read_status
from counter_app.bootstrap.counter import Counter
from counter_app.bootstrap.office import clock_skew
from counter_app.bootstrap.rules import refused_rules
from counter_app.domain.counter_facts import day_of
from counter_app.domain.day_check import CheckItem, Surroundings
from counter_app.errors import CounterError, FailureCode
from counter_app.services.day import Day
from counter_app.services.day_papers import DayPapers

MB = 1_000_000
Device = tuple[CheckItem, FailureCode | None]


def day_keeping(counter: Counter) -> Day:
    """Return what opens, adds up and closes the days of a counter."""
    papers = counter.performer.papers
    return Day(
        store=counter.data.store,
        papers=DayPapers(papers.store, papers.maker, papers.seal, papers.desk, papers.profile),
        clock=counter.clock,
        look=lambda: surroundings(counter),
        freeze_after_days=counter.settings.queue.freeze_after_days,
    )


def surroundings(counter: Counter) -> Surroundings:
    """Ask devices, clock, rules and disk how they are."""
    now = counter.clock.now()
    today = day_of(now)
    packs = counter.rulebook.packs
    return Surroundings(
        devices=_devices(counter),
        skew_s=clock_skew(counter.places),
        rules_age_days=counter.rulebook.age_days(today),
        rules_days_left=min((pack.valid_until - today).days for pack in packs),
        rules_expired=tuple(pack.title for pack in packs if not pack.is_valid_on(today)),
        rules_count=len(packs),
        rules_refused=refused_rules(counter.rulebook, counter.places) is not None,
        directory_age=counter.directory.age(now),
        free_mb=shutil.disk_usage(counter.places.data).free // MB,
        seal_days_left=_seal_days(counter),
    )


def _devices(counter: Counter) -> tuple[Device, ...]:
    devices = counter.devices
    reader = devices.id_reader.health()
    reader_failure = reader.last_error or FailureCode.READER_MISSING
    camera = None if devices.camera.found() else FailureCode.CAMERA_MISSING
    return (
        (CheckItem.ID_READER, None if reader.is_present else reader_failure),
        (CheckItem.CAMERA, camera),
        (CheckItem.PRINTER, devices.printer.health().reason),
        (CheckItem.OFFICE, _office(counter)),
    )


def _office(counter: Counter) -> FailureCode | None:
    status = read_status(SenderPlace(counter.places.data).status)
    return FailureCode.OFFICE_UNREACHABLE if status is None else status.contact.trouble


def _seal_days(counter: Counter) -> int:
    """Return the days left; a seal that cannot be asked counts as ended."""
    try:
        return counter.seal.days_left()
    except CounterError:
        return -1
