"""The simulated reader on a USB bus made of queues, below the real pyusb.

pyusb runs unchanged on top: descriptors, configuration, claiming and bulk transfers come from
here instead of libusb.
"""

from __future__ import annotations

import errno
import threading
import time
from array import array
from collections import deque
from enum import Enum
from types import SimpleNamespace

import usb.backend
import usb.core
import usb.util

from counter_app.devices.id_reader.frame import HEADER_BYTES, PREAMBLE
from counter_app.devices.id_reader.simulator.disturbance import Piece
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader

_TIMED_OUT = -7
_NO_DEVICE = -4
_BUSY = -6


class PipeLayout(Enum):
    """How frames travel: pipe addresses out and in, header pipe before body pipe."""

    SPLIT = ((0x02, 0x06), (0x81, 0x85))
    WHOLE = ((0x01,), (0x82,))


class SimulatedIdCardReaderUsb(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    """A bus with one reader on it; hand it to pyusb as its backend."""

    def __init__(self, reader: SimulatedIdCardReader, layout: PipeLayout) -> None:
        self._reader = reader
        self._outs, self._ins = layout.value
        self._changed = threading.Condition()
        self._queues: dict[int, deque[tuple[float, bytes]]] = {pipe: deque() for pipe in self._ins}
        self._is_plugged = True
        self._owner: object | None = None

    def plug(self) -> None:
        """Put the reader on the bus."""
        self._is_plugged = True

    def unplug(self) -> None:
        """Pull the cable: transfers in progress fail; may be called twice."""
        with self._changed:
            self._is_plugged = False
            self._owner = None
            for queue in self._queues.values():
                queue.clear()
            self._changed.notify_all()

    def enumerate_devices(self) -> list[str]:
        """List what is on the bus."""
        return ["reader"] if self._is_plugged else []

    def get_device_descriptor(self, _device: str) -> SimpleNamespace:
        """Describe the reader as the reference module."""
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0110,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=8,
            idVendor=0x0400,
            idProduct=0xC35A,
            bcdDevice=0x0100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=0,
            bNumConfigurations=1,
            address=2,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=2,
        )

    def get_configuration_descriptor(self, _device: str, index: int) -> SimpleNamespace:
        """Describe the only configuration."""
        _only_first(index)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=18 + 7 * len(self._outs + self._ins),
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xE0,
            bMaxPower=0,
            extra_descriptors=[],
        )

    def get_interface_descriptor(
        self, _device: str, index: int, alternate: int, _configuration: int
    ) -> SimpleNamespace:
        """Describe the only interface."""
        _only_first(index)
        _only_first(alternate)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=len(self._outs + self._ins),
            bInterfaceClass=0xFF,
            bInterfaceSubClass=0,
            bInterfaceProtocol=0,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(
        self, _device: str, index: int, _interface: int, _alternate: int, _configuration: int
    ) -> SimpleNamespace:
        """Describe one bulk pipe."""
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(self._outs + self._ins)[index],
            bmAttributes=usb.util.ENDPOINT_TYPE_BULK,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, _device: str) -> object:
        """Give out a handle."""
        self._check_plugged()
        return object()

    def close_device(self, handle: object) -> None:
        """Take a handle back."""
        self.release_interface(handle, 0)

    def get_configuration(self, _handle: object) -> int:
        """Tell the configuration in force."""
        return 1

    def is_kernel_driver_active(self, _handle: object, _interface: int) -> bool:
        """Say that no driver holds the interface."""
        return False

    def claim_interface(self, handle: object, _interface: int) -> None:
        """Give the interface to one handle."""
        self._check_plugged()
        if self._owner not in {None, handle}:
            raise usb.core.USBError("Resource busy", _BUSY, errno.EBUSY)
        self._owner = handle

    def release_interface(self, handle: object, _interface: int) -> None:
        """Take the interface back."""
        if self._owner is handle:
            self._owner = None

    def bulk_write(
        self, _handle: object, _pipe: int, _interface: int, content: array[int], _limit_ms: int
    ) -> int:
        """Take bytes from the counter and queue the answer."""
        self._check_plugged()
        answer = self._reader.receive(content.tobytes())
        with self._changed:
            self._queue(answer)
            self._changed.notify_all()
        return len(content)

    def bulk_read(
        self, _handle: object, pipe: int, _interface: int, room: array[int], limit_ms: int
    ) -> int:
        """Hand out what is due on a pipe."""
        with self._changed:
            until = time.monotonic() + limit_ms / 1_000
            while not (content := self._due(pipe, len(room))):
                self._check_plugged()
                left_s = until - time.monotonic()
                if left_s <= 0:
                    raise usb.core.USBTimeoutError(
                        "Operation timed out", _TIMED_OUT, errno.ETIMEDOUT
                    )
                self._changed.wait(min(left_s, self._until_next(pipe)))
        room[: len(content)] = array("B", content)
        return len(content)

    def _queue(self, answer: tuple[Piece, ...]) -> None:
        """Put the header on the first pipe and the rest on the last one, each when it is due."""
        whole = b"".join(piece.content for piece in answer)
        header_left = max(whole.find(PREAMBLE), 0) + HEADER_BYTES
        due = time.monotonic()
        for piece in answer:
            due += piece.after_s
            header, body = piece.content[:header_left], piece.content[header_left:]
            header_left -= len(header)
            if header:
                self._queues[self._ins[0]].append((due, header))
            if body:
                self._queues[self._ins[-1]].append((due, body))

    def _due(self, pipe: int, room: int) -> bytes:
        queue, content, now = self._queues[pipe], b"", time.monotonic()
        while queue and queue[0][0] <= now and len(content) + len(queue[0][1]) <= room:
            content += queue.popleft()[1]
        return content

    def _until_next(self, pipe: int) -> float:
        queue = self._queues[pipe]
        return max(queue[0][0] - time.monotonic(), 0.0) if queue else 1.0

    def _check_plugged(self) -> None:
        if not self._is_plugged:
            raise usb.core.USBError("No such device", _NO_DEVICE, errno.ENODEV)


def _only_first(index: int) -> None:
    if index != 0:
        raise IndexError(index)
