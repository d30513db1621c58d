"""A camera that goes away while somebody looks: no frozen picture, and back by itself."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import cv2
import pytest
from pytestqt.qtbot import QtBot

from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.devices.camera.specimens import Look, SpecimenPress
from counter_app.ports.camera import CameraChoice
from counter_app.ui.widgets.camera_panel import CameraPanel
from tests.bench.ui_latency import Probe
from tests.contract.capture.conftest import CARD
from tests.journeys.keyboard import Keyboard
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import make_parts
from tests.ui.people import fresh_state

STALL_MS = 50
PATIENCE_MS = 60_000

SERVER = """
import socket, sys, time
data = open(sys.argv[1], 'rb').read()
server = socket.create_server(('127.0.0.1', int(sys.argv[2])))
print('ready', flush=True)
while True:
    peer, _ = server.accept()
    peer.recv(4096)
    try:
        peer.sendall(b'HTTP/1.0 200 OK\\r\\n')
        peer.sendall(b'Content-Type: multipart/x-mixed-replace; boundary=b\\r\\n\\r\\n')
        while True:
            peer.sendall(b'--b\\r\\nContent-Type: image/jpeg\\r\\n')
            peer.sendall(b'Content-Length: %d\\r\\n\\r\\n' % len(data) + data + b'\\r\\n')
            time.sleep(0.04)
    except OSError:
        pass
    peer.close()
"""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "desk.jpg"
    seen = SpecimenPress("test").resident_id_front(CARD, Look((1280, 720), 0.3))
    path.write_bytes(cv2.imencode(".jpg", seen)[1].tobytes())
    return path


class StreamCamera:
    """A camera behind a plug: an MJPEG server of its own process."""

    def __init__(self, picture: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.source = f"http://127.0.0.1:{self.port}/"
        self._picture = picture
        self._server: subprocess.Popen[str] | None = None

    def plug_in(self) -> None:
        command = [sys.executable, "-c", SERVER, str(self._picture), str(self.port)]
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._server.stdout is not None
        with self._server.stdout as told:
            assert told.readline().strip() == "ready"

    def pull_out(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None


class FileCamera:
    """A camera behind a plug: a file that is moved away."""

    def __init__(self, picture: Path) -> None:
        self.source = str(picture)
        self._there, self._away = picture, picture.with_suffix(".away")

    def plug_in(self) -> None:
        if self._away.exists():
            self._away.rename(self._there)

    def pull_out(self) -> None:
        if self._there.exists():
            self._there.rename(self._away)


Plugged = StreamCamera | FileCamera


@pytest.fixture(params=[StreamCamera, FileCamera])
def plug(picture: Path, request: pytest.FixtureRequest) -> Iterator[Plugged]:
    make: Callable[[Path], Plugged] = request.param
    camera = make(picture)
    camera.plug_in()
    yield camera
    camera.pull_out()


def is_live(panel: CameraPanel) -> bool:
    return panel._finder.frame is not None and panel._hint.property("tone") != "stop"


def is_away(panel: CameraPanel) -> bool:
    return panel._finder.frame is None and panel._hint.property("tone") == "stop"


def test_a_camera_pulled_out_and_put_back_twice_never_freezes_nor_stalls_the_window(
    open_window: OpenWindow, qtbot: QtBot, plug: Plugged
) -> None:
    camera = OpenCvCamera(CameraChoice(plug.source))
    window = open_window(make_parts(camera=camera, document_reader=LocalDocumentReader()))
    while window._screens.case._preparing.isActive():
        window._screens.case._prepare_one()
    window.controller.open(fresh_state())
    Keyboard(window, qtbot).press("F6")
    panel = window._screens.case._camera
    qtbot.waitUntil(lambda: is_live(panel), timeout=PATIENCE_MS)
    probe = Probe()
    probe.start()
    for _ in range(2):
        plug.pull_out()
        qtbot.waitUntil(lambda: is_away(panel), timeout=PATIENCE_MS)
        plug.plug_in()
        qtbot.waitUntil(lambda: is_live(panel), timeout=PATIENCE_MS)
    probe.stop()
    assert max(probe.busy_ms[1:]) < STALL_MS
    Keyboard(window, qtbot).press("Esc")
    qtbot.waitUntil(lambda: not grabbers(), timeout=PATIENCE_MS)


def grabbers() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name == "camera-grabber"]
