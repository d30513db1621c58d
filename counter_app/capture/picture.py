"""A picture on its way to be read: as taken, and cut out where a document was found."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.capture import images
from counter_app.capture.box_map import Matrix, inverse, same, scaled
from counter_app.capture.geometry import as_quad, from_straightened, straightened
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
        whole_to_given: From pixels of `whole` into those of the picture handed in.
        cut_to_given: The same from pixels of `cut`.
    """

    whole: Pixels
    cut: Pixels
    sha256: str
    pages: tuple[Pixels, ...] = ()
    is_signed: bool = False
    whole_to_given: Matrix = field(default_factory=same)
    cut_to_given: Matrix = field(default_factory=same)


def open_picture(image: CapturedDocument | bytes, kind: DocumentKind) -> Picture:
    """Return the picture of a captured document, an image file or a PDF.

    Raises:
        CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE.
    """
    if isinstance(image, CapturedDocument):
        return _captured(image)
    digest = images.sha256(image)
    if is_pdf(image):
        pages = render(image)
        return Picture(pages[0], pages[0], digest, pages, signature_count(image) > 0)
    whole, factor = images.decode_scaled(image)
    cut, back = _cut(whole, kind)
    to_given = scaled(factor)
    return Picture(whole, cut, digest, whole_to_given=to_given, cut_to_given=to_given @ back)


def _captured(image: CapturedDocument) -> Picture:
    whole, cut = images.decode(image.original_jpeg), images.decode(image.rectified_jpeg)
    there = scaled(cut.shape[1] / whole.shape[1])
    if image.outline is not None:
        there = inverse(from_straightened(cut, as_quad(image.outline)))
    return Picture(whole, cut, image.original_sha256, whole_to_given=there)


def _cut(whole: Pixels, kind: DocumentKind) -> tuple[Pixels, Matrix]:
    outline = locate_thorough(whole)
    if outline is None or outline.score < SURE_OUTLINE:
        return whole, same()
    quad = as_quad(outline)
    cut = straightened(whole, quad, kind)
    return cut, from_straightened(cut, quad)
