"""The demonstration: one whole case through the real window, on real transports, in one go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from counter_app.bootstrap.application import (
    DEMO_PASSPHRASE,
    furnish_counter,
    start_office,
    write_settings,
)
from counter_app.bootstrap.counter import Counter, open_counter
from counter_app.bootstrap.demo_case import DemoCase, draw_pictures
from counter_app.bootstrap.demo_clerk import DemoClerk
from counter_app.bootstrap.devices import open_devices
from counter_app.bootstrap.office import start_sender
from counter_app.bootstrap.places import Places, fonts_folder
from counter_app.bootstrap.profile import profile_of
from counter_app.bootstrap.sealing import trust_folder
from counter_app.devices.camera.simulated_camera import SimulatedCamera
from counter_app.devices.id_reader.simulator.module import LIFELIKE, SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.pty_line import SimulatedIdCardReaderPty
from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import SHANGHAI, day_of
from counter_app.domain.paper_parts import PaperKind
from counter_app.logs import start_logging
from counter_app.receipt.commands import verifier, verify_file
from counter_app.settings import DeviceTable, Environment, OfficeTable, Settings

RECEIPT = "receipt.pdf"
SUMMARY = "summary.json"
LETTER_DAYS = 30


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration left behind.

    Attributes:
        is_good: The seal is valid and head office applied the case.
    """

    summary: dict[str, object]
    is_good: bool


def run_demo(out: Path) -> DemoResult:
    """Play the demonstration into a folder, replacing what an earlier one left.

    Raises:
        CounterError: A part could not be opened.
        DemoStuckError: A step did not come; the last picture shows where.
    """
    from counter_app.bootstrap.window import make_application, open_window

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.monotonic()
    places = Places((out / "data").resolve())
    with ExitStack() as stack:
        settings, reader = _prepare(places, stack)
        make_application(settings.window.language)
        camera = SimulatedCamera("demo", out / "camera" / "label.png")
        counter = _open(settings, places, camera, stack)
        today = day_of(counter.clock.now())
        until = today + timedelta(days=LETTER_DAYS)
        pictures = draw_pictures(out / "camera", today.isoformat(), until.isoformat())
        stack.callback(_end, start_sender(places, DEMO_PASSPHRASE))
        window = open_window(counter)
        stack.callback(window.close)
        window.incidents.install()
        stack.callback(window.incidents.uninstall)
        window.show()
        clerk = DemoClerk(window, out)
        DemoCase(clerk, reader, camera, pictures).play()
        result = _conclude(counter, clerk, out, started)
        window.controller.close_visit()
    return result


def _prepare(places: Places, stack: ExitStack) -> tuple[Settings, SimulatedIdCardReader]:
    """Start head office and the simulated reader on a pseudo-terminal, and write the settings."""
    _clear(places.data.parent)
    places.data.mkdir(parents=True)
    start_logging(places.logs)
    reader = SimulatedIdCardReader(environment="demo", latency=LIFELIKE)
    line = stack.enter_context(SimulatedIdCardReaderPty(reader))
    settings = Settings(environment=Environment.DEMO)
    office = start_office(places.data / "headoffice", profile_of(settings).name, places)
    stack.callback(office.stop)
    devices = DeviceTable(id_reader=f"pty:{line.path}", printer="folder", codes="simulated")
    update = {"office": OfficeTable(url=office.url), "devices": devices}
    return write_settings(places, settings.model_copy(update=update)), reader


def _clear(out: Path) -> None:
    """Remove what an earlier demonstration left, and nothing else."""
    for name in ("data", "camera"):
        shutil.rmtree(out / name, ignore_errors=True)
    for path in (*out.glob("[0-9][0-9]-*.png"), out / RECEIPT, out / SUMMARY):
        path.unlink(missing_ok=True)
    (out / "camera").mkdir(parents=True)


def _open(settings: Settings, places: Places, camera: SimulatedCamera, stack: ExitStack) -> Counter:
    devices = replace(open_devices(settings, places), camera=camera)
    counter = open_counter(settings, places, DEMO_PASSPHRASE, devices)
    stack.callback(counter.close)
    furnish_counter(counter)
    return counter


def _end(sender: subprocess.Popen[bytes]) -> None:
    sender.terminate()
    try:
        sender.wait(10)
    except subprocess.TimeoutExpired:
        sender.kill()
        sender.wait()


def _conclude(counter: Counter, clerk: DemoClerk, out: Path, started: float) -> DemoResult:
    """Judge the receipt, write it and the summary."""
    state = clerk.state()
    case_id = state.draft.case_id
    with counter.data.store.view() as unit:
        paper = unit.paper(case_id, PaperKind.RECEIPT.value)
        states = [_moved(json.loads(row.record)) for row in unit.case_journal(case_id)]
    receipt = out / RECEIPT
    receipt.write_bytes(paper.pdf)
    trust = trust_folder(counter.settings, counter.places)
    verdict = verify_file(receipt, verifier(fonts_folder(), trust, counter.clock), "en")
    summary: dict[str, object] = {
        "acceptance_no": state.acceptance_no,
        "state": state.case_state.value,
        "seal_valid": verdict["valid"],
        "seal": verdict["words"],
        "states": [moved for moved in states if moved],
        "keys": clerk.keys,
        "screens": len(clerk.pictures),
        "seconds": round(time.monotonic() - started, 1),
        "verify": f"counter-app verify {receipt} --data {out / 'data'}",
    }
    (out / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=2), encoding="utf-8")
    is_good = bool(verdict["valid"]) and state.case_state is CaseState.APPLIED
    return DemoResult(summary, is_good)


def _moved(row: dict[str, object]) -> dict[str, object] | None:
    facts = row.get("facts")
    if not isinstance(facts, dict) or "to_state" not in facts:
        return None
    at = datetime.fromisoformat(str(row["at"])).astimezone(SHANGHAI)
    return {"state": facts["to_state"], "at": at.isoformat(timespec="seconds")}
