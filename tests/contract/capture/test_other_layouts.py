"""Cards set in other places and type than the specimens', photographed in other ways."""

from __future__ import annotations

import numpy as np
import pytest

from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.reading import DocumentKind, FieldName
from counter_app.ports.stop import never
from tests.bench.capture import papers, scenes
from tests.bench.capture.papers import Faces

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
