"""What the day page lists: the self-check, the totals, what stands against closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from counter_app.domain.counter_facts import SHANGHAI
from counter_app.domain.day_check import CheckLevel, CheckLine, DayCheck
from counter_app.domain.day_totals import DayTotals, Total
from counter_app.services.day import DayStatus
from counter_app.services.day_words import (
    check_words,
    day_words,
    difference_words,
    item_name,
    total_name,
)
from counter_app.ui.texts import language
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import clear_layout, label, rule, set_icon, set_look

NAME_PX = 84
FIGURE_PX = 34
COLUMNS = 3
SIGNS = {"good": "check", "caution": "caution", "stop": "stop"}
MOST_DIFFERENCES = 4
ID_TAIL = 8
TONES = {
    Total.PARKED: "caution",
    Total.AWAITING_REVIEW: "stop",
    Total.POST_REVIEW: "caution",
    Total.DOUBTFUL: "caution",
    Total.UNFINISHED: "caution",
    Total.UNPRINTED: "stop",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Where the day stands, and its totals."""

    status: DayStatus
    totals: DayTotals


def words(code: str, *values: object) -> str:
    """Return words of the day in the language of the screen, with their figures."""
    text = day_words(code, language()).title
    for place, value in enumerate(values, 1):
        text = text.replace(f"%{place}", str(value))
    return text


def show_check(layout: QVBoxLayout, check: DayCheck) -> None:
    """Show what to heed with what to do about it; what is well below, in large type one a line."""
    clear_layout(layout)
    heeded = [line for line in check.lines if line.level is not CheckLevel.GOOD]
    well = [line for line in check.lines if line.level is CheckLevel.GOOD]
    for line in heeded:
        layout.addLayout(_check_row(line))
    if heeded and well:
        layout.addWidget(rule())
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(7)
    for index, line in enumerate(well):
        row, column = divmod(index, 1 if theme().scale > 1 else 2)
        _add_well(grid, row, column * 3, line)
    grid.setColumnStretch(2, 1)
    if theme().scale <= 1:
        grid.setColumnStretch(5, 1)
    layout.addLayout(grid)


def show_totals(grid: QGridLayout, totals: DayTotals) -> None:
    """Show the totals in three columns, each read downwards; what is not zero stands out."""
    clear_layout(grid)
    rows = -(-len(totals.counts) // COLUMNS)
    for index, (total, count) in enumerate(totals.counts):
        column, row = divmod(index, rows)
        name = label(total_name(total, language()), "label", wraps=True)
        grid.addWidget(name, row, column * 3)
        figure = label(str(count), "title" if count else "quiet")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        figure.setMinimumWidth(FIGURE_PX)
        set_look(figure, "tone", TONES.get(total, "") if count else "")
        grid.addWidget(figure, row, column * 3 + 1)
    for column in range(COLUMNS - 1):
        grid.setColumnStretch(column * 3 + 2, 1)


def status_words(status: DayStatus) -> str:
    """Say since when the day is open, or that it is closed."""
    if status.closed_at is not None:
        return words("screen.closed", status.closed_at.astimezone(SHANGHAI).strftime("%H:%M"))
    if status.opened_at is None:
        return words("screen.not_open")
    return words("screen.open", status.opened_at.astimezone(SHANGHAI).strftime("%H:%M"))


def show_differences(layout: QVBoxLayout, totals: DayTotals) -> None:
    """Show what does not agree, one by one; the rest by number."""
    clear_layout(layout)
    for one in totals.differences[:MOST_DIFFERENCES]:
        subject = one.subject if one.subject.isdigit() else one.subject[-ID_TAIL:]
        told = difference_words(one.kind, language())
        line = label(f"{told.title}　{subject}　{told.advice}", wraps=True)
        set_look(line, "tone", "stop")
        layout.addWidget(line)
    more = len(totals.differences) - MOST_DIFFERENCES
    if more > 0:
        layout.addWidget(label(f"+ {more}", "small"))


def show_blocks(layout: QVBoxLayout, totals: DayTotals) -> bool:
    """Show what has to be done before closing; says whether there is anything."""
    clear_layout(layout)
    rows = tuple(_blocks(totals))
    for tone, title, advice in rows:
        layout.addLayout(_signed_row(tone, title, advice))
    return bool(rows)


def _blocks(totals: DayTotals) -> Iterator[tuple[str, str, str]]:
    awaiting = totals.of(Total.AWAITING_REVIEW)
    if awaiting:
        told = day_words("screen.awaiting", language())
        yield "stop", told.title.replace("%1", str(awaiting)), told.advice
    if totals.differences:
        count = len(totals.differences)
        yield "stop", words("screen.differences", count), words("screen.explain")
    owed = totals.of(Total.UNPRINTED)
    if owed:
        told = day_words("unprinted.some", language())
        yield "caution", told.title.replace("%1", str(owed)), told.advice
    doubtful = totals.of(Total.DOUBTFUL)
    if doubtful:
        told = day_words("screen.doubtful", language())
        yield "caution", told.title.replace("%1", str(doubtful)), told.advice
    sampled = totals.of(Total.POST_REVIEW)
    if sampled:
        told = day_words("screen.post_review", language())
        yield "caution", told.title.replace("%1", str(sampled)), told.advice
    unfinished = totals.of(Total.PARKED) + totals.of(Total.UNFINISHED)
    if unfinished:
        told = day_words("screen.parked", language())
        yield "caution", told.title.replace("%1", str(unfinished)), told.advice


def _check_row(line: CheckLine) -> QHBoxLayout:
    told = check_words(line, language())
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(_sign(line.level.value), 0, Qt.AlignmentFlag.AlignTop)
    name = label(item_name(line.item, language()), "label")
    name.setMinimumWidth(NAME_PX)
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(label(told.title, wraps=True))
    column.addWidget(label(told.advice, "small", wraps=True))
    row.addLayout(column, 1)
    return row


def _add_well(grid: QGridLayout, row: int, column: int, line: CheckLine) -> None:
    grid.addWidget(_sign(line.level.value), row, column)
    grid.addWidget(label(item_name(line.item, language()), "label"), row, column + 1)
    grid.addWidget(label(check_words(line, language()).title), row, column + 2)


def _signed_row(tone: str, title: str, advice: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(_sign(tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(title), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(advice, "quiet", wraps=True), 1, Qt.AlignmentFlag.AlignTop)
    return row


def _sign(tone: str) -> QLabel:
    sign = label()
    set_icon(sign, SIGNS[tone], "" if tone == "good" else tone, 18)
    return sign
