"""Why a case was put aside: the codes that the store keeps, and their words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
FIRST = "customer_fetches"


def reasons() -> dict[str, str]:
    """Return the words of each code, in the order in which they are offered."""
    return {
        FIRST: translate("ParkPage", "客户回去取材料"),
        "waits_for_review": translate("ParkPage", "等复核人"),
        "next_customer": translate("ParkPage", "先办下一位"),
        "device_trouble": translate("ParkPage", "设备故障"),
    }


def told(reason: str) -> str:
    """Write a stored reason, a code with the clerk's words after it, in the screen's language."""
    code, _, words = reason.partition(" ")
    name = reasons().get(code)
    return reason if name is None else "，".join(part for part in (name, words) if part)
