"""Words for what is answered and decided in a visit."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import (
    CallbackOutcome,
    ChangeReason,
    CodeOutcome,
    Consent,
    Knowledge,
    NumberHolder,
    OldNumberOutcome,
    OldNumberProof,
    PresenterRole,
    RealNameCheck,
    ReviewDecision,
)
from counter_app.domain.risk import RiskSignal

translate = QCoreApplication.translate


def presenter_role(value: PresenterRole) -> str:
    """Name who stands at the counter."""
    return {
        PresenterRole.PRINCIPAL: translate("Texts", "本人"),
        PresenterRole.AGENT: translate("Texts", "代办人"),
    }[value]


def change_reason(value: ChangeReason) -> str:
    """Name a reason for the change."""
    return {
        ChangeReason.NUMBER_CANCELLED: translate("Texts", "原号码已注销"),
        ChangeReason.SIM_LOST: translate("Texts", "手机或卡丢失"),
        ChangeReason.OPERATOR_CHANGED: translate("Texts", "更换运营商"),
        ChangeReason.CONTACT_CHANGED: translate("Texts", "更换联系人"),
        ChangeReason.LEGAL_REPRESENTATIVE_CHANGED: translate("Texts", "法定代表人变更"),
        ChangeReason.EMPLOYEE_LEFT: translate("Texts", "原号码持有员工离职"),
        ChangeReason.MERCHANT_TRANSFERRED: translate("Texts", "店铺转让"),
        ChangeReason.COMPANY_NUMBER: translate("Texts", "改用公司号码"),
        ChangeReason.NO_MESSAGES: translate("Texts", "收不到短信"),
        ChangeReason.NOT_IN_OWN_NAME: translate("Texts", "原号码非本人实名"),
        ChangeReason.SUSPECTED_MISUSE: translate("Texts", "怀疑被他人使用"),
        ChangeReason.OTHER: translate("Texts", "其他"),
    }[value]


def knowledge(value: Knowledge) -> str:
    """Name the outcome of the merchant-knowledge questions."""
    return {
        Knowledge.NOT_ASKED: translate("Texts", "未询问"),
        Knowledge.PASSED: translate("Texts", "回答正确"),
        Knowledge.FAILED: translate("Texts", "答不上来"),
    }[value]


def callback_outcome(value: CallbackOutcome) -> str:
    """Name what the call gave."""
    return {
        CallbackOutcome.CONFIRMED: translate("Texts", "接通，本人确认"),
        CallbackOutcome.DENIED: translate("Texts", "接通，本人否认"),
        CallbackOutcome.NO_ANSWER: translate("Texts", "无人接听"),
        CallbackOutcome.OUT_OF_SERVICE: translate("Texts", "停机或空号"),
    }[value]


def old_number_outcome(value: OldNumberOutcome) -> str:
    """Name whether the old number could be verified."""
    return {
        OldNumberOutcome.VERIFIED: translate("Texts", "已验证"),
        OldNumberOutcome.UNREACHABLE: translate("Texts", "无法接收短信"),
        OldNumberOutcome.CANCELLED: translate("Texts", "已注销"),
        OldNumberOutcome.DECLINED: translate("Texts", "客户不愿验证"),
    }[value]


def old_number_proof(value: OldNumberProof) -> str:
    """Name what shows that the old number cannot be used."""
    return {
        OldNumberProof.NONE: translate("Texts", "无证明"),
        OldNumberProof.LOSS_SLIP: translate("Texts", "挂失单"),
        OldNumberProof.CANCELLATION: translate("Texts", "销户证明"),
        OldNumberProof.POLICE_REPORT: translate("Texts", "报警回执"),
    }[value]


def code_outcome(value: CodeOutcome) -> str:
    """Name what became of the one-time code."""
    return {
        CodeOutcome.PASSED: translate("Texts", "验证码正确"),
        CodeOutcome.FAILED: translate("Texts", "验证码错误"),
        CodeOutcome.NOT_SENT: translate("Texts", "未能发送"),
    }[value]


def number_holder(value: NumberHolder) -> str:
    """Name in whose name a number is registered."""
    return {
        NumberHolder.PRINCIPAL: translate("Texts", "本人"),
        NumberHolder.LEGAL_REPRESENTATIVE: translate("Texts", "法定代表人"),
        NumberHolder.COMPANY: translate("Texts", "单位"),
        NumberHolder.EMPLOYEE: translate("Texts", "员工"),
        NumberHolder.RELATIVE: translate("Texts", "亲属"),
        NumberHolder.AGENT: translate("Texts", "代办人"),
        NumberHolder.OTHER: translate("Texts", "其他人"),
    }[value]


def real_name_check(value: RealNameCheck) -> str:
    """Name the outcome of the check of name, number and phone."""
    return {
        RealNameCheck.CONSISTENT: translate("Texts", "三要素一致"),
        RealNameCheck.DIFFERS: translate("Texts", "三要素不一致"),
        RealNameCheck.NOT_POSSIBLE: translate("Texts", "未能核验"),
    }[value]


def consent(value: Consent) -> str:
    """Return what the customer agrees to."""
    return {
        Consent.NOTICE: translate("Texts", "已阅读并同意个人信息处理告知"),
        Consent.SENSITIVE: translate("Texts", "单独同意处理敏感个人信息（证件、面部影像）"),
    }[value]


def review_decision(value: ReviewDecision) -> str:
    """Name a decision of the second person."""
    return {
        ReviewDecision.APPROVE: translate("Texts", "同意"),
        ReviewDecision.RETURN: translate("Texts", "退回"),
        ReviewDecision.REFUSE: translate("Texts", "拒绝"),
    }[value]


def case_state(value: CaseState) -> str:
    """Name where a case stands."""
    return {
        CaseState.DRAFT: translate("Texts", "办理中"),
        CaseState.PARKED: translate("Texts", "已挂起"),
        CaseState.AWAITING_REVIEW: translate("Texts", "待复核"),
        CaseState.REFUSED: translate("Texts", "未受理"),
        CaseState.ADVISED_ONLINE: translate("Texts", "已转线上"),
        CaseState.ACCEPTED_UNPRINTED: translate("Texts", "已受理未打印"),
        CaseState.QUEUED: translate("Texts", "待上送"),
        CaseState.SENT: translate("Texts", "已上送"),
        CaseState.ACKED: translate("Texts", "后台已收"),
        CaseState.IN_PROCESS: translate("Texts", "后台处理中"),
        CaseState.APPLIED: translate("Texts", "已生效"),
        CaseState.REJECTED: translate("Texts", "后台驳回"),
        CaseState.NEED_MORE: translate("Texts", "需补材料"),
        CaseState.VOIDED: translate("Texts", "已作废"),
        CaseState.WITHDRAW_REQUESTED: translate("Texts", "申请撤回中"),
        CaseState.SUPERSEDED: translate("Texts", "已被更正"),
        CaseState.ABANDONED: translate("Texts", "逾期未办"),
    }[value]


def risk_signal(value: RiskSignal) -> str:
    """Name a risk signal, for those who may see it."""
    return {
        RiskSignal.R1: translate("Texts", "近 90 天内换过号码"),
        RiskSignal.R2: translate("Texts", "新号码还绑定其他人的商户"),
        RiskSignal.R3: translate("Texts", "新号码属于第三人"),
        RiskSignal.R4: translate("Texts", "原号码无法核实且无证明"),
        RiskSignal.R5: translate("Texts", "近 30 天内换过结算账户"),
        RiskSignal.R6: translate("Texts", "新号码不在委托书上"),
        RiskSignal.R7: translate("Texts", "代办人频繁代办"),
        RiskSignal.R8: translate("Texts", "证件采集方式较弱"),
        RiskSignal.R9: translate("Texts", "证件无效"),
        RiskSignal.R10: translate("Texts", "终端属于其他商户"),
        RiskSignal.R11: translate("Texts", "不了解商户情况"),
        RiskSignal.R12: translate("Texts", "虚拟运营商号段"),
        RiskSignal.R13: translate("Texts", "与上次申请原因不一致"),
        RiskSignal.R14: translate("Texts", "疑似受人指挥"),
        RiskSignal.R15: translate("Texts", "同日代办多户"),
    }[value]
