"""Words for where an accepted case stands, and what the customer still does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.case_state import CaseState

translate = QCoreApplication.translate


def state_note(state: CaseState) -> str:
    """Return what the state of a case means for the customer."""
    return {**_open_states(), **_waiting_states(), **_ended_states()}[state]


def _open_states() -> dict[CaseState, str]:
    return {
        CaseState.DRAFT: translate("Done", "尚未受理"),
        CaseState.PARKED: translate("Done", "按 F3 可以继续"),
        CaseState.AWAITING_REVIEW: translate("Done", "等复核人授权"),
        CaseState.ACCEPTED_UNPRINTED: translate("Done", "件已保存，回执还没有交到客户手里"),
    }


def _waiting_states() -> dict[CaseState, str]:
    return {
        CaseState.QUEUED: translate("Done", "已受理，尚未生效；联网后自动上送"),
        CaseState.SENT: translate("Done", "已受理，尚未生效；等总部签收"),
        CaseState.ACKED: translate("Done", "已受理，尚未生效；等机构处理"),
        CaseState.IN_PROCESS: translate("Done", "已受理，尚未生效"),
        CaseState.NEED_MORE: translate("Done", "请联系客户补交材料"),
        CaseState.WITHDRAW_REQUESTED: translate("Done", "等总部答复"),
    }


def _ended_states() -> dict[CaseState, str]:
    return {
        CaseState.APPLIED: translate("Done", "新号码已经绑定"),
        CaseState.REJECTED: translate("Done", "请联系客户说明原因，可以重新办理"),
        CaseState.VOIDED: translate("Done", "本件不再上送，编号不再使用"),
        CaseState.REFUSED: translate("Done", "已把原因和救济途径交给客户"),
        CaseState.ADVISED_ONLINE: translate("Done", "客户将自行在线上办理"),
        CaseState.SUPERSEDED: translate("Done", "以更正后的受理件为准"),
        CaseState.ABANDONED: translate("Done", "逾期没有续办，资料已按规定删除"),
    }


def after_care() -> tuple[str, ...]:
    """Return what the customer still has to do, most urgent first."""
    return (
        translate("Done", "生效后请重启终端并签到，再试一笔"),
        translate("Done", "用新号码拨打客服热线，确认能收到验证码"),
        translate("Done", "支付宝、微信、网上银行绑定的手机号请本人在手机上更新"),
        translate("Done", "旧号码如已停用，请到运营商办理销号"),
    )
