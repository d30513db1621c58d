"""One case that mentions a person: what is kept, why, until when; and a note of what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from counter_app.domain.paper_parts import PaperKind
from counter_app.ports.retention import Kept, Sort
from counter_app.ports.subject import Held
from counter_app.services.retention_words import class_words, end_words, sort_name
from counter_app.ui.texts import language
from counter_app.ui.texts_papers import paper_kind, picture_name
from counter_app.ui.texts_visit import case_state
from counter_app.ui.widgets.field import LabelledField
from counter_app.ui.widgets.looks import label, set_look

PAPERS = {kind.value: kind for kind in PaperKind}
Line = tuple[str, str, str]


class HeldRow(QFrame):
    """Emits what the person says is wrong.

    Signals:
        corrected: Case id, and the words.
    """

    corrected = Signal(str, str)

    def __init__(self, held: Held) -> None:
        super().__init__()
        self._case_id = held.case.case_id
        self.setProperty("role", "card")
        self.button = QPushButton(self.tr("记更正说明"))
        self.button.clicked.connect(self._ask)
        self.field = LabelledField()
        self.field.set_label(self.tr("客户指出的错误；按 Enter 记下，已受理的内容不改写"))
        self.field.entered.connect(self._enter)
        self.field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(self._top(held))
        column.addLayout(_kept_grid(held))
        column.addWidget(self.field)

    def _top(self, held: Held) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        badge = label(case_state(held.case.state), "badge")
        set_look(badge, "tone", "idle")
        top.addWidget(badge)
        name = label(held.case.acceptance_no or held.case.case_id)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top.addWidget(name)
        top.addWidget(label(held.case.day.isoformat(), "small"))
        if held.corrections:
            noted = self.tr("更正说明 %1 条").replace("%1", str(len(held.corrections)))
            top.addWidget(label(noted, "small"))
        top.addStretch(1)
        top.addWidget(self.button)
        return top

    def _ask(self) -> None:
        self.field.show()
        self.field.edit.setFocus()

    def _enter(self) -> None:
        words = self.field.text().strip()
        if words:
            self.corrected.emit(self._case_id, words)


def _kept_grid(held: Held) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    for row, (what, held_as, ends) in enumerate(kept_lines(held.kept)):
        grid.addWidget(label(what), row, 0)
        grid.addWidget(label(held_as, "small"), row, 1)
        grid.addWidget(label(ends, "small"), row, 2)
    grid.setColumnStretch(3, 1)
    return grid


def kept_lines(kept: tuple[Kept, ...]) -> Iterator[Line]:
    """Say each thing once: what and how often, its class, and until when."""
    counted = Counter(
        (_name(one), class_words(one, language()).title, end_words(one, language())) for one in kept
    )
    for (what, held_as, ends), count in counted.items():
        yield f"{what} ×{count}" if count > 1 else what, held_as, ends


def _name(kept: Kept) -> str:
    sort = sort_name(kept, language())
    if kept.sort is Sort.PICTURE and picture_name(kept.kind):
        return f"{sort}　{picture_name(kept.kind)}"
    if kept.sort is Sort.PAPER and kept.kind in PAPERS:
        return f"{sort}　{paper_kind(PAPERS[kept.kind])}"
    return sort
