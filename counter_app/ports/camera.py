"""What the counter asks of a camera."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from counter_app.ports.stop import Stop

Pixels = NDArray[np.uint8]
"""A picture: uint8, height × width × 3, blue green red."""


class Rotation(IntEnum):
    """Degrees clockwise by which the camera's picture is turned before anybody sees it."""

    NONE = 0
    RIGHT = 90
    HALF = 180
    LEFT = 270


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """Which camera, at which size.

    Attributes:
        source: A device index (`"0"`), a picture or video file, an image sequence (`f_%04d.png`)
            or an MJPEG address on this machine (`http://127.0.0.1:8090/`).
        width_px: Wished width, 0 for the camera's own.
        height_px: Wished height, 0 for the camera's own.
        name: What the device called itself when it was chosen, by which it is found again under
            another index; empty where only the index counts.
    """

    source: str
    rotation: Rotation = Rotation.NONE
    width_px: int = 0
    height_px: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class CameraFound:
    """A camera that is plugged in: its `source` and the name it gives itself."""

    source: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of the camera.

    Attributes:
        bgr: uint8, height × width × 3, blue green red; nobody writes into it.
        taken_at_s: Monotonic seconds.
        index: Counts up from 0 within one `frames` call; gaps are frames that nobody looked at.
    """

    bgr: Pixels = field(repr=False)
    taken_at_s: float
    index: int


class Camera(Protocol):
    """One camera; used from one lane at a time."""

    def frames(self, stop: Stop) -> Iterator[Frame]:
        """Yield the newest frame each time one is asked for, until stopped.

        Frames that came while the caller was busy are dropped. A recording plays once and then
        shows its last frame; a still picture is shown again and again. The iteration ends, with
        no error, when `stop` is set; closing the iterator frees the device.

        Raises:
            CounterError: CAMERA_MISSING (no such source), CAMERA_BUSY (another program or call has
                it), CAMERA_LOST (three reads failed and reopening did not help).
        """
        ...

    def found(self) -> tuple[CameraFound, ...]:
        """List the cameras that are plugged in now; cheap enough to ask every second.

        Of a camera whose source is a file or a stream: that source, while it is there.
        """
        ...


class ChoosableCamera(Camera, Protocol):
    """A camera whose source, turn and size can be changed while the program runs."""

    @property
    def choice(self) -> CameraChoice:
        """What was chosen, whether it is there or not."""
        ...

    def choose(self, choice: CameraChoice) -> None:
        """Use another source, turn or size from the next `frames` call on."""
        ...

    def plugged_in(self) -> tuple[CameraFound, ...]:
        """List the system's cameras, whatever is chosen; nothing is opened."""
        ...

    def stand_in(self) -> CameraFound | None:
        """Return the camera that was opened because the chosen one is not there, else None."""
        ...
