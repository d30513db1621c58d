"""Our own letter form as people bring it: written by hand, ticked anyhow, folded, smudged."""

from __future__ import annotations

import time
from collections import Counter

import cv2
import numpy as np
from PIL import Image, ImageDraw

from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera import specimen_letter as blank
from counter_app.devices.camera.specimen_ink import PEN, font, round_seal, scribble
from counter_app.domain import letter_form as form
from counter_app.domain.reading import DocumentKind, FieldName, MarkName, Reading, TickName
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import never
from tests.bench.capture import papers, scenes

Figures = dict[str, float | int | str | list[str]]
VIEW = (2448, 3264)
CONDITIONS = ("flat", "turned", "on_its_head", "folded", "shadow", "smudged", "aslant", "dim")
CHEQUE = "零壹贰叁肆伍陆柒捌玖"
TICKS = (
    TickName.CHANGE_PHONE,
    TickName.COLLECT_TERMINAL,
    TickName.COLLECT_RECEIPT,
    TickName.SUBMIT_ONLY,
)


def filled(
    chance: np.random.Generator,
) -> tuple[Pixels, dict[FieldName, str], set[TickName], set[MarkName]]:
    """Return a form with what stands on it."""
    one, other = papers.resident(chance), papers.resident(chance)
    phone = "139" + "".join(str(digit) for digit in chance.integers(0, 10, 8))
    month, day = int(chance.integers(1, 13)), int(chance.integers(1, 28))
    values = {
        FieldName.LETTER_NUMBER: f"WT-2026-{int(chance.integers(1, 999999)):06d}",
        FieldName.PRINCIPAL_NAME: one["name"],
        FieldName.PRINCIPAL_DOCUMENT: one["id_number"],
        FieldName.AGENT_NAME: other["name"],
        FieldName.AGENT_DOCUMENT: other["id_number"],
        FieldName.NEW_PHONE: phone,
        FieldName.NEW_PHONE_IN_WORDS: "".join(CHEQUE[int(digit)] for digit in phone),
        FieldName.TERM_FROM: f"2026-{month:02d}-{day:02d}",
        FieldName.TERM_UNTIL: f"2027-{int(chance.integers(1, 13)):02d}-{day:02d}",
    }
    ticks = {tick for tick in TICKS if chance.random() < 0.6} | {TickName.PRINCIPAL_IS_PERSON}
    marks = {MarkName.PRINCIPAL_SIGNATURE} if chance.random() < 0.8 else set()
    marks |= {MarkName.SEAL} if chance.random() < 0.3 else set()
    size = (blank.px(form.PAGE_WIDTH_MM), blank.px(form.PAGE_HEIGHT_MM))
    image = Image.new("RGB", size, (252, 252, 250))
    pen = ImageDraw.Draw(image)
    blank._draw_form(image, pen, values[FieldName.LETTER_NUMBER])
    for each in form.FIELDS:
        _write(image, each, values.get(each.name, ""), chance)
    for tick in form.TICKS:
        if tick.name in ticks:
            _tick(pen, blank._box(tick.region), chance)
    for mark in form.MARKS:
        _mark(image, pen, mark, marks, chance)
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1]), values, ticks, marks


def _write(
    image: Image.Image, each: form.FormField, value: str, chance: np.random.Generator
) -> None:
    """Write mark by mark, none quite like the other, as a hand does."""
    if not value:
        return
    left, low = each.region.left + 1.5, each.region.top + 5.7
    if each.name in form.DATE_FIELDS:
        for part, right in zip(value.split("-"), (14.5, 25.5, 36.5), strict=True):
            x = blank.px(each.region.left + right) - round(font(44).getlength(part))
            _strokes(image, part, x, blank.px(low), chance)
        return
    _strokes(image, value, blank.px(left), blank.px(low), chance)


def _strokes(
    image: Image.Image, text: str, x: float, low: float, chance: np.random.Generator
) -> None:
    for mark in text:
        size = int(chance.integers(40, 47))
        face = font(size)
        tile = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
        ImageDraw.Draw(tile).text((size * 0.5, size * 1.5), mark, PEN, face, anchor="ls")
        tile = tile.rotate(float(chance.uniform(-5, 5)), resample=Image.Resampling.BICUBIC)
        lift = float(chance.uniform(-2.5, 2.5))
        image.paste(tile, (int(x - size * 0.5), int(low - size * 1.5 + lift)), tile)
        x += face.getlength(mark) + float(chance.uniform(-0.5, 3.0))


def _tick(
    pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], chance: np.random.Generator
) -> None:
    left, top, right, low = box
    far = float(chance.uniform(-4, 10))
    match int(chance.integers(4)):
        case 0:
            points = [(left + 6, top + 20), (left + 17, low - 6), (right + far, top - far)]
            pen.line(points, PEN, width=6, joint="curve")
        case 1:
            pen.line((left + 5, top + 5, right - 5 + far / 3, low - 5), PEN, 5)
            pen.line((right - 5, top + 5, left + 5, low - 5), PEN, 5)
        case 2:
            pen.ellipse((left + 9, top + 9, right - 9, low - 9), fill=PEN)
        case _:
            pen.line((left + 4, low - 6, right + far, top + 2), PEN, 6)


def _mark(
    image: Image.Image,
    pen: ImageDraw.ImageDraw,
    mark: form.FormMark,
    marks: set[MarkName],
    chance: np.random.Generator,
) -> None:
    if mark.name not in marks:
        return
    left, top, right, low = blank._box(mark.region)
    if mark.name is MarkName.SEAL:
        at = ((left + right) / 2, (top + low) / 2)
        round_seal(image, at, blank.px(40), "样本商贸有限公司")
    else:
        scribble(pen, (left, top, right, low), int(chance.integers(1000)))


def photograph(page: Pixels, condition: str, chance: np.random.Generator) -> bytes:
    """Return the JPEG of a form under a condition."""
    turn = float(chance.uniform(-4, 4))
    shots = {
        "turned": scenes.Shot(
            VIEW[::-1], turn + (90 if chance.random() < 0.5 else 270), 0.03, 0.92
        ),
        "on_its_head": scenes.Shot(VIEW, 180 + turn, 0.03, 0.92),
        "aslant": scenes.Shot(VIEW, turn, 0.1, 0.88),
        "dim": scenes.Shot(VIEW, turn, 0.03, 0.92, light=0.3, noise=6.0),
        "flat": scenes.Shot(VIEW, 0.0, 0.0, 0.97, objects=0, noise=1.0),
    }
    how = shots.get(condition, scenes.Shot(VIEW, turn, 0.03, 0.92))
    worn = {"folded": _folded, "smudged": _smudged}.get(condition)
    data = scenes.taken(worn(page, chance) if worn else page, how, chance)
    return _shaded(data, chance) if condition == "shadow" else data


def _folded(page: Pixels, chance: np.random.Generator) -> Pixels:
    """Fold in three: a dark and a light line, and each part lit from another side."""
    high, wide = page.shape[:2]
    light = np.ones((high, 1), np.float32)
    for at, gain in ((0.33, 0.9), (0.66, 1.05)):
        row = int(high * (at + float(chance.uniform(-0.03, 0.03))))
        light[row:] *= gain
        light[row - 3 : row] *= 0.72
        light[row : row + 4] *= 1.08
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    wave = 5 * np.sin(y / high * 3 * np.pi)
    bent = cv2.remap(
        page, x + wave.astype(np.float32), y, cv2.INTER_LINEAR, borderValue=(250, 250, 250)
    )
    return np.asarray(np.clip(bent * light[:, :, None], 0, 255), np.uint8)


def _smudged(page: Pixels, chance: np.random.Generator) -> Pixels:
    """Put coffee, fingers and pen strokes where nothing belongs."""
    out = page.astype(np.float32)
    high, wide = page.shape[:2]
    for _ in range(5):
        layer = np.zeros((high, wide), np.float32)
        at = (int(chance.uniform(0.1, 0.9) * wide), int(chance.uniform(0.1, 0.9) * high))
        cv2.circle(layer, at, int(chance.uniform(20, 90)), 1.0, -1)
        layer = cv2.GaussianBlur(layer, (0, 0), 12)
        tint = np.array((120, 160, 190), np.float32)
        cover = (0.45 * layer)[:, :, None]
        out = out * (1 - cover) + tint * cover
    return np.asarray(np.clip(out, 0, 255), np.uint8)


def _shaded(data: bytes, chance: np.random.Generator) -> bytes:
    """Lay the shadow of whoever holds the camera over a part of the picture."""
    seen = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR).astype(np.float32)
    high, wide = seen.shape[:2]
    mask = np.zeros((high, wide), np.float32)
    edge = float(chance.uniform(0.3, 0.7)) * wide
    corners = np.array(((0, 0), (edge, 0), (edge * 0.6, high), (0, high)), np.int32)
    cv2.fillConvexPoly(mask, corners, 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), 40)
    seen *= 1 - 0.5 * mask[:, :, None]
    return bytes(cv2.imencode(".jpg", np.clip(seen, 0, 255).astype(np.uint8))[1].tobytes())


def score(seed: int, count: int, reader: LocalDocumentReader) -> Figures:
    """Read `count` forms; rates per fact and condition, and what was wrong without a doubt."""
    right: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    silent: list[str] = []
    seconds: list[float] = []
    for number in range(count):
        chance = np.random.default_rng([seed, number])
        condition = CONDITIONS[number % len(CONDITIONS)]
        page, values, ticks, marks = filled(chance)
        data = photograph(page, condition, chance)
        started = time.process_time()
        reading = reader.read(data, DocumentKind.LETTER, never())
        seconds.append(time.process_time() - started)
        for name, is_right, is_sure in judged(reading, values, ticks, marks):
            for key in (name, f"in {condition}"):
                tried[key] += 1
                right[key] += is_right
            if is_sure and not is_right:
                silent.append(f"{number} {condition}: {name}")
    shares: Figures = {key: f"{right[key]}/{tried[key]}" for key in sorted(tried)}
    return {
        **shares,
        "silent_errors": silent,
        "cpu_s_median": float(np.median(seconds)),
        "cpu_s_max": max(seconds),
    }


def judged(
    reading: Reading, values: dict[FieldName, str], ticks: set[TickName], marks: set[MarkName]
) -> list[tuple[str, bool, bool]]:
    """Return fact, whether it is right, and whether the reading calls it sure."""
    told = []
    for name, value in values.items():
        read = reading.field(name)
        is_right = read is not None and read.text == value
        told.append((name.value, is_right, read is not None and read.is_sure))
    for tick in form.TICKS:
        seen = next((one for one in reading.ticks if one.name is tick.name), None)
        is_right = seen is not None and seen.is_ticked == (tick.name in ticks)
        told.append(("ticks", is_right, seen is not None and not seen.doubts))
    looked_for = (MarkName.PRINCIPAL_SIGNATURE, MarkName.SEAL)
    seen_marks = [
        (mark.value, reading.has_mark(mark) == (mark in marks), False) for mark in looked_for
    ]
    return [*told, *seen_marks]
