"""A camera without a camera: pictures and recordings, through the real OpenCV path."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from counter_app.devices.camera.listing import found_for
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import CameraChoice, CameraFound, Frame, Rotation
from counter_app.ports.stop import Stop

PRODUCTION = "production"


class SimulatedCamera:
    """Shows the file laid under it; the desk may be changed while frames are read.

    Args:
        environment: The settings' environment; the simulator refuses production.
        shown: A picture, a video or an image sequence (`f_%04d.png`).

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """

    def __init__(self, environment: str, shown: Path, rotation: Rotation = Rotation.NONE) -> None:
        if environment == PRODUCTION:
            raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, device="camera")
        self._rotation = rotation
        self._shown = shown

    def show(self, shown: Path) -> None:
        """Lay something else under the camera; running `frames` calls see it at once."""
        self._shown = shown

    def found(self) -> tuple[CameraFound, ...]:
        """List the one camera that is simulated, while there is something under it."""
        is_there = bool(found_for(str(self._shown)))
        return (CameraFound(str(self._shown), "模拟摄像头"),) if is_there else ()

    def frames(self, stop: Stop) -> Generator[Frame, None, None]:
        """Yield the newest frame each time one is asked for, until stopped.

        Raises:
            CounterError: CAMERA_MISSING when the file is not there.
        """
        index = 0
        while not stop.is_set():
            shown = self._shown
            camera = OpenCvCamera(CameraChoice(str(shown), self._rotation))
            with closing(camera.frames(_ShownOrStopped(self, shown, stop))) as frames:
                for frame in frames:
                    yield Frame(frame.bgr, frame.taken_at_s, index)
                    index += 1

    def shows(self, shown: Path) -> bool:
        """Say whether this is what lies under the camera."""
        return self._shown == shown


class _ShownOrStopped:
    def __init__(self, camera: SimulatedCamera, shown: Path, stop: Stop) -> None:
        self._camera = camera
        self._shown = shown
        self._stop = stop

    def is_set(self) -> bool:
        return self._stop.is_set() or not self._camera.shows(self._shown)

    def wait(self, timeout_s: float) -> bool:
        return self._stop.wait(timeout_s) or self.is_set()
