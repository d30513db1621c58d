"""How many facts of letters are read right, under every condition; a sure wrong one is named."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np

from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.reading import DocumentKind, LetterPhrase, MarkName, Reading
from counter_app.ports.stop import never
from tests.bench.capture import letters, scenes
from tests.bench.capture.letters import Written

Figures = dict[str, float | int | str | list[str]]
CONDITIONS = ("flat", "plain", "aslant", "upside_down", "dim", "jpeg30", "glare", "blurred")
VIEW = (2448, 3264)


def photograph(number: int, seed: int) -> tuple[str, Written, bytes]:
    """Return condition, letter and JPEG of the letter of a number."""
    chance = np.random.default_rng([seed, number])
    written = letters.letter(chance)
    page = letters.drawn(written, chance)
    condition = CONDITIONS[number % len(CONDITIONS)]
    if condition == "flat":
        how = scenes.Shot(VIEW, slant=0.0, fill=0.97, objects=0, noise=1.0)
    else:
        how = scenes.upright(scenes.shot(condition, chance), VIEW)
    return condition, written, scenes.taken(page, how, chance)


def score(seed: int, count: int, reader: LocalDocumentReader) -> Figures:
    """Read `count` letters; rates per fact and condition, and what was wrong without a doubt."""
    right: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    silent: list[str] = []
    seconds: list[float] = []
    for number in range(count):
        condition, written, data = photograph(number, seed)
        started = time.process_time()
        reading = reader.read(data, DocumentKind.LETTER, never())
        seconds.append(time.process_time() - started)
        for name, is_right, is_sure in judged(written, reading):
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


def judged(written: Written, reading: Reading) -> list[tuple[str, bool, bool]]:
    """Return fact, whether it is right, and whether the reading calls it sure."""
    told = []
    for name, value in written.facts.items():
        read = next((each for each in reading.fields if each.name.value == name), None)
        is_right = read is not None and read.text == value
        told.append((name, is_right, read is not None and read.is_sure))
    known = set(written.facts)
    for read in reading.fields:
        if read.is_sure and read.name.value in known:
            is_right = read.text == written.facts[read.name.value]
            told += [] if is_right else [(f"second {read.name.value}", False, True)]
    for phrase in LetterPhrase:
        is_there = phrase in written.phrases
        told.append((f"phrase {phrase.value}", (phrase in reading.phrases) == is_there, False))
    for mark, is_there in written.marks.items():
        told.append((f"mark {mark.value}", reading.has_mark(MarkName(mark)) == is_there, False))
    return told
