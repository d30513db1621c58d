"""What changes and what does not, in words for the customer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.draft import Draft
from counter_app.domain.masking import masked_account, masked_phone
from counter_app.domain.phone import grouped
from counter_app.domain.provider_rules import RulePack

translate = QCoreApplication.translate
FEN_PER_YUAN = 100


def old_number_words(draft: Draft) -> str:
    """Return the old number, masked: others may look on."""
    return grouped(masked_phone(draft.merchant.phone)) if draft.merchant is not None else "—"


def new_number_words(draft: Draft) -> str:
    """Return the new number in full: the customer compares it digit by digit."""
    return grouped(draft.new_number.number) if draft.new_number is not None else "—"


def account_words(draft: Draft) -> str:
    """Return the settlement account that stays."""
    settlement = draft.merchant.settlement if draft.merchant is not None else None
    if settlement is None:
        return translate("Confirm", "结算账户")
    account = masked_account(settlement.account)
    return (
        translate("Confirm", "结算账户 %1（%2）")
        .replace("%1", account)
        .replace("%2", settlement.bank)
    )


def swap_words(draft: Draft) -> str:
    """Return which terminal replaces which, or nothing."""
    if not draft.is_swap_wanted or not draft.swap_to_sn:
        return ""
    return translate("Confirm", "另换终端：换上 %1").replace("%1", draft.swap_to_sn)


def fee_words(rules: RulePack) -> str:
    """Return the fee."""
    if rules.fee_fen == 0:
        return translate("Confirm", "手续费：免费")
    yuan = f"{rules.fee_fen / FEN_PER_YUAN:.2f}"
    return translate("Confirm", "手续费：￥%1").replace("%1", yuan)


def expected_words(rules: RulePack) -> str:
    """Return when the result can be asked for."""
    days = translate("Confirm", "受理后 %1 个工作日内可查询结果").replace(
        "%1", str(rules.working_days)
    )
    late = translate("Confirm", "（%1 后受理的顺延一天）").replace(
        "%1", rules.cut_off.strftime("%H:%M")
    )
    return days + late
