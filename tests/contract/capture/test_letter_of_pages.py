"""A letter of several pages is read as one, within bounds, and every page is kept."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from counter_app.capture import letter_pages
from counter_app.capture.pdf import open_pdf
from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera import specimen_letter
from counter_app.domain.reading import DocumentKind, FieldName, LetterPhrase, MarkName, Notice
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from tests.bench.capture.papers import Faces
from tests.bench.capture.several import card
from tests.contract.capture.conftest import LETTER

PAGES = (
    ("授权委托书", "委托人：样本甲", "身份证号码：110199199003070017", "兹委托下列受托人办理："),
    ("受托人：样本乙", "身份证号码：110199198811020021", "办理小型POS终端绑定手机号码变更，"),
    (
        "新手机号码为13900000002。",
        "受托人无转委托权。",
        "有效期自2026年11月1日至2026年12月31日。",
        "委托人签名：",
        "2026年11月20日",
    ),
)


def pdf(pages: list[Image.Image]) -> bytes:
    """Return the pictures as a scanned file, 254 dots per inch."""
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=254)
    return stream.getvalue()


@pytest.fixture(scope="module")
def letter() -> bytes:
    return pdf([specimen_letter.draw_page(lines) for lines in PAGES])


def test_facts_are_found_on_whatever_page_they_stand(
    reader: LocalDocumentReader, letter: bytes
) -> None:
    reading = reader.read(letter, DocumentKind.LETTER, never())
    assert reading.text(FieldName.PRINCIPAL_NAME) == "样本甲"
    assert reading.text(FieldName.AGENT_NAME) == "样本乙"
    assert reading.text(FieldName.AGENT_DOCUMENT) == "110199198811020021"
    assert reading.text(FieldName.NEW_PHONE) == "13900000002"
    assert reading.text(FieldName.TERM_UNTIL) == "2026-12-31"
    assert LetterPhrase.SUBDELEGATION_DENIED in reading.phrases
    assert LetterPhrase.CHANGE_PHONE in reading.phrases
    assert MarkName.PRINCIPAL_SIGNATURE in {mark.name for mark in reading.marks}
    assert Notice.PAGES_UNREAD not in reading.notices


def test_every_page_is_in_the_kept_picture_and_the_boxes_lie_on_its_ink(
    reader: LocalDocumentReader, letter: bytes
) -> None:
    kept = reader.open_file(letter, DocumentKind.LETTER, never())
    picture = np.asarray(Image.open(io.BytesIO(kept.rectified_jpeg)).convert("L"))
    assert picture.shape[0] > 3.9 * picture.shape[1]
    assert len(kept.rectified_jpeg) <= 1_000_000
    assert kept.original_jpeg == letter
    reading = reader.read(letter, DocumentKind.LETTER, never())
    tops = []
    for name in (FieldName.PRINCIPAL_NAME, FieldName.AGENT_NAME, FieldName.TERM_UNTIL):
        field = reading.field(name)
        assert field is not None
        assert field.box is not None
        box = field.box
        inside = picture[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
        assert inside.min() < 110
        assert inside.mean() > 150
        tops.append(box.top / picture.shape[0])
    assert tops[0] < 1 / 3 < tops[1] < 2 / 3 < tops[2]


def test_auto_takes_a_file_of_pages_for_a_letter_and_other_pages_for_several_documents(
    reader: LocalDocumentReader, letter: bytes
) -> None:
    assert reader.read(letter, DocumentKind.AUTO, never()).kind is DocumentKind.LETTER
    chance = np.random.default_rng(3)
    faces = [Image.fromarray(card(chance, Faces())[:, :, ::-1]) for _ in range(2)]
    reading = reader.read(pdf(faces), DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.RESIDENT_ID_FRONT
    assert Notice.SEVERAL_DOCUMENTS in reading.notices


def test_our_form_is_read_where_it_lies_among_other_pages(reader: LocalDocumentReader) -> None:
    cover = specimen_letter.draw_page(("附件说明", "随函附上委托书一份，请查收。"))
    reading = reader.read(pdf([cover, specimen_letter.draw(LETTER)]), DocumentKind.LETTER, never())
    assert Notice.OUR_FORM in reading.notices
    assert reading.text(FieldName.LETTER_NUMBER) == LETTER.number
    number = reading.field(FieldName.NEW_PHONE)
    assert number is not None
    assert number.box is not None
    assert number.box.top > 1000
    assert any("请查收" in line.text for line in reading.lines)


def test_pages_that_no_time_was_left_for_are_said(
    reader: LocalDocumentReader, letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_pages, "TIME_LIMIT_S", 0.0)
    reading = reader.read(letter, DocumentKind.LETTER, never())
    assert Notice.PAGES_UNREAD in reading.notices


def test_a_file_of_more_pages_than_a_letter_has_is_refused() -> None:
    blank = [Image.new("RGB", (210, 297), "white") for _ in range(9)]
    with pytest.raises(CounterError) as raised:
        open_pdf(pdf(blank))
    assert raised.value.code is FailureCode.IMAGE_TOO_LARGE
