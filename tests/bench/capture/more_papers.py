"""More invented documents: licences, bank cards, permits and labels, in other type and places."""

from __future__ import annotations

import io

import cv2
import numpy as np
import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from counter_app.domain.mrz_fields import check_digit
from counter_app.domain.uscc import ALPHABET, WEIGHTS
from counter_app.ports.camera import Pixels
from tests.bench.capture.papers import ALPHANUMERIC, FAMILY, RARE, Faces

Truth = dict[str, str]
CHINESE = ("wqy-zenhei.ttc", "gbsn00lp.ttf", "gkai00mp.ttf", "cwfs.ttf")
INK = (25, 22, 20)
KINDS = ("有限责任公司（自然人独资）", "个体工商户", "有限责任公司", "股份有限公司", "个人独资企业")
TRADES = ("日用百货", "餐饮服务", "五金交电", "服装鞋帽", "水果零售", "图文设计")
FORMATS = ("Code128", "Code39", "EAN13", "QRCode", "DataMatrix")


def uscc(chance: np.random.Generator) -> str:
    """Return an invented credit code whose check character is right."""
    stem = "92" + "440300" + "".join(chance.choice(list(ALPHABET), 9))
    total = sum(ALPHABET.index(mark) * weight for mark, weight in zip(stem, WEIGHTS, strict=True))
    return stem + ALPHABET[(31 - total % 31) % 31]


def licence(chance: np.random.Generator, faces: Faces) -> tuple[Pixels, Truth]:
    """Return a licence, lying or standing, half of them with a code to scan."""
    code, kind = uscc(chance), str(chance.choice(KINDS))
    who = str(chance.choice(list(FAMILY[:16]))) + "".join(chance.choice(list(RARE[:13]), 2))
    day = f"{chance.integers(2001, 2025)}-{chance.integers(1, 13):02d}-{chance.integers(1, 29):02d}"
    year, month, date = day.split("-")
    name = "样本市" + "".join(chance.choice(list("和平幸福安康兴旺顺达丰源"), 3))
    name += str(chance.choice(TRADES))[:2] + ("商行" if kind == "个体工商户" else "有限公司")
    truth = {"uscc": code, "company_name": name, "company_type": kind.replace("（", "(")
             .replace("）", ")"), "responsible_person": who, "founded_on": day}  # fmt: skip
    is_trader = kind == "个体工商户"
    rows = [
        ("名称", name),
        ("类型", kind),
        ("经营者" if is_trader else "法定代表人", who),
        ("注册日期" if is_trader else "成立日期", f"{year}年{month}月{date}日"),
        ("经营场所" if is_trader else "住所", f"样本省样本市和平路{chance.integers(1, 999)}号"),
        ("经营范围", f"{chance.choice(TRADES)}；{chance.choice(TRADES)}。"),
    ]
    if not is_trader:
        rows.insert(3, ("注册资本", f"{chance.choice(('壹佰', '伍拾', '叁佰'))}万元整"))
    lies = bool(chance.random() < 0.5)
    draw = _lying if lies else _standing
    return draw(rows, code, bool(chance.random() < 0.5), faces, chance), truth


def _lying(
    rows: list[tuple[str, str]], code: str, scans: object, faces: Faces, chance: np.random.Generator
) -> Pixels:
    image = Image.new("RGB", (2376, 1680), _cream(chance))
    pen, face = ImageDraw.Draw(image), str(chance.choice(CHINESE[:2]))
    _frame(pen, image.size)
    pen.text((1188, 300), "营业执照", INK, faces.find(face, 150), anchor="mm")
    pen.text((1188, 430), "（副 本）", INK, faces.find(face, 56), anchor="mm")
    pen.text((190, 250), "统一社会信用代码", INK, faces.find(face, 42))
    pen.text((190, 312), code, INK, faces.find("LiberationSans-Regular.ttf", 48))
    half = -(-len(rows) // 2)
    for number, (label, value) in enumerate(rows):
        x, y = (190, 1260)[number >= half], 620 + 130 * (number % half)
        pen.text((x, y), _spread(label), (90, 60, 30), faces.find(face, 44))
        pen.text((x + 290, y), value, INK, faces.find(face, 44))
    _foot(image, (1560, 1280), faces, face)
    if scans:
        image.paste(_square(code, 300), (1880, 200))
    return _pixels(image)


def _standing(
    rows: list[tuple[str, str]], code: str, scans: object, faces: Faces, chance: np.random.Generator
) -> Pixels:
    image = Image.new("RGB", (1680, 2376), _cream(chance))
    pen, face = ImageDraw.Draw(image), str(chance.choice(CHINESE[:2]))
    _frame(pen, image.size)
    pen.text((840, 470), "营业执照", INK, faces.find(face, 170), anchor="mm")
    pen.text((840, 640), f"统一社会信用代码  {code}", INK, faces.find(face, 44), anchor="mm")
    for number, (label, value) in enumerate(rows):
        y = 800 + 125 * number
        pen.text((220, y), _spread(label), (40, 40, 40), faces.find(face, 48))
        pen.text((560, y), value, INK, faces.find(face, 48))
    _foot(image, (1000, 1900), faces, face)
    if scans:
        image.paste(_square(code, 280), (240, 1880))
    return _pixels(image)


def _spread(label: str) -> str:
    return "    ".join(label) if len(label) == 2 else label


def _cream(chance: np.random.Generator) -> tuple[int, int, int]:
    return tuple(int(v) for v in (250, 248, 238) - chance.uniform(0, 14, 3))  # type: ignore[return-value] # three numbers stay three


def _frame(pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    for inset, width in ((50, 16), (84, 4)):
        pen.rectangle((inset, inset, size[0] - inset, size[1] - inset), None, (176, 140, 70), width)


def _foot(image: Image.Image, at: tuple[int, int], faces: Faces, face: str) -> None:
    pen = ImageDraw.Draw(image, "RGBA")
    pen.text(at, "登记机关", INK, faces.find(face, 54))
    pen.text((at[0] + 160, at[1] + 130), "2020 年 5 月 6 日", INK, faces.find(face, 46))
    x, y = at[0] + 330, at[1] + 60
    pen.ellipse((x - 150, y - 150, x + 150, y + 150), outline=(205, 40, 40, 170), width=9)
    pen.text((x, y), "样本专用章", (205, 40, 40, 170), faces.find(face, 46), anchor="mm")


def _square(code: str, side: int) -> Image.Image:
    stream = io.BytesIO()
    text = f"http://www.gsxt.gov.cn/index.html?uniscid={code}"
    segno.make_qr(text, error="m").save(stream, kind="png", border=3, scale=6)
    return Image.open(stream).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)


def bank_card(chance: np.random.Generator, faces: Faces) -> tuple[Pixels, Truth]:
    """Return a bank card: embossed, flat or upright, 16 or 19 digits."""
    length = int(chance.choice((16, 19)))
    stem = "62" + "".join(chance.choice(list("0123456789"), length - 3))
    number = stem + _luhn(stem)
    expiry = f"{chance.integers(1, 13):02d}/{chance.integers(26, 36)}"
    style = str(chance.choice(("embossed", "flat", "upright")))
    size = (648, 1027) if style == "upright" else (1027, 648)
    image = _ground(size, chance)
    dark = np.asarray(image).mean() > 140
    ink = (30, 30, 35) if dark else (235, 235, 230)
    pen, face = ImageDraw.Draw(image), str(chance.choice(CHINESE[:3]))
    pen.text((60, 60), "样本银行", ink, faces.find(face, 60))
    pen.text((60, 135), "SAMPLE BANK", ink, faces.find("LiberationSans-Bold.ttf", 26))
    pen.rounded_rectangle((90, 220, 220, 315), 14, fill=(205, 180, 95))
    if style == "upright":
        face_name = str(chance.choice(("LiberationSans-Regular.ttf", "LiberationMono-Bold.ttf")))
        for row, start in enumerate(range(0, length, 4)):
            text = number[start : start + 4]
            pen.text((90, 420 + 85 * row), text, ink, faces.find(face_name, 66))
        pen.text((90, 880), f"VALID THRU {expiry}", ink, faces.find(face_name, 36))
        return _pixels(image), {"card_number": number, "card_expiry": expiry}
    groups = " ".join(number[i : i + 4] for i in range(0, 16, 4)) + (
        " " + number[16:] if length > 16 else ""
    )
    name = "OCRA.ttf" if style == "embossed" else "LiberationSans-Bold.ttf"
    size_px = 58 if length == 16 else 48
    big, small = faces.find(name, size_px), faces.find("LiberationSans-Regular.ttf", 34)
    if style == "embossed":
        image = _embossed(image, (75, 360), groups, big, ink)
        pen = ImageDraw.Draw(image)
    else:
        pen.text((75, 360), groups, ink, big)
    pen.text((430, 470), f"VALID THRU {expiry}", ink, small)
    return _pixels(image), {"card_number": number, "card_expiry": expiry}


def _luhn(stem: str) -> str:
    total = sum(
        sum(divmod(2 * int(digit), 10)) if place % 2 == 0 else int(digit)
        for place, digit in enumerate(reversed(stem))
    )
    return str(-total % 10)


def _ground(size: tuple[int, int], chance: np.random.Generator) -> Image.Image:
    wide, high = size
    y, x = np.mgrid[0:high, 0:wide]
    one, other = chance.uniform(20, 235, (2, 3))
    share = (x / wide + y / high)[:, :, None] / 2
    base = one * (1 - share) + 0.5 * (one + other) * share
    for _ in range(4):
        centre, radius = chance.uniform(0, 1, 2) * size, chance.uniform(100, 500)
        ring = np.abs(np.hypot(x - centre[0], y - centre[1]) - radius) < chance.uniform(2, 60)
        base = base + ring[:, :, None] * chance.uniform(-14, 14)
    return Image.fromarray(np.clip(base, 0, 255).astype(np.uint8))


def _embossed(
    image: Image.Image, at: tuple[int, int], text: str, face: object, ink: tuple[int, int, int]
) -> Image.Image:
    """Press the digits out: light on one flank, shade on the other, foil on top."""
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).text(at, text, 255, face)  # type: ignore[arg-type] # any type face
    height = np.asarray(mask.filter(ImageFilter.GaussianBlur(2.2)), np.float32) / 255
    slope = cv2.Sobel(height, cv2.CV_32F, 1, 1, ksize=3)
    pixels = np.asarray(image, np.float32) + 200 * slope[:, :, None]
    foil = (np.asarray(mask, np.float32) / 255)[:, :, None] * 0.55
    pixels = pixels * (1 - foil) + np.array(ink, np.float32) * foil
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def permit(chance: np.random.Generator, faces: Faces) -> tuple[Pixels, Truth]:
    """Return the side of a travel permit that bears its one line."""
    code = str(chance.choice(("CS", "CD")))
    number = "C" + "".join(chance.choice(list("0123456789"), 8))
    number += str(check_digit(number))
    expires, born = _day(chance, 26, 36), _day(chance, 50, 99)
    line = f"{code}{number}<{expires}<{born}<{check_digit(number + expires + born)}"
    image = _ground((1027, 648), chance)
    image = Image.blend(image, Image.new("RGB", image.size, (235, 235, 230)), 0.75)
    pen, glyphs = ImageDraw.Draw(image), faces.find("OCRB.otf", 42)
    pen.text((300, 80), "往来港澳通行证", INK, faces.find(str(chance.choice(CHINESE[:2])), 52))
    pen.rectangle((60, 170, 290, 480), fill=(150, 150, 160))
    for row, text in enumerate(("样本", "YANGBEN", "1988.01.01", "2026.01.01-2036.01.01")):
        pen.text((340, 180 + 70 * row), text, INK, faces.find("wqy-zenhei.ttc", 34))
    for column, mark in enumerate(line):
        pen.text((65 + 30.5 * column, 585), mark, INK, glyphs, anchor="ms")
    return _pixels(image), {"mrz_line_1": line}


def _day(chance: np.random.Generator, first: int, last: int) -> str:
    day = f"{chance.integers(first, last):02d}{chance.integers(1, 13):02d}"
    day += f"{chance.integers(1, 29):02d}"
    return day + str(check_digit(day))


def label(chance: np.random.Generator, faces: Faces) -> tuple[Pixels, Truth]:
    """Return a type label with one code; its modules are 0.25 to 0.5 mm at 12 pixels per mm."""
    kind = str(chance.choice(FORMATS))
    if kind == "EAN13":
        text = "690" + "".join(chance.choice(list("0123456789"), 9))
    else:
        text = "".join(chance.choice(list(ALPHANUMERIC), int(chance.integers(8, 18))))
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    bars = Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(code, scale=1)))
    module = int(chance.integers(3, 6))
    is_square = kind in ("QRCode", "DataMatrix")
    size = (bars.width * module, bars.height * module if is_square else 110)
    bars = bars.convert("RGB").resize(size, Image.Resampling.NEAREST)
    image = Image.new("RGB", (max(900, bars.width + 120), bars.height + 330), (242, 242, 238))
    pen = ImageDraw.Draw(image)
    pen.text((50, 30), "POS Terminal  YB-200", INK, faces.find("LiberationSans-Bold.ttf", 40))
    pen.text(
        (50, 90), "DC 5V 2A  MADE IN UTOPIA", INK, faces.find("LiberationSans-Regular.ttf", 28)
    )
    image.paste(bars, ((image.width - bars.width) // 2, 170))
    pen.text((60, bars.height + 200), f"S/N: {code.text}", INK,
             faces.find("LiberationSans-Regular.ttf", 36))  # fmt: skip
    return _pixels(image), {"code_text": code.text}


def _pixels(image: Image.Image) -> Pixels:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
