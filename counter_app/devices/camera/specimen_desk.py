"""Lays a flat document on a desk and photographs it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.ports.camera import Pixels


@dataclass(frozen=True, slots=True)
class Look:
    """How the document lies and how the camera sees it.

    Attributes:
        view: Frame width and height in pixels.
        fill: Part of the frame's tighter side that the document takes, 0 to 1; 0 gives the bare
            document instead of a photograph.
        turn_degrees: Turned on the desk, clockwise.
        tilt: Perspective, 0 (from straight above) to about 0.2.
        shift: Moved from the middle of the frame by this part of it, right and down.
        blur_px: Standard deviation of the lens blur.
        glare: Radius of a bright spot as a part of the frame's width, 0 for none.
        light: Brightness factor.
        noise: Standard deviation of the sensor's noise, of 255.
        seed: Of the desk's grain and the noise.
    """

    view: tuple[int, int]
    fill: float = 0.88
    turn_degrees: float = 1.5
    tilt: float = 0.02
    shift: tuple[float, float] = (0.0, 0.0)
    blur_px: float = 0.5
    glare: float = 0.0
    light: float = 1.0
    noise: float = 2.0
    seed: int = 1


def on_desk(document: Pixels, look: Look) -> Pixels:
    """Return the photograph.

    Args:
        document: uint8, height × width × 3, blue green red.
        look: How it lies.
    """
    if look.fill <= 0:
        return document
    chance = np.random.default_rng(look.seed)
    frame = _desk(look, chance)
    corners = _corners(document, look)
    high, wide = document.shape[:2]
    flat = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners)
    laid = cv2.warpPerspective(document, matrix, look.view, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, look.view)
    shadow = cv2.GaussianBlur(np.roll(mask, (9, 9), (0, 1)), (0, 0), 9).astype(np.float32) / 255
    cover = mask.astype(np.float32)[:, :, None] / 255
    shaded = frame * (1 - 0.45 * shadow.astype(np.float32)[:, :, None])
    scene = shaded * (1 - cover) + laid.astype(np.float32) * cover
    return _photographed(scene.astype(np.float32), look, chance)


def _desk(look: Look, chance: np.random.Generator) -> NDArray[np.float32]:
    wide, high = look.view
    grain = chance.normal(0, 1, (high // 4 + 1, 1)) + 0.3 * chance.normal(0, 1, (high // 4 + 1, 8))
    bands = cv2.resize(grain.astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC)
    colour = np.array((62, 78, 96), np.float32)
    return colour + 5 * bands.astype(np.float32)[:, :, None]


def _corners(document: Pixels, look: Look) -> NDArray[np.float32]:
    high, wide = document.shape[:2]
    scale = look.fill * min(look.view[0] / wide, look.view[1] / high)
    half = np.array((wide, high)) * scale / 2
    corners = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))) * half
    corners *= 1 + look.tilt * np.array((-1.0, -0.6, 1.0, 0.7))[:, None] * 0.5
    angle = np.deg2rad(look.turn_degrees)
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    middle = np.array(look.view) * (0.5 + np.array(look.shift))
    return (corners @ turn + middle).astype(np.float32)


def _photographed(scene: NDArray[np.float32], look: Look, chance: np.random.Generator) -> Pixels:
    high, wide = scene.shape[:2]
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    light = look.light * (1.04 - 0.12 * x / wide - 0.06 * y / high)
    picture: NDArray[np.float32] = scene * light[:, :, None]
    if look.glare > 0:
        distance = np.hypot(x - wide * 0.5, y - high * 0.48) / (look.glare * wide)
        picture += 400 * np.clip(1.15 - distance, 0, 1)[:, :, None]
    if look.blur_px > 0:
        picture = cv2.GaussianBlur(picture, (0, 0), look.blur_px).astype(np.float32)
    picture += look.noise * chance.standard_normal(picture.shape, dtype=np.float32)
    seen: Pixels = np.clip(picture, 0, 255).astype(np.uint8)
    return seen
