"""One way to open every kind of picture source."""

from __future__ import annotations

import re
import socket
import sys
import time
from enum import Enum, auto
from pathlib import Path
from urllib.parse import urlsplit

import cv2

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import CameraChoice, CameraFound

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
STILL_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
OPEN_TIMEOUT_MS = 5000
READ_TIMEOUT_MS = 2000
CONNECT_TIMEOUT_S = 0.2
_VIDEO_NODES = Path("/dev")
_NAMES = Path("/sys/class/video4linux")


class SourceKind(Enum):
    """What a source string names."""

    DEVICE = auto()
    STILL = auto()
    RECORDING = auto()
    STREAM = auto()


def kind_of(source: str) -> SourceKind:
    """Tell a device index, a picture, a recording and a stream apart by the text alone."""
    if source.isascii() and source.isdigit():
        return SourceKind.DEVICE
    if "://" in source:
        return SourceKind.STREAM
    if Path(source).suffix.lower() in STILL_SUFFIXES and not _is_sequence(source):
        return SourceKind.STILL
    return SourceKind.RECORDING


def _is_sequence(source: str) -> bool:
    return re.search(r"%0?\d*d", source) is not None


def open_source(choice: CameraChoice) -> cv2.VideoCapture:
    """Open the source.

    Raises:
        CounterError: CAMERA_MISSING where nothing is there or the address is not this machine's;
            CAMERA_BUSY where a device is there and does not open.
    """
    kind = kind_of(choice.source)
    _check(kind, choice.source)
    try:
        capture = _opened(kind, choice)
    except cv2.error as error:
        raise CounterError(FailureCode.CAMERA_MISSING, kind=kind.name) from error
    if capture.isOpened():
        return capture
    capture.release()
    code = FailureCode.CAMERA_BUSY if kind is SourceKind.DEVICE else FailureCode.CAMERA_MISSING
    raise CounterError(code, kind=kind.name)


def _check(kind: SourceKind, source: str) -> None:
    if kind is SourceKind.STREAM and urlsplit(source).hostname not in LOOPBACK:
        raise CounterError(FailureCode.CAMERA_MISSING, kind=kind.name, reason="not loopback")
    is_file = kind in (SourceKind.STILL, SourceKind.RECORDING) and not _is_sequence(source)
    if is_file and not Path(source).is_file():
        raise CounterError(FailureCode.CAMERA_MISSING, kind=kind.name)
    if kind is SourceKind.DEVICE and sys.platform == "linux":
        if not (_VIDEO_NODES / f"video{source}").exists():
            raise CounterError(FailureCode.CAMERA_MISSING, kind=kind.name, index=source)


def _opened(kind: SourceKind, choice: CameraChoice) -> cv2.VideoCapture:
    if kind is SourceKind.DEVICE:
        return _device(choice)
    if kind is SourceKind.STREAM:
        limits = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            OPEN_TIMEOUT_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            READ_TIMEOUT_MS,
        ]
        return cv2.VideoCapture(choice.source, cv2.CAP_FFMPEG, limits)
    if _is_sequence(choice.source):
        return cv2.VideoCapture(choice.source, cv2.CAP_IMAGES)
    return cv2.VideoCapture(choice.source)


def _device(choice: CameraChoice) -> cv2.VideoCapture:
    backend = cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_ANY
    capture = cv2.VideoCapture(int(choice.source), backend)
    # The format goes before the size: uncompressed, many cameras offer small sizes only.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    if choice.width_px and choice.height_px:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, choice.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, choice.height_px)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


def found_for(source: str) -> tuple[CameraFound, ...]:
    """List what a source string names, where it is there now; for a device every device.

    Cheap: nothing is opened. Where the system does not tell its devices (all but Linux), the
    device that was chosen counts as there.
    """
    match kind_of(source):
        case SourceKind.DEVICE:
            return plugged_in() if sys.platform == "linux" else (CameraFound(source, source),)
        case SourceKind.STREAM:
            is_there = _answers(source)
        case SourceKind.STILL | SourceKind.RECORDING:
            is_there = _has_file(source)
    return (CameraFound(source, Path(source).name),) if is_there else ()


def _has_file(source: str) -> bool:
    if not _is_sequence(source):
        return Path(source).is_file()
    pattern = re.sub(r"%0?\d*d", "*", Path(source).name)
    return any(Path(source).parent.glob(pattern))


def _answers(source: str) -> bool:
    address = urlsplit(source)
    if address.hostname not in LOOPBACK:
        return False
    try:
        port = address.port or 80
        with socket.create_connection((address.hostname, port), CONNECT_TIMEOUT_S):
            return True
    except (OSError, ValueError):
        return False


def plugged_in() -> tuple[CameraFound, ...]:
    """List the system's cameras by index and name, without opening any.

    Only Linux tells them without opening; elsewhere the list is empty and the clerk picks an
    index by looking at the picture.
    """
    nodes = sorted(_NAMES.glob("video*"), key=lambda node: int(node.name[5:]))
    return tuple(CameraFound(node.name[5:], _name(node)) for node in nodes if _is_picture(node))


def _is_picture(node: Path) -> bool:
    # A camera's second node carries metadata, not pictures.
    index = node / "index"
    return not index.exists() or index.read_text().strip() == "0"


def _name(node: Path) -> str:
    try:
        return (node / "name").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return node.name


def pause_s(kind: SourceKind, capture: cv2.VideoCapture) -> float:
    """Return the time between two frames that the source itself does not keep."""
    if kind in (SourceKind.DEVICE, SourceKind.STREAM):
        return 0.0
    rate = capture.get(cv2.CAP_PROP_FPS) if kind is SourceKind.RECORDING else 0.0
    # Image sequences claim one frame a second.
    return 1.0 / rate if 2.0 <= rate <= 120.0 else 0.04


def monotonic_s() -> float:
    """Return the time frames are stamped with."""
    return time.monotonic()
