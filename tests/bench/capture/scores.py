"""One function per question; each returns plain figures."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import zxingcpp

from counter_app.capture import quality
from counter_app.capture.barcodes import read_codes
from counter_app.capture.geometry import as_outline, as_quad, movement, ordered, overlap
from counter_app.capture.locate import locate_fast, locate_thorough
from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.reading import DocumentKind, FieldName, Hint, Outline, Reading
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import never
from tests.bench.capture.augment import worse

Figures = dict[str, float | int | str | list[str]]
LINES = (FieldName.MRZ_LINE_1, FieldName.MRZ_LINE_2, FieldName.MRZ_LINE_3)


def load(path: Path) -> Pixels:
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert image is not None, path
    return image.astype(np.uint8)


def jpeg(picture: Pixels) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()


def mrz(folder: Path, reader: LocalDocumentReader, seeds: int) -> Figures:
    """Exact documents and lines; a sure line or number that is wrong is a silent error."""
    truth = json.loads((folder / "truth.json").read_text())
    exact = lines = total = 0
    times, silent, tried = [], [], 0
    degraded: dict[str, list[int]] = defaultdict(list)
    for seed, (name, entry) in enumerate(sorted(truth.items())):
        started = time.process_time()
        reading = reader.read((folder / name).read_bytes(), DocumentKind.MRZ, never())
        times.append(time.process_time() - started)
        got = [reading.text(line) for line in LINES if reading.text(line)]
        exact += got == entry["lines"]
        lines += sum(a == b for a, b in zip(got, entry["lines"], strict=False))
        total += len(entry["lines"])
        silent += _silent(name, reading, entry["lines"])
        for turn in range(seeds):
            for kind, copy in worse(load(folder / name), seed * 100 + turn):
                again = reader.read(jpeg(copy), DocumentKind.MRZ, never())
                tried += 1
                silent += _silent(f"{name} {kind}", again, entry["lines"])
                texts = [again.text(line) for line in LINES if again.text(line)]
                degraded[kind].append(texts == entry["lines"])
    figures: Figures = {
        "documents": len(truth),
        "documents_exact": exact,
        "lines_exact": lines,
        "lines": total,
        "cpu_s_median": float(np.median(times)),
        "cpu_s_max": max(times),
        "worse_copies": tried,
        "silent_errors": silent,
    }
    for kind, hits in degraded.items():
        figures[f"exact_share_{kind}"] = sum(hits) / len(hits)
    return figures


def _silent(name: str, reading: Reading, truth: list[str]) -> list[str]:
    found = [
        f"{name}: {line.value}"
        for line, right in zip(LINES, truth, strict=False)
        if (read := reading.field(line)) is not None and read.is_sure and read.text != right
    ]
    number = reading.field(FieldName.DOCUMENT_NUMBER)
    if number is not None and number.is_sure:
        packed = "".join(truth)
        if number.text.replace("<", "") not in packed.replace("<", ""):
            found.append(f"{name}: document_number")
    return found


ID_FIELDS = {
    "name": FieldName.NAME,
    "sex": FieldName.SEX,
    "nation": FieldName.ETHNICITY,
    "id": FieldName.ID_NUMBER,
    "addr": FieldName.ADDRESS,
    "auth": FieldName.AUTHORITY,
}


def identity_cards(folder: Path, reader: LocalDocumentReader, seeds: int) -> Figures:
    """Exact fields of resident cards; a sure number that is wrong is a silent error."""
    truth = json.loads((folder / "truth.json").read_text())
    exact: dict[str, list[int]] = defaultdict(list)
    times, silent = [], []
    for seed, (name, entry) in enumerate(sorted(truth.items())):
        kind = DocumentKind.RESIDENT_ID_BACK if "back" in name else DocumentKind.RESIDENT_ID_FRONT
        started = time.process_time()
        reading = reader.read((folder / name).read_bytes(), kind, never())
        times.append(time.process_time() - started)
        for key, right in _expected(entry).items():
            exact[key].append(_got(reading, key) == right)
        silent += _wrong_number(name, reading, entry)
        for turn in range(seeds if "front" in name else 0):
            for damage, copy in worse(load(folder / name), seed * 100 + turn):
                again = reader.read(jpeg(copy), kind, never())
                silent += _wrong_number(f"{name} {damage}", again, entry)
    figures: Figures = {f"exact_{key}": f"{sum(hits)}/{len(hits)}" for key, hits in exact.items()}
    figures["fields_exact"] = sum(sum(hits) for hits in exact.values())
    figures["fields"] = sum(len(hits) for hits in exact.values())
    figures["cpu_s_median"] = float(np.median(times))
    figures["silent_errors"] = silent
    return figures


def _expected(entry: dict[str, str]) -> dict[str, str]:
    wanted = {key: entry[key] for key in ID_FIELDS if key in entry}
    if "y" in entry:
        wanted["birth"] = f"{entry['y']}-{int(entry['m']):02d}-{int(entry['d']):02d}"
    if "valid" in entry:
        wanted["valid"] = entry["valid"]
    return wanted


def _got(reading: Reading, key: str) -> str:
    if key == "birth":
        return reading.text(FieldName.BIRTH_DATE)
    if key == "valid":
        start, end = (reading.text(name) for name in (FieldName.VALID_FROM, FieldName.VALID_UNTIL))
        return f"{start.replace('-', '.')}-{end.replace('-', '.')}"
    return reading.text(ID_FIELDS[key])


def _wrong_number(name: str, reading: Reading, entry: dict[str, str]) -> list[str]:
    read = reading.field(FieldName.ID_NUMBER)
    is_silent = read is not None and read.is_sure and read.text != entry.get("id")
    return [f"{name}: id_number"] if is_silent else []


def barcodes(folder: Path) -> Figures:
    """Read rates per symbology beside the plain library and OpenCV's QR reader."""
    ours: dict[str, list[int]] = defaultdict(list)
    plain: dict[str, list[int]] = defaultdict(list)
    opencv: list[int] = []
    false_reads, times = [], []
    for path in sorted(folder.glob("*/*")):
        if path.suffix not in (".png", ".jpg", ".webp"):
            continue
        if cv2.imread(str(path), cv2.IMREAD_COLOR) is None:
            continue
        picture = load(path)
        group = path.parent.name.rsplit("-", maxsplit=1)[0]
        started = time.process_time()
        texts = {_one_line(code.text) for code in read_codes(picture)}
        times.append(time.process_time() - started)
        if group == "falsepositives":
            false_reads += [path.name] if texts else []
            continue
        truth = path.with_suffix(".txt")
        if not truth.exists() or group == "multi":
            continue
        right = _one_line(truth.read_text(encoding="utf-8", errors="replace"))
        ours[group].append(right in texts)
        library = {_one_line(code.text) for code in zxingcpp.read_barcodes(picture)}
        plain[group].append(right in library)
        if group == "qrcode":
            answer, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
            opencv.append(_one_line(answer) == right)
    figures: Figures = {"false_reads": false_reads, "cpu_ms_median": float(np.median(times)) * 1000}
    for group, hits in ours.items():
        figures[f"{group}_of_{len(hits)}"] = sum(hits)
        figures[f"{group}_plain_zxing"] = sum(plain[group])
    figures["qrcode_opencv"] = sum(opencv)
    return figures


def _one_line(text: str) -> str:
    return " ".join(text.split())


FOUND = 0.8
"""An outline that covers less is of something else; its corners are no error of a few pixels."""


def pages(folder: Path) -> Figures:
    """Overlap of the outline with corners read by eye, frames scaled to 1920 pixels."""
    truth = json.loads((folder / "corners.json").read_text())
    figures: Figures = {}
    for name, search in (("fast", locate_fast), ("thorough", locate_thorough)):
        overlaps, errors, accepted_wrong, times = [], [], [], []
        for file, entry in sorted(truth.items()):
            corners = entry.get("corners_tl_tr_br_bl")
            if not corners:
                continue
            picture = load(folder / file)
            scale = 1920 / max(picture.shape[:2])
            picture = cv2.resize(picture, None, fx=scale, fy=scale).astype(np.uint8)
            started = time.process_time()
            outline = search(picture)
            times.append(time.process_time() - started)
            quad = ordered(np.array(corners, np.float32) * scale)
            found = overlap(as_quad(outline), quad) if outline else 0.0
            overlaps.append(found)
            if outline and found >= FOUND:
                errors.append(movement(ordered(as_quad(outline)), quad))
            if outline and outline.score > 0.85 and found < 0.9:
                accepted_wrong.append(file)
        figures[f"{name}_iou_median"] = float(np.median(overlaps))
        figures[f"{name}_corner_error_px_median"] = float(np.median(errors))
        figures[f"{name}_at_least_0.9"] = sum(value >= 0.9 for value in overlaps)
        figures[f"{name}_pages"] = len(overlaps)
        figures[f"{name}_cpu_ms_median"] = float(np.median(times)) * 1000
        figures[f"{name}_sure_but_wrong"] = accepted_wrong
    return figures


def gate(folder: Path) -> Figures:
    """Precision and recall of BLURRED; the truth is a blur of 3 px against 1 px at 1000 px."""
    caught = missed = false = right = 0
    for path in sorted(folder.glob("*.*g")):
        picture = load(path)
        high, wide = picture.shape[:2]
        if wide < 450:
            continue
        outline = _whole(wide, high)
        for sigma, is_blurred in ((0.0, False), (1.0, False), (3.0, True), (4.0, True)):
            copy = picture
            if sigma:
                copy = cv2.GaussianBlur(picture, (0, 0), sigma * wide / 1000).astype(np.uint8)
            hints = quality.judge(copy, outline, DocumentKind.MRZ).hints
            says = Hint.BLURRED in hints
            caught += says and is_blurred
            missed += is_blurred and not says
            false += says and not is_blurred
            right += not says and not is_blurred
    return {
        "blur_recall": caught / max(1, caught + missed),
        "blur_precision": caught / max(1, caught + false),
        "sharp_accepted": right / max(1, right + false),
    }


def _whole(wide: int, high: int) -> Outline:
    corners = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
    return as_outline(corners, 1.0)


def guidance(folder: Path) -> Figures:
    """Frames a second of outline and gate together at 1280 × 720 on one core."""
    times = []
    for path in sorted(folder.glob("*.*g")):
        picture = cv2.resize(load(path), (1280, 720)).astype(np.uint8)
        for _ in range(3):
            started = time.process_time()
            outline = locate_fast(picture)
            quality.judge(picture, outline, DocumentKind.AUTO)
            times.append(time.process_time() - started)
    return {
        "frames_per_cpu_s": 1 / float(np.median(times)),
        "cpu_ms": float(np.median(times)) * 1000,
    }
