"""Our own printed delegation letter as data: drawn by the printer, read back by the camera.

All lengths are millimetres on an A4 page, measured from its top left corner; x grows to the
right, y downwards. Text is placed by the left end of its baseline. The page is drawn black on
white: four filled squares in the corners (registration marks), a QR code that names the letter,
and for every field a thin rule along the bottom of its region with nothing else inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from counter_app.domain.reading import FieldName, MarkName, TickName

PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0
RULE_MM = 0.2
"""Thickness of the rule under a field and of the outline of a tick box."""

MARK_SIZE_MM = 6.0
REGISTRATION_MARKS = ((12.0, 12.0), (198.0, 12.0), (198.0, 285.0), (12.0, 285.0))
"""Centres of the filled squares: top left, top right, bottom right, bottom left."""

_QR = re.compile(r"HBSQ1:([0-9A-Z-]{4,32})")


@dataclass(frozen=True, slots=True)
class Region:
    """An upright rectangle on the page, in millimetres."""

    left: float
    top: float
    width: float
    height: float


QR_REGION = Region(163, 14, 26, 26)
"""The QR code's modules without its quiet zone, which must stay white for 3 mm around."""


@dataclass(frozen=True, slots=True)
class FormText:
    """Printed words; `size_pt` in points, Noto Sans SC."""

    text: str
    left: float
    baseline: float
    size_pt: float = 10.5
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """Where a value is written; the rule runs along the region's bottom edge."""

    name: FieldName
    region: Region


@dataclass(frozen=True, slots=True)
class FormTick:
    """An empty square to tick; its words stand to the right of it."""

    name: TickName
    region: Region
    label: str


@dataclass(frozen=True, slots=True)
class FormMark:
    """Where a signature (on a rule) or a seal (in a thin dotted outline) belongs."""

    name: MarkName
    region: Region


def qr_text(letter_number: str) -> str:
    """Return the text of the letter's QR code: its number and nothing personal.

    Args:
        letter_number: 4 to 32 of A–Z, 0–9 and the hyphen.

    Raises:
        ValueError: Another character, or too short or long.
    """
    text = f"HBSQ1:{letter_number}"
    if not _QR.fullmatch(text):
        raise ValueError("letter number is not 4 to 32 of A-Z, 0-9, hyphen")
    return text


def letter_number_of(code_text: str) -> str | None:
    """Return the letter number that a QR code of ours holds, or None for anybody else's code."""
    found = _QR.fullmatch(code_text)
    return found.group(1) if found else None


def _field(name: FieldName, left: float, top: float, width: float) -> FormField:
    return FormField(name, Region(left, top, width, 7.5))


def _tick(name: TickName, left: float, top: float, label: str) -> FormTick:
    return FormTick(name, Region(left, top + 1.9, 4.2, 4.2), label)


FIELDS = (
    _field(FieldName.LETTER_NUMBER, 34, 33, 80),
    _field(FieldName.PRINCIPAL_NAME, 74, 52, 114),
    _field(FieldName.PRINCIPAL_DOCUMENT, 72, 61, 60),
    _field(FieldName.PRINCIPAL_REPRESENTATIVE, 157, 61, 31),
    _field(FieldName.PRINCIPAL_PHONE, 40, 70, 45),
    _field(FieldName.PRINCIPAL_ADDRESS, 99, 70, 89),
    _field(FieldName.AGENT_NAME, 33, 86, 40),
    _field(FieldName.AGENT_DOCUMENT, 95, 86, 93),
    _field(FieldName.AGENT_PHONE, 40, 95, 45),
    _field(FieldName.MERCHANT_NUMBER, 113, 111, 75),
    _field(FieldName.TERMINAL_SN, 43, 120, 62),
    _field(FieldName.MERCHANT_NAME, 127, 120, 61),
    _field(FieldName.OLD_PHONE, 64, 129, 45),
    _field(FieldName.NEW_PHONE, 58, 138, 46),
    _field(FieldName.NEW_PHONE_IN_WORDS, 124, 138, 64),
    _field(FieldName.OTHER_MATTER, 132, 147, 56),
    _field(FieldName.TERM_FROM, 28, 184, 42),
    _field(FieldName.TERM_UNTIL, 82, 184, 42),
    _field(FieldName.PRINCIPAL_SIGNED_ON, 34, 228, 42),
    _field(FieldName.AGENT_SIGNED_ON, 34, 250, 42),
    _field(FieldName.NOTARY_NUMBER, 43, 267, 50),
    _field(FieldName.NOTARY_OFFICE, 109, 267, 36),
    _field(FieldName.NOTARY_DATE, 164, 267, 26),
)

DATE_FIELDS = frozenset(
    {
        FieldName.TERM_FROM,
        FieldName.TERM_UNTIL,
        FieldName.PRINCIPAL_SIGNED_ON,
        FieldName.AGENT_SIGNED_ON,
    }
)
"""Fields with 年, 月 and 日 printed inside: see `_date_words`."""

TICKS = (
    _tick(TickName.PRINCIPAL_IS_PERSON, 22, 52, "本人"),
    _tick(TickName.PRINCIPAL_IS_ENTITY, 42, 52, "单位"),
    _tick(TickName.RELATION_EMPLOYEE, 114, 95, "员工"),
    _tick(TickName.RELATION_RELATIVE, 133, 95, "亲属"),
    _tick(TickName.RELATION_OTHER, 152, 95, "其他"),
    _tick(TickName.CHANGE_PHONE, 22, 111, "变更（换绑）POS机绑定手机号码"),
    _tick(TickName.COLLECT_TERMINAL, 22, 147, "领取更换的POS终端"),
    _tick(TickName.COLLECT_RECEIPT, 66, 147, "领取受理回执"),
    _tick(TickName.OTHER_MATTER, 100, 147, "其他（写明）"),
    _tick(TickName.SUBMIT_ONLY, 22, 163, "仅提交材料并签收回执"),
    _tick(TickName.SIGN_FOR_PRINCIPAL, 82, 163, "可就上述事项签署确认"),
    _tick(TickName.PRINCIPAL_ID_COPY, 30, 258.5, "委托人证件复印件"),
    _tick(TickName.AGENT_ID_COPY, 70, 258.5, "受托人证件复印件"),
    _tick(TickName.LICENCE_COPY, 110, 258.5, "营业执照"),
    _tick(TickName.OTHER_ATTACHMENT, 136, 258.5, "其他"),
)

MARKS = (
    FormMark(MarkName.PRINCIPAL_SIGNATURE, Region(58, 211, 50, 14)),
    FormMark(MarkName.AGENT_SIGNATURE, Region(70, 236, 40, 12)),
    FormMark(MarkName.SEAL, Region(112, 210, 46, 46)),
    FormMark(MarkName.REPRESENTATIVE_SEAL, Region(162, 210, 28, 28)),
)


def _date_words(form_field: FormField) -> tuple[FormText, ...]:
    region = form_field.region
    baseline = region.top + 5.6
    return tuple(
        FormText(word, region.left + at, baseline)
        for word, at in (("年", 15.0), ("月", 26.0), ("日", 37.0))
    )


def _tick_words(tick: FormTick) -> FormText:
    return FormText(tick.label, tick.region.left + 5.4, tick.region.top + 3.7)


TEXTS = (
    FormText("授权委托书", 82, 22, 20, is_bold=True),
    FormText("（POS机换绑手机号码专用）", 80, 29),
    FormText("编号", 22, 38.6),
    FormText("一、委托人（本人/单位）", 20, 49, 11, is_bold=True),
    FormText("名称", 62, 57.6),
    FormText("证件号码/统一社会信用代码", 22, 66.6),
    FormText("法定代表人", 135, 66.6),
    FormText("联系电话", 22, 75.6),
    FormText("地址", 89, 75.6),
    FormText("二、受托人", 20, 83.5, 11, is_bold=True),
    FormText("姓名", 22, 91.6),
    FormText("证件号码", 77, 91.6),
    FormText("联系电话", 22, 100.6),
    FormText("与委托人关系", 89, 100.6),
    FormText("三、委托事项（请在方格内打√）", 20, 108.5, 11, is_bold=True),
    FormText("商户编号", 95, 116.6),
    FormText("终端序列号", 22, 125.6),
    FormText("商户名称", 109, 125.6),
    FormText("原手机号码（可写尾号）", 22, 134.6),
    FormText("新手机号码（数字）", 22, 143.6),
    FormText("（大写）", 108, 143.6),
    FormText("四、权限", 20, 160.5, 11, is_bold=True),
    FormText(
        "受托人无权：变更结算账户、办理其他业务、转委托（如允许转委托请另行书面写明）。", 22, 174.5
    ),
    FormText("五、期限", 20, 181.5, 11, is_bold=True),
    FormText("自", 22, 189.6),
    FormText("起至", 72, 189.6),
    FormText("止，办结本次委托事项即终止。", 126, 189.6),
    FormText("六、委托人声明", 20, 197, 11, is_bold=True),
    FormText(
        "本人（单位）知悉手机号码用于接收交易与登录验证信息，因本次委托产生的法律后果由本人（单位）",
        22,
        202.5,
        9.5,
    ),
    FormText("承担；如撤销本委托，将立即书面通知受理网点。", 22, 207.5, 9.5),
    FormText("委托人签名（盖章）", 22, 221),
    FormText("日期", 22, 233.6),
    FormText("（单位公章）", 124, 254.5, 9),
    FormText("法定代表人签章", 164, 241.5, 9),
    FormText("受托人签名（须签本人姓名）", 22, 244),
    FormText("日期", 22, 255.6),
    FormText("附：", 22, 264.1),
    FormText("公证书编号", 22, 272.6),
    FormText("公证处", 96, 272.6),
    FormText("出证日期", 147, 272.6),
    FormText("复印件请注明“仅供办理换绑手机号使用”；公证的，请附公证书正本。", 22, 280, 9),
    *(_tick_words(tick) for tick in TICKS),
    *(word for each in FIELDS if each.name in DATE_FIELDS for word in _date_words(each)),
)
"""Everything printed on the empty form besides rules, boxes, marks and the QR code."""
