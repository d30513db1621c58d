"""From the settings to the devices on the counter."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.bootstrap.places import Places
from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.printer.factory import open_printer
from counter_app.devices.sms.gateways import NoCodeGateway, SimulatedCodeGateway
from counter_app.ports.camera import Camera, CameraChoice, Rotation
from counter_app.ports.capture import DocumentReader
from counter_app.ports.id_reader import IdCardReader
from counter_app.ports.one_time_code import CodeSender
from counter_app.ports.paper import Printer
from counter_app.settings import Settings


@dataclass(frozen=True, slots=True)
class CounterDevices:
    """Every device of one counter."""

    id_reader: IdCardReader
    camera: Camera
    documents: DocumentReader
    printer: Printer
    codes: CodeSender

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
    choice = CameraChoice(table.camera, Rotation(table.camera_rotation))
    return CounterDevices(
        id_reader=open_id_card_reader(table.id_reader),
        camera=OpenCvCamera(choice),
        documents=LocalDocumentReader(),
        printer=open_printer(table.printer, places.prints),
        codes=SimulatedCodeGateway(environment) if is_simulated else NoCodeGateway(),
    )
