"""Scores of reading: `python -m tests.bench.capture [--data DIR] [--seeds N] [--out FILE]`.

`--peer-python PATH` reads the same pictures with peers in their own environment; `--stress N`
makes N fresh documents of every kind and photographs each under every condition.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from counter_app.capture.reader import LocalDocumentReader
from counter_app.ports.stop import never
from tests.bench.capture import (
    forms,
    gate_scenes,
    letter_scores,
    peers,
    scores,
    several,
    stress,
    timing,
)
from tests.bench.capture.papers import Faces

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "images"


def main() -> int:
    """Run every score and print it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", type=int, default=0, help="worse copies per picture and damage")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--peer-python", type=Path, help="an interpreter with the peers")
    parser.add_argument("--stress", type=int, default=0, help="so many fresh documents a kind")
    parser.add_argument("--stress-seed", type=int, default=1)
    parser.add_argument("--fonts", type=Path, help="a folder with other type, OCR-B among it")
    options = parser.parse_args()
    if not options.data.exists():
        sys.stderr.write(f"no test images at {options.data}\n")
        return 2
    reader = LocalDocumentReader()
    reader.warm_up(never())
    runs: dict[str, Callable[[], scores.Figures]] = {
        "mrz": lambda: scores.mrz(options.data / "mrz", reader, options.seeds),
        "identity_cards": lambda: scores.identity_cards(
            options.data / "idcard", reader, options.seeds
        ),
        "barcodes": lambda: scores.barcodes(options.data / "barcode"),
        "pages": lambda: scores.pages(options.data / "docphoto"),
        "gate": lambda: scores.gate(options.data / "mrz"),
        "gate_scenes": lambda: gate_scenes.gate(10),
        "timing": lambda: timing.timing(options.data),
        "guidance": lambda: scores.guidance(options.data / "docphoto"),
    }
    for what in stress.MAKERS if options.stress else ():
        for start, tells in (("stress", True), ("auto", False)):
            runs[f"{start}_{what}"] = partial(
                stress.score,
                what,
                options.stress_seed,
                options.stress,
                Faces(options.fonts),
                reader,
                tells=tells,
            )
    if options.stress:
        runs["several_documents"] = partial(
            several.score, options.stress_seed, options.stress, Faces(options.fonts), reader
        )
        runs["letters"] = lambda: letter_scores.score(
            options.stress_seed, 4 * options.stress, reader
        )
        runs["forms"] = lambda: forms.score(options.stress_seed, 4 * options.stress, reader)
    figures = {name: run() for name, run in runs.items() if name in (options.only or runs)}
    if options.peer_python:
        figures |= peers.scores(options.data, options.peer_python)
    if options.peer_python and options.stress:
        photos = {
            what: list(
                stress.photographs(what, options.stress_seed, options.stress, Faces(options.fonts))
            )
            for what in peers.STRESSED
        }
        figures |= peers.stressed(options.peer_python, photos)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = json.dumps({**figures, "peak_mb": peak_kb // 1024}, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
