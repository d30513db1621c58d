"""What every camera promises, shown on files, recordings and a stream through OpenCV."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from counter_app.devices.camera.listing import in_force, stand_in_for
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.devices.camera.simulated_camera import SimulatedCamera
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Camera, CameraChoice, CameraFound, Frame, Rotation
from counter_app.ports.stop import never

RED, BLUE = (20, 30, 220), (220, 40, 20)


def picture(colour: tuple[int, int, int], width: int = 320, height: int = 240) -> np.ndarray:
    image = np.full((height, width, 3), colour, np.uint8)
    image[:40, :40] = 255
    return image


def is_red(frame: Frame) -> bool:
    blue, _, red = frame.bgr[120, 160]
    return int(red) > int(blue) + 100


@pytest.fixture
def red_png(tmp_path: Path) -> Path:
    path = tmp_path / "红色.png"
    path.write_bytes(cv2.imencode(".png", picture(RED))[1].tobytes())
    return path


@pytest.fixture
def blue_png(tmp_path: Path) -> Path:
    path = tmp_path / "blue_7.png"
    path.write_bytes(cv2.imencode(".png", picture(BLUE))[1].tobytes())
    return path


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (320, 240))
    for colour in (RED,) * 5 + (BLUE,) * 5:
        writer.write(picture(colour))
    writer.release()
    return path


def first(camera: Camera, count: int) -> list[Frame]:
    frames = camera.frames(never())
    return [next(frames) for _ in range(count)]


def test_a_still_picture_is_a_steady_camera(red_png: Path) -> None:
    taken = first(OpenCvCamera(CameraChoice(str(red_png))), 5)
    assert all(is_red(frame) for frame in taken)
    assert [frame.index for frame in taken] == sorted({frame.index for frame in taken})
    assert taken[0].taken_at_s < taken[-1].taken_at_s


def test_a_recording_plays_and_then_holds_its_last_frame(recording: Path) -> None:
    frames = OpenCvCamera(CameraChoice(str(recording))).frames(never())
    colours = [is_red(next(frames)) for _ in range(16)]
    frames.close()
    assert colours[0]
    assert not any(colours[-5:])


def test_an_image_sequence_is_a_camera(tmp_path: Path) -> None:
    for number, colour in enumerate((RED, RED, BLUE)):
        path = tmp_path / f"f_{number:04d}.png"
        path.write_bytes(cv2.imencode(".png", picture(colour))[1].tobytes())
    taken = first(OpenCvCamera(CameraChoice(str(tmp_path / "f_%04d.png"))), 6)
    assert is_red(taken[0])
    assert not is_red(taken[-1])


@pytest.mark.parametrize(
    ("rotation", "corner"),
    [
        (Rotation.NONE, (5, 5)),
        (Rotation.RIGHT, (5, -5)),
        (Rotation.HALF, (-5, -5)),
        (Rotation.LEFT, (-5, 5)),
    ],
)
def test_the_picture_is_turned_clockwise(
    red_png: Path, rotation: Rotation, corner: tuple[int, int]
) -> None:
    (frame,) = first(OpenCvCamera(CameraChoice(str(red_png), rotation)), 1)
    assert frame.bgr[corner].min() > 200


def test_only_the_newest_frame_is_given(recording: Path) -> None:
    frames = OpenCvCamera(CameraChoice(str(recording))).frames(never())
    next(frames)
    until = time.monotonic() + 5
    newest = next(frames)
    while is_red(newest) and time.monotonic() < until:
        threading.Event().wait(0.3)
        newest = next(frames)
    frames.close()
    assert newest.index > 2


def test_stopping_ends_the_frames_without_an_error(red_png: Path) -> None:
    stop = threading.Event()
    seen = 0
    for _ in OpenCvCamera(CameraChoice(str(red_png))).frames(stop):
        seen += 1
        if seen == 3:
            stop.set()
    assert seen == 3


@pytest.mark.parametrize(
    "source", ["97", "/nowhere/picture.png", "http://192.0.2.1:8090/", "/nowhere/f_%04d.png"]
)
def test_a_source_that_is_not_there_is_missing(source: str) -> None:
    with pytest.raises(CounterError) as raised:
        next(iter(OpenCvCamera(CameraChoice(source)).frames(never())))
    assert raised.value.code is FailureCode.CAMERA_MISSING


def test_a_file_that_is_no_picture_is_missing_or_lost(tmp_path: Path) -> None:
    path = tmp_path / "broken.avi"
    path.write_bytes(b"RIFF" + bytes(100))
    with pytest.raises(CounterError) as raised:
        next(iter(OpenCvCamera(CameraChoice(str(path))).frames(never())))
    assert raised.value.code in (FailureCode.CAMERA_MISSING, FailureCode.CAMERA_LOST)


def test_a_camera_in_use_is_busy(red_png: Path) -> None:
    camera = OpenCvCamera(CameraChoice(str(red_png)))
    frames = camera.frames(never())
    next(frames)
    with pytest.raises(CounterError) as raised:
        next(camera.frames(never()))
    frames.close()
    assert raised.value.code is FailureCode.CAMERA_BUSY


def test_the_simulator_shows_what_is_laid_under_it(red_png: Path, blue_png: Path) -> None:
    camera = SimulatedCamera("test", red_png)
    frames = camera.frames(never())
    assert is_red(next(frames))
    camera.show(blue_png)
    until = time.monotonic() + 5
    while is_red(frame := next(frames)) and time.monotonic() < until:
        pass
    frames.close()
    assert not is_red(frame)


def test_a_camera_says_whether_its_source_is_there(tmp_path: Path, red_png: Path) -> None:
    for camera in (OpenCvCamera(CameraChoice(str(red_png))), SimulatedCamera("test", red_png)):
        assert [found.source for found in camera.found()] == [str(red_png)]
    red_png.unlink()
    gone = str(tmp_path / "f_%04d.png"), "http://127.0.0.1:9/", "http://192.0.2.1:80/"
    for camera in (
        OpenCvCamera(CameraChoice(str(red_png))),
        SimulatedCamera("test", red_png),
        *(OpenCvCamera(CameraChoice(source)) for source in gone),
    ):
        assert camera.found() == ()


def test_a_sequence_is_there_with_its_first_picture(tmp_path: Path) -> None:
    camera = OpenCvCamera(CameraChoice(str(tmp_path / "f_%04d.png")))
    (tmp_path / "f_0007.png").write_bytes(b"a picture")
    assert len(camera.found()) == 1


def test_the_simulator_refuses_production(red_png: Path) -> None:
    with pytest.raises(CounterError) as raised:
        SimulatedCamera("production", red_png)
    assert raised.value.code is FailureCode.SIMULATOR_IN_PRODUCTION


SERVER = """
import socket, sys, time
data = open(sys.argv[1], 'rb').read()
server = socket.create_server(('127.0.0.1', 0))
print(server.getsockname()[1], flush=True)
while True:
    peer, _ = server.accept()
    peer.recv(4096)
    peer.sendall(b'HTTP/1.0 200 OK\\r\\n')
    peer.sendall(b'Content-Type: multipart/x-mixed-replace; boundary=b\\r\\n\\r\\n')
    try:
        for _ in range(int(sys.argv[2])):
            peer.sendall(b'--b\\r\\nContent-Type: image/jpeg\\r\\n')
            peer.sendall(b'Content-Length: %d\\r\\n\\r\\n' % len(data) + data + b'\\r\\n')
            time.sleep(0.02)
    except OSError:
        pass
    peer.close()
    if sys.argv[3] == 'once':
        break
"""


@pytest.fixture
def stream(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    jpeg = tmp_path / "frame.jpg"
    jpeg.write_bytes(cv2.imencode(".jpg", picture(RED))[1].tobytes())
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(jpeg), *request.param],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    with server.stdout:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}/"
    server.kill()
    server.wait()


@pytest.mark.parametrize("stream", [("100000", "always")], indirect=True)
def test_a_stream_of_this_machine_is_a_camera(stream: str) -> None:
    camera = OpenCvCamera(CameraChoice(stream))
    taken = first(camera, 3)
    assert all(is_red(frame) for frame in taken)
    assert [found.source for found in camera.found()] == [stream]


@pytest.mark.parametrize("stream", [("25", "always")], indirect=True)
def test_a_stream_that_breaks_off_is_opened_again(stream: str) -> None:
    frames = OpenCvCamera(CameraChoice(stream)).frames(never())
    taken = [next(frames) for _ in range(35)]
    frames.close()
    assert taken[-1].index > 24


@pytest.mark.parametrize("stream", [("60", "once")], indirect=True)
def test_a_stream_that_stays_away_is_lost(stream: str) -> None:
    with pytest.raises(CounterError) as raised:
        for _ in OpenCvCamera(CameraChoice(stream)).frames(never()):
            pass
    assert raised.value.code is FailureCode.CAMERA_LOST


@pytest.mark.parametrize("what", ["still", "recording", "sequence"])
def test_a_file_that_is_taken_away_is_lost_and_back_when_it_returns(
    tmp_path: Path, red_png: Path, recording: Path, what: str
) -> None:
    source = {"still": red_png, "recording": recording, "sequence": tmp_path / "s_%02d.png"}[what]
    there = tmp_path / "s_01.png" if what == "sequence" else source
    if what == "sequence":
        there.write_bytes(red_png.read_bytes())
    camera = OpenCvCamera(CameraChoice(str(source)))
    frames = camera.frames(never())
    next(frames)
    away = there.rename(tmp_path / "away.bin")
    with pytest.raises(CounterError) as raised:
        for _ in frames:
            pass
    assert raised.value.code is FailureCode.CAMERA_LOST
    assert camera.found() == ()
    away.rename(there)
    assert is_red(first(camera, 1)[0])


DESK, LID = CameraFound("2", "Document camera"), CameraFound("0", "Lid camera")
CHOSEN = CameraChoice("2", Rotation.HALF, name="Document camera")


@pytest.mark.parametrize(
    ("choice", "cameras", "used"),
    [
        (CHOSEN, (LID, DESK), "2"),
        (CHOSEN, (DESK, CameraFound("4", "Lid camera")), "2"),
        (CHOSEN, (CameraFound("2", "Lid camera"), CameraFound("4", "Document camera")), "4"),
        (CHOSEN, (LID,), "0"),
        (CHOSEN, (LID, CameraFound("2", "Another")), "2"),
        (CHOSEN, (), "2"),
        (CameraChoice("0"), (DESK,), "2"),
        (CameraChoice("0"), (LID, DESK), "0"),
        (CameraChoice("/desk/clip.avi"), (LID,), "/desk/clip.avi"),
    ],
)
def test_a_camera_is_found_again_by_its_name_and_another_stands_in(
    choice: CameraChoice, cameras: tuple[CameraFound, ...], used: str
) -> None:
    assert in_force(choice, cameras) == replace(choice, source=used)


def test_a_stand_in_is_told_and_the_chosen_camera_itself_is_not() -> None:
    moved = CameraFound("4", "Document camera")
    assert stand_in_for(CHOSEN, (LID, DESK)) is None
    assert stand_in_for(CHOSEN, (LID, moved)) is None
    assert stand_in_for(CHOSEN, (LID,)) == LID
    assert stand_in_for(CameraChoice("0"), (DESK,)) == DESK
    assert stand_in_for(CameraChoice("0"), ()) is None
    assert stand_in_for(CameraChoice("/desk/clip.avi"), (LID,)) is None


def test_a_chosen_camera_can_be_changed_between_two_pictures(red_png: Path, blue_png: Path) -> None:
    camera = OpenCvCamera(CameraChoice(str(red_png)))
    assert is_red(first(camera, 1)[0])
    camera.choose(CameraChoice(str(blue_png)))
    assert not is_red(first(camera, 1)[0])
    assert camera.stand_in() is None


def test_a_device_that_is_not_there_says_so_beside_a_stand_in_that_is_gone_too() -> None:
    camera = OpenCvCamera(CHOSEN, lambda: (CameraFound("97", "Lid camera"),))
    frames = camera.frames(never())
    with pytest.raises(CounterError) as raised:
        next(frames)
    assert raised.value.code is FailureCode.CAMERA_MISSING
    assert camera.stand_in() is None
