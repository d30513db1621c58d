"""A name with a character that the engine does not know is never put forward as read clearly."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.reading import DocumentKind, Doubt, FieldName, FieldRead
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import never
from tests.bench.capture import hard_scenes, papers
from tests.bench.capture.papers import Faces

RARE_FACE = "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"


def card_of(name: str, chance: np.random.Generator) -> Pixels:
    facts = papers.resident(chance) | {"name": ""}
    card = papers.resident_front(facts, Faces(), chance)
    image = Image.fromarray(np.ascontiguousarray(card[:, :, ::-1]))
    pen = ImageDraw.Draw(image)
    pen.text((190, 115), name, (25, 25, 30), ImageFont.truetype(RARE_FACE, 42), anchor="lm")
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def name_on(reader: LocalDocumentReader, name: str) -> FieldRead:
    chance = np.random.default_rng(5)
    how = hard_scenes.taking("level", chance)
    photo = hard_scenes.taken(card_of(name, chance), how, chance)
    read = reader.read(photo, DocumentKind.RESIDENT_ID_FRONT, never()).field(FieldName.NAME)
    assert read is not None
    return read


@pytest.mark.parametrize("name", ["王㒄伟", "陈媠静", "张䋨娜", "陈𧵛静", "刘濅"])
def test_a_rare_character_is_read_right_or_in_doubt(reader: LocalDocumentReader, name: str) -> None:
    read = name_on(reader, name)
    assert not read.is_sure
    assert read.text == name or Doubt.LOW_CONFIDENCE in read.doubts


@pytest.mark.parametrize("name", ["张敏", "王芳", "诸葛伟娜"])
def test_a_usual_name_waits_only_for_the_clerk(reader: LocalDocumentReader, name: str) -> None:
    read = name_on(reader, name)
    assert read.text == name
    assert read.doubts == (Doubt.NO_CHECK,)
