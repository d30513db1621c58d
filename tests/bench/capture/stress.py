"""Documents and scenes that nothing was tuned on: a fresh seed gives fresh ones."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.reading import DocumentKind, FieldName, Reading
from counter_app.ports.stop import never
from tests.bench.capture import hard_scenes, more_papers, papers, scenes
from tests.bench.capture.papers import Faces

Truth = dict[str, str]
Figures = dict[str, float | int | str | list[str]]


@dataclass
class Tally:
    """Counts by field and by condition."""

    right: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def note(self, condition: str, reading: Reading, truth: Truth) -> None:
        """Compare a reading with the truth; a sure value that is wrong is a silent error."""
        for name, value in truth.items():
            read = reading.field(FieldName(name))
            is_right = read is not None and read.text == value
            for key in (condition, name):
                self.tried[key] += 1
                self.right[key] += is_right
            if read is not None and read.is_sure and not is_right:
                self.silent.append(f"{condition}: {name}")

    def figures(self) -> Figures:
        """Return the counts as text, and the times."""
        shares: Figures = {key: f"{self.right[key]}/{self.tried[key]}" for key in self.tried}
        return {
            **shares,
            "silent_errors": self.silent,
            "cpu_s_median": float(np.median(self.seconds)),
            "cpu_s_max": max(self.seconds),
        }


def travel(chance: np.random.Generator, faces: Faces) -> tuple[papers.Pixels, Truth]:
    """Return a travel document and its lines."""
    lines = papers.zone(str(chance.choice(papers.LAYOUTS)), chance)
    truth = {f"mrz_line_{number}": line for number, line in enumerate(lines, start=1)}
    return papers.travel_document(lines, faces, chance), truth


def front(chance: np.random.Generator, faces: Faces) -> tuple[papers.Pixels, Truth]:
    """Return the portrait side of a resident card and its fields."""
    facts = papers.resident(chance)
    names = ("name", "sex", "ethnicity", "birth_date", "address", "id_number")
    return papers.resident_front(facts, faces, chance), {name: facts[name] for name in names}


def back(chance: np.random.Generator, faces: Faces) -> tuple[papers.Pixels, Truth]:
    """Return the other side of a resident card and its fields."""
    facts = papers.resident(chance)
    start, _, end = facts["valid"].partition("-")
    truth = {
        "authority": facts["authority"],
        "valid_from": start.replace(".", "-"),
        "valid_until": end.replace(".", "-"),
    }
    return papers.resident_back(facts, faces, chance), truth


MAKERS: dict[str, tuple[Callable[..., tuple[papers.Pixels, Truth]], DocumentKind]] = {
    "mrz": (travel, DocumentKind.MRZ),
    "front": (front, DocumentKind.RESIDENT_ID_FRONT),
    "back": (back, DocumentKind.RESIDENT_ID_BACK),
    "permit": (more_papers.permit, DocumentKind.MRZ),
    "licence": (more_papers.licence, DocumentKind.LICENCE),
    "bank_card": (more_papers.bank_card, DocumentKind.BANK_CARD),
    "label": (more_papers.label, DocumentKind.BARCODE),
}


def photographs(
    what: str, seed: int, count: int, faces: Faces
) -> Iterator[tuple[str, bytes, Truth]]:
    """Yield condition, JPEG and truth: `count` documents, each under every condition."""
    make, _ = MAKERS[what]
    for number in range(count):
        for place, condition in enumerate(scenes.CONDITIONS):
            chance = np.random.default_rng([seed, number, place])
            document, truth = make(chance, faces)
            yield condition, scenes.taken(document, scenes.shot(condition, chance), chance), truth
        for place, condition in enumerate(hard_scenes.CONDITIONS, start=100):
            chance = np.random.default_rng([seed, number, place])
            document, truth = make(chance, faces)
            how = hard_scenes.taking(condition, chance)
            yield condition, hard_scenes.taken(document, how, chance), truth


def score(
    what: str, seed: int, count: int, faces: Faces, reader: LocalDocumentReader, *, tells: bool
) -> Figures:
    """Read every photograph; with `tells` the reader is told the kind, else it finds out."""
    tally = Tally()
    kind = MAKERS[what][1] if tells else DocumentKind.AUTO
    for condition, data, truth in photographs(what, seed, count, faces):
        started = time.process_time()
        reading = reader.read(data, kind, never())
        tally.seconds.append(time.process_time() - started)
        tally.note(condition, reading, truth)
    return tally.figures()
