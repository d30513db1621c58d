"""One way to open every kind of picture source."""

from __future__ import annotations

import os
import re
import sys
import time
from enum import Enum, auto
from pathlib import Path
from urllib.parse import urlsplit

import cv2

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import CameraChoice

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
STILL_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
OPEN_TIMEOUT_MS = 5000
READ_TIMEOUT_MS = 2000
SELECT_TIMEOUT_S = 2
"""A device that was pulled out is noticed by its node; until then its reads wait this long."""
_VIDEO_NODES = Path("/dev")


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
    if Path(source).suffix.lower() in STILL_SUFFIXES and not is_sequence(source):
        return SourceKind.STILL
    return SourceKind.RECORDING


def is_sequence(source: str) -> bool:
    """Say whether a source names numbered pictures, such as `f_%04d.png`."""
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
    if not is_there(kind, source):
        raise CounterError(FailureCode.CAMERA_MISSING, kind=kind.name)


def is_there(kind: SourceKind, source: str) -> bool:
    """Say whether the source's file or device node exists; of a stream only its opening tells."""
    match kind:
        case SourceKind.STREAM:
            return True
        case SourceKind.DEVICE:
            return sys.platform != "linux" or (_VIDEO_NODES / f"video{source}").exists()
        case SourceKind.STILL | SourceKind.RECORDING:
            return _has_file(source)


def _has_file(source: str) -> bool:
    if not is_sequence(source):
        return Path(source).is_file()
    pattern = re.sub(r"%0?\d*d", "*", Path(source).name)
    return any(Path(source).parent.glob(pattern))


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
    if is_sequence(choice.source):
        return cv2.VideoCapture(choice.source, cv2.CAP_IMAGES)
    return cv2.VideoCapture(choice.source)


def _device(choice: CameraChoice) -> cv2.VideoCapture:
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(SELECT_TIMEOUT_S))
    backend = cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_ANY
    capture = cv2.VideoCapture(int(choice.source), backend)
    # The format goes before the size: uncompressed, many cameras offer small sizes only.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    if choice.width_px and choice.height_px:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, choice.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, choice.height_px)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


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
