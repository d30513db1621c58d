"""What only USB has: pipes, claims, and devices that are something else."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest
import usb.core

from counter_app.devices.id_reader.module_connection import over_transports
from counter_app.devices.id_reader.reader import PollingIdCardReader
from counter_app.devices.id_reader.sam_v import TimeLimits
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.usb_bus import PipeLayout, SimulatedIdCardReaderUsb
from counter_app.devices.id_reader.usb_transport import transports_on_bus
from counter_app.errors import FailureCode


def bus_of(layout: PipeLayout) -> SimulatedIdCardReaderUsb:
    return SimulatedIdCardReaderUsb(SimulatedIdCardReader(environment="test"), layout)


def reader_on(bus: SimulatedIdCardReaderUsb) -> PollingIdCardReader:
    return PollingIdCardReader(over_transports(partial(transports_on_bus, bus), TimeLimits()))


@pytest.mark.parametrize(
    ("layout", "manner"), [(PipeLayout.SPLIT, "split"), (PipeLayout.WHOLE, "whole")]
)
def test_the_pipes_tell_how_frames_travel(layout: PipeLayout, manner: str) -> None:
    reader = reader_on(bus_of(layout))
    assert reader.health().transport == f"usb 0400:c35a {manner}"
    reader.close()


def test_a_reader_claimed_by_another_program_is_busy() -> None:
    bus = bus_of(PipeLayout.SPLIT)
    first, second = reader_on(bus), reader_on(bus)
    assert first.health().is_present
    assert second.health().last_error is FailureCode.READER_BUSY
    first.close()
    assert second.health().is_present
    second.close()


def test_an_unknown_device_is_left_alone() -> None:
    class Oscilloscope(SimulatedIdCardReaderUsb):
        def get_device_descriptor(self, _device: str) -> SimpleNamespace:
            descriptor = super().get_device_descriptor(_device)
            descriptor.idProduct = 0x05DC
            return descriptor

    bus = Oscilloscope(SimulatedIdCardReader(environment="test"), PipeLayout.SPLIT)
    assert list(transports_on_bus(bus)) == []


def test_a_device_without_bulk_pipes_is_no_reader() -> None:
    class Keyboard(SimulatedIdCardReaderUsb):
        def get_endpoint_descriptor(
            self, _device: str, index: int, _interface: int, _alternate: int, _configuration: int
        ) -> SimpleNamespace:
            descriptor = super().get_endpoint_descriptor(_device, index, 0, 0, 0)
            descriptor.bmAttributes = usb.util.ENDPOINT_TYPE_INTR
            return descriptor

    bus = Keyboard(SimulatedIdCardReader(environment="test"), PipeLayout.SPLIT)
    assert reader_on(bus).health().last_error is FailureCode.READER_MISSING


def test_a_kernel_driver_is_detached_and_an_unset_configuration_set() -> None:
    calls: list[str] = []

    class Fresh(SimulatedIdCardReaderUsb):
        def is_kernel_driver_active(self, _handle: object, _interface: int) -> bool:
            return True

        def detach_kernel_driver(self, _handle: object, _interface: int) -> None:
            calls.append("detach")

        def get_configuration(self, _handle: object) -> int:
            return 1 if "configure" in calls else 0

        def set_configuration(self, _handle: object, _value: int) -> None:
            calls.append("configure")

    reader = reader_on(Fresh(SimulatedIdCardReader(environment="test"), PipeLayout.SPLIT))
    assert reader.health().is_present
    assert calls == ["configure", "detach"]
    reader.close()


def test_a_system_without_detachable_drivers_is_fine() -> None:
    class Elsewhere(SimulatedIdCardReaderUsb):
        def is_kernel_driver_active(self, _handle: object, _interface: int) -> bool:
            raise NotImplementedError

    reader = reader_on(Elsewhere(SimulatedIdCardReader(environment="test"), PipeLayout.SPLIT))
    assert reader.health().is_present
    reader.close()


def test_a_system_without_libusb_has_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(**_arguments: object) -> None:
        raise usb.core.NoBackendError("No backend available")

    monkeypatch.setattr(usb.core, "find", nothing)
    reader = PollingIdCardReader(over_transports(transports_on_bus, TimeLimits()))
    assert reader.health().last_error is FailureCode.READER_MISSING
