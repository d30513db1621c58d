"""The application: Qt, fonts, translations, the window and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
from PySide6.QtWidgets import QApplication

from counter_app.backoffice.sender_process import SenderPlace, wake
from counter_app.backoffice.sender_status import read_status
from counter_app.bootstrap.counter import Counter
from counter_app.bootstrap.day import day_keeping
from counter_app.bootstrap.devices import camera_choosing
from counter_app.bootstrap.diagnosis import as_text, diagnosis
from counter_app.bootstrap.housekeeping import retention_of
from counter_app.bootstrap.places import fonts_folder
from counter_app.bootstrap.rules_in_use import VisitsByNewestRules
from counter_app.bootstrap.signed_papers import pad_signatures_of, signed_copies_of
from counter_app.bootstrap.subject import subjects_of
from counter_app.capture.auto_capture import SteadyCapture
from counter_app.domain.draft import Draft
from counter_app.errors import FailureCode
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.preview import page_pictures
from counter_app.services.post_review import PostReview
from counter_app.ui.application import make_application as make_qt_application
from counter_app.ui.case_follower import CaseFollower
from counter_app.ui.parts import DeviceKind, DeviceState, WindowParts
from counter_app.ui.window import Window

PREVIEW_WIDTH_PX = 600
DRAFT_WIDTH_PX = 960


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
        if status is None or status.is_stale(self.counter.clock.now()):
            return FailureCode.OFFICE_UNREACHABLE
        return status.contact.trouble


def make_application(language: str) -> QApplication:
    """Make the Qt application; OpenCV keeps to one core so that the window stays smooth.

    Raises:
        CounterError: FONT_MISSING.
    """
    cv2.setNumThreads(1)
    return make_qt_application(("counter-app",), language)


def window_parts(counter: Counter) -> WindowParts:
    """Return everything the window needs from an open counter."""
    settings = counter.settings
    return WindowParts(
        performer=counter.performer,
        visits=VisitsByNewestRules(counter.performer.life, counter.rules),
        camera=counter.devices.camera,
        document_reader=counter.devices.documents,
        auto_capture=SteadyCapture,
        accounts=counter.accounts,
        store=counter.data.store,
        vault=counter.data.vault,
        health=DeviceHealth(counter),
        make_desk=counter.make_desk,
        clock=counter.clock,
        branch=settings.branch.name,
        counter=settings.counter.number,
        environment=settings.environment.value,
        locale=settings.window.language,
        idle_lock_s=settings.window.idle_lock_minutes * 60,
        diagnostics=lambda: as_text(diagnosis(counter)),
        day=day_keeping(counter),
        preview=_first_page,
        draft_preview=lambda draft: _draft_pages(counter, draft),
        signed_copies=signed_copies_of(counter),
        pad_signatures=pad_signatures_of(counter),
        subjects=subjects_of(
            counter.data.store, counter.data.vault, counter.clock, retention_of(settings)
        ),
        post_review=PostReview(counter.data.store, counter.clock),
        has_strip_printer=counter.devices.strips is not None,
        camera_choice=camera_choosing(counter.devices, settings, counter.data.store),
        wake_sender=lambda: wake(SenderPlace(counter.places.data)),
    )


def _draft_pages(counter: Counter, draft: Draft) -> tuple[bytes, ...]:
    return counter.performer.papers.draft_pictures(draft, counter.make_desk(), DRAFT_WIDTH_PX)


def _first_page(pdf: bytes) -> bytes:
    """Draw the first page of a sealed paper as a PNG marked as a picture, not a paper."""
    return page_pictures(pdf, PREVIEW_WIDTH_PX, "预览", FontBook(fonts_folder()))[0]


def open_window(counter: Counter) -> Window:
    """Make the window of an open counter; `make_application` comes first."""
    window = Window(window_parts(counter))
    CaseFollower(window.kit, window.controller, window)
    return window
