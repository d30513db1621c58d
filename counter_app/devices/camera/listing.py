"""Which cameras there are, and which of them serves when the chosen one is not there."""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from counter_app.devices.camera.source import LOOPBACK, SourceKind, is_there, kind_of
from counter_app.ports.camera import CameraChoice, CameraFound

CONNECT_TIMEOUT_S = 0.2
_NAMES = Path("/sys/class/video4linux")


def found_for(source: str) -> tuple[CameraFound, ...]:
    """List what a source string names, where it is there now; for a device every device.

    Cheap: nothing is opened. Where the system does not tell its devices (all but Linux), the
    device that was chosen counts as there.
    """
    match kind_of(source):
        case SourceKind.DEVICE:
            return plugged_in() if sys.platform == "linux" else (CameraFound(source, source),)
        case SourceKind.STREAM:
            is_found = _answers(source)
        case SourceKind.STILL | SourceKind.RECORDING:
            is_found = is_there(kind_of(source), source)
    return (CameraFound(source, Path(source).name),) if is_found else ()


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


def in_force(choice: CameraChoice, cameras: Sequence[CameraFound]) -> CameraChoice:
    """Return the choice with the camera that serves it now.

    Indices change when a plug is moved, names do not: the device of the chosen name goes before
    the chosen index, and where neither is there the first camera stands in. Files and streams,
    and a system that lists no cameras, are left as they are.
    """
    if kind_of(choice.source) is not SourceKind.DEVICE or not cameras:
        return choice
    at_index = [camera for camera in cameras if camera.source == choice.source]
    named = [camera for camera in cameras if choice.name and camera.name == choice.name]
    exact = [camera for camera in at_index if not choice.name or camera in named]
    used = (*exact, *named, *at_index, *cameras)[0]
    return replace(choice, source=used.source)


def stand_in_for(choice: CameraChoice, cameras: Sequence[CameraFound]) -> CameraFound | None:
    """Return the camera that serves although another was chosen, else None."""
    used = in_force(choice, cameras)
    found = next((camera for camera in cameras if camera.source == used.source), None)
    if found is None or kind_of(choice.source) is not SourceKind.DEVICE:
        return None
    is_chosen = found.name == choice.name if choice.name else found.source == choice.source
    return None if is_chosen else found
