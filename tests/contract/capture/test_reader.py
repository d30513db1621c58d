"""What the reader promises: it finds, judges, cuts out and reads; in doubt it says so."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.simulated_camera import SimulatedCamera
from counter_app.devices.camera.specimens import Look, SpecimenPress, save
from counter_app.domain.reading import (
    DocumentKind,
    Doubt,
    FieldName,
    Hint,
    LetterPhrase,
    MarkName,
    Notice,
    TickName,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels
from counter_app.ports.capture import MAX_EVIDENCE_BYTES, DocumentReader
from counter_app.ports.stop import never
from tests.contract.capture.conftest import CARD, LETTER, LICENCE, frame, jpeg

SERIAL = "YB100-2026000042"
DESK = (1920, 1080)


def test_the_reader_keeps_its_protocol(reader: LocalDocumentReader) -> None:
    promised: DocumentReader = reader
    promised.warm_up(never())


def test_a_label_under_the_camera_gives_the_serial_number(
    reader: LocalDocumentReader, press: SpecimenPress, tmp_path: Path
) -> None:
    camera = SimulatedCamera("test", save(press.label(SERIAL), tmp_path / "标签.png"))
    frames = camera.frames(never())
    captured = reader.capture(next(frames), DocumentKind.BARCODE, never())
    frames.close()
    found = reader.read(captured, DocumentKind.BARCODE, never()).field(FieldName.TERMINAL_SN)
    assert found is not None
    assert found.text == SERIAL
    assert found.is_sure


@pytest.mark.parametrize("turn", [28, 90, 200])
def test_a_turned_label_is_still_read(
    reader: LocalDocumentReader, press: SpecimenPress, turn: int
) -> None:
    photo = press.label(SERIAL, Look(DESK, fill=0.5, turn_degrees=turn))
    reading = reader.read(jpeg(photo), DocumentKind.BARCODE, never())
    assert reading.text(FieldName.TERMINAL_SN) == SERIAL


def test_without_a_barcode_the_printed_number_is_proposed_but_not_sure(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    flat = press.label(SERIAL, Look(DESK, fill=0))
    flat[180:370] = 244
    found = reader.read(jpeg(flat), DocumentKind.BARCODE, never()).field(FieldName.TERMINAL_SN)
    assert found is not None
    assert found.text == SERIAL
    assert Doubt.NO_CHECK in found.doubts


def test_our_letter_is_read_field_by_field(
    reader: LocalDocumentReader, letter_photo: Pixels
) -> None:
    captured = reader.capture(frame(letter_photo), DocumentKind.LETTER, never())
    reading = reader.read(captured, DocumentKind.LETTER, never())
    expected = {FieldName.LETTER_NUMBER: LETTER.number, **LETTER.values}
    assert {read.name: read.text for read in reading.fields} == expected
    assert {tick.name for tick in reading.ticks if tick.is_ticked} == LETTER.ticks
    assert {mark.name for mark in reading.marks if mark.is_present} == LETTER.marks
    assert Notice.OUR_FORM in reading.notices
    assert LetterPhrase.CHANGE_PHONE in reading.phrases
    sure = {read.name for read in reading.fields if read.is_sure}
    assert {FieldName.NEW_PHONE, FieldName.PRINCIPAL_DOCUMENT, FieldName.LETTER_NUMBER} <= sure
    assert FieldName.AGENT_NAME not in sure


def test_a_crooked_letter_upside_down_keeps_its_fingerprint(
    reader: LocalDocumentReader, press: SpecimenPress, letter_photo: Pixels
) -> None:
    crooked = press.letter(LETTER, Look((1944, 2592), 0.8, turn_degrees=172, tilt=0.08, seed=4))
    straight = reader.read(jpeg(letter_photo), DocumentKind.LETTER, never())
    reading = reader.read(jpeg(crooked), DocumentKind.LETTER, never())
    assert reading.text(FieldName.NEW_PHONE) == "13900000002"
    assert reading.has_mark(MarkName.SEAL)
    assert reading.digest is not None
    assert straight.digest is not None
    assert reading.digest.distance(straight.digest) <= 6
    assert reading.digest.sha256 != straight.digest.sha256


def test_a_new_number_that_differs_in_words_is_not_sure(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    values = {**LETTER.values, FieldName.NEW_PHONE_IN_WORDS: "壹叁玖零零零零零零零叁"}
    photo = press.letter(replace(LETTER, values=values), Look(DESK, fill=0))
    reading = reader.read(jpeg(photo), DocumentKind.LETTER, never())
    found = reading.field(FieldName.NEW_PHONE)
    assert found is not None
    assert Doubt.SOURCES_DISAGREE in found.doubts


def test_a_free_letter_is_searched_for_the_facts(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    photo = press.page(
        (
            "授权委托书",
            "委托人：样本甲，身份证号码：110199199003070017",
            "受托人：样本乙，身份证号码：110199198811020021",
            "兹委托受托人全权办理POS机换绑手机号码事宜，",
            "新手机号码：13900000002（壹叁玖零零零零零零零贰）。",
            "委托期限：自2026年11月01日起至2026年12月31日止。",
            "受托人无转委托权。",
        ),
        Look((1215, 1620)),
    )
    reading = reader.read(jpeg(photo), DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.LETTER
    assert reading.text(FieldName.PRINCIPAL_NAME) == "样本甲"
    assert reading.text(FieldName.AGENT_DOCUMENT) == "110199198811020021"
    assert reading.text(FieldName.NEW_PHONE) == "13900000002"
    assert reading.text(FieldName.TERM_UNTIL) == "2026-12-31"
    assert LetterPhrase.EVERYTHING in reading.phrases
    assert LetterPhrase.SUBDELEGATION_DENIED in reading.phrases
    assert not reading.has_mark(MarkName.SEAL)


def test_a_resident_card_is_captured_straight_and_read(
    reader: LocalDocumentReader, card_photo: Pixels
) -> None:
    captured = reader.capture(frame(card_photo), DocumentKind.RESIDENT_ID_FRONT, never())
    assert captured.outline is not None
    assert len(captured.original_jpeg) <= MAX_EVIDENCE_BYTES
    assert captured.rectified_sha256 == hashlib.sha256(captured.rectified_jpeg).hexdigest()
    assert captured.quality.is_good
    reading = reader.read(captured, DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.RESIDENT_ID_FRONT
    assert reading.text(FieldName.NAME) == CARD.name
    assert reading.text(FieldName.ADDRESS) == CARD.address
    number = reading.field(FieldName.ID_NUMBER)
    assert number is not None
    assert (number.text, number.is_sure) == (CARD.number, True)
    assert reading.text(FieldName.BIRTH_DATE) == CARD.born


def test_an_id_number_with_a_wrong_check_character_is_flagged(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    photo = press.resident_id_front(replace(CARD, number="110199199003070027"))
    found = reader.read(jpeg(photo), DocumentKind.RESIDENT_ID_FRONT, never()).field(
        FieldName.ID_NUMBER
    )
    assert found is not None
    assert Doubt.CHECK_DIGIT_WRONG in found.doubts


def test_the_back_of_a_card_gives_authority_and_validity(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    photo = press.resident_id_back(CARD)
    reading = reader.read(jpeg(photo), DocumentKind.RESIDENT_ID_FRONT, never())
    assert Notice.WRONG_KIND in reading.notices
    reading = reader.read(jpeg(photo), DocumentKind.RESIDENT_ID_BACK, never())
    assert reading.text(FieldName.AUTHORITY) == CARD.authority
    assert reading.text(FieldName.VALID_UNTIL) == "2040-01-01"


def test_a_licence_with_little_text_and_a_large_title_is_no_mirror_image(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    stall = replace(LICENCE, name="样本小吃店", kind="个体工商户", responsible="样本甲")
    reading = reader.read(jpeg(press.licence(stall)), DocumentKind.LICENCE, never())
    assert reading.text(FieldName.COMPANY_NAME) == "样本小吃店"
    assert Notice.MIRRORED not in reading.notices


def test_a_licence_is_compared_with_its_qr_code(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    agreeing = reader.read(jpeg(press.licence(LICENCE)), DocumentKind.LICENCE, never())
    found = agreeing.field(FieldName.USCC)
    assert found is not None
    assert (found.text, found.is_sure) == (LICENCE.uscc, True)
    assert agreeing.text(FieldName.FOUNDED_ON) == "2019-01-01"
    assert agreeing.text(FieldName.COMPANY_NAME) == LICENCE.name
    forged = replace(LICENCE, qr_uscc="92110199MA00ABCD4U")
    reading = reader.read(jpeg(press.licence(forged)), DocumentKind.LICENCE, never())
    assert {read.text for read in reading.all(FieldName.USCC)} == {LICENCE.uscc, forged.qr_uscc}
    assert all(Doubt.SOURCES_DISAGREE in read.doubts for read in reading.all(FieldName.USCC))


def test_a_pdf_letter_is_read_like_paper(
    reader: LocalDocumentReader, press: SpecimenPress, tmp_path: Path
) -> None:
    flat = press.letter(LETTER, Look((1944, 2592), fill=0))
    path = tmp_path / "letter.pdf"
    Image.fromarray(flat[:, :, ::-1]).save(path, resolution=254.0)
    reading = reader.read(path.read_bytes(), DocumentKind.LETTER, never())
    assert reading.text(FieldName.LETTER_NUMBER) == LETTER.number
    assert reading.is_ticked(TickName.CHANGE_PHONE)


@pytest.mark.parametrize(
    ("look", "hint"),
    [
        (Look(DESK, 0.6, blur_px=6.0), Hint.BLURRED),
        (Look(DESK, 0.6, light=0.25), Hint.TOO_DARK),
        (Look(DESK, 0.6, glare=0.12), Hint.GLARE),
        (Look(DESK, 0.36), Hint.CLOSER),
    ],
)
def test_a_bad_picture_says_what_to_do(
    reader: LocalDocumentReader, press: SpecimenPress, look: Look, hint: Hint
) -> None:
    seen = frame(press.resident_id_front(CARD, look))
    outline = reader.locate(seen)
    assert hint in reader.judge(seen, outline, DocumentKind.RESIDENT_ID_FRONT).hints


def test_an_empty_desk_has_no_document(reader: LocalDocumentReader) -> None:
    chance = np.random.default_rng(3)
    desk = frame((90 + 8 * chance.standard_normal((720, 1280, 3))).astype(np.uint8))
    outline = reader.locate(desk)
    assert outline is None
    assert reader.judge(desk, None, DocumentKind.MRZ).hints == (Hint.NOT_FOUND,)


def test_a_mirror_image_is_read_and_said_to_be_one(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    mirrored = np.ascontiguousarray(press.resident_id_back(CARD)[:, ::-1])
    reading = reader.read(jpeg(mirrored), DocumentKind.RESIDENT_ID_BACK, never())
    assert Notice.MIRRORED in reading.notices
    assert reading.text(FieldName.AUTHORITY) == CARD.authority


def test_a_struck_out_number_is_hinted_at(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    flat = press.letter(LETTER, Look((1944, 2592), fill=0))
    cv2.line(flat, (600, 1425), (900, 1420), (110, 40, 28), 5)
    reading = reader.read(jpeg(flat), DocumentKind.LETTER, never())
    assert Notice.ALTERATION in reading.notices
    assert len(reading.alterations) == 1


def test_an_unsigned_form_has_no_marks(reader: LocalDocumentReader, press: SpecimenPress) -> None:
    bare = press.letter(replace(LETTER, values={}, ticks=frozenset(), marks=frozenset()))
    reading = reader.read(jpeg(bare), DocumentKind.LETTER, never())
    assert [read.name for read in reading.fields] == [FieldName.LETTER_NUMBER]
    assert not any(tick.is_ticked for tick in reading.ticks)
    assert not any(mark.is_present for mark in reading.marks)


def test_the_wrong_side_is_to_be_turned_over(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    seen = frame(press.resident_id_back(CARD))
    outline = reader.locate(seen)
    assert reader.judge(seen, outline, DocumentKind.RESIDENT_ID_FRONT).hints == (Hint.TURN_OVER,)
    assert reader.judge(seen, outline, DocumentKind.RESIDENT_ID_BACK).is_good


def test_a_photo_of_a_screen_is_hinted_at(reader: LocalDocumentReader, card_photo: Pixels) -> None:
    high, wide = card_photo.shape[:2]
    y, x = np.mgrid[0:high, 0:wide]
    grid = 1 + 0.12 * np.sin(2 * np.pi * x / 3.3) + 0.12 * np.sin(2 * np.pi * y / 3.3)
    seen = frame(np.clip(card_photo * grid[:, :, None], 0, 255).astype(np.uint8))
    outline = reader.locate(seen)
    hints = reader.judge(seen, outline, DocumentKind.RESIDENT_ID_FRONT).hints
    assert hints == (Hint.SCREEN_PHOTO,)


def test_a_caller_who_has_gone_is_not_served(
    reader: LocalDocumentReader, card_photo: Pixels
) -> None:
    gone = threading.Event()
    gone.set()
    for call in (
        lambda: reader.warm_up(gone),
        lambda: reader.capture(frame(card_photo), DocumentKind.AUTO, gone),
        lambda: reader.read(jpeg(card_photo), DocumentKind.AUTO, gone),
    ):
        with pytest.raises(CounterError) as raised:
            call()
        assert raised.value.code is FailureCode.STOPPED


def test_a_passport_is_read_but_its_name_is_never_sure(
    reader: LocalDocumentReader, shared_data: Path
) -> None:
    data = (shared_data / "images/mrz/pe_100_pass-chn.jpg").read_bytes()
    reading = reader.read(data, DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.MRZ
    assert reading.text(FieldName.MRZ_LINE_1) == "P<TWNLIN<<MEI<HUA".ljust(44, "<")
    number = reading.field(FieldName.DOCUMENT_NUMBER)
    name = reading.field(FieldName.NAME)
    assert number is not None
    assert number.is_sure
    assert name is not None
    assert not name.is_sure


def test_a_passport_on_its_side_is_read(reader: LocalDocumentReader, shared_data: Path) -> None:
    photo = cv2.imread(str(shared_data / "images/mrz/pe_43_pass-twn.jpg"))
    assert photo is not None
    turned = cv2.rotate(photo, cv2.ROTATE_90_CLOCKWISE).astype(np.uint8)
    reading = reader.read(jpeg(turned), DocumentKind.MRZ, never())
    assert Notice.TURNED in reading.notices
    line = reading.field(FieldName.MRZ_LINE_2)
    assert line is not None
    assert Doubt.CHECK_DIGIT_WRONG not in line.doubts


def test_a_specimen_printed_with_wrong_digits_is_read_and_flagged(
    reader: LocalDocumentReader, shared_data: Path
) -> None:
    data = (shared_data / "images/mrz/pe_0_id-esp.png").read_bytes()
    line = reader.read(data, DocumentKind.MRZ, never()).field(FieldName.MRZ_LINE_2)
    assert line is not None
    assert line.text == "7212018F1101236ESP<<<<<<<<<<<8"
    assert Doubt.CHECK_DIGIT_WRONG in line.doubts


def test_a_licence_whose_code_and_qr_differ_shows_both(
    reader: LocalDocumentReader, shared_data: Path
) -> None:
    data = (shared_data / "images/licence/cicba_business_01.png").read_bytes()
    reading = reader.read(data, DocumentKind.AUTO, never())
    assert reading.kind is DocumentKind.LICENCE
    assert len(reading.all(FieldName.USCC)) == 2
    assert not any(read.is_sure for read in reading.all(FieldName.USCC))
