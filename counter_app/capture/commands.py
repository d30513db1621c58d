"""What the command line can ask of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from counter_app.capture.images import MAX_FILE_BYTES
from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.reading import Box, DocumentKind, FieldRead, LetterPhrase, Notice, Reading
from counter_app.errors import CounterError, FailureCode
from counter_app.formats.picture_file import picture_bytes
from counter_app.ports.stop import Stop, never
from counter_app.words.failures import failure_words
from counter_app.words.notices import notice_words

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

KIND_NAMES = ("auto", "mrz", "resident-id", "licence", "bank-card", "barcode", "letter")
"""What `--as` accepts; `resident-id` finds out which side it is."""

RESIDENT_SIDES = frozenset({DocumentKind.RESIDENT_ID_FRONT, DocumentKind.RESIDENT_ID_BACK})


def read_image(
    paths: Sequence[Path],
    kind: str = "auto",
    stop: Stop | None = None,
    letter_roots: Path | None = None,
) -> list[dict[str, Json]]:
    """Read image or PDF files; one file that cannot be read does not stop the others.

    Args:
        paths: Files in any order.
        kind: One of `KIND_NAMES`, or a value of `DocumentKind`.
        stop: Looked at between files and lines.
        letter_roots: Certificates of the authorities whose signatures on PDF letters are
            believed.

    Returns:
        Per file: `file`, then `failure` with its code and `words`, or `kind`, `fields` (name, text,
        confidence, box, characters, sure, doubts), `ticks`, `marks`, `codes`, `phrases`,
        `notices` and their `words`, `alterations`, `lines`, `quarter_turns`, `signatures`,
        `signer`, `digest` and `unsure` (names).
        Boxes are left, top, right, bottom in pixels of the file's own picture, upright by its
        EXIF mark; of a PDF, of its page at 200 dots per inch.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
        ValueError: `kind` is none of the accepted names.
    """
    wanted = _kind(kind)
    reader = LocalDocumentReader(letter_roots=letter_roots)
    either = RESIDENT_SIDES if kind == "resident-id" else frozenset()
    return [_read_one(path, wanted, either, reader, stop or never()) for path in paths]


def _kind(name: str) -> DocumentKind:
    return DocumentKind.AUTO if name == "resident-id" else DocumentKind(name)


def _read_one(
    path: Path,
    kind: DocumentKind,
    wanted: frozenset[DocumentKind],
    reader: LocalDocumentReader,
    stop: Stop,
) -> dict[str, Json]:
    try:
        reading = reader.read(picture_bytes(path, MAX_FILE_BYTES), kind, stop)
        if wanted and reading.kind not in wanted and Notice.NOTHING_READ not in reading.notices:
            reading = replace(reading, notices=(*reading.notices, Notice.WRONG_KIND))
        return {"file": path.name, **as_json(reading)}
    except CounterError as error:
        if error.code in (FailureCode.STOPPED, FailureCode.MODEL_MISSING):
            raise
        words = failure_words(error.code)
        told = f"{words.title}。{words.advice}"
        return {"file": path.name, "failure": error.code.value, "words": [told]}


def as_json(reading: Reading) -> dict[str, Json]:
    """Return a reading as plain values."""
    return {
        "kind": reading.kind.value,
        "fields": [_field(read) for read in reading.fields],
        **_measured(reading),
        "codes": [
            {"format": code.format, "text": code.text, "box": _box(code.box)}
            for code in reading.codes
        ],
        "phrases": [phrase.value for phrase in LetterPhrase if phrase in reading.phrases],
        **_told(reading),
        "alterations": [_box(box) for box in reading.alterations],
        "lines": [
            {"text": line.text, "confidence": round(line.confidence, 4), "box": _box(line.box)}
            for line in reading.lines
        ],
        "quarter_turns": reading.quarter_turns,
        **_signed(reading),
        "digest": asdict(reading.digest) if reading.digest else None,
        "unsure": [read.name.value for read in reading.unsure()],
    }


def _measured(reading: Reading) -> dict[str, Json]:
    """Return the boxes of a form and the places of signature and seal, with their ink."""
    return {
        "ticks": [
            {
                "name": tick.name.value,
                "ticked": tick.is_ticked,
                "ink_share": tick.ink_share,
                "box": _box(tick.box),
            }
            for tick in reading.ticks
        ],
        "marks": [
            {
                "name": mark.name.value,
                "present": mark.is_present,
                "share": mark.share,
                "box": _box(mark.box),
            }
            for mark in reading.marks
        ],
    }


def _told(reading: Reading) -> dict[str, Json]:
    """Return what is odd about the picture, as codes and in words."""
    words = [notice_words(notice) for notice in reading.notices]
    return {
        "notices": [notice.value for notice in reading.notices],
        "words": [f"{one.title}。{one.advice}" for one in words],
    }


def _signed(reading: Reading) -> dict[str, Json]:
    """Return who signed an electronic letter, and whether it holds."""
    return {
        "signatures": [
            {
                "signer": each.signer,
                "verdict": each.verdict.value,
                "signed_at": each.signed_at.isoformat() if each.signed_at else None,
                "revocation_known": each.is_revocation_known,
            }
            for each in reading.signatures
        ],
        "signer": reading.signer,
    }


def _field(read: FieldRead) -> dict[str, Json]:
    return {
        "name": read.name.value,
        "text": read.text,
        "confidence": read.confidence,
        "box": _box(read.box),
        "characters": [round(value, 4) for value in read.characters],
        "sure": read.is_sure,
        "doubts": [doubt.value for doubt in read.doubts],
    }


def _box(box: Box | None) -> list[Json] | None:
    if box is None:
        return None
    return [round(value, 1) for value in (box.left, box.top, box.right, box.bottom)]
