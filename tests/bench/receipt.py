"""What papers cost: drawing against bare reportlab, sealing, judging, memory over many.

`python -m tests.bench.receipt`; ratios in one run, as machines differ.
"""

from __future__ import annotations

import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import segno
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper import record_sha256
from counter_app.receipt.code import CodeSigner
from counter_app.receipt.demo_pki import make_demo_pki
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.keys import load_code_key, load_seal_key
from counter_app.receipt.maker import ReceiptMaker
from counter_app.receipt.marks import Box, Code, Line, Page, Ring, Shape, Text
from counter_app.receipt.painter import _dark_stretches, paint
from counter_app.receipt.pdfa import archive
from counter_app.receipt.receipt_layout import receipt_pages
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.bench.receipt_peers import peers
from tests.contract.receipt.conftest import FONTS, FixedClock
from tests.unit.receipt.records import BRANCH, NOW, delegated_receipt

ROUNDS = 30
MANY = 1000
STEP = 200


def main() -> None:
    """Print the figures."""
    record = delegated_receipt()
    with tempfile.TemporaryDirectory() as folder:
        pki = make_demo_pki(Path(folder), BRANCH, NOW, "bench")
        book, signer = FontBook(FONTS), CodeSigner(load_code_key(pki.code_file, pki.passphrase))
        maker = ReceiptMaker(book, signer)
        seal = PadesSeal(load_seal_key(pki.seal_file, pki.passphrase), FixedClock())
        verifier = PaperVerifier(load_trust(pki.trust_folder), book, FixedClock())
        cold_ms = _cpu_ms(lambda: maker.make(record), 1)
        paper = maker.make(record)
        sealed = seal.seal(paper.pdf)
        code = signer.text(record.number, record_sha256(record), "receipt")
        pages = receipt_pages(record, book, code, ("", ""))
        _register_bare()
        bare_ms = _cpu_ms(lambda: _bare(pages), ROUNDS)
        paint_ms = _cpu_ms(lambda: paint(pages, book), ROUNDS)
        layout_ms = _cpu_ms(lambda: receipt_pages(record, book, code, ("", "")), ROUNDS)
        drawn = paint(pages, book)
        raw = record.to_json()
        archive_ms = _cpu_ms(lambda: archive(drawn, "x", NOW, raw), ROUNDS)
        make_ms = _cpu_ms(lambda: maker.make(record), ROUNDS)
        seal_ms = _cpu_ms(lambda: seal.seal(paper.pdf), ROUNDS)
        verify_ms = _cpu_ms(lambda: verifier.verify(sealed), ROUNDS)
        others = dict(peers(pages))
        grown = _growth(lambda: seal.seal(maker.make(record).pdf))
    sys.stdout.write(
        f"receipt, two copies, CPU: first {cold_ms:.0f} ms, then layout {layout_ms:.1f},"
        f" painting {paint_ms:.1f}, PDF/A {archive_ms:.1f}, whole {make_ms:.1f},"
        f" sealing {seal_ms:.1f}, judging {verify_ms:.1f} ms; {len(sealed) / 1024:.0f} KB sealed\n"
        f"receipt: bare reportlab paints the same marks without layout in {bare_ms:.1f} ms;"
        f" ratio of painting {paint_ms / bare_ms:.2f}, of layout and painting"
        f" {(layout_ms + paint_ms) / bare_ms:.2f}\n"
        f"receipt: the same marks by other libraries, against layout and painting:"
        f" {_told(others, layout_ms + paint_ms)}\n"
        f"receipt: resident memory over {MANY} sealed receipts, every {STEP}:"
        f" {', '.join(f'{size:.0f}' for size in grown)} MB\n"
    )


def _told(others: dict[str, float], ours_ms: float) -> str:
    parts = [f"{name} {ms:.0f} ms ({ms / ours_ms:.0f} times)" for name, ms in others.items()]
    return ", ".join(parts) or "none is installed"


def _cpu_ms(work: Callable[[], object], rounds: int) -> float:
    started = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - started) * 1000 / rounds


def _growth(work: Callable[[], object]) -> list[float]:
    sizes = []
    for count in range(1, MANY + 1):
        work()
        if count % STEP == 0:
            sizes.append(_resident_mb())
    return sizes


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


def _register_bare() -> None:
    for weight in ("Regular", "Bold"):
        font = TTFont(f"Bare-{weight}", str(FONTS / f"NotoSansSC-{weight}.ttf"))
        pdfmetrics.registerFont(font)


def _bare(pages: list[Page]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for page in pages:
        for mark in page.marks:
            _bare_mark(canvas, page.height, mark)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _bare_mark(canvas: Canvas, height: float, mark: object) -> None:
    match mark:
        case Text():
            canvas.setFont("Bare-Bold" if mark.bold else "Bare-Regular", mark.size)
            canvas.drawString(mark.x, height - mark.y, mark.text)
        case Line():
            canvas.line(mark.x1, height - mark.y1, mark.x2, height - mark.y2)
        case Box():
            canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height)
        case Ring():
            canvas.circle(mark.x, height - mark.y, mark.radius)
        case Shape():
            canvas.rect(*mark.points[0], 1, 1)
        case Code():
            _bare_code(canvas, mark)


def _bare_code(canvas: Canvas, mark: Code) -> None:
    path = canvas.beginPath()
    for y, row in enumerate(segno.make_qr(mark.text, error="M", boost_error=False).matrix):
        for x, length in _dark_stretches(row):
            path.rect(mark.x + x, y, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)


if __name__ == "__main__":
    main()
