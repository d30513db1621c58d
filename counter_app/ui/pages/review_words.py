"""Words for the second person."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.draft import ReviewDecision
from counter_app.domain.masking import masked_account, masked_identity, masked_phone
from counter_app.domain.phone import grouped
from counter_app.domain.travel_document import CheckState, CheckVerdict
from counter_app.services.post_review import PostDoubt, PostVerdict
from counter_app.services.review_fields import ReviewField
from counter_app.ui.pages.identity_words import CHECK_MARKS, CHECK_TONES
from counter_app.ui.texts import language
from counter_app.words.chip_checks import check_words

translate = QCoreApplication.translate


def reasons_for(decision: ReviewDecision) -> tuple[str, ...]:
    """Return the usual reasons of a decision."""
    match decision:
        case ReviewDecision.APPROVE:
            return (
                translate("Review", "证件、委托书与影像一致"),
                translate("Review", "已电话向本人核实"),
                translate("Review", "补充证明充分"),
            )
        case ReviewDecision.RETURN:
            return (
                translate("Review", "影像不清，请重拍"),
                translate("Review", "录入与影像不一致"),
                translate("Review", "需再次联系本人"),
            )
        case ReviewDecision.REFUSE:
            return (
                translate("Review", "材料不真实或有疑点"),
                translate("Review", "本人否认委托"),
                translate("Review", "不符合机构规定"),
            )


def post_verdict(verdict: PostVerdict) -> str:
    """Return what a look afterwards came to."""
    match verdict:
        case PostVerdict.GOOD:
            return translate("Review", "无误")
        case PostVerdict.DOUBTFUL:
            return translate("Review", "存疑")


def post_doubt(doubt: PostDoubt) -> str:
    """Return why a case is doubtful."""
    return {
        PostDoubt.FIELDS_DIFFER: translate("Review", "录入与影像不一致"),
        PostDoubt.PICTURE_UNCLEAR: translate("Review", "影像不清或缺失"),
        PostDoubt.DOCUMENT_DOUBTFUL: translate("Review", "证件或执照存疑"),
        PostDoubt.PERSON_DOUBTFUL: translate("Review", "人证不符或疑似冒用"),
        PostDoubt.WILL_DOUBTFUL: translate("Review", "疑似非本人意愿"),
        PostDoubt.PROCEDURE: translate("Review", "手续或流程不全"),
    }[doubt]


def field_name(field: ReviewField) -> str:
    """Return the name of a field."""
    return {
        ReviewField.MERCHANT: translate("Review", "商户"),
        ReviewField.TERMINAL: translate("Review", "终端"),
        ReviewField.PRESENTER: translate("Review", "办理人"),
        ReviewField.PRINCIPAL: translate("Review", "委托人"),
        ReviewField.LICENCE: translate("Review", "营业执照"),
        ReviewField.SETTLEMENT: translate("Review", "结算账户"),
        ReviewField.OLD_NUMBER: translate("Review", "原号码"),
        ReviewField.NEW_NUMBER: translate("Review", "新号码"),
        ReviewField.SWAP: translate("Review", "换上终端"),
    }[field]


def chip_line(checks: tuple[CheckVerdict, ...]) -> str:
    """Return what was proved of a chip, check by check; empty when there was none to prove."""
    if not checks:
        return ""
    told = "　".join(_check_text(verdict) for verdict in checks)
    return translate("Review", "芯片核验：%1").replace("%1", told)


def _check_text(verdict: CheckVerdict) -> str:
    words = check_words(verdict, language())
    ground = f"（{words.ground}）" if words.ground else ""
    return f"{CHECK_MARKS[verdict.state]} {words.title}{ground}"


def chip_tone(checks: tuple[CheckVerdict, ...]) -> str:
    """Return the tone of the worst outcome."""
    states = {verdict.state for verdict in checks}
    for state in (CheckState.FAILED, CheckState.NOT_VERIFIED):
        if state in states:
            return CHECK_TONES[state]
    return CHECK_TONES[CheckState.VERIFIED]


def masked_of(field: ReviewField, text: str) -> str:
    """Return a field's value as it may be shown by default."""
    match field:
        case ReviewField.PRESENTER | ReviewField.PRINCIPAL:
            return " / ".join(_masked_person(person) for person in text.split(" / "))
        case ReviewField.SETTLEMENT:
            return masked_account(text)
        case ReviewField.OLD_NUMBER:
            return grouped(masked_phone(text))
        case ReviewField.NEW_NUMBER:
            return grouped(text)
        case _:
            return text


def _masked_person(text: str) -> str:
    name, _, number = text.rpartition(" ")
    return f"{name} {masked_identity(number)}"
