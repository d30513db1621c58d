"""Draws and judges a PDF file in a process of its own, which may be ended at any time.

A small file can ask for endless drawing or all memory, and nothing inside the drawing library
can be interrupted. So: `python -m counter_app.capture.pdf_worker [roots folder]` reads the file
from its input and writes one line of JSON and then the pages' pixels; its caller sets the time,
it sets its own memory.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from counter_app.ports.camera import Pixels

MAX_PAGES = 8
PIXELS_PER_POINT = 200 / 72
MAX_SIDE_PX = 3600
MAX_SIDE_POINTS = 14400
MEMORY_BYTES = 1_500_000_000
CPU_S = 9

TOO_LARGE, UNREADABLE = "IMAGE_TOO_LARGE", "IMAGE_UNREADABLE"


def main() -> int:
    """Read, draw, judge, write; the answer to a bad file is a code."""
    _limit()
    data = sys.stdin.buffer.read()
    roots = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    head: dict[str, object] = {}
    pages: list[Pixels] = []
    try:
        pages = drawn(data)
        head["pages"] = [page.shape for page in pages]
        head["signatures"] = _signatures(data, roots)
    except TooLargeError:
        head = {"failure": TOO_LARGE}
    except MemoryError:
        head = {"failure": TOO_LARGE}
    except (pdfium.PdfiumError, ValueError):
        head = {"failure": UNREADABLE}
    out = sys.stdout.buffer
    out.write(json.dumps(head, default=str).encode() + b"\n")
    for page in pages if "failure" not in head else ():
        out.write(page.tobytes())
    out.flush()
    return 0


def _signatures(data: bytes, roots: Path | None) -> list[dict[str, object]]:
    """Judge what was signed; what judges is loaded only then, which takes a second."""
    if b"/ByteRange" not in data:
        return []
    from counter_app.capture.pdf_signatures import judge_signatures

    return [asdict(each) for each in judge_signatures(data, roots)]


class TooLargeError(Exception):
    """The file asks for more than a letter needs."""


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    for what, limit in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_S)):
        _, hard = resource.getrlimit(what)
        highest = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (highest, hard))


def drawn(data: bytes) -> list[Pixels]:
    """Return the pages as pictures.

    Raises:
        TooLargeError: Too many pages, or too large ones.
        pdfium.PdfiumError: It is damaged or locked.
    """
    document = pdfium.PdfDocument(data)
    try:
        if not 1 <= len(document) <= MAX_PAGES:
            raise TooLargeError
        return [_page(document, number) for number in range(len(document))]
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int) -> Pixels:
    page = document[number]
    try:
        longest = max(page.get_size())
        if not 10 <= longest <= MAX_SIDE_POINTS:
            raise TooLargeError
        scale = min(PIXELS_PER_POINT, MAX_SIDE_PX / longest)
        bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=False)
        try:
            pixels = np.array(bitmap.to_numpy()[:, :, :3], np.uint8)
        finally:
            bitmap.close()
        return np.ascontiguousarray(pixels)
    finally:
        page.close()


if __name__ == "__main__":
    sys.exit(main())
