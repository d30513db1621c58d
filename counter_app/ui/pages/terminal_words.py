"""What the terminal page says of a merchant."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.masking import masked_name, masked_phone
from counter_app.domain.merchant import MerchantRecord, MerchantStatus, Terminal
from counter_app.domain.phone import grouped
from counter_app.domain.provider_rules import RulePack
from counter_app.ui.texts_papers import merchant_type, ownership
from counter_app.ui.widgets.choice import Choice
from counter_app.ui.widgets.fact_grid import Fact

translate = QCoreApplication.translate

STATUS_TONES = {
    MerchantStatus.ACTIVE: "good",
    MerchantStatus.FROZEN: "stop",
    MerchantStatus.CLOSED: "stop",
}


def merchant_facts(merchant: MerchantRecord, rules: RulePack) -> tuple[Fact, ...]:
    """Return the rows of the merchant's card."""
    changed = merchant.phone_changed_on
    principal = merchant.principal.name
    title = rules.title if rules.provider == merchant.provider else merchant.provider
    return (
        Fact(translate("TerminalPage", "商户编号"), merchant.merchant_no),
        Fact(translate("TerminalPage", "商户类型"), merchant_type(merchant.type)),
        Fact(translate("TerminalPage", "收单机构"), title),
        Fact(
            translate("TerminalPage", "负责人"), masked_name(principal), principal, "principal_name"
        ),
        Fact(
            translate("TerminalPage", "绑定手机号"),
            masked_phone(merchant.phone),
            grouped(merchant.phone),
            "old_phone",
        ),
        Fact(
            translate("TerminalPage", "上次变更"),
            changed.isoformat() if changed else translate("TerminalPage", "没有变更过"),
        ),
        Fact(translate("TerminalPage", "经营地址"), merchant.address or "—"),
        Fact(
            translate("TerminalPage", "名下终端"),
            translate("TerminalPage", "{} 台").format(len(merchant.terminals)),
        ),
    )


def terminal_choices(terminals: tuple[Terminal, ...]) -> tuple[Choice, ...]:
    """Return the merchant's terminals as tiles."""
    return tuple(
        Choice(terminal.sn, terminal.sn, ownership(terminal.ownership), "terminal")
        for terminal in terminals
    )
