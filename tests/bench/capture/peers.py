"""The same pictures read by a peer in its own environment."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np

SCRIPT = Path(__file__).with_name("peer_rapidocr.py")


def rapidocr(data: Path, python: Path) -> dict[str, float | int]:
    """Score RapidOCR on the zones and the resident cards.

    Args:
        data: The test images.
        python: An interpreter with `rapidocr` and `onnxruntime` installed.
    """
    mrz = json.loads((data / "mrz/truth.json").read_text())
    cards = json.loads((data / "idcard/truth.json").read_text())
    files = [*(data / "mrz" / name for name in mrz), *(data / "idcard" / name for name in cards)]
    answer = subprocess.run(
        [str(python), str(SCRIPT), *map(str, files)], capture_output=True, text=True, check=True
    )
    found = json.loads(answer.stdout.strip().splitlines()[-1])
    exact = 0
    for name, entry in mrz.items():
        lines = {_bare(line) for line in found[str(data / "mrz" / name)]["lines"]}
        exact += set(entry["lines"]) <= lines
    fields = right = 0
    for name, entry in cards.items():
        text = "\n".join(_bare(line) for line in found[str(data / "idcard" / name)]["lines"])
        wanted = [entry[key] for key in ("name", "nation", "id", "auth", "valid") if key in entry]
        fields += len(wanted)
        right += sum(_bare(value) in text for value in wanted)
    seconds = [entry["cpu_s"] for path, entry in found.items() if "/mrz/" in path]
    return {
        "mrz_documents": len(mrz),
        "mrz_documents_exact": exact,
        "id_fields": fields,
        "id_fields_contained": right,
        "mrz_cpu_s_median": float(np.median(seconds)),
    }


def _bare(text: str) -> str:
    return "".join(text.split())
