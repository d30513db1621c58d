"""What the identity page says: headlines, device states, rows of the document."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument
from counter_app.domain.masking import masked_identity
from counter_app.domain.travel_document import CheckState, CheckVerdict
from counter_app.flow.state import FlowState, Waiting
from counter_app.flow.steps import Step
from counter_app.ui.pages.identity_form import LONG_TERM
from counter_app.ui.pages.identity_waits import card_shown
from counter_app.ui.texts import language
from counter_app.ui.texts_papers import document_type
from counter_app.ui.widgets.device_panel import DeviceMode, DeviceShown, failed_shown
from counter_app.ui.widgets.fact_grid import Fact
from counter_app.words.chip_checks import check_words

translate = QCoreApplication.translate
CONTEXT = "IdentityPage"
CHECK_MARKS = {
    CheckState.VERIFIED: "✓",
    CheckState.NOT_VERIFIED: "–",
    CheckState.FAILED: "×",
}
CHECK_TONES = {
    CheckState.VERIFIED: "good",
    CheckState.NOT_VERIFIED: "caution",
    CheckState.FAILED: "stop",
}


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


def device_shown(
    state: FlowState, document: IdentityDocument | None, *, is_travel: bool = False
) -> DeviceShown:
    """Return the state of the reader as the panel shows it."""
    if state.waiting is Waiting.CARD:
        return card_shown(state, is_travel=is_travel)
    if state.waiting is Waiting.PICTURE:
        title = translate("IdentityPage", "正在识别影像，请稍候")
        return DeviceShown(DeviceMode.READING, title, "", progress=(0, 0))
    if state.failure is not None:
        return failed_shown(state.failure, translate("IdentityPage", "F5 重试"))
    return done_shown(document) if document is not None else idle_shown(is_travel=is_travel)


def done_shown(document: IdentityDocument) -> DeviceShown:
    """Return what stands in the picture's place where there is no picture."""
    if document.captured_by is CaptureMethod.CHIP:
        read = translate("IdentityPage", "芯片已读取")
        photo = translate("IdentityPage", "照片未解码，请看证面照片核对本人")
        return DeviceShown(DeviceMode.DONE, read, photo)
    return DeviceShown(DeviceMode.DONE, translate("IdentityPage", "证件已录入"))


def idle_shown(*, is_travel: bool) -> DeviceShown:
    """Return what to do while nobody waits for a card and no document is there."""
    if is_travel:
        title = translate("IdentityPage", "先读机读码，再放上证件")
        line = translate("IdentityPage", "按 F6 拍机读码页，或在右侧输入机读码")
        return DeviceShown(DeviceMode.WAITING, title, line, "card_on_reader")
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
    address = (Fact(translate("IdentityPage", "住址"), document.address),)
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
        *(address if document.address else ()),
    )


def check_facts(document: IdentityDocument) -> tuple[Fact, ...]:
    """Return one row per check of the chip: its mark, and what came out in plain words."""
    return tuple(_check_fact(verdict) for verdict in document.chip_checks)


def _check_fact(verdict: CheckVerdict) -> Fact:
    words = check_words(verdict, language())
    ground = f"（{words.ground}）" if words.ground else ""
    mark, tone = CHECK_MARKS[verdict.state], CHECK_TONES[verdict.state]
    return Fact(mark, words.title + ground, tone=tone, role="")


def chip_strength(document: IdentityDocument) -> str:
    """Say how much the reading of a travel document's chip counts; empty for other documents."""
    if not document.chip_checks:
        return ""
    if document.captured_by is CaptureMethod.CHIP:
        return translate("IdentityPage", "芯片核验：通过，按芯片证据采用")
    return translate("IdentityPage", "芯片核验：未能全部验证，只按摄像头证据采用")


def tone_of(printed: str | None, read: str) -> str:
    """Return the tone of a value that was compared with the surface."""
    if printed is None:
        return ""
    return "good" if printed == read else "stop"


def day_text(day: object) -> str:
    """Return a day, or a dash for none."""
    return str(day) if day is not None else "—"
