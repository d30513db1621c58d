"""Resident identity cards and business licences, in layout only."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import segno
from PIL import Image, ImageDraw

from counter_app.devices.camera.specimen_ink import INK, font, round_seal, watermark

CARD_SIZE = (1280, 807)
LABEL = (70, 110, 160)
LICENCE_QR = "http://www.gsxt.gov.cn/index.html?uniscid={}"


@dataclass(frozen=True, slots=True)
class IdSpecimen:
    """An invented person's card; `born` as YYYY-MM-DD, the validity as printed."""

    name: str = field(repr=False)
    sex: str
    ethnicity: str
    born: str = field(repr=False)
    address: str = field(repr=False)
    number: str = field(repr=False)
    authority: str = "样本市公安局样本分局"
    validity: str = "2020.01.01-2040.01.01"


@dataclass(frozen=True, slots=True)
class LicenceSpecimen:
    """An invented business; dates as printed."""

    uscc: str
    name: str
    kind: str
    responsible: str = field(repr=False)
    founded: str = "2019年01月01日"
    term: str = "2019年01月01日至长期"
    address: str = "样本市样本区样本路1号"
    capital: str = "壹佰万元整"
    qr_uscc: str = ""


def id_front(card: IdSpecimen) -> Image.Image:
    """Return the side with the portrait, 1280 × 807 pixels."""
    image = Image.new("RGB", CARD_SIZE, (226, 236, 242))
    pen = ImageDraw.Draw(image)
    small, large = font(36), font(46)
    year, month, day = card.born.split("-")
    rows = (
        (159, (("姓", 105), ("名", 155)), ((card.name, 252),)),
        (254, (("性别", 105), ("民族", 390)), ((card.sex, 252), (card.ethnicity, 530))),
        (340, (("出生", 105), ("年", 370), ("月", 490), ("日", 610)), ()),
        (430, (("住址", 105),), ()),
        (668, (("公民身份号码", 105),), ()),
    )
    for y, labels, values in rows:
        for label, x in labels:
            pen.text((x, y), label, LABEL, small, anchor="lm")
        for value, x in values:
            pen.text((x, y), value, INK, large, anchor="lm")
    for value, right in ((year, 360), (str(int(month)), 480), (str(int(day)), 600)):
        pen.text((right, 340), value, INK, font(42), anchor="rm")
    for number, start in enumerate(range(0, len(card.address), 11)):
        part = card.address[start : start + 11]
        pen.text((252, 430 + 60 * number), part, INK, font(42), anchor="lm")
    pen.rounded_rectangle((860, 110, 1190, 560), 20, fill=(200, 208, 216))
    pen.ellipse((945, 190, 1105, 380), fill=(160, 150, 145))
    pen.pieslice((880, 380, 1170, 740), 180, 360, fill=(90, 100, 120))
    pen.rectangle((880, 559, 1170, 742), fill=(226, 236, 242))
    for place, digit in enumerate(card.number):
        pen.text((378 + 38.7 * place, 668), digit, INK, font(62), anchor="lm")
    watermark(image, 230)
    return image


def id_back(card: IdSpecimen) -> Image.Image:
    """Return the side with the authority, 1280 × 807 pixels."""
    image = Image.new("RGB", CARD_SIZE, (232, 238, 240))
    pen = ImageDraw.Draw(image)
    pen.ellipse((80, 80, 270, 270), fill=(206, 120, 110))
    pen.text((760, 130), "中华人民共和国", INK, font(70, "Bold"), anchor="mm")
    pen.text((760, 260), "居民身份证", INK, font(110, "Bold"), anchor="mm")
    pen.text((440, 590), "签发机关", LABEL, font(38), anchor="rm")
    pen.text((480, 590), card.authority, INK, font(44), anchor="lm")
    pen.text((440, 690), "有效期限", LABEL, font(38), anchor="rm")
    pen.text((480, 690), card.validity, INK, font(44), anchor="lm")
    watermark(image, 230)
    return image


def licence(content: LicenceSpecimen) -> Image.Image:
    """Return the copy (副本) of a licence, 2970 × 2100 pixels."""
    image = Image.new("RGB", (2970, 2100), (250, 248, 240))
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 60, 2909, 2039), outline=(150, 120, 60), width=14)
    pen.text((1485, 380), "营业执照", INK, font(190, "Bold"), anchor="mm")
    pen.text((1485, 540), "（副  本）", INK, font(70), anchor="mm")
    pen.text((300, 330), "统一社会信用代码", INK, font(56, "Bold"))
    pen.text((300, 420), content.uscc, INK, font(60))
    left = (
        ("名称", content.name),
        ("类型", content.kind),
        ("法定代表人", content.responsible),
        ("经营范围", "日用百货销售；样本业务。"),
    )
    right = (
        ("注册资本", content.capital),
        ("成立日期", content.founded),
        ("营业期限", content.term),
        ("住所", content.address),
    )
    for x, gap, rows in ((300, 340, left), (1600, 290, right)):
        for number, (label, value) in enumerate(rows):
            pen.text((x, 760 + 150 * number), label, LABEL, font(56, "Bold"))
            pen.text((x + gap, 760 + 150 * number), value, INK, font(56))
    pen.text((1700, 1700), "登记机关", INK, font(66, "Bold"))
    pen.text((2000, 1860), "2019年01月01日", INK, font(60))
    image.paste(_qr(content.qr_uscc or content.uscc), (2360, 220))
    round_seal(image, (2200, 1720), 420, "样本市市场监督管理局")
    watermark(image, 330)
    return image


def _qr(uscc: str) -> Image.Image:
    stream = io.BytesIO()
    segno.make_qr(LICENCE_QR.format(uscc), error="m").save(stream, kind="png", border=2, scale=4)
    return Image.open(stream).convert("RGB").resize((360, 360), Image.Resampling.NEAREST)
