"""Renders every page in several states into a folder: python -m tests.ui.gallery OUT [scale]."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from counter_app.devices.card.simulator.passport_data import demo_photo
from counter_app.domain.case_state import CaseState
from counter_app.errors import FailureCode
from counter_app.flow.state import FlowState
from counter_app.ui.application import make_application
from counter_app.ui.parts import DeviceKind, DeviceState
from counter_app.ui.window import Window
from tests.ui.chip_states import PORTRAIT
from tests.ui.day_gallery import day_screens
from tests.ui.fake_parts import (
    FixedHealth,
    MemoryStore,
    MemoryUnit,
    MemoryVault,
    make_parts,
)
from tests.ui.gallery_states import states, stored
from tests.ui.people import CASE_ID, CLERK, MANAGER, fresh_state


def shot(window: Window, folder: Path, name: str) -> None:
    """Save what the window shows now."""
    for _ in range(4):
        QApplication.processEvents()
    window.grab().save(str(folder / f"{name}.png"))


def screens(window: Window, folder: Path) -> None:
    """Draw the screens beside the path."""
    shot(window, folder, "00_sign_in")
    window.controller.account = CLERK
    window._top.show_clerk(CLERK)
    window._nav.show_base()
    shot(window, folder, "01_home")
    settle(window, lambda: bool(window._top._lights))
    shot(window, folder, "01_home")
    window._nav.show_beside(window._screens.help)
    shot(window, folder, "02_help")
    window.controller.open(fresh_state())
    window._nav.show_base()
    window._nav.ask_to_park(is_closing=False)
    shot(window, folder, "03_park")
    window._screens.incident.show_incident("7F3A91C2", "")
    window._nav.show_beside(window._screens.incident, window._screens.incident.first_field())
    shot(window, folder, "04_incident")
    window._lock()
    shot(window, folder, "05_lock")
    window._unlock()
    window._nav.show_base()


def settle(window: Window, is_ready: Callable[[], bool]) -> None:
    """Let the lanes answer."""
    for _ in range(200):
        QApplication.processEvents()
        if is_ready():
            return
        window.lanes.office._thread and window.lanes.office._thread.join(0.005)


def pictured_window() -> Window:
    """A window with parked cases, answers, and a printer that wants paper."""
    parked = (
        stored("样本小吃店", CaseState.PARKED, 25),
        stored("样本五金行", CaseState.PARKED, 130),
    )
    answers = (
        stored("样本百货", CaseState.REJECTED, 45),
        stored("样本茶馆", CaseState.APPLIED, 60 * 50),
        stored("样本药店", CaseState.ACCEPTED_UNPRINTED, 9),
    )
    store = MemoryStore(MemoryUnit(parked, answers, queued=3))
    printer = DeviceState(DeviceKind.PRINTER, FailureCode.PRINTER_OUT_OF_PAPER)
    health = FixedHealth(
        (DeviceState(DeviceKind.ID_READER), DeviceState(DeviceKind.CAMERA), printer)
    )
    vault = MemoryVault({PORTRAIT: demo_photo()})
    return Window(make_parts(store=store, health=health, vault=vault))


def draw(window: Window, folder: Path, name: str, state: FlowState) -> None:
    """Open a visit at this state and save its page."""
    window.controller.account = MANAGER if name.startswith(("71", "90")) else CLERK
    window.controller.state = None
    window._screens.case.close_case()
    window.controller.open(state)
    if name.startswith("39"):
        settle(window, lambda: not window._screens.case.page()._ui.picture_panel.pixmap().isNull())
    shot(window, folder, name)


def draw_camera(window: Window, folder: Path) -> None:
    """Save the live picture over the first page."""
    window._screens.case.open_camera()
    settle(window, lambda: window._screens.case._camera._finder.frame is not None)
    shot(window, folder, "14_terminal_camera")
    window._screens.case.close_camera()


def main() -> None:
    """Draw everything, or only what begins with the third argument."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    is_elder = len(sys.argv) > 2
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    make_application([], os.environ.get("GALLERY_LANGUAGE", "zh_CN"))
    window = pictured_window()
    window.show()
    screens(window, folder)
    for name, state in states().items():
        if only and not name.startswith(only):
            continue
        draft = replace(state.draft, is_elder_mode=is_elder, case_id=f"{CASE_ID[:-2]}{name[:2]}")
        draw(window, folder, name, replace(state, draft=draft))
        if name == "11_terminal_found":
            draw_camera(window, folder)
    window.controller.state = None
    window.close()
    if not only:
        day_screens(folder, is_elder=is_elder)


if __name__ == "__main__":
    main()
