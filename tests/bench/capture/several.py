"""Two documents under one camera, and the same documents alone: who is noticed, who is not."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera import specimen_letter
from counter_app.domain.reading import DocumentKind, Notice
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import never
from tests.bench.capture import papers, scenes
from tests.bench.capture.papers import Faces

Figures = dict[str, float | int | str | list[str]]
Maker = Callable[[np.random.Generator, Faces], Pixels]
VIEW = (2592, 1944)
MILLIMETRES = {"passport": (125, 88), "card": (85.6, 54), "back": (85.6, 54), "letter": (210, 297)}

PAIRS = (
    ("passport", "passport"),
    ("card", "card"),
    ("card", "back"),
    ("passport", "card"),
    ("card", "letter"),
    ("letter", "passport"),
)
ALONE = ("passport", "card", "back", "letter")


def passport(chance: np.random.Generator, faces: Faces) -> Pixels:
    """Return a passport's data page."""
    return papers.travel_document(papers.zone("td3", chance), faces, chance)


def card(chance: np.random.Generator, faces: Faces) -> Pixels:
    """Return the portrait side of a resident card."""
    return papers.resident_front(papers.resident(chance), faces, chance)


def back(chance: np.random.Generator, faces: Faces) -> Pixels:
    """Return the other side of a resident card."""
    return papers.resident_back(papers.resident(chance), faces, chance)


def letter(chance: np.random.Generator, faces: Faces) -> Pixels:
    """Return a free-form letter."""
    facts = papers.resident(chance)
    number = "".join(str(digit) for digit in chance.integers(0, 10, 9))
    lines = (
        "授权委托书",
        f"委托人：{facts['name']}　身份证号码：{facts['id_number']}",
        f"受托人：{papers.resident(chance)['name']}",
        "兹委托受托人前往贵中心办理小型POS终端",
        f"绑定手机号码变更手续，新手机号码为13{number}。",
        "受托人无转委托权。",
        "有效期自2026年11月1日至2026年12月31日。",
        "委托人签名：",
        "2026年11月20日",
    )
    page = specimen_letter.draw_page(lines)
    return np.asarray(page.convert("RGB"))[:, :, ::-1].copy()


MAKERS: dict[str, Maker] = {"passport": passport, "card": card, "back": back, "letter": letter}


def taken(kinds: tuple[str, ...], chance: np.random.Generator, faces: Faces) -> bytes:
    """Return the photograph of documents side by side at their true sizes, each turned a little."""
    how = scenes.Shot(VIEW, objects=int(chance.integers(0, 4)), noise=2.5, blur_px=0.7)
    scene = scenes._desk(how, chance)
    for middle, kind in zip(_middles(kinds, chance), kinds, strict=True):
        scene = _laid(scene, MAKERS[kind](chance, faces), middle, chance)
    seen = scenes._lit(scene, how, chance)
    return bytes(cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, 88])[1].tobytes())


Place = tuple[float, float, float, float]


def _middles(kinds: tuple[str, ...], chance: np.random.Generator) -> list[Place]:
    """Return middle and size in pixels of each document, next to each other and fitted."""
    sizes = [MILLIMETRES[kind] for kind in kinds]
    gap = float(chance.uniform(6, 30))
    is_across = chance.random() < 0.5 or "letter" in kinds
    along = 0 if is_across else 1
    total = sum(size[along] for size in sizes) + gap * (len(sizes) - 1)
    widest = max(size[1 - along] for size in sizes)
    room = (VIEW[along] * 0.9, VIEW[1 - along] * 0.9)
    scale = min(room[0] / total, room[1] / widest) * float(chance.uniform(0.86, 1.0))
    start, places = (VIEW[along] - total * scale) / 2, []
    for size in sizes:
        middle = start + size[along] * scale / 2
        start += (size[along] + gap) * scale
        other = VIEW[1 - along] / 2 + float(chance.uniform(-0.04, 0.04)) * VIEW[1 - along]
        at = (middle, other) if is_across else (other, middle)
        places.append((*at, size[0] * scale, size[1] * scale))
    return places


def _laid(
    scene: NDArray[np.float32], document: Pixels, place: Place, chance: np.random.Generator
) -> NDArray[np.float32]:
    x, y, wide, high = place
    angle = np.deg2rad(float(chance.uniform(-4, 4)) + (180 if chance.random() < 0.15 else 0))
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    corners = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))) * (wide / 2, high / 2)
    corners = corners + chance.uniform(-0.015, 0.015, (4, 2)) * (wide, high)
    corners = (corners @ turn + (x, y)).astype(np.float32)
    tall, broad = document.shape[:2]
    flat = np.array(((0, 0), (broad, 0), (broad, tall), (0, tall)), np.float32)
    soft = cv2.GaussianBlur(document, (0, 0), max(0.3, 0.35 * broad / wide))
    matrix = cv2.getPerspectiveTransform(flat, corners)
    laid = cv2.warpPerspective(soft, matrix, VIEW, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full((tall, broad), 255, np.uint8), matrix, VIEW)
    shade = cv2.GaussianBlur(np.roll(mask, (9, -11), (0, 1)), (0, 0), 9).astype(np.float32) / 255
    cover = mask.astype(np.float32)[:, :, None] / 255
    dark = scene * (1 - 0.4 * shade[:, :, None])
    return np.asarray(dark * (1 - cover) + laid * cover, np.float32)


def photographs(seed: int, count: int, faces: Faces) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """Yield what lies there and the JPEG: `count` of every pair, and of each alone."""
    every = (*PAIRS, *((kind,) for kind in ALONE))
    for place, kinds in enumerate(every):
        for number in range(count):
            yield kinds, taken(kinds, np.random.default_rng([seed, place, number]), faces)


KINDS = {
    "passport": DocumentKind.MRZ,
    "card": DocumentKind.RESIDENT_ID_FRONT,
    "back": DocumentKind.RESIDENT_ID_BACK,
    "letter": DocumentKind.LETTER,
}


def score(seed: int, count: int, faces: Faces, reader: LocalDocumentReader) -> Figures:
    """Read each photograph as its first document and as `auto`; count who was noticed."""
    noticed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    seconds: list[float] = []
    for kinds, data in photographs(seed, count, faces):
        for kind in (DocumentKind.AUTO, KINDS[kinds[0]]):
            started = time.process_time()
            reading = reader.read(data, kind, never())
            seconds.append(time.process_time() - started)
            key = f"{'+'.join(kinds)} as {'auto' if kind is DocumentKind.AUTO else 'asked'}"
            tried[key] += 1
            noticed[key] += Notice.SEVERAL_DOCUMENTS in reading.notices
    shares: Figures = {key: f"{noticed[key]}/{tried[key]}" for key in tried}
    return {**shares, "cpu_s_median": float(np.median(seconds)), "cpu_s_max": max(seconds)}
