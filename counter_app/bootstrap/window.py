"""The application: Qt, fonts, translations, the window and what stands behind it."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass

import cv2
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QStyleFactory

from counter_app.backoffice.sender_process import SenderPlace
from counter_app.backoffice.sender_status import read_status
from counter_app.bootstrap.counter import Counter
from counter_app.bootstrap.diagnosis import as_text, diagnosis
from counter_app.bootstrap.places import resource
from counter_app.capture.auto_capture import SteadyCapture
from counter_app.errors import FailureCode
from counter_app.flow.state import Desk
from counter_app.ui.fonts import load_fonts
from counter_app.ui.parts import DeviceKind, DeviceState, WindowParts
from counter_app.ui.theme import Theme, apply_theme
from counter_app.ui.window import Window

INPUT_METHODS_WITHOUT_PLUGIN = frozenset({"fcitx", "fcitx5"})


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """Asks the devices how they are; never raises."""

    counter: Counter

    def probe(self) -> tuple[DeviceState, ...]:
        """Return how each device is now."""
        devices = self.counter.devices
        reader = devices.id_reader.health()
        camera = None if devices.camera.found() else FailureCode.CAMERA_MISSING
        return (
            DeviceState(DeviceKind.ID_READER, None if reader.is_present else reader.last_error),
            DeviceState(DeviceKind.CAMERA, camera),
            DeviceState(DeviceKind.PRINTER, devices.printer.health().reason),
            DeviceState(DeviceKind.OFFICE, self._office()),
        )

    def _office(self) -> FailureCode | None:
        status = read_status(SenderPlace(self.counter.places.data).status)
        if status is None:
            return FailureCode.OFFICE_UNREACHABLE
        return status.contact.trouble


def make_application(language: str) -> QApplication:
    """Make the Qt application with the bundled font, the style and the language.

    Raises:
        CounterError: FONT_MISSING.
    """
    if os.environ.get("QT_IM_MODULE") in INPUT_METHODS_WITHOUT_PLUGIN:
        os.environ["QT_IM_MODULE"] = "ibus"
    cv2.setNumThreads(1)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(["counter-app"])
    locale.setlocale(locale.LC_NUMERIC, "C")
    application.setApplicationName("counter-app")
    application.setStyle(QStyleFactory.create("Fusion"))
    load_fonts()
    _translate(application, language)
    apply_theme(Theme())
    return application


def _translate(application: QApplication, language: str) -> None:
    if language == "zh_CN":
        return
    translator = QTranslator(application)
    if translator.load(str(resource("i18n", f"counter_app_{language}.qm"))):
        application.installTranslator(translator)


def window_parts(counter: Counter) -> WindowParts:
    """Return everything the window needs from an open counter."""
    settings = counter.settings

    def make_desk(_account_id: str) -> Desk:
        return counter.make_desk()

    return WindowParts(
        performer=counter.performer,
        visits=counter.performer.life,
        camera=counter.devices.camera,
        document_reader=counter.devices.documents,
        auto_capture=SteadyCapture,
        accounts=counter.accounts,
        store=counter.data.store,
        vault=counter.data.vault,
        health=DeviceHealth(counter),
        make_desk=make_desk,
        clock=counter.clock,
        branch=settings.branch.name,
        counter=settings.counter.number,
        environment=settings.environment.value,
        locale=settings.window.language,
        idle_lock_s=settings.window.idle_lock_minutes * 60,
        diagnostics=lambda: as_text(diagnosis(counter)),
    )


def open_window(counter: Counter) -> Window:
    """Make the window of an open counter; `make_application` comes first."""
    return Window(window_parts(counter))
