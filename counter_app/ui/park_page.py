"""Putting a case aside, sending the customer online, or ending it: asked inside the window."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.flow.events import AdviseOnlinePressed, EndPressed, ParkPressed
from counter_app.ui.generated.ui_park_page import Ui_ParkPage
from counter_app.ui.page import PageKit
from counter_app.ui.park_reasons import FIRST, reasons
from counter_app.ui.widgets.choice import Choice


class ParkPage(QWidget):
    """Why the case waits, and when it should ask for attention.

    Signals:
        happened: An event for the flow.
        stayed: The clerk goes on with the case.
    """

    happened = Signal(object)
    stayed = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._ui = Ui_ParkPage()
        self._ui.setupUi(self)
        offered = tuple(Choice(code, words) for code, words in reasons().items())
        self._ui.reason_tiles.offer(offered, 2)
        self._ui.remind_tiles.offer(self._times(), 4)
        self._ui.reason_field.entered.connect(self._park)
        self._ui.park_button.clicked.connect(self._park)
        self._ui.stay_button.clicked.connect(self.stayed)
        self._ui.online_button.clicked.connect(self._online)
        self._ui.end_button.clicked.connect(self._end)

    def ask(self, *, is_closing: bool) -> None:
        """Begin anew; when the window is being closed the words say so."""
        self._ui.reason_tiles.show_value(FIRST)
        self._ui.remind_tiles.show_value(timedelta(0))
        self._ui.reason_field.show_text("")
        headline = (
            self.tr("还有业务没办完，要退出吗？") if is_closing else self.tr("为什么先放一放？")
        )
        self._ui.headline.ask(headline, self._ui.headline.line_text())
        text = self.tr("挂起并退出") if is_closing else self.tr("挂起")
        self._ui.park_button.setText(text)

    def first_field(self) -> QWidget:
        """Return the reasons."""
        return self._ui.reason_tiles

    def _times(self) -> tuple[Choice, ...]:
        return (
            Choice(timedelta(0), self.tr("不提醒")),
            Choice(timedelta(minutes=30), self.tr("30 分钟后")),
            Choice(timedelta(hours=2), self.tr("2 小时后")),
            Choice(timedelta(days=1), self.tr("明天这时")),
        )

    def _park(self) -> None:
        reason = str(self._ui.reason_tiles.value() or FIRST)
        words = self._ui.reason_field.text().strip()
        after = self._ui.remind_tiles.value()
        remind_at = None
        if isinstance(after, timedelta) and after:
            remind_at = self._kit.parts.clock.now() + after
        self.happened.emit(ParkPressed(f"{reason} {words}".strip(), remind_at))

    def _online(self) -> None:
        self.happened.emit(AdviseOnlinePressed())

    def _end(self) -> None:
        self.happened.emit(EndPressed())
