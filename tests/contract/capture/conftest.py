"""One loaded reader and a few photographs for every test here."""

from __future__ import annotations

import cv2
import pytest

from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.specimens import (
    IdSpecimen,
    LetterSpecimen,
    LicenceSpecimen,
    SpecimenPress,
)
from counter_app.domain.reading import FieldName, MarkName, TickName
from counter_app.ports.camera import Frame, Pixels

LETTER = LetterSpecimen(
    "WT-2026-000042",
    {
        FieldName.PRINCIPAL_NAME: "样本商贸有限公司",
        FieldName.PRINCIPAL_DOCUMENT: "91110199MA00ABCD4Y",
        FieldName.PRINCIPAL_REPRESENTATIVE: "样本甲",
        FieldName.AGENT_NAME: "样本乙",
        FieldName.AGENT_DOCUMENT: "110199198811020021",
        FieldName.MERCHANT_NUMBER: "102110054990001",
        FieldName.NEW_PHONE: "13900000002",
        FieldName.NEW_PHONE_IN_WORDS: "壹叁玖零零零零零零零贰",
        FieldName.TERM_FROM: "2026-11-01",
        FieldName.TERM_UNTIL: "2026-12-31",
    },
    frozenset({TickName.PRINCIPAL_IS_ENTITY, TickName.CHANGE_PHONE}),
    frozenset({MarkName.PRINCIPAL_SIGNATURE, MarkName.SEAL}),
)
CARD = IdSpecimen(
    "样本甲",
    "男",
    "汉",
    "1990-03-07",
    "样本省样本市样本区样本路100号",
    "110199199003070017",
)
LICENCE = LicenceSpecimen(
    "91110199MA00ABCD4Y", "样本商贸有限公司", "有限责任公司(自然人独资)", "样本甲"
)


@pytest.fixture(scope="session")
def reader() -> LocalDocumentReader:
    return LocalDocumentReader()


@pytest.fixture(scope="session")
def press() -> SpecimenPress:
    return SpecimenPress("test")


@pytest.fixture(scope="session")
def letter_photo(press: SpecimenPress) -> Pixels:
    return press.letter(LETTER)


@pytest.fixture(scope="session")
def card_photo(press: SpecimenPress) -> Pixels:
    return press.resident_id_front(CARD)


def jpeg(picture: Pixels, quality: int = 92) -> bytes:
    is_made, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert is_made
    return data.tobytes()


def frame(picture: Pixels, index: int = 0) -> Frame:
    return Frame(picture, index / 25, index)
