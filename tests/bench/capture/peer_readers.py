"""Reads pictures with a named peer; run by an interpreter that has it installed.

`peer_readers.py rapidocr|passporteye|fastmrz|zbar|opencv FILE...` prints one JSON object: file
name to lines of text, CPU seconds (its children's included) and seconds by the clock, and the peak
memory in MB under the empty name. Never imported by the project.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def rapidocr() -> Callable[[str], list[str]]:
    """Return the text engine as it comes."""
    from rapidocr import RapidOCR

    engine = RapidOCR()
    return lambda path: [str(text) for text in (engine(path).txts or ())]


def passporteye() -> Callable[[str], list[str]]:
    """Return PassportEye with the Tesseract data that is installed, the zone's own if it is."""
    import pytesseract
    from passporteye import read_mrz

    more = "-l mrz" if "mrz" in pytesseract.get_languages() else ""

    def read(path: str) -> list[str]:
        found = read_mrz(path, extra_cmdline_params=more)
        text = "" if found is None else str(found.aux.get("raw_text", ""))
        return ["".join(line.split()) for line in text.splitlines() if line.strip()]

    return read


def fastmrz() -> Callable[[str], list[str]]:
    """Return FastMRZ with the Tesseract data that is installed."""
    from fastmrz import FastMRZ

    reader = FastMRZ()

    def read(path: str) -> list[str]:
        found = reader.get_details(path, include_checkdigit=False)
        text = str(found.get("mrz_text", "")) if isinstance(found, dict) else ""
        return [line for line in text.splitlines() if line.strip()]

    return read


def zbar() -> Callable[[str], list[str]]:
    """Return ZBar through pyzbar."""
    from PIL import Image
    from pyzbar.pyzbar import decode

    def read(path: str) -> list[str]:
        with Image.open(path) as picture:
            return [code.data.decode("utf-8", "replace") for code in decode(picture)]

    return read


def opencv() -> Callable[[str], list[str]]:
    """Return OpenCV's own readers of barcodes and QR codes."""
    import cv2

    linear, square = cv2.barcode.BarcodeDetector(), cv2.QRCodeDetector()

    def read(path: str) -> list[str]:
        picture = cv2.imread(path, cv2.IMREAD_COLOR)
        if picture is None:
            return []
        _, texts, _, _ = linear.detectAndDecodeWithType(picture)
        return [*texts, square.detectAndDecode(picture)[0]]

    return read


PEERS = {each.__name__: each for each in (rapidocr, passporteye, fastmrz, zbar, opencv)}


def cpu_s() -> float:
    """Return the seconds that this process and its ended children have worked."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_mb() -> int:
    """Return the most memory that this process held; `getrusage` would count its parent's too."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))


def main() -> None:
    """Read every file named on the command line; what a peer raises is a picture not read."""
    read = PEERS[sys.argv[1]]()
    found = {}
    for path in sys.argv[2:]:
        started, begun = cpu_s(), time.monotonic()
        try:
            lines = read(path)
        except Exception:  # noqa: BLE001 - a peer may raise anything; that is its result
            lines = []
        seconds = {"cpu_s": cpu_s() - started, "wall_s": time.monotonic() - begun}
        found[path] = {"lines": lines, **seconds}
    found[""] = {"lines": [], "cpu_s": 0.0, "wall_s": 0.0, "peak_mb": peak_mb()}
    sys.stdout.write("\n" + json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
