"""Precision and recall of each hint of the quality gate, on photographs made bad on purpose."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import cv2
import numpy as np

from counter_app.capture import quality
from counter_app.capture.locate import locate_fast
from counter_app.domain.reading import DocumentKind, Hint
from counter_app.ports.camera import Pixels
from tests.bench.capture import hard_scenes, papers
from tests.bench.capture.papers import Faces

Figures = dict[str, float | int | str | list[str]]

USUAL = hard_scenes.Taking((1920, 1080), 4.0, 0.0, 0.78)
FAULTS = ("good", "good", "good", *(str(hint) for hint in (
    Hint.BLURRED, Hint.TOO_DARK, Hint.GLARE, Hint.CLOSER, Hint.OUT_OF_FRAME
)))  # fmt: skip


def gate(count: int) -> Figures:
    """Show `count` cards under every fault and three times without one.

    A hint is recalled where it is among those given; it counts against the precision where it is
    the first.
    """
    hit: Counter[str] = Counter()
    first: Counter[str] = Counter()
    told: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for number in range(count):
        for place, fault in enumerate(FAULTS):
            chance = np.random.default_rng([number, place])
            card = papers.resident_front(papers.resident(chance), Faces(), chance)
            picture = _faulty(card, fault, chance)
            outline = locate_fast(picture)
            hints = quality.judge(picture, outline, DocumentKind.RESIDENT_ID_FRONT).hints
            shown[fault] += 1
            told.update(str(hint) for hint in hints[:1])  # the clerk is shown the most urgent one
            first[fault] += hints[:1] == (fault,)
            hit[fault] += fault in hints or (fault == "good" and not hints)
    figures: Figures = {
        f"{fault}_recall": f"{hit[fault]}/{shown[fault]}" for fault in dict.fromkeys(FAULTS)
    }
    for fault in dict.fromkeys(FAULTS[3:]):
        figures[f"{fault}_precision"] = f"{first[fault]}/{told[fault]}"
    return figures


def _faulty(card: Pixels, fault: str, chance: np.random.Generator) -> Pixels:
    turn = float(chance.uniform(-5, 5))
    fill = {Hint.CLOSER: 0.3}.get(Hint(fault), 0.78) if fault != "good" else 0.78
    how = replace(USUAL, turn_degrees=turn, fill=fill)
    data = hard_scenes.taken(card, how, chance)
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    seen = picture.astype(np.float32)
    high, wide = seen.shape[:2]
    match fault:
        case Hint.BLURRED:
            seen = cv2.GaussianBlur(seen, (0, 0), 3.5 * fill * high * 1.585 / 1000)
        case Hint.TOO_DARK:
            seen *= chance.uniform(0.1, 0.25)
        case Hint.GLARE:
            y, x = np.mgrid[0:high, 0:wide]
            away = (x - wide / 2) ** 2 + (y - high / 2) ** 2
            seen += 500 * np.exp(-away / (chance.uniform(0.1, 0.18) * high) ** 2)[:, :, None]
        case Hint.OUT_OF_FRAME:
            seen = seen[:, round(chance.uniform(0.3, 0.4) * wide) :]
        case _:
            pass
    return np.ascontiguousarray(np.clip(seen, 0, 255).astype(np.uint8))
