"""From the settings to the devices on the counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counter_app.bootstrap.clock import SystemClock
from counter_app.bootstrap.places import Places
from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.devices.card.readers import PcscBankCardReader, PcscTravelDocumentReader
from counter_app.devices.card.watcher import PcscWatcher
from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.id_reader.photo import (
    DecoderCall,
    NoPhotoDecoder,
    VendorLibrary,
    VendorPhotoDecoder,
)
from counter_app.devices.printer.factory import open_printer, open_strip_printer
from counter_app.devices.sms.gateways import NoCodeGateway, SimulatedCodeGateway
from counter_app.ports.bank_card import BankCardReader
from counter_app.ports.camera import Camera, CameraChoice, Rotation
from counter_app.ports.capture import DocumentReader
from counter_app.ports.id_reader import IdCardReader, PhotoDecoder
from counter_app.ports.one_time_code import CodeSender
from counter_app.ports.paper import Printer, StripPrinter
from counter_app.ports.store import CaseStore
from counter_app.ports.travel_document import CardWatcher, TravelDocumentReader
from counter_app.services.camera_choice import CameraChoosing
from counter_app.settings import DeviceTable, Settings


@dataclass(frozen=True, slots=True)
class CounterDevices:
    """Every device of one counter."""

    id_reader: IdCardReader
    camera: Camera
    documents: DocumentReader
    printer: Printer
    codes: CodeSender
    portraits: PhotoDecoder
    travel_documents: TravelDocumentReader
    bank_cards: BankCardReader
    other_readers: Callable[[], CardWatcher] | None = None
    strips: StripPrinter | None = None

    def close(self) -> None:
        """Let go of what is held open."""
        self.id_reader.close()


def open_devices(settings: Settings, places: Places) -> CounterDevices:
    """Make the devices that the settings name; nothing is opened before it is used.

    Raises:
        CounterError: SETTINGS_INVALID; SIMULATOR_IN_PRODUCTION.
    """
    table = settings.devices
    environment = settings.environment.value
    is_simulated = table.codes == "simulated"
    return CounterDevices(
        id_reader=open_id_card_reader(table.id_reader),
        camera=OpenCvCamera(configured_camera(table)),
        documents=LocalDocumentReader(letter_roots=places.letter_roots),
        printer=open_printer(table.printer, places.prints, environment),
        codes=SimulatedCodeGateway(environment) if is_simulated else NoCodeGateway(),
        portraits=photo_decoder(table),
        travel_documents=PcscTravelDocumentReader(environment, table.card_reader),
        bank_cards=PcscBankCardReader(SystemClock(), table.card_reader),
        other_readers=PcscWatcher,
        strips=open_strip_printer(table.strip_printer),
    )


def configured_camera(table: DeviceTable) -> CameraChoice:
    """Return the camera that the settings name."""
    turn = Rotation(table.camera_rotation)
    return CameraChoice(table.camera, turn, table.camera_width, table.camera_height)


def camera_choosing(
    devices: CounterDevices, settings: Settings, store: CaseStore
) -> CameraChoosing | None:
    """Return what lets the clerk choose the camera; None where it is simulated."""
    if not isinstance(devices.camera, OpenCvCamera):
        return None
    return CameraChoosing(devices.camera, configured_camera(settings.devices), store)


def photo_decoder(table: DeviceTable) -> PhotoDecoder:
    """Return the vendor's decoder that the settings name, or one that says there is none."""
    if not table.photo_decoder:
        return NoPhotoDecoder()
    call = DecoderCall(table.photo_call)
    return VendorPhotoDecoder(
        VendorLibrary(Path(table.photo_decoder), call, table.photo_symbol, table.photo_flag)
    )
