"""A picture on its way to be read: as taken, and cut out where a document was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from counter_app.capture import images
from counter_app.capture.box_map import Matrix, inverse, same, scaled
from counter_app.capture.geometry import as_quad, from_straightened, straightened
from counter_app.capture.locate import locate_thorough
from counter_app.capture.pdf import PdfLetter, open_pdf
from counter_app.capture.sheet import sheet_of
from counter_app.capture.view import View
from counter_app.domain.electronic_signature import ElectronicSignature
from counter_app.domain.reading import DocumentKind, Outline
from counter_app.ports.camera import Pixels
from counter_app.ports.capture import CapturedDocument, is_pdf
from counter_app.ports.stop import Stop

SURE_OUTLINE = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What there is to read.

    Attributes:
        whole: The picture as taken, upright by its EXIF mark; of a PDF the page with our
            form, else the first.
        cut: The document straightened; the whole picture where none was found for sure.
        sha256: Of the bytes handed in, hexadecimal.
        signatures: Of a PDF, in the order of signing.
        outline: Of `cut` in `whole`; None where nothing was cut out.
        is_photograph: False for a PDF's page.
        pages: Of a PDF, each with its place in the picture that is kept of it.
        whole_to_given: From pixels of `whole` into those of the picture handed in.
        cut_to_given: The same from pixels of `cut`.
    """

    whole: Pixels
    cut: Pixels
    sha256: str
    signatures: tuple[ElectronicSignature, ...] = ()
    outline: Outline | None = None
    is_photograph: bool = True
    pages: tuple[View, ...] = ()
    whole_to_given: Matrix = field(default_factory=same)
    cut_to_given: Matrix = field(default_factory=same)


def open_picture(
    image: CapturedDocument | bytes, kind: DocumentKind, roots: Path | None, stop: Stop
) -> Picture:
    """Return the picture of a captured document, an image file or a PDF.

    Args:
        image: What was handed in.
        kind: Decides the true shape of what is cut out.
        roots: Certificates of the authorities whose signatures on a PDF are believed.
        stop: Ends the drawing of a PDF.

    Raises:
        CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE, STOPPED.
    """
    if isinstance(image, CapturedDocument):
        return _captured(image)
    digest = images.sha256(image)
    if is_pdf(image):
        return _electronic(open_pdf(image, roots, stop), kind, digest)
    whole, factor = images.decode_scaled(image)
    outline = _outline(whole)
    to_given = scaled(factor)
    if outline is None:
        return Picture(whole, whole, digest, whole_to_given=to_given, cut_to_given=to_given)
    quad = as_quad(outline)
    cut = straightened(whole, quad, kind)
    back = to_given @ from_straightened(cut, quad)
    return Picture(whole, cut, digest, outline=outline, whole_to_given=to_given, cut_to_given=back)


def _electronic(letter: PdfLetter, kind: DocumentKind, digest: str) -> Picture:
    sheet = sheet_of(letter.pages, kind)
    page = sheet.pages[sheet.main]
    return Picture(
        page.bgr,
        page.bgr,
        digest,
        letter.signatures,
        is_photograph=False,
        pages=sheet.pages,
        whole_to_given=page.to_given,
        cut_to_given=page.to_given,
    )


def _captured(image: CapturedDocument) -> Picture:
    whole, cut = images.decode(image.original_jpeg), images.decode(image.rectified_jpeg)
    there = scaled(cut.shape[1] / whole.shape[1])
    if image.outline is not None:
        there = inverse(from_straightened(cut, as_quad(image.outline)))
    return Picture(whole, cut, image.original_sha256, outline=image.outline, whole_to_given=there)


def _outline(whole: Pixels) -> Outline | None:
    outline = locate_thorough(whole)
    return outline if outline is not None and outline.score >= SURE_OUTLINE else None
