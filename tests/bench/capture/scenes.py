"""Desks, cameras and light, unlike those that the shipped specimens lie on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.ports.camera import Pixels

CONDITIONS = (
    "plain",
    "aslant",
    "quarter_turn",
    "upside_down",
    "dim",
    "blurred",
    "jpeg30",
    "vga",
    "phone",
    "glare",
    "crowded",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One way of taking the picture.

    Attributes:
        view: Width and height of the frame in pixels.
        turn_degrees: Clockwise.
        slant: Perspective, as a part of the document's size.
        fill: Part of the frame's tighter side that the document takes.
    """

    view: tuple[int, int] = (1600, 1200)
    turn_degrees: float = 0.0
    slant: float = 0.03
    fill: float = 0.8
    light: float = 1.0
    blur_px: float = 0.6
    noise: float = 3.0
    glare: float = 0.0
    quality: int = 88
    objects: int = 3


def shot(condition: str, chance: np.random.Generator) -> Shot:
    """Return a shot of one condition, varied within it."""
    turn = float(chance.uniform(-5, 5))
    share = float(chance.random())
    shots = {
        "plain": Shot(turn_degrees=turn),
        "aslant": Shot(turn_degrees=3 * turn, slant=0.1 + 0.1 * share, fill=0.7),
        "quarter_turn": Shot(turn_degrees=turn + (90 if share < 0.5 else 270)),
        "upside_down": Shot(turn_degrees=180 + turn),
        "dim": Shot(turn_degrees=turn, light=0.18 + 0.17 * share, noise=7.0),
        "blurred": Shot(turn_degrees=turn, blur_px=1.6 + 1.6 * share),
        "jpeg30": Shot(turn_degrees=turn, quality=18 + int(14 * share)),
        "vga": Shot((640, 480), turn, fill=0.75 + 0.2 * share, objects=2),
        "phone": Shot((4000, 3000), 2 * turn, 0.08, 0.35 + 0.4 * share, objects=8),
        "glare": Shot(turn_degrees=turn, glare=0.06 + 0.08 * share),
        "crowded": Shot(turn_degrees=3 * turn, slant=0.08, fill=0.6, objects=14),
    }
    return shots[condition]


def upright(how: Shot, view: tuple[int, int]) -> Shot:
    """Return the same shot by a camera of this size that stands over a page."""
    return replace(how, view=view, fill=max(how.fill, 0.85), slant=min(how.slant, 0.12))


def taken(document: Pixels, how: Shot, chance: np.random.Generator) -> bytes:
    """Return the photograph as JPEG."""
    scene = _desk(how, chance)
    corners = _corners(document, how, chance)
    high, wide = document.shape[:2]
    flat = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners)
    soft = cv2.GaussianBlur(document, (0, 0), 0.35 * wide / max(1.0, float(np.ptp(corners[:, 0]))))
    laid = cv2.warpPerspective(soft, matrix, how.view, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, how.view)
    shade = cv2.GaussianBlur(np.roll(mask, (7, -9), (0, 1)), (0, 0), 8).astype(np.float32) / 255
    cover = mask.astype(np.float32)[:, :, None] / 255
    picture = scene * (1 - 0.4 * shade[:, :, None]) * (1 - cover) + laid * cover
    seen = _lit(picture.astype(np.float32), how, chance)
    return bytes(cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, how.quality])[1].tobytes())


def _desk(how: Shot, chance: np.random.Generator) -> NDArray[np.float32]:
    wide, high = how.view
    colour = chance.uniform(40, 210) + chance.uniform(-25, 25, 3)
    grain = chance.normal(0, 1, (high // 6 + 1, wide // 40 + 1)).astype(np.float32)
    grain = cv2.resize(grain, how.view, interpolation=cv2.INTER_CUBIC)
    desk = (colour + 9 * grain[:, :, None]).astype(np.float32)
    for _ in range(how.objects):
        middle = chance.uniform(0, 1, 2) * how.view
        size = chance.uniform(0.05, 0.35, 2) * min(how.view)
        box = cv2.boxPoints((tuple(middle), tuple(size), float(chance.uniform(0, 180))))
        tint = tuple(float(c) for c in chance.uniform(10, 245, 3))
        cv2.fillPoly(desk, [box.astype(np.int32)], tint)
        if chance.random() < 0.5:
            _scrawl(desk, box, chance)
    return desk


def _scrawl(
    desk: NDArray[np.float32], box: NDArray[np.float32], chance: np.random.Generator
) -> None:
    at = box.mean(axis=0)
    for row in range(3):
        words = "".join(chr(int(c)) for c in chance.integers(65, 91, 9))
        where = (int(at[0] - 60), int(at[1] + 26 * row - 26))
        cv2.putText(desk, words, where, cv2.FONT_HERSHEY_SIMPLEX, 0.7, (20.0, 20.0, 20.0), 2)


def _corners(document: Pixels, how: Shot, chance: np.random.Generator) -> NDArray[np.float32]:
    high, wide = document.shape[:2]
    angle = np.deg2rad(how.turn_degrees)
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    corners = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))) * (wide / 2, high / 2)
    corners = corners + chance.uniform(-how.slant, how.slant, (4, 2)) * (wide, high)
    corners = corners @ turn
    corners *= how.fill * min(np.array(how.view) / np.ptp(corners, axis=0))
    room = np.array(how.view) - np.ptp(corners, axis=0)
    start = room * chance.uniform(0.35, 0.65, 2)
    return (corners - corners.min(axis=0) + start).astype(np.float32)


def _lit(picture: NDArray[np.float32], how: Shot, chance: np.random.Generator) -> Pixels:
    high, wide = picture.shape[:2]
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    lean = chance.uniform(-0.2, 0.2, 2)
    light = how.light * (1 + lean[0] * (x / wide - 0.5) + lean[1] * (y / high - 0.5))
    cast = np.array((1.0, 1.0, 1.0)) + chance.uniform(-0.07, 0.07, 3)
    picture = (picture * light[:, :, None] * cast).astype(np.float32)
    if how.glare:
        at = chance.uniform(0.3, 0.7, 2) * (wide, high)
        distance = ((x - at[0]) ** 2 + (y - at[1]) ** 2) / (how.glare * wide) ** 2
        picture += 330 * np.exp(-distance)[:, :, None]
    picture = cv2.GaussianBlur(picture, (0, 0), how.blur_px).astype(np.float32)
    picture += how.noise * chance.standard_normal(picture.shape, dtype=np.float32)
    return np.asarray(np.clip(picture, 0, 255).astype(np.uint8))
