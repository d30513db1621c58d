"""A picture on its way to be read: as taken, and cut out where a document was found."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.capture import images
from counter_app.capture.geometry import as_quad, straightened
from counter_app.capture.locate import locate_thorough
from counter_app.capture.pdf import is_pdf, render, signature_count
from counter_app.domain.reading import DocumentKind
from counter_app.ports.camera import Pixels
from counter_app.ports.capture import CapturedDocument

SURE_OUTLINE = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What there is to read.

    Attributes:
        whole: The picture as taken, upright by its EXIF mark; the first page of a PDF.
        cut: The document straightened; the whole picture where none was found for sure.
        sha256: Of the bytes handed in, hexadecimal.
        pages: All pages of a PDF; empty for pictures.
        is_signed: A PDF that says it has digital signatures; nobody has validated them yet.
    """

    whole: Pixels
    cut: Pixels
    sha256: str
    pages: tuple[Pixels, ...] = ()
    is_signed: bool = False


def open_picture(image: CapturedDocument | bytes, kind: DocumentKind) -> Picture:
    """Return the picture of a captured document, an image file or a PDF.

    Raises:
        CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE.
    """
    if isinstance(image, CapturedDocument):
        cut = images.decode(image.rectified_jpeg)
        return Picture(images.decode(image.original_jpeg), cut, image.original_sha256)
    digest = images.sha256(image)
    if is_pdf(image):
        pages = render(image)
        return Picture(pages[0], pages[0], digest, pages, signature_count(image) > 0)
    whole = images.decode(image)
    return Picture(whole, _cut(whole, kind), digest)


def _cut(whole: Pixels, kind: DocumentKind) -> Pixels:
    outline = locate_thorough(whole)
    if outline is None or outline.score < SURE_OUTLINE:
        return whole
    return straightened(whole, as_quad(outline), kind)
