"""What the outcomes about the old number mean, in few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.draft import OldNumberOutcome, OldNumberProof

translate = QCoreApplication.translate


def outcome_note(outcome: OldNumberOutcome) -> str:
    """Return what an outcome means."""
    match outcome:
        case OldNumberOutcome.VERIFIED:
            return translate("OldNumber", "当场收到短信或接通来电")
        case OldNumberOutcome.UNREACHABLE:
            return translate("OldNumber", "手机或卡丢失、停机、打不通")
        case OldNumberOutcome.CANCELLED:
            return translate("OldNumber", "运营商已收回，可能已给别人用")
        case OldNumberOutcome.DECLINED:
            return translate("OldNumber", "号码能用，但不愿当场验证")


def proof_note(proof: OldNumberProof) -> str:
    """Return what a proof looks like."""
    match proof:
        case OldNumberProof.NONE:
            return translate("OldNumber", "由复核人决定")
        case OldNumberProof.LOSS_SLIP:
            return translate("OldNumber", "运营商挂失或停机凭证")
        case OldNumberProof.CANCELLATION:
            return translate("OldNumber", "运营商销户凭证")
        case OldNumberProof.POLICE_REPORT:
            return translate("OldNumber", "写明手机或卡被盗、遗失")
