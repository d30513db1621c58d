"""What was read from a picture: every value a proposal, each with its doubt.

Nothing here is a decision. A field is *sure* only when a check that a wrong reading would
fail has passed; everything else waits for the clerk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from counter_app.domain.electronic_signature import ElectronicSignature
from counter_app.domain.reading_names import (
    DocumentKind,
    Doubt,
    FieldName,
    Hint,
    LetterPhrase,
    MarkName,
    Notice,
    TickName,
)

__all__ = [
    "Box",
    "CodeRead",
    "DocumentKind",
    "Doubt",
    "FieldName",
    "FieldRead",
    "Hint",
    "ImageDigest",
    "LetterPhrase",
    "MarkName",
    "MarkRead",
    "Measure",
    "Notice",
    "Outline",
    "Quality",
    "Reading",
    "TextLine",
    "TickName",
    "TickRead",
    "weakest",
]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the picture that was handed in.

    That picture is upright by its EXIF mark; of a captured document it is the rectified one. What
    was found on a page cut out of the picture is carried back, so that a box drawn over the
    picture lies around the ink.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height in pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One value read from a picture.

    Attributes:
        text: The value; numbers without spaces, dates as `YYYY-MM-DD`, no end date as `长期`.
        confidence: 0 to 1, the weakest character of the value.
        characters: The confidence of each character of `text`; empty where it is not known.
        doubts: Empty only when a check that a wrong reading would fail has passed.
    """

    name: FieldName
    text: str = field(repr=False)
    confidence: float
    box: Box | None = None
    doubts: tuple[Doubt, ...] = ()
    characters: tuple[float, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Say whether a check backs the value."""
        return not self.doubts


@dataclass(frozen=True, slots=True)
class TickRead:
    """One tick box; `ink_share` is the inked part of its inside, 0 to 1."""

    name: TickName
    is_ticked: bool
    ink_share: float
    box: Box
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkRead:
    """Whether ink is present where a signature or seal belongs; says nothing about whose."""

    name: MarkName
    is_present: bool
    share: float
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class CodeRead:
    """One barcode; `format` is the symbology's name, such as `Code128` or `QRCode`."""

    format: str
    text: str = field(repr=False)
    box: Box


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text found anywhere on the page."""

    text: str = field(repr=False)
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class ImageDigest:
    """Recognises a letter that was used before.

    Attributes:
        sha256: Of the image bytes that were read, hexadecimal.
        perceptual: 64-bit picture hash of the upright page, 16 hexadecimal digits.
    """

    sha256: str
    perceptual: str

    def distance(self, other: ImageDigest) -> int:
        """Count the differing bits of the two perceptual hashes, 0 (alike) to 64."""
        return (int(self.perceptual, 16) ^ int(other.perceptual, 16)).bit_count()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one picture gave; all of it a proposal.

    Attributes:
        quarter_turns: Clockwise, 0 to 3, that bring the picture handed in upright.
        signatures: Of an electronic letter, in the order of signing.
        signer: Who signed an electronic letter first, where every signature holds.
    """

    kind: DocumentKind
    fields: tuple[FieldRead, ...] = ()
    ticks: tuple[TickRead, ...] = ()
    marks: tuple[MarkRead, ...] = ()
    codes: tuple[CodeRead, ...] = ()
    phrases: frozenset[LetterPhrase] = frozenset()
    notices: tuple[Notice, ...] = ()
    alterations: tuple[Box, ...] = ()
    lines: tuple[TextLine, ...] = field(default=(), repr=False)
    digest: ImageDigest | None = None
    signatures: tuple[ElectronicSignature, ...] = ()
    signer: str | None = field(default=None, repr=False)
    quarter_turns: int = 0

    def field(self, name: FieldName) -> FieldRead | None:
        """Return the first field of that name, or None when it was not read."""
        return next((read for read in self.fields if read.name is name), None)

    def all(self, name: FieldName) -> tuple[FieldRead, ...]:
        """Return every field of that name, such as the several agents of one letter."""
        return tuple(read for read in self.fields if read.name is name)

    def text(self, name: FieldName) -> str:
        """Return the field's text, or an empty string when it was not read."""
        found = self.field(name)
        return found.text if found else ""

    def is_ticked(self, name: TickName) -> bool:
        """Say whether the box is ticked; a box that is not on the page is not."""
        return any(tick.name is name and tick.is_ticked for tick in self.ticks)

    def has_mark(self, name: MarkName) -> bool:
        """Say whether the signature or seal was seen in its place."""
        return any(mark.name is name and mark.is_present for mark in self.marks)

    def unsure(self) -> tuple[FieldRead, ...]:
        """Return the fields that no check backs."""
        return tuple(read for read in self.fields if not read.is_sure)


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's four corners in the frame.

    Attributes:
        corners: (x, y) in frame pixels: top left, top right, bottom right, bottom left.
        score: 0 to 1, how well the edges in the picture support the four sides.
    """

    corners: tuple[
        tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]
    ]
    score: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured value of the quality gate beside its limit.

    Attributes:
        name: `sharpness`, `softness`, `glare_share`, `brightness`, `pixels_per_mm`,
            `edge_margin`, `moire`.
        low: The smallest accepted value, or None.
        high: The greatest accepted value, or None.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def passes(self) -> bool:
        """Say whether the value is inside its limits."""
        above = self.low is None or self.value >= self.low
        return above and (self.high is None or self.value <= self.high)


@dataclass(frozen=True, slots=True)
class Quality:
    """The verdict on one frame: measured values and what to do about the bad ones."""

    measures: tuple[Measure, ...]
    hints: tuple[Hint, ...]

    @property
    def is_good(self) -> bool:
        """Say whether nothing stands against taking the picture."""
        return not self.hints

    def value(self, name: str) -> float:
        """Return a measured value, 0.0 when it was not measured."""
        return next((measure.value for measure in self.measures if measure.name == name), 0.0)


def box_around(boxes: Iterable[Box]) -> Box | None:
    """Return the upright box around several boxes, or None of none."""
    inside = tuple(boxes)
    if not inside:
        return None
    return Box(
        min(box.left for box in inside),
        min(box.top for box in inside),
        max(box.right for box in inside),
        max(box.bottom for box in inside),
    )


def weakest(confidences: Iterable[float]) -> float:
    """Return the smallest confidence, 0.0 of nothing."""
    return min(confidences, default=0.0)
