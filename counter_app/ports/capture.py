"""What the counter asks of whoever turns pictures into evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from counter_app.domain.reading import DocumentKind, Outline, Quality, Reading
from counter_app.ports.camera import Frame
from counter_app.ports.stop import Stop

MAX_EVIDENCE_BYTES = 1_000_000


def is_pdf(data: bytes) -> bool:
    """Say whether the bytes begin as a PDF does."""
    return data[:1024].find(b"%PDF-") >= 0


@dataclass(frozen=True, slots=True)
class CapturedDocument:
    """The evidence made of one frame: the frame itself and the document cut out and straightened.

    Attributes:
        original_jpeg: At most 1 MB; of an electronic letter the PDF file as it came.
        original_sha256: Hexadecimal.
        rectified_jpeg: At most 1 MB; the whole frame where no outline was found.
        rectified_sha256: Hexadecimal.
        outline: None where the document was not found and the whole frame was kept.
    """

    kind: DocumentKind
    original_jpeg: bytes = field(repr=False)
    original_sha256: str
    rectified_jpeg: bytes = field(repr=False)
    rectified_sha256: str
    quality: Quality
    outline: Outline | None = None


class DocumentReader(Protocol):
    """Finds, judges, cuts out and reads documents; slow calls belong on their own lane."""

    def warm_up(self, stop: Stop) -> None:
        """Load the reading engine now, so that the first document does not wait for it.

        Raises:
            CounterError: MODEL_MISSING, STOPPED.
        """
        ...

    def locate(self, frame: Frame) -> Outline | None:
        """Find the document's outline quickly enough for the live picture (about 30 ms)."""
        ...

    def judge(self, frame: Frame, outline: Outline | None, kind: DocumentKind) -> Quality:
        """Measure the frame and say what to do better."""
        ...

    def capture(
        self, frame: Frame, kind: DocumentKind, stop: Stop, outline: Outline | None = None
    ) -> CapturedDocument:
        """Cut out and straighten the document.

        Args:
            frame: The frame to keep.
            kind: Decides the true aspect ratio.
            stop: Looked at between the steps.
            outline: Corners set by the clerk; searched thoroughly where absent.

        Raises:
            CounterError: IMAGE_UNREADABLE, STOPPED.
        """
        ...

    def open_file(self, data: bytes, kind: DocumentKind, stop: Stop) -> CapturedDocument:
        """Make evidence of a file that was brought along: a picture, or a signed PDF letter.

        Raises:
            CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE, STOPPED.
        """
        ...

    def read(self, image: CapturedDocument | bytes, kind: DocumentKind, stop: Stop) -> Reading:
        """Read the fields of a picture.

        Args:
            image: A captured document, or the bytes of an image or PDF file as it is.
            kind: What it is; AUTO finds out.
            stop: Looked at between text lines.

        Raises:
            CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE, MODEL_MISSING, STOPPED.
        """
        ...


class AutoCapture(Protocol):
    """Decides when to take the picture; one instance for one document."""

    def offer(self, frame: Frame, outline: Outline | None, quality: Quality) -> Frame | None:
        """Take note of a frame; return the best of the last ones once the document lies still."""
        ...

    def restart(self) -> None:
        """Forget everything, for the next document."""
        ...
