"""Facts in two columns: what it is, and the value, with its source or an eye where masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from counter_app.domain.identity_document import CaptureMethod
from counter_app.ui.widgets.looks import clear_layout, label, set_look
from counter_app.ui.widgets.masked_value import MaskedValue
from counter_app.ui.widgets.source_badge import SourceBadge


@dataclass(frozen=True, slots=True)
class Fact:
    """One row.

    Attributes:
        value: Shown; where `full` is given this is its masked form.
        full: The whole value, behind the eye; empty where nothing is masked.
        code: What the journal calls the value when it is revealed.
        tone: "", "good", "caution" or "stop".
        role: Look of the value; "" for a sentence, which is set in body type beside its mark.
    """

    name: str
    value: str = field(repr=False)
    full: str = field(default="", repr=False)
    code: str = ""
    source: CaptureMethod | None = None
    tone: str = ""
    role: str = "value"


class FactGrid(QWidget):
    """Rows of facts, rebuilt only when they differ.

    Signals:
        revealed: Name of a masked value that was shown in full.
    """

    revealed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] | None = None
        self._masked: list[MaskedValue] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)

    def show_facts(self, facts: Sequence[Fact], columns: int = 1) -> None:
        """Show facts in so many pairs of columns."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        clear_layout(self._grid)
        self._masked = []
        for index, fact in enumerate(facts):
            row, column = divmod(index, columns)
            name = label(fact.name, "label")
            upright = Qt.AlignmentFlag.AlignVCenter if fact.role else Qt.AlignmentFlag.AlignTop
            name.setAlignment(Qt.AlignmentFlag.AlignLeft | upright)
            self._grid.addWidget(name, row, column * 2)
            self._grid.addWidget(self._value(fact), row, column * 2 + 1)
        for column in range(max(self._grid.columnCount() // 2, columns)):
            self._grid.setColumnStretch(column * 2 + 1, 1 if column < columns else 0)

    def reveal_all(self) -> None:
        """Show every masked value for ten seconds."""
        for value in self._masked:
            value.reveal()

    def _value(self, fact: Fact) -> QWidget:
        if fact.full:
            masked = MaskedValue()
            masked.show_value(fact.code, fact.full, fact.value)
            masked.revealed.connect(self.revealed)
            self._masked.append(masked)
            return masked
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        text = label(fact.value, fact.role, wraps=fact.source is None)
        set_look(text, "tone", fact.tone)
        row.addWidget(text, 1 if fact.source is None else 0)
        if fact.source is not None:
            badge = SourceBadge(holder)
            badge.show_source(fact.source)
            row.addWidget(badge)
            row.addStretch(1)
        return holder
