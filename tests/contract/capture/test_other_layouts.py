"""Cards set in other places and type than the specimens', photographed in other ways."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.specimens import Look, SpecimenPress
from counter_app.domain.reading import DocumentKind, FieldName
from counter_app.ports.stop import never
from tests.bench.capture import papers, scenes
from tests.bench.capture.papers import Faces
from tests.contract.capture.conftest import LICENCE, jpeg

FIELDS = ("name", "sex", "ethnicity", "birth_date", "address", "id_number")


@pytest.mark.parametrize(
    ("condition", "seed"), [("plain", 3), ("aslant", 4), ("upside_down", 6), ("jpeg30", 8)]
)
def test_a_card_whose_rows_stand_elsewhere_is_read_by_its_words(
    reader: LocalDocumentReader, condition: str, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    facts = papers.resident(chance)
    card = papers.resident_front(facts, Faces(), chance)
    photo = scenes.taken(card, scenes.shot(condition, chance), chance)
    reading = reader.read(photo, DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.RESIDENT_ID_FRONT
    wrong = {name for name in FIELDS if reading.text(FieldName(name)) != facts[name]}
    assert not wrong
    birth = reading.field(FieldName.BIRTH_DATE)
    assert birth is not None
    assert birth.is_sure


def test_a_licence_beside_a_larger_empty_sheet_is_still_read(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    licence = press.licence(LICENCE, Look((2592, 1944), 0.0))
    small = cv2.resize(licence, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    desk = np.full((2400, 3200, 3), (60, 70, 80), np.uint8)
    desk[60:1300, 1500:3100] = 235
    desk[1380 : 1380 + small.shape[0], 80 : 80 + small.shape[1]] = small
    reading = reader.read(jpeg(desk), DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.LICENCE
    assert reading.text(FieldName.USCC) == LICENCE.uscc
