"""Invented documents in other type than the shipped specimens': layout only, no artwork."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from counter_app.devices.camera.specimen_ink import font
from counter_app.domain.identity_number import check_character
from counter_app.domain.mrz_fields import check_digit
from counter_app.ports.camera import Pixels

STATES = ("CHN", "DEU", "D", "FRA", "VNM", "KOR", "THA", "RUS", "IND", "USA", "NGA", "UTO", "BRA")
SURNAMES = ("WANG", "MUELLER", "OUEDRAOGO", "KIM", "DE<LA<CRUZ", "SMITH", "LI", "NGUYEN", "ZHUO",
            "IVANOVA", "SINGH", "OKOYE", "QUIXOTE", "BOOSS", "XU", "GUO")  # fmt: skip
GIVEN = ("XIAOMING", "ANNA<MARIA", "JO", "MIN<SU", "OLGA", "BOB", "SOPHIE<ZOE", "GUOQING", "LIZ",
         "IDA", "QING", "VAN<ANH")  # fmt: skip
LAYOUTS = ("td3", "td1", "td2", "mrv_a", "mrv_b")
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨欧阳司马诸葛"
RARE = "伟芳娜敏静磊洋艳勇军杰娟涛明超霞平刚桂喆堃淼焱赟翀昉玥犇骉"
PLACES = "样本省样本市样本区样本县幸福和平解放建设路街巷村组号楼单元室弄栋"
PEOPLES = ("汉", "满", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "侗", "瑶",
           "白", "土家", "哈萨克", "傣", "黎", "佤", "畲", "锡伯", "塔吉克", "鄂温克")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Faces:
    """The type used.

    Attributes:
        folder: Searched for files by name; without it everything is set in the bundled type.
    """

    folder: Path | None = None

    def find(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        """Return a face; the first file of that name anywhere below the folder."""
        if self.folder is None:
            return font(size)
        return ImageFont.truetype(str(next(self.folder.rglob(name))), size)


def zone(layout: str, chance: np.random.Generator) -> list[str]:
    """Return the lines of an invented travel document."""
    state = str(chance.choice(STATES)).ljust(3, "<")
    number = "".join(chance.choice(list(ALPHANUMERIC), int(chance.integers(7, 10)))).ljust(9, "<")
    number += str(check_digit(number))
    born, expires = _day(chance, 40, 99), _day(chance, 26, 36)
    sex = str(chance.choice(("M", "F", "<")))
    name = f"{chance.choice(SURNAMES)}<<{chance.choice(GIVEN)}"
    spare = "".join(chance.choice(list(ALPHANUMERIC + "<<<<"), 15))
    match layout:
        case "td1":
            rest = spare[:15] if chance.random() < 0.3 else "<" * 15
            packed = f"{number}{rest}"
            tail = "<" * 11
            whole = packed + born + expires + tail
            return [f"I<{state}{packed}", f"{born}{sex}{expires}{state}{tail}{check_digit(whole)}",
                    name.ljust(30, "<")[:30]]  # fmt: skip
        case "td2":
            tail = spare[:7]
            whole = number + born + expires + tail
            return [f"I<{state}{name}".ljust(36, "<")[:36],
                    f"{number}{state}{born}{sex}{expires}{tail}{check_digit(whole)}"]  # fmt: skip
        case "mrv_a":
            return [f"V<{state}{name}".ljust(44, "<")[:44],
                    f"{number}{state}{born}{sex}{expires}{spare}<"]  # fmt: skip
        case "mrv_b":
            return [f"V<{state}{name}".ljust(36, "<")[:36],
                    f"{number}{state}{born}{sex}{expires}{spare[:8]}"]  # fmt: skip
        case _:
            personal = spare[:14] + str(check_digit(spare[:14]))
            whole = number + born + expires + personal
            low = f"{number}{state}{born}{sex}{expires}{personal}{check_digit(whole)}"
            return [f"P<{state}{name}".ljust(44, "<")[:44], low]


def _day(chance: np.random.Generator, first: int, last: int) -> str:
    year, month = chance.integers(first, last), chance.integers(1, 13)
    day = f"{year:02d}{month:02d}{chance.integers(1, 29):02d}"
    return day + str(check_digit(day))


def travel_document(lines: list[str], faces: Faces, chance: np.random.Generator) -> Pixels:
    """Return the data page; 12 pixels per millimetre."""
    size = {30: (1027, 648), 36: (1260, 888), 44: (1500, 1056)}[len(lines[0])]
    image = _paper(size, chance)
    pen = ImageDraw.Draw(image)
    wide, high = size
    pen.rectangle((50, 120, 50 + wide // 4, 120 + wide // 3), fill=_tint(chance, 90, 180))
    plain = faces.find("LiberationSans-Regular.ttf", 26)
    for row in range(5):
        text = "".join(chr(c) for c in chance.integers(65, 91, 14))
        pen.text((90 + wide // 4, 120 + 60 * row), text, (40, 40, 60), plain)
    face = str(chance.choice(("OCRB.otf", "OCRB.otf", "OCRBF.otf", "LiberationMono-Regular.ttf")))
    type_face = faces.find(face, 100)
    pitch = 12 * 2.54
    glyphs = faces.find(face, round(100 * pitch / type_face.getlength("0")))
    top = high - 12 * 6.35 * len(lines) - 12 * 3
    ink = _tint(chance, 10, 60)
    for row, line in enumerate(lines):
        for column, mark in enumerate(line):
            at = ((wide - pitch * len(line)) / 2 + pitch * (column + 0.5), top + 76.2 * (row + 0.7))
            pen.text(at, mark, ink, glyphs, anchor="ms")
    return _pixels(image)


def _paper(size: tuple[int, int], chance: np.random.Generator) -> Image.Image:
    wide, high = size
    base = np.ones((high, wide, 3)) * chance.uniform(195, 245, 3)
    y, x = np.mgrid[0:high, 0:wide]
    for _ in range(3):
        waves = np.sin(x / chance.uniform(6, 30) + 3 * np.sin(y / chance.uniform(20, 60)))
        base += chance.uniform(2, 9) * waves[:, :, None] * chance.uniform(-1, 1, 3)
    return Image.fromarray(np.clip(base, 0, 255).astype(np.uint8))


def _tint(chance: np.random.Generator, low: int, high: int) -> tuple[int, int, int]:
    red, green, blue = (int(c) for c in chance.integers(low, high, 3))
    return red, green, blue


def _pixels(image: Image.Image) -> Pixels:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def resident(chance: np.random.Generator) -> dict[str, str]:
    """Return the facts of an invented resident."""
    born = f"{chance.integers(1940, 2010)}{chance.integers(1, 13):02d}{chance.integers(1, 29):02d}"
    area = str(chance.choice(("110199", "440399", "510199", "659001", "820000", "310115")))
    stem = f"{area}{born}{chance.integers(1, 999):03d}"
    family = str(chance.choice([*FAMILY[:16], "欧阳", "司马", "诸葛"]))
    name = family + "".join(chance.choice(list(RARE), int(chance.integers(1, 3))))
    address = "样本省样本市" + "".join(chance.choice(list(PLACES), int(chance.integers(8, 22))))
    years = int(chance.choice((5, 10, 20)))
    year, month = chance.integers(2015, 2025), chance.integers(1, 13)
    start = f"{year}.{month:02d}.{chance.integers(1, 29):02d}"
    return {
        "name": name,
        "sex": "男" if int(stem[16]) % 2 else "女",
        "ethnicity": str(chance.choice(PEOPLES)),
        "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}",
        "address": address,
        "id_number": stem + check_character(stem),
        "authority": "样本市公安局" + str(chance.choice(("和平分局", "幸福分局", ""))),
        "valid": f"{start}-{int(start[:4]) + years}{start[4:]}" if years < 20 else f"{start}-长期",
    }


def resident_front(facts: dict[str, str], faces: Faces, chance: np.random.Generator) -> Pixels:
    """Return the portrait side; 12 pixels per millimetre."""
    image = _paper((1027, 648), chance)
    pen = ImageDraw.Draw(image)
    chinese = str(chance.choice(("wqy-zenhei.ttc", "gbsn00lp.ttf", "wqy-zenhei.ttc")))
    pale, ink = (110, 140, 175), _tint(chance, 5, 45)
    label, value = faces.find(chinese, 30), faces.find(chinese, 36)
    year, month, day = facts["birth_date"].split("-")
    for y, text in ((115, "姓 名"), (190, "性 别"), (265, "出 生"), (335, "住 址")):
        pen.text((75, y), text, pale, label, anchor="lm")
    pen.text((320, 190), "民 族", pale, label, anchor="lm")
    pen.text((190, 115), facts["name"], ink, faces.find(chinese, 42), anchor="lm")
    pen.text((190, 190), facts["sex"], ink, value, anchor="lm")
    pen.text((420, 190), facts["ethnicity"], ink, value, anchor="lm")
    parts = ((190, year, "年"), (325, str(int(month)), "月"), (415, str(int(day)), "日"))
    for x, text, mark in parts:
        pen.text((x, 265), text, ink, value, anchor="lm")
        pen.text((x + (95 if mark == "年" else 50), 265), mark, pale, label, anchor="lm")
    for row, start in enumerate(range(0, len(facts["address"]), 11)):
        text = facts["address"][start : start + 11]
        pen.text((190, 338 + 50 * row), text, ink, value, anchor="lm")
    pen.text((75, 560), "公民身份号码", pale, label, anchor="lm")
    digits = faces.find(str(chance.choice(("OCRB.otf", "LiberationSans-Regular.ttf"))), 46)
    for place, mark in enumerate(facts["id_number"]):
        pen.text((330 + 31 * place, 576), mark, ink, digits, anchor="ms")
    pen.rounded_rectangle((690, 90, 950, 440), 20, fill=_tint(chance, 140, 220))
    pen.ellipse((760, 150, 880, 300), fill=_tint(chance, 90, 160))
    return _pixels(image)


def resident_back(facts: dict[str, str], faces: Faces, chance: np.random.Generator) -> Pixels:
    """Return the side with the authority; 12 pixels per millimetre."""
    image = _paper((1027, 648), chance)
    pen = ImageDraw.Draw(image)
    chinese = str(chance.choice(("wqy-zenhei.ttc", "gbsn00lp.ttf")))
    pen.ellipse((70, 60, 220, 210), fill=(200, 70, 60))
    pen.text((600, 110), "中华人民共和国", (20, 20, 20), faces.find(chinese, 62), anchor="mm")
    pen.text((600, 210), "居民身份证", (20, 20, 20), faces.find(chinese, 88), anchor="mm")
    rows = ((470, "签发机关", facts["authority"]), (555, "有效期限", facts["valid"]))
    for y, label, text in rows:
        pen.text((330, y), label, (60, 60, 70), faces.find(chinese, 32), anchor="rm")
        pen.text((370, y), text, (15, 15, 15), faces.find(chinese, 36), anchor="lm")
    return _pixels(image)
