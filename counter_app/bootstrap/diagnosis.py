"""What support asks for: devices, store, clock, rules, versions; without personal data."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

from counter_app import __version__
from counter_app.bootstrap.clock import SystemClock
from counter_app.bootstrap.counter import Counter
from counter_app.bootstrap.devices import CounterDevices, open_devices
from counter_app.bootstrap.places import Places
from counter_app.bootstrap.swap_space import swap_space
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.domain.counter_facts import day_of
from counter_app.errors import CounterError
from counter_app.settings import DeviceTable, Settings

PACKAGES = (
    "PySide6-Essentials",
    "sqlalchemy",
    "sqlcipher3",
    "reportlab",
    "pyhanko",
    "opencv-python-headless",
    "onnxruntime",
    "pyscard",
)
LEAST_FREE_MB = 500
CARD_SERVICE_S = 1.5

Section = dict[str, object]


def diagnosis(counter: Counter) -> dict[str, Section]:
    """Ask every part how it is; a part that fails says so and the others go on."""
    parts: dict[str, Callable[[], Section]] = {
        "program": _program,
        "machine": lambda: _machine(counter.settings, counter.places),
        "store": lambda: _store(counter),
        "rules": lambda: _rules(counter),
        "directory": lambda: _directory(counter),
        "seal": lambda: {"days_left": counter.seal.days_left()},
        **_device_parts(counter.settings, counter.devices),
        "queue": lambda: _queue(counter),
    }
    return {name: _asked(part) for name, part in parts.items()}


def diagnosis_without_store(
    settings: Settings, places: Places, failure: CounterError
) -> dict[str, Section]:
    """Ask what can be asked when the store cannot be opened; nothing is made.

    Args:
        settings: Of the data folder.
        places: The data folder, which need not be there.
        failure: Why the store was not opened.
    """
    devices = open_devices(settings, places)
    parts: dict[str, Callable[[], Section]] = {
        "program": _program,
        "machine": lambda: _machine(settings, places),
        "store": lambda: {"failure": str(failure)},
        **_device_parts(settings, devices),
    }
    try:
        return {name: _asked(part) for name, part in parts.items()}
    finally:
        devices.close()


def _device_parts(settings: Settings, devices: CounterDevices) -> dict[str, Callable[[], Section]]:
    table = settings.devices
    return {
        "id_reader": lambda: _reader(table, devices),
        "cards": _cards,
        "camera": lambda: _camera(table, devices),
        "printer": lambda: _printer(table, devices),
    }


def as_text(report: dict[str, Section]) -> str:
    """Return the report as lines to copy."""
    lines = []
    for name, section in report.items():
        lines.append(f"[{name}]")
        lines.extend(f"  {key}: {value}" for key, value in section.items())
    return "\n".join(lines)


def _asked(part: Callable[[], Section]) -> Section:
    try:
        return part()
    except CounterError as error:
        return {"failure": str(error)}
    except OSError as error:
        return {"failure": type(error).__name__}


def _program() -> Section:
    return {"counter_app": __version__, **dict(_versions())}


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", sys.version.split()[0]
    yield "sqlite", sqlite3.sqlite_version
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "missing"


def _machine(settings: Settings, places: Places) -> Section:
    existing = next(path for path in (places.data, *places.data.parents) if path.exists())
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    now = SystemClock().now()
    return {
        "system": platform.platform(terse=True),
        "environment": settings.environment.value,
        "clock": now.isoformat(timespec="seconds"),
        "free_mb": free_mb,
        "disk": "ok" if free_mb >= LEAST_FREE_MB else "low",
        "swap": swap_space().value,
    }


def _store(counter: Counter) -> Section:
    problems = counter.data.database.problems()
    with counter.data.store.view() as unit:
        faults = unit.verify_journal()
        head = unit.journal_head()
    return {
        "integrity": "ok" if not problems else ", ".join(problems),
        "journal_rows": head.seq,
        "journal": "ok" if not faults else f"{len(faults)} faults",
    }


def _rules(counter: Counter) -> Section:
    today = day_of(counter.clock.now())
    book = counter.rulebook
    packs = {pack.provider: pack.version for pack in book.packs}
    expired = [pack.provider for pack in book.packs if not pack.is_valid_on(today)]
    return {
        **packs,
        "segments": book.segments.version,
        "age_days": book.age_days(today),
        "expired": ", ".join(expired) or "none",
    }


def _directory(counter: Counter) -> Section:
    state = counter.directory.state()
    age = counter.directory.age(counter.clock.now())
    return {
        "serial": state.serial,
        "merchants": state.merchants,
        "age": str(age).split(".")[0] if age is not None else "nothing loaded",
    }


def _reader(table: DeviceTable, devices: CounterDevices) -> Section:
    health = devices.id_reader.health()
    return {
        "source": table.id_reader,
        "present": health.is_present,
        "transport": health.transport,
        "module": health.module_number or "unknown",
        "last_error": health.last_error.value if health.last_error else "none",
    }


def _cards() -> Section:
    """Ask the smart card service; its first answer takes a moment."""
    from counter_app.devices.card.watcher import PcscWatcher

    watcher = PcscWatcher()
    watcher.start(lambda _event: None)
    try:
        until = time.monotonic() + CARD_SERVICE_S
        while not (watcher.readers() or watcher.service_error()) and time.monotonic() < until:
            time.sleep(0.05)
        found = {
            reader.name: f"{reader.state.value} {reader.atr} {reader.last_error}".strip()
            for reader in watcher.readers()
        }
        return {"service": watcher.service_error() or "ok", **found}
    finally:
        watcher.close()


def _camera(table: DeviceTable, devices: CounterDevices) -> Section:
    found = devices.camera.found()
    return {
        "source": table.camera,
        **_chosen(devices),
        "found": ", ".join(camera.source for camera in found) or "none",
    }


def _chosen(devices: CounterDevices) -> Section:
    """Return what was chosen in the window, where it can be chosen."""
    if not isinstance(devices.camera, OpenCvCamera):
        return {}
    choice = devices.camera.choice
    size = f"{choice.width_px}x{choice.height_px}" if choice.width_px else "own"
    return {"chosen": f"{choice.source} turn={choice.rotation.value} size={size}"}


def _printer(table: DeviceTable, devices: CounterDevices) -> Section:
    health = devices.printer.health()
    return {
        "source": table.printer,
        "name": health.name,
        "state": health.reason.value if health.reason else "ready",
        "low": ", ".join(health.low) or "nothing",
    }


def _queue(counter: Counter) -> Section:
    with counter.data.store.view() as unit:
        count = unit.waiting_count()
        oldest = unit.oldest_unsent(counter.clock.now())
    return {"waiting": count, "oldest": str(oldest).split(".")[0] if oldest else "nothing"}
