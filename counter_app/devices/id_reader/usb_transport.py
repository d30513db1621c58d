"""Readers on USB: the reference module's two pipe pairs, or whole frames on one pair."""

from __future__ import annotations

import errno
from collections.abc import Iterator

import usb.backend
import usb.core
import usb.util

from counter_app.devices.id_reader.frame import HEADER_BYTES, LONGEST_BODY, PREAMBLE
from counter_app.devices.id_reader.transport import RECEIVE_WAIT_S
from counter_app.errors import CounterError, FailureCode

READER_IDS = frozenset(
    {
        (0x0400, 0xC35A),  # the reference module, built in by many makers
        (0x10C4, 0x8A1B),
        (0x2015, 0x0008),
        (0x9573, 0x4836),
        (0x2B19, 0x0200),
        (0x0103, 0x6066),
        (0xC216, 0x0102),
        (0x0066, 0x0001),
        (0x0066, 0x0002),
        (0x0066, 0x0101),
    }
)
"""Vendor and product of readers that speak the module's frames; HID readers do not."""

_HEADER_OUT, _BODY_OUT, _HEADER_IN, _BODY_IN = 0x02, 0x06, 0x81, 0x85
_SPLIT_PIPES = frozenset({_HEADER_OUT, _BODY_OUT, _HEADER_IN, _BODY_IN})
_PACKET_BYTES = 64
_SEND_LIMIT_MS = 1_000
_RECEIVE_WAIT_MS = int(RECEIVE_WAIT_S * 1_000)
_AT_ONCE_MS = 1
_FRAME_ROOM = -(-(HEADER_BYTES + LONGEST_BODY) // _PACKET_BYTES) * _PACKET_BYTES


class UsbTransport:
    """One reader on the bus.

    A device with the pipes 02, 06, 81 and 85 takes the first seven bytes of a frame on one pair
    and the rest on the other; any other device takes whole frames on its first pair.
    """

    def __init__(self, device: usb.core.Device) -> None:
        self._device = device
        self._pipes: _Pipes | None = None

    @property
    def name(self) -> str:
        """`usb`, vendor:product, how frames travel."""
        ids = f"usb {self._device.idVendor:04x}:{self._device.idProduct:04x}"
        return f"{ids} {self._pipes.manner}" if self._pipes else ids

    def open(self) -> None:
        """Claim the first interface."""
        try:
            self._pipes = _pipes_of(self._device)
        except usb.core.USBError as error:
            is_taken = error.errno == errno.EBUSY
            code = FailureCode.READER_BUSY if is_taken else FailureCode.READER_MISSING
            raise CounterError(code, transport=self.name, errno=error.errno or 0) from error

    def send(self, frame: bytes) -> None:
        """Write the frame to its pipes."""
        pipes = self._opened()
        try:
            for pipe, part in pipes.parts(frame):
                self._device.write(pipe, part, _SEND_LIMIT_MS)
        except usb.core.USBTimeoutError as error:
            raise CounterError(FailureCode.READER_NO_ANSWER, transport=self.name) from error
        except usb.core.USBError as error:
            raise self._lost() from error

    def receive(self) -> bytes:
        """Read the pipe on which the next bytes of the frame come."""
        pipes = self._opened()
        received = self._read(pipes.next_in, pipes.room, _RECEIVE_WAIT_MS)
        pipes.note(received)
        return received

    def discard(self) -> None:
        """Empty every pipe that comes in."""
        pipes = self._opened()
        for pipe in pipes.all_in:
            while self._read(pipe, _FRAME_ROOM, _AT_ONCE_MS):
                pass
        pipes.forget()

    def close(self) -> None:
        """Release the device."""
        self._pipes = None
        usb.util.dispose_resources(self._device)

    def _read(self, pipe: int, room: int, wait_ms: int) -> bytes:
        try:
            return bytes(self._device.read(pipe, room, wait_ms))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise self._lost() from error

    def _opened(self) -> _Pipes:
        if self._pipes is None:
            raise self._lost()
        return self._pipes

    def _lost(self) -> CounterError:
        return CounterError(FailureCode.READER_LOST, transport=self.name)


class _Pipes:
    """Which pipes the device has, and where in a split answer the line stands."""

    def __init__(self, header_out: int, body_out: int, header_in: int, body_in: int) -> None:
        self._header_out = header_out
        self._body_out = body_out
        self._header_in = header_in
        self._body_in = body_in
        self._header = b""
        self._body_left = 0

    @property
    def is_split(self) -> bool:
        """Say whether header and body travel on different pipes."""
        return self._header_in != self._body_in

    @property
    def manner(self) -> str:
        """`split` or `whole`."""
        return "split" if self.is_split else "whole"

    @property
    def all_in(self) -> frozenset[int]:
        """The pipes that come in."""
        return frozenset({self._header_in, self._body_in})

    @property
    def next_in(self) -> int:
        """The pipe on which the next bytes come."""
        return self._body_in if self._body_left else self._header_in

    @property
    def room(self) -> int:
        """Bytes to ask for: a multiple of the packet size, at least what is to come."""
        if not self.is_split:
            return _FRAME_ROOM
        return -(-max(self._body_left, 1) // _PACKET_BYTES) * _PACKET_BYTES

    def parts(self, frame: bytes) -> tuple[tuple[int, bytes], ...]:
        """Cut a frame into what goes to each pipe."""
        if not self.is_split:
            return ((self._body_out, frame),)
        return (self._header_out, frame[:HEADER_BYTES]), (self._body_out, frame[HEADER_BYTES:])

    def note(self, received: bytes) -> None:
        """Follow an answer from its header to the end of its body."""
        if not self.is_split:
            return
        if self._body_left:
            self._body_left = max(0, self._body_left - len(received))
            return
        self._header += received
        start = self._header.find(PREAMBLE)
        if start >= 0 and len(self._header) >= start + HEADER_BYTES:
            length = self._header[start + len(PREAMBLE) : start + HEADER_BYTES]
            self.forget()
            self._body_left = min(int.from_bytes(length, "big"), LONGEST_BODY)

    def forget(self) -> None:
        """Expect a header next."""
        self._header = b""
        self._body_left = 0


def transports_on_bus(backend: usb.backend.IBackend | None = None) -> Iterator[UsbTransport]:
    """Offer every reader on the bus.

    Args:
        backend: How pyusb reaches the bus; the system's libusb when not given.

    Raises:
        CounterError: READER_MISSING where libusb is not installed.
    """
    try:
        found = usb.core.find(find_all=True, backend=backend, custom_match=_is_reader)
        yield from (UsbTransport(device) for device in found)
    except (usb.core.NoBackendError, usb.core.USBError) as error:
        raise CounterError(FailureCode.READER_MISSING, transport="usb") from error


def _is_reader(device: usb.core.Device) -> bool:
    return (device.idVendor, device.idProduct) in READER_IDS


def _pipes_of(device: usb.core.Device) -> _Pipes:
    interface = _claimed(device)
    bulk = [
        end.bEndpointAddress
        for end in interface
        if usb.util.endpoint_type(end.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
    ]
    if set(bulk) >= _SPLIT_PIPES:
        return _Pipes(_HEADER_OUT, _BODY_OUT, _HEADER_IN, _BODY_IN)
    ins = [pipe for pipe in bulk if pipe & usb.util.ENDPOINT_IN]
    outs = [pipe for pipe in bulk if not pipe & usb.util.ENDPOINT_IN]
    if not ins or not outs:
        raise CounterError(FailureCode.READER_MISSING, transport="usb", reason="pipes")
    return _Pipes(outs[0], outs[0], ins[0], ins[0])


def _claimed(device: usb.core.Device) -> usb.core.Interface:
    """Configure the device where nobody has, and take its first interface from a kernel driver."""
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    interface = configuration[(0, 0)]
    number = interface.bInterfaceNumber
    try:
        if device.is_kernel_driver_active(number):
            device.detach_kernel_driver(number)
    except NotImplementedError:
        pass  # only Linux binds kernel drivers that can be detached
    usb.util.claim_interface(device, number)
    return interface
