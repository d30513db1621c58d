"""Searches files for many texts at once, in every way in which a text may be written."""

from __future__ import annotations

import base64
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import BadZipFile, ZipFile

import numpy as np

BEGINNING = 6
"""Every spelling is at least so many bytes long; they are looked up by these first."""
PIECE = 1 << 20
GZIP = b"\x1f\x8b\x08"


class ByteSearch:
    """Knows the texts that must not be found."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._ways: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for text in texts:
            for way in spellings(text):
                self._ways[way[:BEGINNING]].append((way, text))
        beginnings = np.frombuffer(b"".join(self._ways), dtype=np.uint8).reshape(-1, BEGINNING)
        self._beginnings = np.unique(_numbers(beginnings.T))

    def found_in(self, folder: Path) -> set[tuple[str, str]]:
        """Return which texts stand in which files or names of files, below a folder."""
        return {
            (str(path.relative_to(folder)), text)
            for path, content in contents(folder)
            for text in self._in(content)
        }

    def _in(self, content: bytes) -> Iterator[str]:
        for start in range(0, len(content), PIECE):
            piece = np.frombuffer(content[start : start + PIECE + BEGINNING - 1], dtype=np.uint8)
            if len(piece) < BEGINNING:
                continue
            shifted = [piece[at : len(piece) - BEGINNING + 1 + at] for at in range(BEGINNING)]
            hits = np.flatnonzero(np.isin(_numbers(shifted), self._beginnings))
            for place in hits.tolist():
                at = start + place
                for way, text in self._ways[content[at : at + BEGINNING]]:
                    if content.startswith(way, at):
                        yield text


def _numbers(columns: Iterable[np.ndarray]) -> np.ndarray:
    """Join bytes that stand side by side into one number for each place."""
    joined: np.ndarray | None = None
    for column in columns:
        wide = column.astype(np.uint64)
        joined = wide if joined is None else (joined << np.uint64(8)) | wide
    assert joined is not None
    return joined


def spellings(text: str) -> set[bytes]:
    """Return the ways in which a text may stand in a file."""
    plain = text.encode()
    encoded = {base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)}
    ways = {
        plain,
        *(one.encode() for one in _grouped(text)),
        quote(text).encode(),
        plain.hex().upper().encode(),
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        text.encode("gb18030"),
        plain.hex().encode(),
        text.encode("unicode_escape"),
        text.encode("utf-16-be").hex().encode(),
        *(part for part in encoded if len(part) >= 8),
    }
    return {way for way in ways if len(way) >= BEGINNING}


def _grouped(text: str) -> set[str]:
    """Return a mobile number, or a document's, as people write it."""
    if len(text) == 11 and text.isdigit():
        parts = (text[:3], text[3:7], text[7:])
    elif len(text) == 18 and text[:17].isdigit():
        parts = (text[:6], text[6:14], text[14:])
    else:
        return set()
    return {mark.join(parts) for mark in " -\u3000"}


def contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each file's name and bytes, and once more what is deflated in it."""
    for path in sorted(folder.rglob("*")):
        yield path, path.name.encode()
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield path, content
        if content.startswith(b"%PDF"):
            yield path, b"".join(_inflated(content))
        yield path, b"".join(_unpacked(content))


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield what is packed by gzip at any place, or in a ZIP archive."""
    at = content.find(GZIP)
    while at >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(content[at:])
        at = content.find(GZIP, at + 1)
    if content.startswith(b"PK\x03\x04"):
        with suppress(BadZipFile), ZipFile(BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def _inflated(content: bytes) -> Iterator[bytes]:
    for part in content.split(b"stream\n")[1:]:
        try:
            yield zlib.decompressobj().decompress(part)
        except zlib.error:
            continue
