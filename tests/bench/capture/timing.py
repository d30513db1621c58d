"""Seconds a picture on one and on two cores."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from counter_app.capture.reader import LocalDocumentReader
from counter_app.capture.text_engine import TextEngine
from counter_app.domain.reading import DocumentKind
from counter_app.ports.stop import never

Figures = dict[str, float | int | str | list[str]]

KINDS = {
    "mrz": DocumentKind.MRZ,
    "idcard": DocumentKind.AUTO,
    "licence": DocumentKind.LICENCE,
}
ROUNDS = 2


def timing(data: Path) -> Figures:
    """Return medians over the public pictures; the clock's are those of a machine at work."""
    figures: Figures = {}
    for cores in (1, 2):
        reader = LocalDocumentReader(TextEngine(threads=cores))
        reader.warm_up(never())
        for folder, kind in KINDS.items():
            files = [path for path in sorted((data / folder).glob("*.*g")) if path.is_file()]
            clock, work = [], []
            for path in files * ROUNDS:
                started, begun = time.process_time(), time.monotonic()
                reader.read(path.read_bytes(), kind, never())
                work.append(time.process_time() - started)
                clock.append(time.monotonic() - begun)
            figures[f"{folder}_{cores}_cores_s"] = float(np.median(clock))
            figures[f"{folder}_{cores}_cores_cpu_s"] = float(np.median(work))
    return figures
