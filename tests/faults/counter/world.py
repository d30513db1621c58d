"""A whole counter of real parts in one process: store, pty reader, camera, printer, window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import delete

from counter_app.bootstrap import demo_world
from counter_app.bootstrap.application import DEMO_PASSPHRASE, furnish_counter
from counter_app.bootstrap.counter import Counter, open_counter
from counter_app.bootstrap.demo_clerk import DemoClerk
from counter_app.bootstrap.devices import open_devices
from counter_app.bootstrap.places import Places
from counter_app.bootstrap.window import open_window
from counter_app.devices.camera.simulated_camera import SimulatedCamera
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.pty_line import SimulatedIdCardReaderPty
from counter_app.devices.printer.simulated_printer import SimulatedPrinter
from counter_app.errors import FailureCode
from counter_app.flow.state import FlowState
from counter_app.ports.paper import Printer
from counter_app.settings import DeviceTable, Environment, OfficeTable, Settings
from counter_app.ui.window import Window
from counter_app.words.failures import failure_words
from counter_app.words.words import Language


class FastClerk(DemoClerk):
    """Takes a picture only when a test asks for it; the path is the same."""

    def picture(self, title: str) -> None:
        """Take none."""

    def shoot(self, title: str) -> None:
        """Take one."""
        DemoClerk.picture(self, title)


@dataclass(slots=True)
class Bench:
    """One counter as a test works it.

    Attributes:
        reader: The module behind the pseudo-terminal `line`.
    """

    counter: Counter
    window: Window
    clerk: FastClerk
    reader: SimulatedIdCardReader
    line: SimulatedIdCardReaderPty
    camera: SimulatedCamera
    printer: Printer
    stack: ExitStack

    def close(self) -> None:
        """Close window, store and reader, as at the end of the day."""
        self.stack.close()

    @property
    def state(self) -> FlowState:
        """The open visit."""
        return self.clerk.state()

    def stored(self) -> FlowState:
        """Return the open visit as the store has it, once everything queued is saved."""
        self.settle()
        return self.counter.performer.life.load(self.state.draft.case_id)

    def settle(self) -> None:
        """Wait until the store has done all it was given."""
        done: list[bool] = []
        self.window.lanes.storage.run(lambda: True, done.append)
        self.clerk.wait("the store", lambda: bool(done))

    def words(self) -> str:
        """Return everything that can be read in the window now."""
        return seen(self.window)

    def reads(self, text: str) -> None:
        """Wait until a text can be read in the window."""
        self.clerk.wait(f"the words “{text}”", lambda: text in self.words())

    def tells(self, code: FailureCode) -> None:
        """Wait until a failure's words, and the next step, can be read in the window."""
        words = failure_words(code, Language.ZH)
        self.reads(words.title)
        self.reads(words.advice)

    def tells_of_failure(self) -> None:
        """Wait until the words of whatever failed can be read."""
        failure = self.state.failure
        assert failure is not None
        self.tells(failure)


def seen(window: QWidget) -> str:
    """Return the texts of all visible labels of a window."""
    labels = window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def furnished(folder: Path) -> Path:
    """Make a furnished data folder once; tests copy it."""
    places = Places(folder / "data")
    places.data.mkdir(parents=True)
    settings = demo_settings("pty:/nowhere")
    counter = open_counter(settings, places, DEMO_PASSPHRASE)
    furnish_counter(counter)
    counter.close()
    return places.data


def demo_settings(id_reader: str, url: str = "") -> Settings:
    """Return the settings of a counter with simulated devices."""
    devices = DeviceTable(id_reader=id_reader, printer="folder", codes="simulated")
    return Settings(environment=Environment.DEMO, devices=devices, office=OfficeTable(url=url))


BenchMaker = Callable[..., Bench]


def benches(template: Path, folder: Path) -> Iterator[BenchMaker]:
    """Yield what opens counters, and close them afterwards."""
    with ExitStack() as stack:

        def make(
            name: str = "a",
            printer: Printer | None = None,
            camera: Path | None = None,
            settings: Settings | None = None,
        ) -> Bench:
            data = folder / name / "data"
            if not data.exists():
                shutil.copytree(template, data)
            one = open_bench(data, printer, camera, settings)
            stack.callback(one.close)
            return one

        yield make


def open_bench(
    data: Path,
    printer: Printer | None = None,
    shown: Path | None = None,
    settings: Settings | None = None,
) -> Bench:
    """Open a counter on a data folder with a reader that lies at a link beside it."""
    stack = ExitStack()
    reader = SimulatedIdCardReader(environment="demo")
    link = data.parent / "reader"
    line = stack.enter_context(SimulatedIdCardReaderPty(reader, link))
    used = settings or demo_settings(f"pty:{link}")
    places = Places(data)
    camera = SimulatedCamera("demo", shown or data.parent / "nothing.png")
    used_printer = printer or SimulatedPrinter("demo")
    devices = replace(open_devices(used, places), camera=camera, printer=used_printer)
    counter = open_counter(used, places, DEMO_PASSPHRASE, devices)
    stack.callback(counter.close)
    window = open_window(counter)
    stack.callback(_close, window)
    window.show()
    window.activateWindow()
    clerk = FastClerk(window, data.parent)
    return Bench(counter, window, clerk, reader, line, camera, used_printer, stack)


def _close(window: Window) -> None:
    """Close and destroy a window here; the collector might do it on another thread."""
    window.controller.close_visit()
    window.close()
    delete(window)


PASSWORD = demo_world.PASSWORD
