"""Harder photographs than `scenes`: a pinhole camera held badly, bad light, things in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.ports.camera import Pixels

Scene = NDArray[np.float32]

CONDITIONS = (
    "level",
    "tilted",
    "any_angle",
    "motion",
    "defocused",
    "glare_spots",
    "shadow_edge",
    "noisy",
    "jpeg25",
    "vga",
    "large",
    "cluttered",
    "low_contrast",
    "colour_cast",
    "fingers",
    "sleeve",
    "mixed",
)


@dataclass(frozen=True, slots=True)
class Taking:
    """One way of taking the picture.

    Attributes:
        view: Width and height of the frame in pixels.
        tilt_degrees: How far the camera leans from the vertical.
        turn_degrees: Clockwise, in the frame.
        fill: Part of the frame's tighter side that the document takes.
        effects: Names of what else goes wrong, in this order.
        quality: Of the JPEG.
    """

    view: tuple[int, int] = (1920, 1440)
    tilt_degrees: float = 6.0
    turn_degrees: float = 0.0
    fill: float = 0.75
    effects: tuple[str, ...] = ()
    quality: int = 85


def taking(condition: str, chance: np.random.Generator) -> Taking:
    """Return how a picture of one condition is taken, varied within it."""
    share = float(chance.random())
    usual = Taking(turn_degrees=float(chance.uniform(-6, 6)), fill=0.6 + 0.3 * share)
    if condition in EFFECTS:
        return replace(usual, effects=(condition,))
    anyhow = float(chance.uniform(0, 360))
    names = tuple(str(name) for name in chance.choice(sorted(EFFECTS), 2, replace=False))
    others = {
        "level": usual,
        "tilted": replace(usual, tilt_degrees=18 + 17 * share),
        "any_angle": replace(usual, turn_degrees=anyhow),
        "jpeg25": replace(usual, quality=25),
        "vga": replace(usual, view=(640, 480), fill=0.8 + 0.15 * share),
        "large": replace(usual, view=(4000, 3000), fill=0.35 + 0.4 * share),
        "mixed": replace(
            usual, tilt_degrees=20 * share, turn_degrees=(anyhow - 180) / 5, effects=names
        ),
    }
    return others[condition]


def taken(document: Pixels, how: Taking, chance: np.random.Generator) -> bytes:
    """Return the photograph as JPEG."""
    scene = _desk(how.view, chance)
    if "cluttered" in how.effects:
        _clutter(scene, chance)
    corners = _corners(document, how, chance)
    high, wide = document.shape[:2]
    flat = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners)
    shrink = wide / max(1.0, float(np.linalg.norm(corners[1] - corners[0])))
    soft = cv2.GaussianBlur(document, (0, 0), max(0.3, 0.4 * shrink))
    laid = cv2.warpPerspective(soft, matrix, how.view, flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, how.view)
    cover = cv2.GaussianBlur(mask, (0, 0), 0.7).astype(np.float32)[:, :, None] / 255
    cast = np.roll(mask, (9, 6), (0, 1)).astype(np.float32) / 255
    scene *= 1 - 0.45 * cv2.GaussianBlur(cast, (0, 0), 10)[:, :, None]
    picture = (scene * (1 - cover) + laid * cover).astype(np.float32)
    for name in how.effects:
        if name != "cluttered":
            picture = EFFECTS[name](picture, corners, chance)
    picture += 2.5 * chance.standard_normal(picture.shape, dtype=np.float32)
    seen = np.clip(picture, 0, 255).astype(np.uint8)
    return bytes(cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, how.quality])[1].tobytes())


def _corners(document: Pixels, how: Taking, chance: np.random.Generator) -> NDArray[np.float32]:
    """Return where the document's corners fall, seen by a pinhole camera."""
    high, wide = document.shape[:2]
    size = float(np.hypot(wide, high))
    points = np.array(((-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0))) * (wide / 2, high / 2, 0)
    lean = chance.uniform(0, 2 * np.pi)
    axis = np.array((np.cos(lean), np.sin(lean), 0.0)) * np.deg2rad(how.tilt_degrees)
    tilt = cv2.Rodrigues(axis)[0]
    turn = cv2.Rodrigues(np.array((0.0, 0.0, np.deg2rad(how.turn_degrees))))[0]
    seen = points @ turn.T @ tilt.T + (0, 0, 1.6 * size)
    flat = seen[:, :2] / seen[:, 2:]
    flat *= how.fill * min(np.array(how.view) / np.ptp(flat, axis=0))
    room = np.array(how.view) - np.ptp(flat, axis=0)
    return (flat - flat.min(axis=0) + room * chance.uniform(0.3, 0.7, 2)).astype(np.float32)


def _desk(view: tuple[int, int], chance: np.random.Generator) -> Scene:
    wide, high = view
    kind = chance.integers(3)
    base = chance.uniform(35, 220) + chance.uniform(-22, 22, 3)
    if kind == 0:
        grain = chance.normal(0, 1, (high // 3 + 1, 12)).astype(np.float32)
    else:
        grain = chance.normal(0, 1, (high // 9 + 1, wide // 9 + 1)).astype(np.float32)
    grain = cv2.resize(grain, view, interpolation=cv2.INTER_CUBIC)
    return (base + chance.uniform(2, 9) * grain[:, :, None]).astype(np.float32)


def _clutter(scene: Scene, chance: np.random.Generator) -> None:
    high, wide = scene.shape[:2]
    unit = min(wide, high)
    for _ in range(10):
        tint = tuple(float(c) for c in chance.uniform(0, 255, 3))
        middle = chance.uniform(0, 1, 2) * (wide, high)
        size = chance.uniform(0.08, 0.6, 2) * unit
        box = cv2.boxPoints((tuple(middle), tuple(size), float(chance.uniform(0, 180))))
        cv2.fillPoly(scene, [box.astype(np.int32)], tint, cv2.LINE_AA)
        for row in range(int(chance.integers(0, 6))):
            word = "".join(chr(int(c)) for c in chance.integers(48, 122, 12))
            at = (int(middle[0] - 0.1 * unit), int(middle[1] + 0.03 * unit * row))
            ink = (30.0, 30.0, 30.0)
            cv2.putText(scene, word, at, cv2.FONT_HERSHEY_DUPLEX, unit / 1500, ink, 1, cv2.LINE_AA)
    for _ in range(3):
        points = (chance.uniform(0, 1, (4, 2)) * (wide, high)).astype(np.int32)
        cv2.polylines(scene, [points], False, (25.0, 25.0, 25.0), unit // 150 + 1, cv2.LINE_AA)


def _scale(corners: NDArray[np.float32]) -> float:
    """Return the document's long side in pixels."""
    return float(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1).max())


def _motion(picture: Scene, corners: NDArray[np.float32], chance: np.random.Generator) -> Scene:
    length = max(3, round(_scale(corners) * chance.uniform(0.002, 0.006)))
    kernel = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
    angle = chance.uniform(0, np.pi)
    reach = np.array((np.cos(angle), np.sin(angle))) * length / 2
    ends = [tuple(int(v) for v in np.round((length, length) + s * reach)) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], (1.0,), 1, cv2.LINE_AA)
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.float32)


def _defocused(picture: Scene, corners: NDArray[np.float32], chance: np.random.Generator) -> Scene:
    radius = max(1.0, _scale(corners) * chance.uniform(0.0012, 0.0032))
    reach = int(radius) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return np.asarray(cv2.filter2D(picture, -1, disc / disc.sum()), np.float32)


def _glare_spots(
    picture: Scene, corners: NDArray[np.float32], chance: np.random.Generator
) -> Scene:
    high, wide = picture.shape[:2]
    light = np.zeros((high, wide), np.float32)
    low, far = corners.min(axis=0), corners.max(axis=0)
    for _ in range(int(chance.integers(1, 4))):
        at = low + chance.uniform(0.05, 0.95, 2) * (far - low)
        axes = chance.uniform(0.015, 0.06, 2) * _scale(corners)
        angle = float(chance.uniform(0, 180))
        box = ((float(at[0]), float(at[1])), (float(axes[0]), float(axes[1])), angle)
        cv2.ellipse(light, box, (1.0,), -1)
    soft = cv2.GaussianBlur(light, (0, 0), 0.012 * _scale(corners))
    return np.asarray(picture + 260 * soft[:, :, None], np.float32)


def _shadow_edge(
    picture: Scene, corners: NDArray[np.float32], chance: np.random.Generator
) -> Scene:
    high, wide = picture.shape[:2]
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    middle, angle = corners.mean(axis=0), chance.uniform(0, 2 * np.pi)
    side = (x - middle[0]) * np.cos(angle) + (y - middle[1]) * np.sin(angle)
    side += chance.uniform(-0.25, 0.25) * _scale(corners)
    depth = chance.uniform(0.35, 0.65)
    shade = 1 - depth / (1 + np.exp(-side / (0.008 * _scale(corners))))
    return np.asarray(picture * shade[:, :, None], np.float32)


def _noisy(picture: Scene, _: NDArray[np.float32], chance: np.random.Generator) -> Scene:
    light = chance.uniform(0.3, 0.7)
    noise = chance.standard_normal(picture.shape, dtype=np.float32)
    return np.asarray(picture * light + chance.uniform(10, 20) * noise, np.float32)


def _low_contrast(picture: Scene, _: NDArray[np.float32], chance: np.random.Generator) -> Scene:
    return np.asarray(chance.uniform(70, 150) + picture * chance.uniform(0.22, 0.4), np.float32)


def _colour_cast(picture: Scene, _: NDArray[np.float32], chance: np.random.Generator) -> Scene:
    gains = np.array((chance.uniform(0.45, 0.75), 0.85, chance.uniform(1.0, 1.15)))
    return np.asarray(picture * (gains if chance.random() < 0.6 else gains[::-1]), np.float32)


def _fingers(picture: Scene, corners: NDArray[np.float32], chance: np.random.Generator) -> Scene:
    out, size = picture.copy(), _scale(corners)
    edge = int(chance.integers(4))
    start, end = corners[edge], corners[(edge + 1) % 4]
    inward = corners.mean(axis=0) - (start + end) / 2
    inward = inward / np.linalg.norm(inward)
    angle = float(np.degrees(np.arctan2(inward[1], inward[0])))
    skin = np.array((120, 150, 205)) * chance.uniform(0.6, 1.1)
    for at in chance.uniform(0.1, 0.9, int(chance.integers(1, 3))):
        tip = start + at * (end - start) + inward * chance.uniform(0.02, 0.05) * size
        middle = tip - inward * 0.25 * size
        box = ((float(middle[0]), float(middle[1])), (0.5 * size, 0.11 * size), angle)
        cv2.ellipse(out, box, tuple(float(c) for c in skin), -1, cv2.LINE_AA)
    return np.asarray(out, np.float32)


def _sleeve(picture: Scene, corners: NDArray[np.float32], chance: np.random.Generator) -> Scene:
    middle = corners.mean(axis=0)
    grown = (middle + (corners - middle) * chance.uniform(1.05, 1.12)).astype(np.int32)
    mask = np.zeros(picture.shape[:2], np.float32)
    cv2.fillConvexPoly(mask, grown, (1.0,), cv2.LINE_AA)
    out = picture * (1 - 0.16 * mask[:, :, None]) + chance.uniform(20, 45) * mask[:, :, None]
    shine = np.zeros_like(mask)
    for _ in range(int(chance.integers(2, 6))):
        ends = (middle + chance.uniform(-0.6, 0.6, (2, 2)) * _scale(corners)).astype(np.int32)
        cv2.line(shine, tuple(map(int, ends[0])), tuple(map(int, ends[1])), (1.0,), 2, cv2.LINE_AA)
    cv2.polylines(shine, [grown], True, (0.8,), 2, cv2.LINE_AA)
    glow = cv2.GaussianBlur(shine, (0, 0), 0.003 * _scale(corners)) * mask
    return np.asarray(out + 190 * glow[:, :, None], np.float32)


def _unchanged(picture: Scene, _: NDArray[np.float32], __: np.random.Generator) -> Scene:
    return picture


EFFECTS: dict[str, Callable[[Scene, NDArray[np.float32], np.random.Generator], Scene]] = {
    "motion": _motion,
    "defocused": _defocused,
    "glare_spots": _glare_spots,
    "shadow_edge": _shadow_edge,
    "noisy": _noisy,
    "low_contrast": _low_contrast,
    "colour_cast": _colour_cast,
    "fingers": _fingers,
    "sleeve": _sleeve,
    "cluttered": _unchanged,
}
"""What goes wrong after the document lies on the desk; clutter lies there before it."""
