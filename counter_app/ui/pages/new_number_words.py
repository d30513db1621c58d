"""Words of the page of the new number."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def shared_reasons() -> tuple[str, ...]:
    """Return the usual reasons why one number serves several principals."""
    return (
        translate("NewNumber", "夫妻共用"),
        translate("NewNumber", "父母与子女共用"),
        translate("NewNumber", "同一法定代表人的多家单位"),
        translate("NewNumber", "财务人员统一管理"),
    )
