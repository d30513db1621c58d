"""Words of the window itself: steps, needs, devices, evidence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.account import Role
from counter_app.domain.checks import Finding, Severity
from counter_app.domain.identity_document import CaptureMethod, EvidenceStrength
from counter_app.domain.reading import Notice
from counter_app.domain.risk import RiskBand
from counter_app.domain.step import Step
from counter_app.errors import FailureCode
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Need
from counter_app.ui.parts import DeviceKind
from counter_app.words.failures import failure_words
from counter_app.words.findings import finding_words
from counter_app.words.notices import notice_words
from counter_app.words.words import Language, Words

translate = QCoreApplication.translate


def step(value: Step) -> str:
    """Name a step, as in the list on the left."""
    return {
        Step.TERMINAL: translate("Texts", "终端与商户"),
        Step.PRESENTER: translate("Texts", "谁来办理"),
        Step.PRESENTER_ID: translate("Texts", "办理人证件"),
        Step.PRINCIPAL_ID: translate("Texts", "委托人证件"),
        Step.LETTER: translate("Texts", "授权委托书"),
        Step.MATERIALS: translate("Texts", "材料"),
        Step.OLD_NUMBER: translate("Texts", "原号码"),
        Step.NEW_NUMBER: translate("Texts", "新号码"),
        Step.SWAP: translate("Texts", "更换终端"),
        Step.EVIDENCE: translate("Texts", "补充核实"),
        Step.CONFIRM: translate("Texts", "客户核对"),
        Step.REVIEW: translate("Texts", "复核"),
        Step.ACCEPT: translate("Texts", "受理"),
        Step.PRINT: translate("Texts", "打印与签名"),
        Step.HAND_OVER: translate("Texts", "交付终端"),
        Step.DONE: translate("Texts", "接下来"),
    }[value]


def question(value: Step) -> str:
    """Return the question a step asks, as its headline."""
    return {
        Step.TERMINAL: translate("Texts", "哪台终端？"),
        Step.PRESENTER: translate("Texts", "谁来办理？"),
        Step.PRESENTER_ID: translate("Texts", "请出示办理人的证件"),
        Step.PRINCIPAL_ID: translate("Texts", "委托人的证件呢？"),
        Step.LETTER: translate("Texts", "委托书写了什么？"),
        Step.MATERIALS: translate("Texts", "材料齐了吗？"),
        Step.OLD_NUMBER: translate("Texts", "原号码还能用吗？"),
        Step.NEW_NUMBER: translate("Texts", "新号码是多少？"),
        Step.SWAP: translate("Texts", "换哪台终端？"),
        Step.EVIDENCE: translate("Texts", "还需核实什么？"),
        Step.CONFIRM: translate("Texts", "请客户核对"),
        Step.REVIEW: translate("Texts", "请复核人授权"),
        Step.ACCEPT: translate("Texts", "可以受理了吗？"),
        Step.PRINT: translate("Texts", "请打印并签名"),
        Step.HAND_OVER: translate("Texts", "终端交给客户了吗？"),
        Step.DONE: translate("Texts", "接下来"),
    }[value]


def need(value: Need) -> str:
    """Name what is still missing."""
    return {
        Need.TERMINAL: translate("Texts", "终端或商户编号"),
        Need.PRESENTER: translate("Texts", "办理人身份"),
        Need.REASON: translate("Texts", "变更原因"),
        Need.REASON_TEXT: translate("Texts", "原因说明"),
        Need.DOCUMENT: translate("Texts", "证件"),
        Need.FACE: translate("Texts", "人证比对"),
        Need.LETTER: translate("Texts", "授权委托书"),
        Need.LICENCE: translate("Texts", "营业执照"),
        Need.SETTLEMENT: translate("Texts", "结算账户确认"),
        Need.OLD_NUMBER: translate("Texts", "原号码核实结果"),
        Need.NUMBER: translate("Texts", "新号码"),
        Need.REPEAT: translate("Texts", "客户再输一次"),
        Need.HOLDER: translate("Texts", "号码登记人"),
        Need.CODE: translate("Texts", "验证码"),
        Need.BY_PICTURE: translate("Texts", "无法打印的字：以图片为准"),
        Need.LOOKUP: translate("Texts", "正在查询"),
        Need.SWAP_SN: translate("Texts", "新终端序列号"),
        Need.CONSENTS: translate("Texts", "客户同意"),
        Need.SECOND_PERSON: translate("Texts", "复核"),
        Need.PAPER: translate("Texts", "纸质回执"),
        Need.CALM_MINUTE: translate("Texts", "先陪客户坐一会儿"),
    }[value]


def severity(value: Severity) -> str:
    """Name what a finding does to the case."""
    return {
        Severity.WARN: translate("Texts", "提醒"),
        Severity.REVIEW: translate("Texts", "需复核"),
        Severity.BLOCK: translate("Texts", "不能继续"),
    }[value]


def evidence_strength(value: EvidenceStrength) -> str:
    """Name how well an identity is proved."""
    return {
        EvidenceStrength.NONE: translate("Texts", "尚无证据"),
        EvidenceStrength.TYPED: translate("Texts", "手工录入"),
        EvidenceStrength.CAMERA: translate("Texts", "证件影像"),
        EvidenceStrength.CHIP: translate("Texts", "芯片"),
        EvidenceStrength.CHIP_AND_FACE: translate("Texts", "芯片 + 人证一致"),
    }[value]


def capture_method(value: CaptureMethod) -> str:
    """Name how a value was read, on its badge."""
    return {
        CaptureMethod.TYPED: translate("Texts", "手录"),
        CaptureMethod.CAMERA: translate("Texts", "识别"),
        CaptureMethod.CHIP: translate("Texts", "芯片"),
    }[value]


def risk_band(value: RiskBand) -> str:
    """Name a risk band."""
    return {
        RiskBand.LOW: translate("Texts", "低"),
        RiskBand.MEDIUM: translate("Texts", "中"),
        RiskBand.HIGH: translate("Texts", "高"),
    }[value]


def role(value: Role) -> str:
    """Name a role of an account."""
    return {
        Role.CLERK: translate("Texts", "经办"),
        Role.REVIEWER: translate("Texts", "复核"),
        Role.CENTRE_MANAGER: translate("Texts", "主管"),
        Role.AUDITOR: translate("Texts", "审计"),
        Role.ADMIN: translate("Texts", "管理员"),
    }[value]


def device(value: DeviceKind) -> str:
    """Name a device of the strip at the top."""
    return {
        DeviceKind.ID_READER: translate("Texts", "读卡器"),
        DeviceKind.CAMERA: translate("Texts", "摄像头"),
        DeviceKind.PRINTER: translate("Texts", "打印机"),
        DeviceKind.OFFICE: translate("Texts", "后台"),
    }[value]


def waiting(value: Waiting) -> str:
    """Say for what the window waits."""
    return {
        Waiting.CARD: translate("Texts", "请把身份证平放在读卡器上"),
        Waiting.PICTURE: translate("Texts", "正在识别影像，请稍候"),
        Waiting.CODE_SENDING: translate("Texts", "正在发送验证码"),
        Waiting.CODE_CHECK: translate("Texts", "正在核对验证码"),
        Waiting.SECOND_PERSON: translate("Texts", "正在核对复核人身份"),
        Waiting.ACCEPTING: translate("Texts", "正在受理，请勿关机"),
        Waiting.PRINTING: translate("Texts", "正在打印"),
        Waiting.ENDING: translate("Texts", "正在保存结果"),
    }[value]


def language() -> Language:
    """Return the language of the window: that of the translation that is installed."""
    return Language(translate("Texts", "zh"))


def failure_text(code: FailureCode) -> Words:
    """Return the words of a failure in the window's language."""
    return failure_words(code, language())


def notice_text(notice: Notice) -> Words:
    """Return the words of what is odd about a picture in the window's language."""
    return notice_words(notice, language())


def finding_text(finding: Finding) -> Words:
    """Return the words of a finding in the window's language."""
    return finding_words(finding, language())
