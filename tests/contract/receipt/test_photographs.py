"""Photographs of pages: turned, blurred, cut, two at once, another's code, a newer edition."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from counter_app.domain.paper_verdict import PaperFault, Verdict
from tests.contract.receipt.conftest import Desk
from tests.contract.receipt.judges import pictures, qr_texts
from tests.unit.receipt.records import receipt

OTHER = replace(receipt(), acceptance_no="110199202611230100025", merchant_name="样本水果摊")
TABLE = (90, 70, 60)


@pytest.fixture(scope="module")
def page(desk: Desk) -> Image.Image:
    return pictures(desk.maker.make(receipt()).pdf, 150)[0].convert("RGB")


@pytest.fixture(scope="module")
def other_page(desk: Desk) -> Image.Image:
    return pictures(desk.maker.make(OTHER).pdf, 150)[0].convert("RGB")


def judged(desk: Desk, picture: Image.Image, quality: int = 75) -> Verdict:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return desk.verifier.verify(out.getvalue())


def on_table(page: Image.Image) -> Image.Image:
    table = Image.new("RGB", (page.width + 400, page.height + 400), TABLE)
    table.paste(page, (200, 200))
    return table


@pytest.mark.parametrize("degrees", [33, 90, 180, 271])
def test_a_turned_page_is_read(desk: Desk, page: Image.Image, degrees: int) -> None:
    how = Image.Resampling.BICUBIC
    photo = on_table(page).rotate(degrees, resample=how, expand=True, fillcolor=TABLE)
    verdict = judged(desk, photo)
    assert (verdict.is_valid, verdict.number) == (True, receipt().number)


def test_a_slanted_dark_noisy_page_is_read(desk: Desk, page: Image.Image) -> None:
    table = on_table(page)
    wide, tall = table.size
    corners = (60, 120, 0, tall - 80, wide - 30, tall, wide - 160, 30)
    slanted = table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    assert judged(desk, ImageEnhance.Brightness(slanted).enhance(0.4), 45).is_valid


def test_a_little_blur_is_read_and_too_much_says_that_no_code_is_readable(
    desk: Desk, page: Image.Image
) -> None:
    assert judged(desk, on_table(page).filter(ImageFilter.GaussianBlur(1.2))).is_valid
    blind = judged(desk, on_table(page).filter(ImageFilter.GaussianBlur(9)))
    assert blind.faults == (PaperFault.CODE_MISSING,)


def test_half_a_code_is_no_code(desk: Desk, page: Image.Image) -> None:
    covered = page.copy()
    wide = page.width
    covered.paste((255, 255, 255), (wide - round(wide * 0.155), 0, wide, 330))
    assert judged(desk, covered).faults == (PaperFault.CODE_MISSING,)


def test_a_thumb_on_a_corner_of_the_code_matters_not(desk: Desk, page: Image.Image) -> None:
    left, top, right, bottom = 1030, 70, 1133, 225
    dark = page.convert("L").point(lambda level: 255 * (level < 128))
    box = dark.crop((left, top, right, bottom)).getbbox()
    assert box is not None
    covered = page.copy()
    corner = (left + box[2] - 14, top + box[3] - 14)
    covered.paste((180, 140, 120), (*corner, corner[0] + 14, corner[1] + 14))
    assert judged(desk, covered).is_valid


def test_two_papers_at_once_are_not_judged_as_one(
    desk: Desk, page: Image.Image, other_page: Image.Image
) -> None:
    both = Image.new("RGB", (page.width * 2, page.height), TABLE)
    both.paste(page, (0, 0))
    both.paste(other_page, (page.width, 0))
    assert judged(desk, both).faults == (PaperFault.SEVERAL_CODES,)
    twice = Image.new("RGB", (page.width * 2, page.height), TABLE)
    twice.paste(page, (0, 0))
    twice.paste(page, (page.width, 0))
    assert judged(desk, twice).is_valid


def test_anothers_genuine_code_on_a_paper_names_the_other_number(
    desk: Desk, page: Image.Image, other_page: Image.Image
) -> None:
    forged = page.copy()
    box = (page.width - 330, 0, page.width, 240)
    forged.paste(other_page.crop(box), box[:2])
    verdict = judged(desk, forged)
    assert verdict.only_code
    assert verdict.number == OTHER.number != receipt().number


def test_a_strangers_code_beside_ours_is_passed_over(desk: Desk, page: Image.Image) -> None:
    import segno

    out = io.BytesIO()
    segno.make("https://example.invalid/pay").save(out, kind="png", scale=6)
    stuck = page.copy()
    stuck.paste(Image.open(out).convert("RGB"), (200, 900))
    assert len(qr_texts(stuck)) == 2
    assert judged(desk, stuck).is_valid


@pytest.mark.parametrize("edition", ["PR2", "PR10"])
def test_a_newer_edition_of_the_code_is_not_called_forged(desk: Desk, edition: str) -> None:
    import segno

    text = f"{edition}:NCFA20%90T9WTWGVLK"
    assert desk.verifier.verify(text.encode()).faults == (PaperFault.CODE_NOT_JUDGED,)
    out = io.BytesIO()
    segno.make(text).save(out, kind="png", scale=8, border=6)
    assert desk.verifier.verify(out.getvalue()).faults == (PaperFault.CODE_NOT_JUDGED,)


def test_a_code_with_a_changed_sign_is_forged(desk: Desk) -> None:
    (text,) = qr_texts(pictures(desk.maker.make(receipt()).pdf, 150)[0])
    for place in (6, 40, len(text) // 2, len(text) - 2):
        sign = "A" if text[place] != "A" else "B"
        changed = text[:place] + sign + text[place + 1 :]
        assert not desk.verifier.verify(changed.encode()).is_valid
