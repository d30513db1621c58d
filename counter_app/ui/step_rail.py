"""The steps of the visit on the left: done, here, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from counter_app.flow.steps import Step
from counter_app.ui.icons import icon
from counter_app.ui.texts import step as step_word
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import clear_layout, label, set_look, set_text

WIDTH_PX = 200
"""The same at every scale, so that larger type has the middle to itself."""


class StepRail(QWidget):
    """The list that `path()` gives; pressing a done step goes there.

    Signals:
        picked: A done step that was pressed.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._shown: tuple[tuple[Step, ...], Step, bool] | None = None
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self._note = label(role="small", wraps=True)
        set_look(self._note, "tone", "caution")
        self._note.hide()
        self._progress = label(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addLayout(self._steps)
        column.addStretch(1)
        column.addWidget(self._progress)

    def show_kind(self, *, is_correction: bool) -> None:
        """Say whether this case takes the place of another one."""
        set_text(self._note, self.tr("更正件：受理后取代原件"))
        self._note.setVisible(is_correction)

    def show_steps(self, steps: Sequence[Step], here: Step, *, is_open: bool) -> None:
        """Show the steps; done ones can be pressed while the case is open."""
        if (tuple(steps), here, is_open) == self._shown:
            return
        self._shown = (tuple(steps), here, is_open)
        clear_layout(self._steps)
        for step in steps:
            self._steps.addWidget(self._button(step, here, is_open))
        done = sum(1 for step in steps if step.rank < here.rank)
        set_text(self._progress, self.tr("第 {} 步，共 {} 步").format(done + 1, len(steps)))

    def _button(self, step: Step, here: Step, is_open: bool) -> QPushButton:  # noqa: FBT001
        palette = theme().palette
        place = (step.rank > here.rank) - (step.rank < here.rank)
        name, tone, colour = {
            -1: ("check", "done", palette.good),
            0: ("dot", "here", palette.accent),
            1: ("ring", "later", palette.edge),
        }[place]
        button = QPushButton(icon(name, colour, theme().px(18)), step_word(step))
        button.setProperty("role", "step")
        button.setProperty("tone", tone)
        button.setProperty("step", step.value)
        button.setEnabled(place == 0 or (place < 0 and is_open))
        is_way_back = place < 0 and is_open
        policy = Qt.FocusPolicy.TabFocus if is_way_back else Qt.FocusPolicy.NoFocus
        button.setFocusPolicy(policy)
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.picked.emit(Step(str(button.property("step"))))
