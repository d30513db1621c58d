"""Files that are broken, huge or made to hurt are refused clearly and cheaply."""

from __future__ import annotations

import contextlib
import io
import os
import random
import struct
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdfium2 import PdfiumError

from counter_app.capture import images, pdf, pdf_worker
from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.reading import DocumentKind, Notice
from counter_app.errors import CounterError, FailureCode
from counter_app.formats.picture_file import picture_bytes
from counter_app.ports.capture import is_pdf
from counter_app.ports.stop import never

WORDS = np.tile(np.arange(256, dtype=np.uint8), (200, 2))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


GREY = Image.fromarray(WORDS)
JPEG = saved(GREY.convert("RGB"), "JPEG")
PNG = saved(GREY, "PNG")


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes((width // 8 + 1) * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FailureCode.IMAGE_UNREADABLE),
        (b"no picture at all", FailureCode.IMAGE_UNREADABLE),
        (JPEG[: len(JPEG) // 2], FailureCode.IMAGE_UNREADABLE),
        (PNG[: len(PNG) // 2], FailureCode.IMAGE_UNREADABLE),
        (PNG[:40] + b"\xff" * 40 + PNG[80:], FailureCode.IMAGE_UNREADABLE),
        (bomb(30_000, 30_000), FailureCode.IMAGE_TOO_LARGE),
        (bomb(9_000, 9_000), FailureCode.IMAGE_TOO_LARGE),
        (saved(Image.new("RGB", (3, 3)), "PNG"), FailureCode.IMAGE_UNREADABLE),
        (saved(Image.new("RGB", (65500, 20)), "PNG"), FailureCode.IMAGE_UNREADABLE),
        (saved(Image.new("L", (17, 60000)), "PNG"), FailureCode.IMAGE_UNREADABLE),
        (
            saved(GREY, "PNG", save_all=True, append_images=[GREY.rotate(90), GREY]),
            FailureCode.IMAGE_UNREADABLE,
        ),
        (bytes(images.MAX_FILE_BYTES + 1), FailureCode.IMAGE_TOO_LARGE),
        (
            saved(GREY, "GIF", save_all=True, append_images=[GREY.rotate(90), GREY]),
            FailureCode.IMAGE_UNREADABLE,
        ),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n", FailureCode.IMAGE_UNREADABLE),
    ],
)
def test_what_is_no_honest_picture_is_refused(data: bytes, code: FailureCode) -> None:
    with pytest.raises(CounterError) as raised:
        images.decode(data)
    assert raised.value.code is code


@pytest.mark.parametrize(
    "data",
    [
        saved(GREY.convert("CMYK"), "JPEG"),
        saved(GREY.convert("P"), "PNG"),
        saved(GREY.convert("1"), "PNG"),
        saved(GREY.convert("LA"), "PNG"),
        saved(GREY.convert("RGB"), "WEBP", lossless=True),
        saved(GREY, "TIFF"),
        saved(GREY, "BMP"),
        saved(GREY, "GIF"),
        saved(Image.fromarray(WORDS.astype(np.uint16) * 257), "PNG"),
    ],
)
def test_unusual_but_honest_pictures_look_as_they_should(data: bytes) -> None:
    pixels = images.decode(data)
    assert pixels.shape == (200, 512, 3)
    assert pixels.dtype == np.uint8
    dark, light = pixels[:, 10:60].mean(), pixels[:, 200:250].mean()
    assert light - dark > 80


def test_the_exif_turn_is_obeyed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert images.decode(saved(GREY.convert("RGB"), "JPEG", exif=exif)).shape == (512, 200, 3)


def test_evidence_stays_below_one_megabyte() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1500, 2000, 3), np.uint8)
    data = images.encode_jpeg(noise)
    assert len(data) <= 1_000_000
    assert images.decode(data).shape[1] > 500


SEEDS = (
    JPEG,
    PNG,
    saved(GREY.convert("CMYK"), "JPEG"),
    saved(GREY.convert("RGB"), "WEBP"),
    saved(GREY, "TIFF", compression="tiff_lzw"),
    saved(GREY, "GIF"),
    saved(GREY.convert("RGB"), "PDF"),
)


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return the file with a few bytes changed, gone or added, or cut off."""
    mutant = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        place = chance.randrange(min(len(mutant), chance.choice((60, 400, 100_000))))
        match chance.randrange(4):
            case 0 | 1:
                mutant[place] = chance.randrange(256)
            case 2:
                del mutant[place : place + chance.randrange(1, 40)]
            case _:
                mutant[place:place] = chance.randbytes(4)
        if len(mutant) < 60:
            break
    return bytes(mutant)


@pytest.mark.parametrize("seed", range(20))
def test_changed_files_are_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        data = changed(chance.choice(SEEDS), chance)
        known = (CounterError, PdfiumError, ValueError, pdf_worker.TooLargeError)
        with contextlib.suppress(*known):
            if is_pdf(data):
                # What the worker does, without a process for each of hundreds of files.
                pdf_worker.drawn(data)
            else:
                assert images.decode(data).shape[2] == 3


BLANK_PAGE = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing more", FailureCode.IMAGE_UNREADABLE),
        (b"%PDF-1.7\n" + bytes(5000), FailureCode.IMAGE_UNREADABLE),
        (b"%PDF-" + bytes(images.MAX_FILE_BYTES), FailureCode.IMAGE_TOO_LARGE),
        (BLANK_PAGE % (b" ".join([b"3 0 R"] * 40), 40, 500, 700), FailureCode.IMAGE_TOO_LARGE),
        (BLANK_PAGE % (b"3 0 R", 1, 90_000, 90_000), FailureCode.IMAGE_TOO_LARGE),
    ],
)
def test_a_hostile_pdf_is_refused(data: bytes, code: FailureCode) -> None:
    with pytest.raises(CounterError) as raised:
        pdf.render(data)
    assert raised.value.code is code


def test_a_large_but_legal_pdf_page_is_rendered_within_bounds() -> None:
    (page,) = pdf.render(BLANK_PAGE % (b"3 0 R", 1, 14_000, 14_000))
    assert max(page.shape) <= pdf_worker.MAX_SIDE_PX + 1


def drawing_bomb(levels: int = 9, fan: int = 12) -> bytes:
    """Return a small page that draws a form that draws a form twelve times, nine levels deep."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</XObject<</F 5 0 R>>>>>>"
        ),
    ]
    contents = [b"/F Do " * fan] * levels + [b"0 0 m 500 500 l 300 700 l f"]
    for place, content in enumerate(contents):
        form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" if place else b""
        below = b"/Resources<</XObject<</F %d 0 R>>>>" % (place + 5) if place < levels else b""
        head = b"<<%s%s/Length %d>>" % (form, below if place else b"", len(content))
        parts.append(head + b"stream\n" + content + b"\nendstream")
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n"


def test_a_pdf_that_draws_without_end_is_given_up() -> None:
    with pytest.raises(CounterError) as raised:
        pdf.open_pdf(drawing_bomb())
    assert raised.value.code is FailureCode.IMAGE_TOO_LARGE


def test_drawing_a_pdf_stops_when_nobody_waits_for_it_any_more() -> None:
    gone = threading.Event()
    gone.set()
    with pytest.raises(CounterError) as raised:
        pdf.open_pdf(drawing_bomb(), stop=gone)
    assert raised.value.code is FailureCode.STOPPED


def test_what_never_ends_is_refused_unread(tmp_path: Path) -> None:
    pipe, device = tmp_path / "pipe.jpg", tmp_path / "zero.jpg"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for path in (pipe, device, tmp_path):
        with pytest.raises(CounterError) as raised:
            picture_bytes(path, images.MAX_FILE_BYTES)
        assert raised.value.code is FailureCode.IMAGE_UNREADABLE


@pytest.mark.parametrize("size", [(640, 16), (16, 640), (4000, 100), (100, 4000)])
def test_the_narrowest_strip_that_is_taken_is_read(
    reader: LocalDocumentReader, size: tuple[int, int]
) -> None:
    reading = reader.read(saved(Image.new("RGB", size, "white"), "PNG"), DocumentKind.AUTO, never())
    assert Notice.NOTHING_READ in reading.notices
