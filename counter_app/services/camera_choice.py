"""Which camera the clerk chose, at which size and turned how; kept over restarts."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass

from counter_app.ports.camera import CameraChoice, CameraFound, ChoosableCamera, Rotation
from counter_app.ports.store import CaseStore

log = logging.getLogger(__name__)
NOTE = "camera_choice"
SIZES = (
    (0, 0),
    (1280, 720),
    (1920, 1080),
    (2592, 1944),
    (3264, 2448),
    (4208, 3120),
)
"""What document cameras offer; the first leaves it to the camera."""


@dataclass(frozen=True, slots=True)
class CameraOffer:
    """A source that can be chosen.

    Attributes:
        is_configured: It is the file or stream that the settings name, not a device.
    """

    found: CameraFound
    is_configured: bool = False


class CameraChoosing:
    """Offers cameras, takes the clerk's choice and keeps it.

    The settings file goes before an older choice: once somebody changes it there, what was chosen
    in the window before is forgotten.

    Args:
        camera: The counter's camera.
        configured: What the settings say.
        store: Keeps the choice.
    """

    def __init__(self, camera: ChoosableCamera, configured: CameraChoice, store: CaseStore) -> None:
        self._camera = camera
        self._configured = configured
        self._store = store

    @property
    def choice(self) -> CameraChoice:
        """What is in force."""
        return self._camera.choice

    def restore(self) -> None:
        """Use what was chosen before, where the settings have not been changed since.

        Raises:
            CounterError: Any of the store's codes.
        """
        with self._store.view() as unit:
            note = unit.recall(NOTE)
        chosen = _chosen(note, self._configured) if note is not None else None
        if chosen is not None:
            self._camera.choose(chosen)

    def offers(self) -> tuple[CameraOffer, ...]:
        """List the cameras of the system, and the settings' own source where it is no device."""
        devices = tuple(CameraOffer(found) for found in self._camera.plugged_in())
        source = self._configured.source
        if source.isdigit():
            return devices
        return (CameraOffer(CameraFound(source, source), is_configured=True), *devices)

    def sizes(self) -> tuple[tuple[int, int], ...]:
        """List the sizes to ask the camera for; one that the settings name is among them."""
        own = (self._configured.width_px, self._configured.height_px)
        return tuple(dict.fromkeys((*SIZES, own)))

    def stand_in(self) -> CameraFound | None:
        """Return the camera that is used because the chosen one is not there, else None."""
        return self._camera.stand_in()

    def use(self, choice: CameraChoice) -> None:
        """Use a choice from the next picture on; `keep` makes it last."""
        self._camera.choose(choice)

    def keep(self) -> None:
        """Keep what is in force for the next start.

        Raises:
            CounterError: Any of the store's codes.
        """
        note = json.dumps({"configured": asdict(self._configured), "chosen": asdict(self.choice)})
        with self._store.begin() as unit:
            unit.remember(NOTE, note)
        log.info("camera chosen: turn=%d", self.choice.rotation)


def _chosen(note: str, configured: CameraChoice) -> CameraChoice | None:
    try:
        told = json.loads(note)
        if told["configured"] != asdict(configured):
            return None
        chosen = told["chosen"]
        return CameraChoice(
            str(chosen["source"]),
            Rotation(chosen["rotation"]),
            int(chosen["width_px"]),
            int(chosen["height_px"]),
            str(chosen["name"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
