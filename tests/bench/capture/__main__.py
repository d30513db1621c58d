"""`python -m tests.bench.capture [--data DIR] [--seeds N] [--out FILE] [--peer-python PATH]`."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path

from counter_app.capture.reader import LocalDocumentReader
from counter_app.ports.stop import never
from tests.bench.capture import peers, scores

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "images"


def main() -> int:
    """Run every score and print it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", type=int, default=0, help="worse copies per picture and damage")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--peer-python", type=Path, help="an interpreter with rapidocr installed")
    options = parser.parse_args()
    if not options.data.exists():
        sys.stderr.write(f"no test images at {options.data}\n")
        return 2
    reader = LocalDocumentReader()
    reader.warm_up(never())
    runs = {
        "mrz": lambda: scores.mrz(options.data / "mrz", reader, options.seeds),
        "identity_cards": lambda: scores.identity_cards(
            options.data / "idcard", reader, options.seeds
        ),
        "barcodes": lambda: scores.barcodes(options.data / "barcode"),
        "pages": lambda: scores.pages(options.data / "docphoto"),
        "gate": lambda: scores.gate(options.data / "mrz"),
        "guidance": lambda: scores.guidance(options.data / "docphoto"),
    }
    figures = {name: run() for name, run in runs.items() if name in (options.only or runs)}
    if options.peer_python:
        figures["rapidocr"] = peers.rapidocr(options.data, options.peer_python)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = json.dumps({**figures, "peak_mb": peak_kb // 1024}, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
