"""The files of an invented traveller, laid out by hand."""

from __future__ import annotations

import io

from PIL import Image

from tests.contract.card.foreign.secure import ber

LINES = (
    "P<UTOTESTER<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<",
    "X000000178UTO9003071F3012312<<<<<<<<<<<<<<<0",
)


def digit(text: str) -> str:
    values = [0 if mark == "<" else int(mark, 36) for mark in text]
    return str(sum(v * (7, 3, 1)[n % 3] for n, v in enumerate(values)) % 10)


def zone(number: str = "X00000017", born: str = "900307", ends: str = "301231") -> str:
    parts = [one + digit(one) for one in (number, born, ends)]
    low = f"{parts[0]}UTO{parts[1]}F{parts[2]}" + "<" * 15
    return "P<UTOTESTER<<ANNA<MARIA".ljust(44, "<") + low + digit("".join(parts) + "<" * 15)


KEY = "".join(one + digit(one) for one in ("X00000017", "900307", "301231"))


def jpeg(side: int = 120, quality: int = 90) -> bytes:
    picture = Image.effect_noise((side, side), 60).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def jpeg_2000(*, bare: bool = False) -> bytes:
    picture = Image.effect_noise((100, 130), 40)
    out = io.BytesIO()
    picture.save(out, "JPEG2000", no_jp2=bare)
    return out.getvalue()


def group1(text: str = "") -> bytes:
    return ber("61", ber("5F1F", (text or zone()).encode()))


def face(image: bytes, points: int = 0) -> bytes:
    body = bytes([0, points]).rjust(2, b"\0") + bytes(14) + bytes(8 * points)
    body += bytes([1, 0]) + bytes(10) + image
    return (4 + len(body)).to_bytes(4, "big") + body


def record(*images: bytes, points: int = 0) -> bytes:
    faces = b"".join(face(image, points) for image in images)
    total = (14 + len(faces)).to_bytes(4, "big")
    return b"FAC\x00010\x00" + total + len(images).to_bytes(2, "big") + faces


def template(block: bytes, tag: str = "5F2E") -> bytes:
    header = ber("A1", bytes.fromhex("80020101810102830200008702010188020008"))
    return ber("7F60", header, ber(tag, block, pad_length=2))


def group2(*templates: bytes) -> bytes:
    count = ber("02", bytes([len(templates)]))
    return ber("75", ber("7F61", count, *templates, pad_length=3), pad_length=3)


def group11() -> bytes:
    listed = ber("5C", bytes.fromhex("5F0E5F115F42"))
    place = ber("5F42", "样本市<样本区".encode())
    return ber("6B", listed, ber("5F0E", "样本<<戊".encode()), ber("5F11", b"UTOPIA"), place)


def group12() -> bytes:
    listed = ber("5C", bytes.fromhex("5F195F26"))
    return ber("6C", listed, ber("5F19", b"UTOPIA"), ber("5F26", bytes.fromhex("20210304")))


def index(*tags: str) -> bytes:
    listed = ber("5C", bytes.fromhex("".join(tags)))
    return ber("60", ber("5F01", b"0108"), ber("5F36", b"040000"), listed)
