"""What is odd about a photograph is noticed, and what is plain is left alone."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.specimens import SpecimenPress
from counter_app.domain.reading import DocumentKind, FieldName, Notice, Outline
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import never
from tests.bench.capture import papers, several
from tests.bench.capture.papers import Faces
from tests.contract.capture.conftest import CARD, LETTER, frame, jpeg


def test_two_cards_in_one_picture_are_noticed(reader: LocalDocumentReader) -> None:
    chance = np.random.default_rng(12)
    desk: Pixels = np.full((1700, 1500, 3), (70, 90, 110), np.uint8)
    for top, left in ((80, 200), (900, 230)):
        card = papers.resident_front(papers.resident(chance), Faces(), chance)
        desk[top : top + card.shape[0], left : left + card.shape[1]] = card
    reading = reader.read(jpeg(desk), DocumentKind.RESIDENT_ID_FRONT, never())
    assert Notice.SEVERAL_DOCUMENTS in reading.notices


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [
        (("passport", "passport"), DocumentKind.AUTO),
        (("card", "letter"), DocumentKind.RESIDENT_ID_FRONT),
        (("card", "back"), DocumentKind.RESIDENT_ID_FRONT),
    ],
)
def test_two_documents_of_any_sizes_are_noticed(
    reader: LocalDocumentReader, kinds: tuple[str, ...], asked: DocumentKind
) -> None:
    photograph = several.taken(kinds, np.random.default_rng(81), Faces())
    reading = reader.read(photograph, asked, never())
    assert Notice.SEVERAL_DOCUMENTS in reading.notices


def test_what_lies_beside_a_card_is_noticed_although_only_the_card_was_cut_out(
    reader: LocalDocumentReader,
) -> None:
    photograph = several.taken(("card", "back"), np.random.default_rng(81), Faces())
    picture = cv2.imdecode(np.frombuffer(photograph, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    captured = reader.capture(
        frame(picture.astype(np.uint8)), DocumentKind.RESIDENT_ID_FRONT, never()
    )
    assert captured.outline is not None
    reading = reader.read(captured, DocumentKind.RESIDENT_ID_FRONT, never())
    assert Notice.SEVERAL_DOCUMENTS in reading.notices


def test_a_page_of_our_own_form_is_one_document_whatever_is_outlined_on_it(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    photo = frame(press.letter(LETTER))
    captured = reader.capture(photo, DocumentKind.LETTER, never())
    wrong = Outline(((10, 600), (1500, 600), (1500, 2000), (10, 2000)), 0.9)
    reading = reader.read(replace(captured, outline=wrong), DocumentKind.LETTER, never())
    assert Notice.OUR_FORM in reading.notices
    assert Notice.SEVERAL_DOCUMENTS not in reading.notices


def test_two_passports_one_above_the_other_without_a_desk_between_are_noticed(
    reader: LocalDocumentReader,
) -> None:
    chance = np.random.default_rng(82)
    both = np.vstack([several.passport(chance, Faces()) for _ in range(2)])
    reading = reader.read(jpeg(both), DocumentKind.MRZ, never())
    assert Notice.SEVERAL_DOCUMENTS in reading.notices


def test_a_zone_beside_a_letter_is_known_by_its_days_where_the_fillers_are_unreadable(
    reader: LocalDocumentReader,
) -> None:
    photograph = several.taken(("letter", "passport"), np.random.default_rng([4242, 5, 3]), Faces())
    assert Notice.SEVERAL_DOCUMENTS in reader.read(photograph, DocumentKind.LETTER, never()).notices


def test_a_letter_alone_among_other_things_is_one(reader: LocalDocumentReader) -> None:
    photograph = several.taken(("letter",), np.random.default_rng(83), Faces())
    reading = reader.read(photograph, DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.LETTER
    assert Notice.SEVERAL_DOCUMENTS not in reading.notices


def test_a_file_taken_of_a_screen_is_noticed(
    reader: LocalDocumentReader, card_photo: Pixels
) -> None:
    high, wide = card_photo.shape[:2]
    y, x = np.mgrid[0:high, 0:wide]
    grid = 1 + 0.12 * np.sin(2 * np.pi * x / 3.3) + 0.12 * np.sin(2 * np.pi * y / 3.3)
    seen = np.clip(card_photo * grid[:, :, None], 0, 255).astype(np.uint8)
    reading = reader.read(jpeg(seen), DocumentKind.RESIDENT_ID_FRONT, never())
    assert Notice.SCREEN_PHOTO in reading.notices
    assert reading.text(FieldName.ID_NUMBER) == CARD.number


def test_one_card_on_the_desk_is_not_odd(reader: LocalDocumentReader, card_photo: Pixels) -> None:
    reading = reader.read(jpeg(card_photo), DocumentKind.RESIDENT_ID_FRONT, never())
    odd = {Notice.SEVERAL_DOCUMENTS, Notice.SCREEN_PHOTO, Notice.OTHER_COUNTRY, Notice.WRONG_KIND}
    assert not odd & set(reading.notices)


@pytest.mark.parametrize("kind", [DocumentKind.AUTO, DocumentKind.RESIDENT_ID_FRONT])
def test_a_card_of_another_country_is_said_to_be_one(
    reader: LocalDocumentReader, press: SpecimenPress, kind: DocumentKind
) -> None:
    words = (
        "REPUBLIC OF UTOPIA",
        "IDENTITY CARD",
        "Surname ERIKSSON",
        "Given names ANNA MARIA",
        "Date of birth 12.08.1974",
        "Document No. L898902C3",
    )
    flat = press.page(words)
    reading = reader.read(jpeg(flat), kind, never())
    assert Notice.OTHER_COUNTRY in reading.notices
    assert not reading.fields


@pytest.mark.parametrize("kind", [DocumentKind.RESIDENT_ID_BACK, DocumentKind.LICENCE])
def test_another_document_than_asked_for_is_said_to_be_one(
    reader: LocalDocumentReader, card_photo: Pixels, kind: DocumentKind
) -> None:
    reading = reader.read(jpeg(card_photo), kind, never())
    assert Notice.WRONG_KIND in reading.notices
