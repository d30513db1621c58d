"""What the identity page says: headlines, device states, rows of the document."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument
from counter_app.domain.masking import masked_identity, masked_name
from counter_app.flow.state import FlowState, Waiting
from counter_app.flow.steps import Step
from counter_app.ui.pages.identity_form import LONG_TERM
from counter_app.ui.texts_papers import document_type
from counter_app.ui.widgets.device_panel import DeviceMode, DeviceShown, failed_shown
from counter_app.ui.widgets.fact_grid import Fact

translate = QCoreApplication.translate
CONTEXT = "IdentityPage"


def headline(state: FlowState) -> tuple[str, str]:
    """Return the question and the line below it."""
    line = translate(
        "IdentityPage", "把证件放上读卡器会自动读取；读不出来时按 F6 用摄像头，或手工录入"
    )
    if state.step is Step.PRINCIPAL_ID:
        return translate("IdentityPage", "请出示委托人的证件"), line
    if state.draft.is_delegated:
        return translate("IdentityPage", "请出示代办人的证件"), line
    return translate("IdentityPage", "请出示本人的证件"), line


def device_shown(state: FlowState, document: IdentityDocument | None) -> DeviceShown:
    """Return the state of the reader as the panel shows it."""
    if state.waiting is Waiting.CARD and state.progress is not None:
        done, expected = state.progress
        line = translate("IdentityPage", "已读 {} / {} 字节").format(done, expected)
        title = translate("IdentityPage", "正在读取，请勿移动")
        return DeviceShown(DeviceMode.READING, title, line, progress=(done, expected))
    if state.waiting is Waiting.CARD:
        title = translate("IdentityPage", "请把身份证平放在读卡器上")
        line = translate("IdentityPage", "也可以：F6 摄像头　手工录入")
        return DeviceShown(DeviceMode.WAITING, title, line, "card_on_reader")
    if state.waiting is Waiting.PICTURE:
        title = translate("IdentityPage", "正在识别影像，请稍候")
        return DeviceShown(DeviceMode.READING, title, "", progress=(0, 0))
    if state.failure is not None:
        return failed_shown(state.failure, translate("IdentityPage", "F5 重试"))
    if document is not None:
        is_chip = document.captured_by is CaptureMethod.CHIP
        read, typed = (
            translate("IdentityPage", "芯片已读取"),
            translate("IdentityPage", "证件已录入"),
        )
        return DeviceShown(DeviceMode.DONE, read if is_chip else typed)
    title = translate("IdentityPage", "按 F5 读卡")
    line = translate("IdentityPage", "也可以：F6 摄像头　手工录入")
    return DeviceShown(DeviceMode.WAITING, title, line, "card_on_reader")


def document_facts(document: IdentityDocument) -> tuple[Fact, ...]:
    """Return the rows of a document, the number masked, differences from the surface marked."""
    printed, source = document.printed, document.captured_by
    name_tone = number_tone = ""
    if printed is not None:
        name_tone = tone_of(printed.name, document.name)
        number_tone = tone_of(printed.number, document.number)
    until = LONG_TERM if document.is_long_term else day_text(document.valid_until)
    return (
        Fact(translate("IdentityPage", "证件类型"), document_type(document.type)),
        Fact(
            translate("IdentityPage", "姓名"), document.name or "—", source=source, tone=name_tone
        ),
        Fact(
            translate("IdentityPage", "证件号码"),
            masked_identity(document.number),
            document.number,
            "id_number",
            tone=number_tone,
        ),
        Fact(translate("IdentityPage", "出生日期"), day_text(document.born_on)),
        Fact(
            translate("IdentityPage", "有效期"),
            f"{day_text(document.valid_from)} — {until}",
        ),
    )


def tone_of(printed: str | None, read: str) -> str:
    """Return the tone of a value that was compared with the surface."""
    if printed is None:
        return ""
    return "good" if printed == read else "stop"


def day_text(day: object) -> str:
    """Return a day, or a dash for none."""
    return str(day) if day is not None else "—"


def short_name(document: IdentityDocument) -> str:
    """Return the holder's masked name, for lines that others may see."""
    return masked_name(document.name)
