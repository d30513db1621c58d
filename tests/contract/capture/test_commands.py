"""`read-image` on files, and copies that leave the counter."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from counter_app.capture.commands import read_image
from counter_app.capture.images import decode
from counter_app.capture.watermark import watermarked
from counter_app.devices.camera.specimens import SpecimenPress, save
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels
from tests.contract.capture.conftest import jpeg


def test_files_are_read_and_a_broken_one_is_named(press: SpecimenPress, tmp_path: Path) -> None:
    label = save(press.label("YB100-2026000042"), tmp_path / "标签.png")
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8 nothing")
    found = read_image([label, broken, tmp_path / "absent.png"], "barcode")
    assert json.loads(json.dumps(found)) == found
    first = found[0]["fields"]
    assert isinstance(first, list)
    assert isinstance(first[0], dict)
    assert (first[0]["name"], first[0]["text"]) == ("terminal_sn", "YB100-2026000042")
    assert [entry.get("failure") for entry in found] == [
        None,
        "IMAGE_UNREADABLE",
        "IMAGE_UNREADABLE",
    ]


def test_a_letter_where_an_identity_card_was_asked_for_is_said_to_be_one(
    letter_photo: Pixels, card_photo: Pixels, tmp_path: Path
) -> None:
    letter, card = save(letter_photo, tmp_path / "a.jpg"), save(card_photo, tmp_path / "b.jpg")
    found = read_image([letter, card], "resident-id")
    notices = [entry["notices"] for entry in found]
    assert isinstance(notices[0], list)
    assert isinstance(notices[1], list)
    assert "WRONG_KIND" in notices[0]
    assert "WRONG_KIND" not in notices[1]
    words = found[0]["words"]
    assert isinstance(words, list)
    assert any("不是这一步要的证件" in str(line) for line in words)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="horoscope"):
        read_image([], "horoscope")


def test_a_copy_is_watermarked_and_the_evidence_is_not(card_photo: Pixels) -> None:
    evidence = jpeg(card_photo)
    copy = watermarked(evidence, "仅供办理换绑手机号使用 2026-11-23")
    assert len(copy) <= 1_000_000
    change = np.abs(decode(copy).astype(np.int16) - decode(evidence).astype(np.int16))
    assert (change.max(axis=2) > 12).mean() > 0.01


def test_specimens_refuse_production() -> None:
    with pytest.raises(CounterError) as raised:
        SpecimenPress("production")
    assert raised.value.code is FailureCode.SIMULATOR_IN_PRODUCTION
