"""What head office said, in words: reasons, channels, wanted documents, what cannot be sent."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from counter_app.domain.reading import DocumentKind
from counter_app.domain.submission import Decision
from counter_app.ui.texts import language
from counter_app.ui.texts_papers import document_kind
from counter_app.wire.reasons import REASON_WORDS, ReasonCode
from counter_app.words.refusals import refusal_words
from counter_app.words.words import Language, Words

translate = QCoreApplication.translate
KINDS = frozenset(kind.value for kind in DocumentKind)


def reason(code: str) -> str:
    """Name a reason of head office; an unknown code is shown as it came."""
    if code not in ReasonCode.__members__:
        return code
    words = REASON_WORDS[ReasonCode(code)]
    return words.en if language() is Language.EN else words.zh


def refusal(code: str) -> Words:
    """Say why a message cannot be sent, and the one thing to do."""
    return refusal_words(code, language())


def wanted_kind(code: str) -> DocumentKind:
    """Return what the camera takes for a wanted document; of an unknown one any picture."""
    return DocumentKind(code) if code in KINDS else DocumentKind.AUTO


def wanted_name(code: str) -> str:
    """Name a wanted document; an unknown code is shown as it came."""
    if code not in KINDS:
        return code
    if code == DocumentKind.AUTO:
        return translate("Office", "其他材料")
    return document_kind(DocumentKind(code))


def channel(code: str) -> str:
    """Name a channel."""
    return {
        "unionpay": translate("Office", "银联"),
        "alipay": translate("Office", "支付宝"),
        "wechat": translate("Office", "微信"),
    }.get(code, code)


def channel_state(code: str) -> str:
    """Say how far a channel is."""
    return {
        "pending": translate("Office", "待处理"),
        "done": translate("Office", "已更新"),
        "failed": translate("Office", "失败"),
    }.get(code, code)


def channels(answer: Decision) -> str:
    """Say how far every channel is, in one line."""
    return " · ".join(f"{channel(name)} {channel_state(state)}" for name, state in answer.channels)


def deadline(day: date) -> str:
    """Say until when documents count."""
    return translate("Office", "请于 {} 前补交").format(day.isoformat())


def told(answer: Decision) -> str:
    """Say in one line what head office said and what it asks for."""
    parts = [reason(answer.reason_code), answer.reason_text, answer.next_action]
    if answer.wanted:
        parts.append("、".join(wanted_name(code) for code in answer.wanted))
    if answer.deadline is not None:
        parts.append(deadline(answer.deadline))
    return "　".join(part for part in parts if part)
