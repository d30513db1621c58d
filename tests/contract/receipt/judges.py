"""Independent judges: poppler, and pypdfium2 used directly."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image


def poppler_text(pdf: bytes, folder: Path) -> str:
    path = folder / "judged.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pdfsig(pdf: bytes, folder: Path) -> str:
    path = folder / "judged.pdf"
    path.write_bytes(pdf)
    command = ["pdfsig", str(path)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"}
    )
    return done.stdout


def pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def pdfium_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def qr_texts(picture: Image.Image | bytes) -> list[str]:
    image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def squeezed(text: str) -> str:
    return "".join(text.split())
