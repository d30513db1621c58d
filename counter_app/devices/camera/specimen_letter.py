"""Delegation letters: our own form filled in, and free-form pages."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import segno
from PIL import Image, ImageDraw

from counter_app.devices.camera.specimen_ink import INK, PEN, font, round_seal, scribble, watermark
from counter_app.domain import letter_form as form
from counter_app.domain.reading import FieldName, MarkName, TickName

PIXELS_PER_MM = 10


@dataclass(frozen=True, slots=True)
class LetterSpecimen:
    """What stands on the form.

    Attributes:
        number: The letter's number, also in its QR code.
        values: Text per field; dates as `YYYY-MM-DD`.
        ticks: The boxes that are ticked.
        marks: The signatures and seals that are there.
        company: Around the company's seal.
    """

    number: str
    values: Mapping[FieldName, str] = field(repr=False)
    ticks: frozenset[TickName] = frozenset({TickName.CHANGE_PHONE})
    marks: frozenset[MarkName] = frozenset({MarkName.PRINCIPAL_SIGNATURE, MarkName.AGENT_SIGNATURE})
    company: str = "样本商贸有限公司"


def draw(letter: LetterSpecimen) -> Image.Image:
    """Return the filled form, 2100 × 2970 pixels."""
    image = Image.new("RGB", (px(form.PAGE_WIDTH_MM), px(form.PAGE_HEIGHT_MM)), (252, 252, 250))
    pen = ImageDraw.Draw(image)
    _draw_form(image, pen, letter.number)
    _fill_in(pen, letter)
    _sign_and_seal(image, pen, letter)
    watermark(image, 260)
    return image


def draw_page(lines: tuple[str, ...]) -> Image.Image:
    """Return an A4 page of plain lines, the first one as its title."""
    image = Image.new("RGB", (px(form.PAGE_WIDTH_MM), px(form.PAGE_HEIGHT_MM)), (252, 252, 250))
    pen = ImageDraw.Draw(image)
    pen.text((px(105), px(32)), lines[0], INK, font(82, "Bold"), anchor="mm")
    for number, line in enumerate(lines[1:]):
        pen.text((px(22), px(52 + 11 * number)), line, INK, font(48), anchor="ls")
    watermark(image, 260)
    return image


def px(millimetres: float) -> int:
    """Return the page's pixels."""
    return round(millimetres * PIXELS_PER_MM)


def _draw_form(image: Image.Image, pen: ImageDraw.ImageDraw, number: str) -> None:
    for text in form.TEXTS:
        face = font(px(text.size_pt * 0.3528), "Bold" if text.is_bold else "Regular")
        pen.text((px(text.left), px(text.baseline)), text.text, INK, face, anchor="ls")
    for each in form.FIELDS:
        low = px(each.region.top + each.region.height)
        pen.line((px(each.region.left), low, px(each.region.left + each.region.width), low), INK, 2)
    for tick in form.TICKS:
        pen.rectangle(_box(tick.region), outline=INK, width=2)
    half = form.MARK_SIZE_MM / 2
    for x, y in form.REGISTRATION_MARKS:
        pen.rectangle((px(x - half), px(y - half), px(x + half), px(y + half)), fill=INK)
    image.paste(_qr(form.qr_text(number)), _box(form.QR_REGION)[:2])


def _qr(text: str) -> Image.Image:
    stream = io.BytesIO()
    segno.make_qr(text, error="m").save(stream, kind="png", border=0, scale=4)
    side = px(form.QR_REGION.width)
    return Image.open(stream).convert("RGB").resize((side, side), Image.Resampling.NEAREST)


def _box(region: form.Region) -> tuple[int, int, int, int]:
    return (
        px(region.left),
        px(region.top),
        px(region.left + region.width),
        px(region.top + region.height),
    )


def _fill_in(pen: ImageDraw.ImageDraw, letter: LetterSpecimen) -> None:
    values = {FieldName.LETTER_NUMBER: letter.number, **letter.values}
    for each in form.FIELDS:
        value = values.get(each.name, "")
        left, baseline = each.region.left + 1.5, each.region.top + 5.7
        if value and each.name in form.DATE_FIELDS:
            for part, right in zip(value.split("-"), (14.5, 25.5, 36.5), strict=True):
                at = (px(each.region.left + right), px(baseline))
                pen.text(at, part, PEN, font(44), anchor="rs")
        else:
            pen.text((px(left), px(baseline)), value, PEN, font(44), anchor="ls")
    for tick in form.TICKS:
        if tick.name in letter.ticks:
            left, top, right, low = _box(tick.region)
            points = [(left + 6, top + 20), (left + 17, low - 6), (right + 4, top - 6)]
            pen.line(points, PEN, width=6, joint="curve")


def _sign_and_seal(image: Image.Image, pen: ImageDraw.ImageDraw, letter: LetterSpecimen) -> None:
    for seed, mark in enumerate(form.MARKS):
        left, top, right, low = _box(mark.region)
        if mark.name not in letter.marks:
            continue
        centre = ((left + right) / 2, (top + low) / 2)
        match mark.name:
            case MarkName.SEAL:
                round_seal(image, centre, px(40), letter.company)
            case MarkName.REPRESENTATIVE_SEAL:
                pen.rectangle(
                    (left + 50, top + 50, right - 50, low - 50), outline="#c82026", width=9
                )
                pen.text(centre, "样本\n甲印", "#c82026", font(66, "Bold"), anchor="mm")
            case _:
                scribble(pen, (left, top, right, low), seed)
