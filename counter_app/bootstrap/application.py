"""Running the window on one data folder, with its sender, until it is closed."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.backoffice.sender_process import SenderPlace
from counter_app.bootstrap.counter import Counter, open_counter
from counter_app.bootstrap.demo_world import PASSWORD, furnish
from counter_app.bootstrap.office import (
    enrolment_files,
    signing_key,
    start_sender,
)
from counter_app.bootstrap.places import Places
from counter_app.bootstrap.screen_guard import shield, user32
from counter_app.bootstrap.sealing import trust_folder
from counter_app.bootstrap.sender_keeper import LOOK_EVERY_MS, SenderKeeper
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice import embedded
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.manage import add_reviewer
from counter_app.logs import start_logging
from counter_app.settings import (
    FILE_NAME,
    DeviceTable,
    Environment,
    OfficeTable,
    Settings,
    read_settings,
)
from counter_app.storage.failures import onto_target
from counter_app.storage.instance import WINDOW_LOCK, InstanceLock
from counter_app.storage.keys import KeyKeeper

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from counter_app.ui.window import Window

log = logging.getLogger(__name__)

DEMO_PASSPHRASE = PASSWORD
DEMO_REVIEWER = "reviewer"
LEAVING_S = 3.0
"""How long the program, its window closed, waits for its threads before it closes the store."""


def run_window(places: Places, passphrase: str | None, *, is_demo: bool) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Raises:
        CounterError: ANOTHER_INSTANCE, DISPLAY_MISSING, FILE_UNWRITABLE, and every code that
            opening a counter may raise.
    """
    from counter_app.bootstrap.window import make_application, open_window

    with ExitStack() as stack:
        _claim(places, stack)
        settings = read_settings(places.data)
        if is_demo:
            settings = demo_office(settings, places, stack)
            passphrase = passphrase or DEMO_PASSPHRASE
        application = make_application(settings.window.language)
        passphrase = passphrase or asked_passphrase(places)
        counter = open_counter(settings, places, passphrase)
        stack.callback(counter.close)
        if is_demo:
            furnish_counter(counter)
        window = open_window(counter)
        if settings.office.url:
            stack.callback(keep_sender(places, passphrase, window))
        _surround(window, counter)
        window.show()
        log.info("window shown: environment=%s", settings.environment.value)
        status = application.exec()
        window.lanes.join(LEAVING_S)
    return status


def _claim(places: Places, stack: ExitStack) -> None:
    """Become the only window of a data folder, which is made where there is none."""
    with onto_target():
        places.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_display()
    stack.enter_context(InstanceLock(places.data / WINDOW_LOCK))
    start_logging(places.logs)


def _surround(window: Window, counter: Counter) -> None:
    """Start what lives beside the window as long as it does."""
    from counter_app.bootstrap.second_start import Doorbell
    from counter_app.bootstrap.tidying import start_tidying
    from counter_app.ui.clipboard import KEPT_MS, ClipboardGuard

    Doorbell(counter.places.data, window.bring_to_front, window)
    ClipboardGuard(KEPT_MS, window)
    start_tidying(counter, window)
    shield(int(window.winId()), counter.settings.environment.value, user32())
    window.incidents.install()


def asked_passphrase(places: Places) -> str | None:
    """Ask the person at the screen for the passphrase, where the store needs one."""
    from counter_app.ui.start_dialogs import ask_passphrase, has_screen

    keeper = KeyKeeper(places.data)
    if not has_screen() or not keeper.needs_passphrase():
        return None
    return ask_passphrase(is_new=not keeper.exists())


def require_display() -> None:
    """Say that there is no screen before Qt ends the process for it.

    Raises:
        CounterError: DISPLAY_MISSING.
    """
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise CounterError(FailureCode.DISPLAY_MISSING)


def furnish_counter(counter: Counter) -> None:
    """Put invented people and merchants into a demonstration's counter."""
    furnish(
        counter.settings.environment,
        counter.places,
        counter.accounts,
        counter.directory,
        counter.clock.now(),
    )


def demo_office(settings: Settings, places: Places, stack: ExitStack) -> Settings:
    """Start the embedded head office and return settings that point to it."""
    name = f"{settings.branch.code}-{settings.counter.number}"
    office = start_office(places.data / "headoffice", name, places, trust_folder(settings, places))
    stack.callback(office.stop)
    devices = settings.devices
    simulated = devices.model_copy(update={"codes": "simulated"})
    return write_settings(
        places,
        settings.model_copy(
            update={
                "environment": Environment.DEMO,
                "office": OfficeTable(url=office.url),
                "devices": simulated,
            }
        ),
    )


def start_office(
    folder: Path, counter: str, places: Places, trust: Path | None = None
) -> embedded.EmbeddedOffice:
    """Start head office with one enrolled counter that decides by itself.

    Args:
        folder: Of head office.
        counter: Its identity.
        places: Of the counter.
        trust: Folder of certificates for receipts; None: that of the demonstration's seal.
    """
    public = embedded_public_key(places)
    files = enrolment_files(places)
    files.folder.mkdir(parents=True, exist_ok=True)
    files.institution_key.write_bytes(embedded.institution_public_key(folder))
    options = embedded.EmbeddedOptions(
        counters={counter: public},
        pause_s=0.5,
        program="counter_app.bootstrap.office_process",
        trust=trust or trust_folder(Settings(), places),
    )
    office = embedded.start(folder, options)
    database = Database(sqlite_url(folder / "headoffice.db"))
    add_reviewer(database, DEMO_REVIEWER, PASSWORD, datetime.now(UTC))
    database.close()
    return office


def embedded_public_key(places: Places) -> bytes:
    """Return the public half of the counter's signing key (PEM)."""
    from counter_app.wire.keys import public_half

    return public_half(signing_key(places))


def write_settings(places: Places, settings: Settings) -> Settings:
    """Write the settings that a demonstration's sender reads too."""
    places.data.mkdir(parents=True, exist_ok=True)
    lines = [
        f'environment = "{settings.environment.value}"',
        "[office]",
        f'url = "{settings.office.url}"',
        "[devices]",
        *_device_lines(settings.devices),
    ]
    (places.data / FILE_NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return settings


def _device_lines(table: DeviceTable) -> list[str]:
    return [
        f'id_reader = "{table.id_reader}"',
        f'camera = "{table.camera}"',
        f'printer = "{table.printer}"',
        f'codes = "{table.codes}"',
    ]


def keep_sender(places: Places, passphrase: str | None, window: QObject) -> Callable[[], None]:
    """Start a sender now, and again whenever none runs; returns what lets it go on alone."""
    from PySide6.QtCore import QTimer

    lock = SenderPlace(places.data).lock
    keeper = SenderKeeper(lock, lambda: start_sender(places, passphrase))
    keeper.look()
    timer = QTimer(window)
    timer.timeout.connect(keeper.look)
    timer.start(LOOK_EVERY_MS)
    return keeper.leave
