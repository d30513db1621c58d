"""What the outcomes of the call to the principal mean, in few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.draft import CallbackOutcome

translate = QCoreApplication.translate


def call_note(outcome: CallbackOutcome) -> str:
    """Return what follows from a call."""
    match outcome:
        case CallbackOutcome.CONFIRMED:
            return translate("Evidence", "知道并同意本次变更")
        case CallbackOutcome.DENIED:
            return translate("Evidence", "不能受理")
        case CallbackOutcome.NO_ANSWER:
            return translate("Evidence", "可以挂起，稍后再拨")
        case CallbackOutcome.OUT_OF_SERVICE:
            return translate("Evidence", "由复核人决定")
