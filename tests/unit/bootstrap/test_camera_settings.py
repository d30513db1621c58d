"""From the settings to the camera: source, turn and size."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.bootstrap.devices import open_devices
from counter_app.bootstrap.places import Places
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import CameraChoice, Rotation
from counter_app.settings import FILE_NAME, read_settings


def test_the_settings_name_source_turn_and_size(tmp_path: Path) -> None:
    lines = (
        "[devices]",
        'camera = "2"',
        "camera_rotation = 180",
        "camera_width = 2592",
        "camera_height = 1944",
    )
    (tmp_path / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")
    devices = open_devices(read_settings(tmp_path), Places(tmp_path))
    assert isinstance(devices.camera, OpenCvCamera)
    assert devices.camera.choice == CameraChoice("2", Rotation.HALF, 2592, 1944)
    devices.close()


@pytest.mark.parametrize("line", ["camera_rotation = 45", "camera_width = -1"])
def test_a_turn_or_size_that_no_camera_has_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE_NAME).write_text(f"[devices]\n{line}\n", encoding="utf-8")
    with pytest.raises(CounterError) as caught:
        read_settings(tmp_path)
    assert caught.value.code is FailureCode.SETTINGS_INVALID
