"""The camera chosen in the window lasts, until somebody changes the settings file."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.ports.camera import CameraChoice, CameraFound, Rotation
from counter_app.services.camera_choice import NOTE, SIZES, CameraChoosing
from counter_app.storage.memory import MemoryCaseStore

CONFIGURED = CameraChoice("0")
DOCUMENT = CameraFound("2", "Document camera")
CHOSEN = CameraChoice("2", Rotation.HALF, 1920, 1080, "Document camera")


class ListedCamera:
    """Lists one camera; the stand-in is what it is told."""

    def __init__(self, choice: CameraChoice) -> None:
        self.choice = choice
        self.instead: CameraFound | None = None

    def choose(self, choice: CameraChoice) -> None:
        self.choice = choice

    def plugged_in(self) -> tuple[CameraFound, ...]:
        return (DOCUMENT,)

    def stand_in(self) -> CameraFound | None:
        return self.instead


def choosing(store: MemoryCaseStore, configured: CameraChoice = CONFIGURED) -> CameraChoosing:
    """Return the choice as after a start."""
    made = CameraChoosing(ListedCamera(configured), configured, store)
    made.restore()
    return made


@pytest.fixture
def store() -> MemoryCaseStore:
    return MemoryCaseStore()


def test_without_a_choice_the_settings_hold(store: MemoryCaseStore) -> None:
    assert choosing(store).choice == CONFIGURED


def test_a_choice_that_was_kept_is_there_after_a_restart(store: MemoryCaseStore) -> None:
    before = choosing(store)
    before.use(CHOSEN)
    before.keep()
    assert choosing(store).choice == CHOSEN


def test_a_choice_that_was_not_kept_is_gone_after_a_restart(store: MemoryCaseStore) -> None:
    choosing(store).use(CHOSEN)
    assert choosing(store).choice == CONFIGURED


def test_a_change_of_the_settings_goes_before_an_older_choice(store: MemoryCaseStore) -> None:
    before = choosing(store)
    before.use(CHOSEN)
    before.keep()
    turned = replace(CONFIGURED, rotation=Rotation.LEFT)
    assert choosing(store, turned).choice == turned


@pytest.mark.parametrize(
    "note",
    [
        "no json",
        "{}",
        "[]",
        json.dumps({"configured": {"source": "0"}, "chosen": {}}),
        json.dumps(
            {
                "configured": {
                    "source": "0",
                    "rotation": 0,
                    "width_px": 0,
                    "height_px": 0,
                    "name": "",
                },
                "chosen": {"source": "2", "rotation": 45},
            }
        ),
    ],
)
def test_a_note_that_says_nothing_leaves_the_settings(store: MemoryCaseStore, note: str) -> None:
    with store.begin() as unit:
        unit.remember(NOTE, note)
    assert choosing(store).choice == CONFIGURED


def test_a_file_of_the_settings_stays_to_choose_beside_the_devices(store: MemoryCaseStore) -> None:
    offers = choosing(store, CameraChoice("/desk/clip.avi")).offers()
    assert [(offer.found.source, offer.is_configured) for offer in offers] == [
        ("/desk/clip.avi", True),
        ("2", False),
    ]
    assert [offer.found for offer in choosing(store).offers()] == [DOCUMENT]


def test_a_size_of_the_settings_is_among_those_to_choose(store: MemoryCaseStore) -> None:
    assert choosing(store).sizes() == SIZES
    own = choosing(store, CameraChoice("0", width_px=3840, height_px=2160))
    assert own.sizes() == (*SIZES, (3840, 2160))


def test_the_camera_says_what_stands_in_for_the_chosen_one(store: MemoryCaseStore) -> None:
    camera = ListedCamera(CONFIGURED)
    camera.instead = DOCUMENT
    assert CameraChoosing(camera, CONFIGURED, store).stand_in() == DOCUMENT
