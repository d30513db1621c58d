"""Words for documents, merchants, letters, papers and pictures."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.delegation_letter import (
    Alterations,
    IssuingPlace,
    LetterKind,
    Matter,
    Relation,
)
from counter_app.domain.identity_document import Owner, PoliceCheck
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantStatus,
    MerchantType,
    Ownership,
    SettlementKind,
)
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.phone import PhoneClass
from counter_app.domain.reading import DocumentKind, Doubt, Hint

translate = QCoreApplication.translate
PICTURE_KINDS = frozenset(kind.value for kind in DocumentKind)


def document_type(value: DocumentType) -> str:
    """Name a type of identity document."""
    return {
        DocumentType.RESIDENT_ID: translate("Texts", "居民身份证"),
        DocumentType.TEMPORARY_ID: translate("Texts", "临时居民身份证"),
        DocumentType.PASSPORT: translate("Texts", "护照"),
        DocumentType.HKM_PERMIT: translate("Texts", "港澳居民来往内地通行证"),
        DocumentType.TW_PERMIT: translate("Texts", "台湾居民来往大陆通行证"),
        DocumentType.HKMT_RESIDENCE: translate("Texts", "港澳台居民居住证"),
        DocumentType.PERMANENT_RESIDENCE: translate("Texts", "外国人永久居留身份证"),
    }[value]


def owner(value: Owner) -> str:
    """Name whose document it is."""
    return {
        Owner.PRINCIPAL: translate("Texts", "本人"),
        Owner.AGENT: translate("Texts", "代办人"),
    }[value]


def police_check(value: PoliceCheck) -> str:
    """Name the outcome of the online check."""
    return {
        PoliceCheck.CONSISTENT: translate("Texts", "核查一致"),
        PoliceCheck.NAME_DIFFERS: translate("Texts", "姓名不符"),
        PoliceCheck.NO_SUCH_NUMBER: translate("Texts", "号码不存在"),
        PoliceCheck.PHOTO_DIFFERS: translate("Texts", "照片不符"),
        PoliceCheck.VOID: translate("Texts", "证件已作废"),
        PoliceCheck.NOT_POSSIBLE: translate("Texts", "未能核查"),
    }[value]


def merchant_type(value: MerchantType) -> str:
    """Name a kind of merchant."""
    return {
        MerchantType.ENTERPRISE: translate("Texts", "企业"),
        MerchantType.SOLE_PROPRIETOR: translate("Texts", "个体工商户"),
        MerchantType.MICRO: translate("Texts", "小微商户"),
        MerchantType.INDIVIDUAL: translate("Texts", "个人"),
    }[value]


def merchant_status(value: MerchantStatus) -> str:
    """Name whether a merchant may be served."""
    return {
        MerchantStatus.ACTIVE: translate("Texts", "正常"),
        MerchantStatus.FROZEN: translate("Texts", "已冻结"),
        MerchantStatus.CLOSED: translate("Texts", "已注销"),
    }[value]


def ownership(value: Ownership) -> str:
    """Name how the merchant came by the terminal."""
    return {
        Ownership.BOUGHT: translate("Texts", "购买"),
        Ownership.LEASED: translate("Texts", "租赁"),
        Ownership.DEPOSIT: translate("Texts", "押金"),
    }[value]


def settlement_kind(value: SettlementKind) -> str:
    """Name a kind of settlement account."""
    return {
        SettlementKind.CARD: translate("Texts", "个人借记卡"),
        SettlementKind.CORPORATE: translate("Texts", "对公账户"),
    }[value]


def letter_kind(value: LetterKind) -> str:
    """Name a kind of delegation letter."""
    return {
        LetterKind.SIGNED: translate("Texts", "签署的委托书"),
        LetterKind.NOTARISED: translate("Texts", "公证的委托书"),
    }[value]


def relation(value: Relation) -> str:
    """Name how the agent stands to the principal."""
    return {
        Relation.EMPLOYEE: translate("Texts", "员工"),
        Relation.RELATIVE: translate("Texts", "亲属"),
        Relation.OTHER: translate("Texts", "其他"),
    }[value]


def matter(value: Matter) -> str:
    """Name what an agent may do."""
    return {
        Matter.CHANGE_PHONE: translate("Texts", "变更绑定手机号码"),
        Matter.COLLECT_TERMINAL: translate("Texts", "领取终端"),
        Matter.COLLECT_RECEIPT: translate("Texts", "领取回执"),
        Matter.EVERYTHING: translate("Texts", "全权办理"),
    }[value]


def alterations(value: Alterations) -> str:
    """Name visible changes on the paper."""
    return {
        Alterations.NONE: translate("Texts", "无涂改"),
        Alterations.INITIALLED: translate("Texts", "涂改处有签章"),
        Alterations.PLAIN: translate("Texts", "有涂改，无签章"),
    }[value]


def issuing_place(value: IssuingPlace) -> str:
    """Name where a notarial certificate was made."""
    return {
        IssuingPlace.MAINLAND: translate("Texts", "内地"),
        IssuingPlace.HONG_KONG: translate("Texts", "香港"),
        IssuingPlace.MACAU: translate("Texts", "澳门"),
        IssuingPlace.TAIWAN: translate("Texts", "台湾"),
        IssuingPlace.FOREIGN: translate("Texts", "国外"),
    }[value]


def paper_kind(value: PaperKind) -> str:
    """Name a paper."""
    return {
        PaperKind.RECEIPT: translate("Texts", "变更受理回执"),
        PaperKind.MISSING_LIST: translate("Texts", "一次性告知单"),
        PaperKind.REFUSAL: translate("Texts", "不予受理通知"),
        PaperKind.VOID_NOTICE: translate("Texts", "作废通知"),
        PaperKind.CORRECTION: translate("Texts", "更正通知"),
        PaperKind.SWAP_SLIP: translate("Texts", "终端交接单"),
        PaperKind.LETTER_FORM: translate("Texts", "授权委托书样式"),
        PaperKind.NUMBER_SLIP: translate("Texts", "受理编号手写条"),
        PaperKind.DAY_SUMMARY: translate("Texts", "日终汇总"),
        PaperKind.HAND_OVER: translate("Texts", "交接班单"),
        PaperKind.CONFIRMATION: translate("Texts", "变更结果确认单"),
    }[value]


def document_kind(value: DocumentKind) -> str:
    """Name what lies under the camera."""
    return {
        DocumentKind.AUTO: translate("Texts", "自动识别"),
        DocumentKind.MRZ: translate("Texts", "护照或通行证机读页"),
        DocumentKind.RESIDENT_ID_FRONT: translate("Texts", "身份证人像面"),
        DocumentKind.RESIDENT_ID_BACK: translate("Texts", "身份证国徽面"),
        DocumentKind.LICENCE: translate("Texts", "营业执照"),
        DocumentKind.BANK_CARD: translate("Texts", "银行卡"),
        DocumentKind.BARCODE: translate("Texts", "终端标签"),
        DocumentKind.LETTER: translate("Texts", "授权委托书"),
    }[value]


def picture_name(kind: str) -> str:
    """Return what a picture of the vault shows; empty for what is not for a person's eyes."""
    if kind in PICTURE_KINDS:
        return document_kind(DocumentKind(kind))
    if kind == "chip_portrait":
        return translate("Texts", "芯片照片")
    if kind.startswith("signed_"):
        return translate("Texts", "客户签字联")
    return ""


def hint(value: Hint) -> str:
    """Say what makes a better picture."""
    return {
        Hint.NOT_FOUND: translate("Texts", "请把证件放进画面"),
        Hint.OUT_OF_FRAME: translate("Texts", "证件超出画面，请移到中间"),
        Hint.CLOSER: translate("Texts", "请靠近一点"),
        Hint.TOO_DARK: translate("Texts", "太暗，请补光"),
        Hint.TOO_BRIGHT: translate("Texts", "光线太亮"),
        Hint.GLARE: translate("Texts", "有反光，请稍稍转动"),
        Hint.BLURRED: translate("Texts", "画面模糊，请放稳不要移动"),
        Hint.SCREEN_PHOTO: translate("Texts", "像是屏幕上的照片，请用原件"),
        Hint.TURN_OVER: translate("Texts", "请翻到另一面"),
    }[value]


def doubt(value: Doubt) -> str:
    """Say why a value that was read is not sure."""
    return {
        Doubt.LOW_CONFIDENCE: translate("Texts", "字迹不清，请核对"),
        Doubt.NO_CHECK: translate("Texts", "请核对"),
        Doubt.CHECK_DIGIT_WRONG: translate("Texts", "校验位不符，请核对"),
        Doubt.CORRECTED: translate("Texts", "已自动更正，请核对"),
        Doubt.SOURCES_DISAGREE: translate("Texts", "两处不一致，请核对"),
        Doubt.BAD_FORMAT: translate("Texts", "格式不对，请核对"),
        Doubt.SEVERAL_FOUND: translate("Texts", "读到多个值，请核对"),
    }[value]


def phone_class(value: PhoneClass) -> str:
    """Name a class of numbers."""
    return {
        PhoneClass.MOBILE: translate("Texts", "移动号段"),
        PhoneClass.VIRTUAL_OPERATOR: translate("Texts", "虚拟运营商号段"),
        PhoneClass.DATA_ONLY: translate("Texts", "上网卡号段"),
        PhoneClass.SATELLITE: translate("Texts", "卫星号段"),
        PhoneClass.TERMINAL_SIM: translate("Texts", "物联网卡号段"),
        PhoneClass.UNASSIGNED: translate("Texts", "未分配号段"),
        PhoneClass.MALFORMED: translate("Texts", "格式不对"),
    }[value]
