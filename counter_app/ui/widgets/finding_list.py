"""Findings with an icon, a word and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.checks import Finding, Severity
from counter_app.ui.texts import finding_text, severity
from counter_app.ui.widgets.looks import TONE_ICONS, clear_layout, label, set_icon, set_look

TONES = {Severity.BLOCK: "stop", Severity.REVIEW: "accent", Severity.WARN: "caution"}


class Note(QFrame):
    """One tinted line: icon, title, and advice below."""

    def __init__(self, tone: str, title: str, advice: str = "", word: str = "") -> None:
        super().__init__()
        self.setProperty("role", "finding")
        set_look(self, "tone", tone)
        self.setAccessibleName(f"{word} {title}")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        holder = label()
        set_icon(holder, TONE_ICONS.get(tone, "info"), tone, 18)
        row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        first = label(f"{word} · {title}" if word else title, wraps=True)
        set_look(first, "tone", tone)
        words.addWidget(first)
        if advice:
            words.addWidget(label(advice, "small", wraps=True))
        row.addLayout(words, 1)


class FindingList(QWidget):
    """The findings of a step, or of the whole visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Finding, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show findings, the most severe first; rebuilt only when they differ."""
        ordered = tuple(sorted(findings, key=lambda item: -item.severity.rank))
        if ordered == self._shown:
            return
        self._shown = ordered
        clear_layout(self._column)
        for finding in ordered:
            words = finding_text(finding)
            tone = TONES[finding.severity]
            note = Note(tone, words.title, words.advice, severity(finding.severity))
            note.setToolTip(words.ground)
            self._column.addWidget(note)
        self.setVisible(bool(ordered))
