"""The strip above a page: what failed, or for what the window waits; the same on every page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.reading import Notice, Reading
from counter_app.errors import FailureCode
from counter_app.flow.events import WaitCancelled
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Step
from counter_app.ui.page import StepView
from counter_app.ui.texts import failure_text, notice_text, waiting
from counter_app.ui.widgets.finding_list import Note
from counter_app.ui.widgets.looks import clear_layout

URGENT = (
    Notice.SIGNATURE_BROKEN,
    Notice.SIGNATURE_REVOKED,
    Notice.OTHER_COUNTRY,
    Notice.WRONG_KIND,
    Notice.SEVERAL_DOCUMENTS,
    Notice.SCREEN_PHOTO,
    Notice.MIRRORED,
    Notice.NOTHING_READ,
    Notice.PAGES_UNREAD,
    Notice.SIGNATURE_NOT_TRUSTED,
    Notice.REVOCATION_UNKNOWN,
    Notice.SIGNED_ELECTRONICALLY,
)
"""What is odd about a picture and worth a line above the page, most urgent first.

Whether it is a copy is the clerk's own tick; the letter's alterations are a check of their page.
"""
TONES = {
    Notice.SIGNATURE_BROKEN: "stop",
    Notice.SIGNATURE_REVOKED: "stop",
    Notice.SIGNED_ELECTRONICALLY: "good",
}

CAN_BE_CANCELLED = frozenset({Waiting.CARD, Waiting.PICTURE})


class NoticeStrip(QWidget):
    """One line of failure or waiting.

    Signals:
        happened: An event for the flow.
    """

    happened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, str, str] | None = None
        self._unsaved: FailureCode | None = None
        self._warning = QVBoxLayout()
        self._notes = QVBoxLayout()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("不再等待"))
        self._cancel.setProperty("role", "quiet")
        self._cancel.clicked.connect(self._give_up)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(6)
        column.addLayout(self._warning)
        column.addLayout(self._notes)
        column.addLayout(row)
        self.hide()

    def show_view(self, view: StepView, *, is_quiet: bool) -> None:
        """Show what failed or is waited for; nothing where the page does it itself."""
        state = view.state
        reading = state.proposal.reading if state.proposal is not None else None
        odd = _oddest(reading) if state.failure is None and state.waiting is None else None
        is_shown = not is_quiet and (state.failure is not None or state.waiting is not None)
        self.setVisible(is_shown or odd is not None or state.unsaved is not None)
        self._warn(state.unsaved)
        if not is_shown:
            self._note(*_told(odd, reading))
            self._bar.hide()
            self._cancel.hide()
            return
        if state.waiting is not None:
            is_bank_card = state.step is Step.MATERIALS and state.waiting is Waiting.CARD
            line = self.tr("请插入或放上银行卡") if is_bank_card else waiting(state.waiting)
            self._note("accent", line, "")
        elif state.failure is not None:
            words = failure_text(state.failure)
            self._note("stop", words.title, words.advice)
        self._bar.setVisible(state.waiting is not None)
        self._cancel.setVisible(state.waiting in CAN_BE_CANCELLED)
        done, expected = state.progress or (0, 0)
        self._bar.setRange(0, expected)
        self._bar.setValue(done)

    def mention(self, title: str, advice: str) -> None:
        """Say something that is no failure, until something else happens."""
        self._note("caution", title, advice)
        self._bar.hide()
        self._cancel.hide()
        self.show()

    def _note(self, tone: str, title: str, advice: str) -> None:
        if (tone, title, advice) == self._shown:
            return
        self._shown = (tone, title, advice)
        clear_layout(self._notes)
        if title:
            self._notes.addWidget(Note(tone, title, advice))

    def _warn(self, unsaved: FailureCode | None) -> None:
        """Say on every page that the window holds more than the store."""
        if unsaved is self._unsaved:
            return
        self._unsaved = unsaved
        clear_layout(self._warning)
        if unsaved is not None:
            words = failure_text(unsaved)
            self._warning.addWidget(Note("stop", words.title, words.advice))

    def _give_up(self) -> None:
        self.happened.emit(WaitCancelled())


def _oddest(reading: Reading | None) -> Notice | None:
    notices = reading.notices if reading is not None else ()
    return next((notice for notice in URGENT if notice in notices), None)


def _told(odd: Notice | None, reading: Reading | None) -> tuple[str, str, str]:
    """Return tone, title and advice; an electronic signature is told with its signer."""
    if odd is None:
        return "", "", ""
    words = notice_text(odd)
    signer = reading.signer if reading is not None else None
    title = f"{words.title}　{signer}" if signer else words.title
    return TONES.get(odd, "caution"), title, words.advice
