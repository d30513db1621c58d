"""The same pictures read in the same run by peers in their own environment."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NotRequired, TypedDict

import numpy as np

SCRIPT = Path(__file__).with_name("peer_readers.py")
CARD_FIELDS = ("name", "nation", "id", "auth", "valid")
STRESSED = {
    "mrz": ("passporteye", "fastmrz", "rapidocr"),
    "front": ("rapidocr",),
    "bank_card": ("rapidocr",),
    "label": ("zbar", "opencv"),
}
CONTAINED = ("front", "bank_card")
PICTURES = (".png", ".jpg", ".webp")


class Read(TypedDict):
    """What a peer said of one picture."""

    lines: list[str]
    cpu_s: float
    wall_s: float
    peak_mb: NotRequired[float]


Truth = dict[str, str]
Figures = dict[str, float | int | str | list[str]]


def scores(data: Path, python: Path) -> dict[str, Figures]:
    """Score the peers that are installed; one that is not there is named as missing.

    Args:
        data: The test images.
        python: An interpreter with rapidocr, passporteye, fastmrz, pyzbar and OpenCV.
    """
    zones = sorted((data / "mrz").glob("*.*g"))
    cards = sorted((data / "idcard").glob("bdci_*_*.png"))
    codes = [path for path in sorted((data / "barcode").glob("*/*")) if path.suffix in PICTURES]
    figures: dict[str, Figures] = {}
    for peer in ("passporteye", "fastmrz", "rapidocr"):
        found = _asked(python, peer, [*zones, *(cards if peer == "rapidocr" else ())])
        figures[peer] = {"missing": 1} if found is None else _zones(data / "mrz", found)
        if found is not None and peer == "rapidocr":
            figures[peer] |= _cards(data / "idcard", found)
        if found is not None:
            figures[peer]["peak_mb"] = _peak_mb(found)
    for peer in ("zbar", "opencv"):
        found = _asked(python, peer, codes)
        figures[peer] = {"missing": 1} if found is None else _codes(codes, found)
    return figures


def stressed(
    python: Path, photos: Mapping[str, Sequence[tuple[str, bytes, Truth]]]
) -> dict[str, Figures]:
    """Let the peers read the stress photographs that our own reader reads in this run.

    A peer has read a value when one of its lines is that value; for resident cards, when its text
    contains it.

    Args:
        python: As in `scores`.
        photos: By kind: condition, JPEG and truth.
    """
    figures: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        for what, peers in STRESSED.items():
            files = {Path(name) / f"{what}_{n}.jpg": each for n, each in enumerate(photos[what])}
            for path, (_, data, _) in files.items():
                path.write_bytes(data)
            for peer in peers:
                found = _asked(python, peer, list(files))
                figures[f"{peer}_{what}"] = (
                    {"missing": 1} if found is None else _values(files, found, what)
                )
    return figures


def _values(
    files: Mapping[Path, tuple[str, bytes, Truth]], found: dict[str, Read], what: str
) -> Figures:
    right: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for path, (_, _, truth) in files.items():
        lines = [_bare(line) for line in found[str(path)]["lines"]]
        for field, value in truth.items():
            tried[field] += 1
            wanted = _bare(value)
            right[field] += wanted in ("".join(lines) if what in CONTAINED else lines)
    seconds = [found[str(path)]["cpu_s"] for path in files]
    shares: Figures = {field: f"{right[field]}/{tried[field]}" for field in tried}
    return {**shares, "cpu_s_median": float(np.median(seconds)), "peak_mb": _peak_mb(found)}


def _peak_mb(found: Mapping[str, Read]) -> float:
    return float(found[""].get("peak_mb", 0.0))


def _asked(python: Path, peer: str, files: list[Path]) -> dict[str, Read] | None:
    command = [str(python), str(SCRIPT), peer, *map(str, files)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        return None
    found: dict[str, Read] = json.loads(answer.stdout.strip().splitlines()[-1])
    return found


def _zones(folder: Path, found: dict[str, Read]) -> Figures:
    truth = json.loads((folder / "truth.json").read_text())
    exact = 0
    for name, entry in truth.items():
        lines = {_bare(line) for line in found[str(folder / name)]["lines"]}
        exact += set(entry["lines"]) <= lines
    seconds = [read["cpu_s"] for path, read in found.items() if Path(path).parent == folder]
    return {
        "documents": len(truth),
        "documents_exact": exact,
        "cpu_s_median": float(np.median(seconds)),
        "cpu_s_max": max(seconds),
    }


def _cards(folder: Path, found: dict[str, Read]) -> Figures:
    truth = json.loads((folder / "truth.json").read_text())
    fields = right = 0
    seconds = []
    for name, entry in truth.items():
        read = found[str(folder / name)]
        text = "\n".join(_bare(line) for line in read["lines"])
        wanted = [entry[key] for key in CARD_FIELDS if key in entry]
        fields += len(wanted)
        right += sum(_bare(value) in text for value in wanted)
        seconds.append(read["cpu_s"])
    return {
        "id_fields": fields,
        "id_fields_contained": right,
        "id_cpu_s_median": float(np.median(seconds)),
    }


def _codes(files: list[Path], found: dict[str, Read]) -> Figures:
    right: Counter[str] = Counter()
    false_reads = []
    for path in files:
        group = path.parent.name.rsplit("-", maxsplit=1)[0]
        texts = {" ".join(line.split()) for line in found[str(path)]["lines"] if line}
        truth = path.with_suffix(".txt")
        if group == "falsepositives" and texts:
            false_reads.append(path.name)
        elif truth.exists() and group not in ("multi", "falsepositives"):
            text = " ".join(truth.read_text(encoding="utf-8", errors="replace").split())
            right[group] += text in texts
    return {**right, "false_reads": false_reads}


def _bare(text: str) -> str:
    return "".join(text.split())
