"""The letter's checks for the second person: what stands out in words, the rest counted."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from counter_app.services.letter_checks import CheckedFact, CheckVerdict, checked_facts
from counter_app.ui.page import StepView
from counter_app.ui.pages.letter_row import MARKS, TONES
from counter_app.ui.pages.letter_words import check_title
from counter_app.ui.texts import finding_text
from counter_app.ui.widgets.looks import clear_layout, label, set_look

translate = QCoreApplication.translate
Line = tuple[CheckVerdict, str]


class ReviewLetter:
    """Fills a column; rebuilt only when the checks differ."""

    def __init__(self, column: QVBoxLayout) -> None:
        self._column = column
        self._shown: tuple[Line, ...] = ()

    def show_view(self, view: StepView) -> None:
        """Show the checks of the letter, nothing without one."""
        draft = view.state.draft
        facts = checked_facts(draft, view.assessment.findings) if draft.letter is not None else ()
        lines = tuple(_lines(facts))
        if lines == self._shown:
            return
        self._shown = lines
        clear_layout(self._column)
        for verdict, text in lines:
            line = label(f"{MARKS[verdict]}　{text}", wraps=True)
            set_look(line, "tone", TONES[verdict])
            self._column.addWidget(line)


def _lines(facts: tuple[CheckedFact, ...]) -> Iterator[Line]:
    for fact in facts:
        if fact.finding is not None:
            reason = finding_text(fact.finding).title
            pattern = translate("Review", "%1：%2")
            title = check_title(fact.check)
            yield fact.verdict, pattern.replace("%1", title).replace("%2", reason)
    waiting = [check_title(fact.check) for fact in facts if fact.verdict is CheckVerdict.OPEN]
    if waiting:
        words = translate("Review", "未核实：%1").replace("%1", "、".join(waiting))
        yield CheckVerdict.OPEN, words
    good = sum(fact.verdict is CheckVerdict.GOOD for fact in facts)
    if good:
        yield CheckVerdict.GOOD, translate("Review", "%1 项相符").replace("%1", str(good))
