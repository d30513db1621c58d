"""The files of a simulated travel document."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from datetime import date

from PIL import Image, ImageDraw

from counter_app.devices.card import tlv
from counter_app.devices.card.emrtd.data_groups import LIST_OF_GROUPS
from counter_app.domain.mrz import MrzKey, check_digit, parse_chip_mrz

PHOTO_SIDE_PX = (300, 400)
JPEG_TYPE, JPEG_2000_TYPE = 0, 1


@dataclass(frozen=True, slots=True)
class Holder:
    """An invented person and their document.

    Attributes:
        zone: The machine readable zone as data group 1 holds it, 88 or 90 characters.
        native_name: Name in the person's own script, for data group 11; may be empty.
        issued_on: Day of issue, for data group 12.
        photo: JPEG or JPEG 2000 bytes.
    """

    zone: str = field(repr=False)
    native_name: str = field(repr=False)
    issued_on: date
    photo: bytes = field(repr=False)

    def key(self) -> MrzKey:
        """Return what opens the chip."""
        return parse_chip_mrz(self.zone).key()

    def second_line(self) -> str:
        """Return the printed line that holds the key."""
        return self.zone[44:] if len(self.zone) == 88 else self.zone[:30]


def passport_zone(name: str, number: str, born: date, expires: date, sex: str) -> str:
    """Return the two lines of a passport of Utopia, joined.

    Args:
        name: Latin letters, family name before `<<`.
        number: Up to nine characters.
        born: Day of birth.
        expires: Last day of validity.
        sex: M, F or `<`.
    """
    parts = [number.ljust(9, "<"), f"{born:%y%m%d}", f"{expires:%y%m%d}"]
    checked = [f"{part}{check_digit(part)}" for part in parts]
    optional = "<" * 14 + "0"
    low = f"{checked[0]}UTO{checked[1]}{sex}{checked[2]}{optional}"
    composite = check_digit(checked[0] + checked[1] + checked[2] + optional)
    return f"P<UTO{name}".ljust(44, "<") + f"{low}{composite}"


def permit_zone(number: str, born: date, expires: date, names: str) -> str:
    """Return the 90 characters of a travel permit to Hong Kong and Macao.

    Args:
        number: Nine characters.
        born: Day of birth.
        expires: Last day of validity.
        names: The coded Chinese name (12), the Latin name (18) and the sex (1).
    """
    parts = [
        f"{part}{check_digit(part)}" for part in (number, f"{expires:%y%m%d}", f"{born:%y%m%d}")
    ]
    line = f"CS{parts[0]}<{parts[1]}<{parts[2]}<{check_digit(''.join(parts))}"
    return f"{line}{names}0000000110".ljust(90, "<")


def demo_photo(noise: int = 0, kind: str = "JPEG") -> bytes:
    """Draw a portrait that shows nobody.

    Args:
        noise: Dots that make the file larger.
        kind: "JPEG" or "JPEG2000".
    """
    image = Image.new("RGB", PHOTO_SIDE_PX, (214, 226, 236))
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 70, 210, 230), fill=(196, 164, 140))
    draw.ellipse((30, 260, 270, 520), fill=(70, 84, 110))
    dots = random.Random(20261123)  # noqa: S311 - a picture, not a secret
    for _ in range(noise):
        x, y = dots.randrange(PHOTO_SIDE_PX[0]), dots.randrange(PHOTO_SIDE_PX[1])
        image.putpixel((x, y), (dots.randrange(256),) * 3)
    out = io.BytesIO()
    if kind == "JPEG":
        image.save(out, "JPEG", quality=75)
    else:
        image.save(out, "JPEG2000", quality_mode="rates", quality_layers=[20])
    return out.getvalue()


def group1(zone: str) -> bytes:
    """Return data group 1."""
    return tlv.encode(0x61, tlv.encode(0x5F1F, zone.encode()))


def group2(photo: bytes) -> bytes:
    """Return data group 2 with one portrait."""
    kind = JPEG_TYPE if photo.startswith(b"\xff\xd8") else JPEG_2000_TYPE
    width, height = PHOTO_SIDE_PX
    face = bytes(2) + bytes(14)
    image = bytes([1, kind]) + width.to_bytes(2, "big") + height.to_bytes(2, "big") + bytes(6)
    block = (4 + len(face) + len(image) + len(photo)).to_bytes(4, "big") + face + image + photo
    record = b"FAC\x00010\x00" + (14 + len(block)).to_bytes(4, "big") + b"\x00\x01" + block
    head = tlv.encode(
        0xA1,
        b"\x80\x02\x01\x01\x81\x01\x02\x87\x02\x01\x01\x88\x02\x00\x08",
    )
    template = tlv.encode(0x7F60, head + tlv.encode(0x5F2E, record))
    return tlv.encode(0x75, tlv.encode(0x7F61, b"\x02\x01\x01" + template))


def group11(native_name: str) -> bytes:
    """Return data group 11 with the name in the person's own script."""
    listed = tlv.encode(0x5C, bytes.fromhex("5F0E"))
    return tlv.encode(0x6B, listed + tlv.encode(0x5F0E, native_name.encode()))


def group12(authority: str, issued_on: date) -> bytes:
    """Return data group 12 with the authority and day of issue."""
    listed = tlv.encode(0x5C, bytes.fromhex("5F195F26"))
    day = tlv.encode(0x5F26, f"{issued_on:%Y%m%d}".encode())
    return tlv.encode(0x6C, listed + tlv.encode(0x5F19, authority.encode()) + day)


def list_of_groups(numbers: list[int]) -> bytes:
    """Return EF.COM."""
    tags = {number: tag for tag, number in LIST_OF_GROUPS.items()}
    listed = bytes(tags[number] for number in sorted(numbers))
    version = tlv.encode(0x5F01, b"0107") + tlv.encode(0x5F36, b"040000")
    return tlv.encode(0x60, version + tlv.encode(0x5C, listed))
