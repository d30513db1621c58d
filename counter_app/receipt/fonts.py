"""Fonts for paper: a face chosen per character, and text that copies out as it went in.

Noto Sans SC draws nearly everything; three big fonts stand behind it for rare names and are read
only when a character needs them. A character that no font has is refused, never left blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

from counter_app.domain.coverage import BLANKS, Coverage, covering, is_shapeless
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.font_tables import spans_of

FALLBACKS = ("BabelStoneHan.ttf", "HanaMinA.ttf", "HanaMinB.ttf")
"""In this order: mainland shapes first, Japanese-source shapes as the last resort."""

SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/truetype/babelstone"),
    Path("/usr/share/fonts/truetype/hanazono"),
)


class Face(TTFont):
    """A TrueType face whose text extracts right beyond U+FFFF, where reportlab's own does not."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """Write the font objects and replace their ToUnicode maps by right ones."""
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for index, subset in enumerate(subsets):
            tag = SUBSETN(index) + b"+" + self.face.name + self.face.subfontNameX
            base = tag.decode("pdfdoc")
            stream = doc.idToObject[f"toUnicodeCMap:{base}"]
            assert isinstance(stream, PDFStream)
            stream.content = to_unicode_map(base, subset)

    def has(self, character: str) -> bool:
        """Say whether the face really draws this character: a glyph with an outline."""
        glyph: int = self.face.charToGlyph.get(ord(character), 0)
        places: Sequence[int] = self.face.glyphPos
        return glyph != 0 and places[glyph] != places[glyph + 1]


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """Write the ToUnicode CMap of a one-byte font subset.

    Args:
        name: Name of the subset font.
        subset: Code point by character code; 0 for codes that stand for nothing.

    Source: ISO 32000-1, 9.10.3 (UTF-16BE values, at most 100 entries a block).
    """
    used = [(code, point) for code, point in enumerate(subset) if point]
    blocks = [used[start : start + 100] for start in range(0, len(used), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{_utf16(point)}>" for code, point in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class FontBook:
    """The faces in their order of choice.

    Args:
        folder: Where NotoSansSC-Regular.ttf and NotoSansSC-Bold.ttf are.
        extra_folders: Where the fonts for rare characters may be.
    """

    def __init__(self, folder: Path, extra_folders: Sequence[Path] = SYSTEM_FOLDERS) -> None:
        self.folder = folder
        self.extra_folders = tuple(extra_folders)
        self._chosen: dict[tuple[str, bool], str | None] = {}
        self._coverage: Coverage | None = None

    def runs(self, text: str, *, bold: bool) -> Iterator[tuple[str, str]]:
        """Split text into stretches of one face each: (font name, text).

        Raises:
            CounterError: GLYPH_MISSING with the code point, FONT_MISSING.
        """
        for name, group in groupby(text, lambda character: self._name_for(character, bold)):
            stretch = "".join(group)
            if name is None:
                point = f"U+{ord(stretch[0]):04X}"
                raise CounterError(FailureCode.GLYPH_MISSING, point=point, count=len(stretch))
            yield name, stretch

    def width(self, text: str, size_pt: float, *, bold: bool) -> float:
        """Measure text in points."""
        return sum(
            pdfmetrics.stringWidth(stretch, name, size_pt)
            for name, stretch in self.runs(text, bold=bold)
        )

    def missing(self, text: str) -> tuple[str, ...]:
        """List the characters no font has, in order, each once."""
        unknown = (c for c in text if self._name_for(c, False) is None)  # noqa: FBT003 - a cache key
        return tuple(dict.fromkeys(unknown))

    def coverage(self) -> Coverage:
        """Return every character that a paper can show; reads two tables a font, in milliseconds.

        Raises:
            CounterError: FONT_MISSING.
        """
        if self._coverage is None:
            files = (self.path(bold=False), *self._fallback_files())
            self._coverage = covering(span for path in files for span in spans_of(path))
        return self._coverage

    def base_font(self) -> str:
        """Return the name of the regular face, loaded."""
        return self._base(bold=False).fontName

    def _name_for(self, character: str, bold: bool) -> str | None:  # noqa: FBT001 - a cache key
        key = (character, bold)
        if key not in self._chosen:
            self._chosen[key] = self._choose(character, bold=bold)
        return self._chosen[key]

    def _choose(self, character: str, *, bold: bool) -> str | None:
        if is_shapeless(ord(character)):
            return None
        base = self._base(bold=bold)
        if character in BLANKS or base.has(character):
            return base.fontName
        faces = (load() for load in self._fallbacks())
        return next((face.fontName for face in faces if face.has(character)), None)

    def _base(self, *, bold: bool) -> Face:
        return _face(self.path(bold=bold))

    def path(self, *, bold: bool) -> Path:
        """Return the file of the first face.

        Raises:
            CounterError: FONT_MISSING.
        """
        weight = "Bold" if bold else "Regular"
        path = self.folder / f"NotoSansSC-{weight}.ttf"
        if not path.is_file():
            raise CounterError(FailureCode.FONT_MISSING, font=path.name)
        return path

    def _fallbacks(self) -> Iterator[Callable[[], Face]]:
        for path in self._fallback_files():
            yield lambda path=path: _face(path)  # type: ignore[misc]

    def _fallback_files(self) -> Iterator[Path]:
        for name in FALLBACKS:
            for path in (folder / name for folder in (self.folder, *self.extra_folders)):
                if path.is_file():
                    yield path
                    break


class SubstitutingBook(FontBook):
    """The same fonts, with 〓 drawn for characters that a picture stands for (以图片为准).

    Source: the mark used in Chinese printing for a character that is not at hand.
    """

    STAND_IN = "\u3013"

    def __init__(self, book: FontBook, characters: Sequence[str]) -> None:
        super().__init__(book.folder, book.extra_folders)
        self._unknown = {ord(character): self.STAND_IN for character in characters}

    def runs(self, text: str, *, bold: bool) -> Iterator[tuple[str, str]]:
        """Split text into stretches of one face each, nothing missing."""
        return super().runs(text.translate(self._unknown), bold=bold)


@cache
def _face(path: Path) -> Face:
    """Read a font once in the life of the process (0.2 to 0.9 s each, 30 to 76 MB)."""
    try:
        face = Face(path.stem, str(path), asciiReadable=True)
    except (TTFError, OSError) as error:
        raise CounterError(FailureCode.FONT_MISSING, font=path.name) from error
    pdfmetrics.registerFont(face)
    return face


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()
