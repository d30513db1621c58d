"""What the materials page says while a bank card is waited for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.card_phase import CardPhase
from counter_app.flow.state import FlowState

translate = QCoreApplication.translate


def bank_card_wait(state: FlowState) -> str:
    """Return what to do with the bank card now."""
    if state.phase is CardPhase.OTHER_FAMILY:
        return translate("MaterialsPage", "这不是银行卡，请换上结算账户的银行卡，会继续读取")
    return translate("MaterialsPage", "请插入或放上银行卡，勿移动")
