"""The portrait of data group 2.

Source: ICAO Doc 9303-10, section 4.7.2; ISO/IEC 19794-5:2005 section 5.
"""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from counter_app.devices.card import tlv
from counter_app.domain.travel_document import ChipPhoto, PhotoFormat
from counter_app.errors import CounterError, FailureCode

JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
JPEG_2000_STARTS = (b"\x00\x00\x00\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")
FACE_RECORD = b"FAC\x00"
RECORD_HEADER, FACE_HEADER, POINT, IMAGE_HEADER = 14, 20, 8, 12
MOST_SIDE_PX = 4096
_UNDECODABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
)


def parse_group2(file: bytes) -> ChipPhoto | None:
    """Take the first portrait out of data group 2.

    Args:
        file: The whole file with its tag 75.

    Returns:
        The photo, with a picture any viewer shows; None when it cannot be decoded.

    Raises:
        CounterError: CARD_PROTOCOL, the file is broken.
    """
    template = tlv.need(file, 0x75, 0x7F61, 0x7F60)
    block = tlv.find(template, 0x5F2E) or tlv.need(template, 0x7F2E)
    stored = _in_record(block) or _anywhere(block)
    if stored.startswith(JPEG_START):
        return _shown(stored, PhotoFormat.JPEG)
    if stored.startswith(JPEG_2000_STARTS):
        return _shown(stored, PhotoFormat.JPEG_2000)
    return None


def _in_record(block: bytes) -> bytes:
    """Return the first portrait of a face record, empty when it is none or its lengths are off."""
    begin = block.find(FACE_RECORD)
    if begin < 0 or len(block) < begin + RECORD_HEADER + FACE_HEADER:
        return b""
    face = block[begin + RECORD_HEADER :]
    length = int.from_bytes(face[:4], "big")
    points = int.from_bytes(face[4:6], "big")
    start = FACE_HEADER + points * POINT + IMAGE_HEADER
    return face[start:length] if start < length <= len(face) else b""


def _anywhere(block: bytes) -> bytes:
    """Return what follows the first start of a picture, for records of other layouts."""
    starts = (JPEG_START, *JPEG_2000_STARTS)
    places = [place for place in map(block.find, starts) if place >= 0]
    if not places:
        if block.startswith(FACE_RECORD):
            return b""
        raise CounterError(FailureCode.CARD_PROTOCOL, group=2, record="header")
    stored = block[min(places) :]
    end = stored.rfind(JPEG_END) if stored.startswith(JPEG_START) else -1
    return stored[: end + len(JPEG_END)] if end > 0 else stored


def _shown(stored: bytes, stored_format: PhotoFormat) -> ChipPhoto | None:
    kind = "JPEG" if stored_format is PhotoFormat.JPEG else "JPEG2000"
    try:
        with Image.open(io.BytesIO(stored), formats=[kind]) as image:
            if max(image.size) > MOST_SIDE_PX:
                return None
            image.load()
            picture = stored if stored_format is PhotoFormat.JPEG else _png(image)
            return ChipPhoto(stored, stored_format, picture, *image.size)
    except _UNDECODABLE:
        return None


def _png(image: Image.Image) -> bytes:
    plain = image if image.mode in ("L", "RGB") else image.convert("RGB")
    out = io.BytesIO()
    plain.save(out, "PNG")
    return out.getvalue()
