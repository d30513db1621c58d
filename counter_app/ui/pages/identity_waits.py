"""What the device panel of the identity page says while a card is waited for or read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.card_phase import CardPhase
from counter_app.flow.state import FlowState
from counter_app.ui.widgets.device_panel import DeviceMode, DeviceShown

translate = QCoreApplication.translate


def card_shown(state: FlowState, *, is_travel: bool) -> DeviceShown:
    """Return the state of the reader while a card is waited for or read."""
    phase = state.phase if state.progress is not None else CardPhase.WAITING
    if phase is None:
        phase = CardPhase.READING
    if phase.is_waiting:
        title, line = _waiting_words(phase, is_travel=is_travel)
        return DeviceShown(DeviceMode.WAITING, title, line, "card_on_reader")
    done, expected = state.progress or (0, 0)
    title = _reading_words(phase)
    line = translate("IdentityPage", "已读 {} / {} 字节").format(done, expected) if done else ""
    return DeviceShown(DeviceMode.READING, title, line, progress=(done, expected))


def _waiting_words(phase: CardPhase, *, is_travel: bool) -> tuple[str, str]:
    here = lay_down(is_travel=is_travel)
    match phase:
        case CardPhase.SAME_CARD:
            return (
                translate("IdentityPage", "请先拿起证件，再放一次"),
                translate("IdentityPage", "读卡器上还是刚才那张"),
            )
        case CardPhase.OTHER_FAMILY:
            return _other_family_words(is_travel=is_travel)
        case CardPhase.BESIDE:
            return here, _beside_line(is_travel=is_travel)
        case CardPhase.MUTE:
            return (
                translate("IdentityPage", "卡没有应答，请放正、放稳"),
                translate("IdentityPage", "护照请合上，封底朝下放"),
            )
        case CardPhase.IN_USE:
            return (
                translate("IdentityPage", "另一个程序正在使用这张卡"),
                translate("IdentityPage", "请关闭其他读卡程序，会继续读取"),
            )
        case _:
            return here, translate("IdentityPage", "也可以：F6 摄像头　手工录入")


def _other_family_words(*, is_travel: bool) -> tuple[str, str]:
    if is_travel:
        return (
            translate("IdentityPage", "这张卡不是护照或通行证"),
            translate("IdentityPage", "请换上证件，会继续读取；读身份证请改选左边一格"),
        )
    return (
        translate("IdentityPage", "放上的不是身份证"),
        translate(
            "IdentityPage",
            "银行卡请先拿开；护照、通行证请改选。身份证放到身份证阅读器上，会继续读取",
        ),
    )


def _beside_line(*, is_travel: bool) -> str:
    if is_travel:
        return translate(
            "IdentityPage", "读卡器里原有的卡不是护照或通行证；请放到空的读卡器上，或换下那张卡"
        )
    return translate("IdentityPage", "另一台读卡器里原有一张卡，不影响读身份证；护照、通行证请改选")


def lay_down(*, is_travel: bool) -> str:
    """Return what to lay where."""
    if is_travel:
        return translate("IdentityPage", "请把护照或通行证平放在读卡器上")
    return translate("IdentityPage", "请把身份证平放在读卡器上")


def _reading_words(phase: CardPhase) -> str:
    match phase:
        case CardPhase.AGAIN:
            return translate("IdentityPage", "没读全，正在重读，请勿移动")
        case CardPhase.OPENING:
            return translate("IdentityPage", "正在打开芯片，请勿移动")
        case CardPhase.CHECKING:
            return translate("IdentityPage", "正在核验芯片")
        case _:
            return translate("IdentityPage", "正在读取，请勿移动")
