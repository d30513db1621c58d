"""Reasons of head office; an unknown code is shown as it came.

Source: DOMAIN §4.12.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """Why a case is rejected, or what is missing."""

    UNCLEAR = "UNCLEAR"
    DOCUMENT_EXPIRED = "DOCUMENT_EXPIRED"
    LETTER_INCOMPLETE = "LETTER_INCOMPLETE"
    NOT_HOLDERS_WILL = "NOT_HOLDERS_WILL"
    NUMBER_NOT_REAL_NAME = "NUMBER_NOT_REAL_NAME"
    MERCHANT_STATUS = "MERCHANT_STATUS"
    DUPLICATE = "DUPLICATE"
    RISK = "RISK"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """A reason for the screen, in Chinese and in English."""

    zh: str
    en: str


REASON_WORDS: dict[ReasonCode, ReasonWords] = {
    ReasonCode.UNCLEAR: ReasonWords("资料不清晰", "Documents not legible"),
    ReasonCode.DOCUMENT_EXPIRED: ReasonWords("证件过期", "Document expired"),
    ReasonCode.LETTER_INCOMPLETE: ReasonWords("委托书要素不全", "Letter lacks required parts"),
    ReasonCode.NOT_HOLDERS_WILL: ReasonWords("非本人意愿", "Not the holder's own will"),
    ReasonCode.NUMBER_NOT_REAL_NAME: ReasonWords(
        "号码未实名/实名不符", "Number not registered to this person"
    ),
    ReasonCode.MERCHANT_STATUS: ReasonWords("商户状态异常", "Merchant not in good standing"),
    ReasonCode.DUPLICATE: ReasonWords("重复申请", "Duplicate application"),
    ReasonCode.RISK: ReasonWords("风险拦截", "Stopped for risk"),
    ReasonCode.OTHER: ReasonWords("其他", "Other"),
}
