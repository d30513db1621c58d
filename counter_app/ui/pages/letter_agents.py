"""The agents that a letter names: one line each."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.delegation_letter import Letter, NamedAgent, Relation
from counter_app.services.letter_proposal import blank_letter
from counter_app.ui.texts_papers import relation as relation_text

NOBODY = NamedAgent("", "")
MOST_AGENTS = 5


class AgentLine(QWidget):
    """Name, number and relation of one agent."""

    edited = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name_edit = QLineEdit(self)
        self.name_edit.setPlaceholderText(self.tr("姓名"))
        self.name_edit.setAccessibleName(self.tr("受托人姓名"))
        self.number_edit = QLineEdit(self)
        self.number_edit.setPlaceholderText(self.tr("证件号码"))
        self.number_edit.setAccessibleName(self.tr("受托人证件号码"))
        self.relation_combo = QComboBox(self)
        self.relation_combo.setAccessibleName(self.tr("与委托人关系"))
        for relation in Relation:
            self.relation_combo.addItem(relation_text(relation), relation)
        self._remove_button = QPushButton(self.tr("移除"), self)
        self._remove_button.setProperty("role", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.name_edit, 2)
        row.addWidget(self.number_edit, 5)
        row.addWidget(self.relation_combo)
        row.addWidget(self._remove_button)
        self.name_edit.textEdited.connect(self._edited)
        self.number_edit.textEdited.connect(self._edited)
        self.relation_combo.activated.connect(self._edited)
        self._remove_button.clicked.connect(self._removed)

    def agent(self) -> NamedAgent:
        """Return the agent as entered."""
        return NamedAgent(
            self.name_edit.text().strip(),
            self.number_edit.text().strip().upper(),
            Relation(self.relation_combo.currentData()),
        )

    def show_agent(self, agent: NamedAgent) -> None:
        """Show an agent unless what is entered means the same."""
        if agent == self.agent():
            return
        self.name_edit.setText(agent.name)
        self.number_edit.setText(agent.id_number)
        self.number_edit.setCursorPosition(0)
        self.relation_combo.setCurrentIndex(list(Relation).index(agent.relation))

    def _edited(self) -> None:
        self.edited.emit(self)

    def _removed(self) -> None:
        self.removed.emit(self)


class LetterAgents(QWidget):
    """Every agent of the letter, and a key to add one."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = blank_letter()
        self._lines: list[AgentLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add_button = QPushButton(self.tr("再加一位受托人"), self)
        self.add_button.clicked.connect(self._added)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self._show_agents((NOBODY,))

    def show_letter(self, letter: Letter) -> None:
        """Show the agents; at least one empty line is there to type into."""
        self._letter = letter
        self._show_agents(letter.agents or (NOBODY,))

    def first_field(self) -> QWidget:
        """Return what receives the focus when the check is opened."""
        return self._lines[0].name_edit

    def _show_agents(self, agents: tuple[NamedAgent, ...]) -> None:
        while len(self._lines) < len(agents):
            line = AgentLine(self)
            line.edited.connect(self._edited)
            line.removed.connect(self._removed)
            self._column.insertWidget(len(self._lines), line)
            self._lines.append(line)
        while len(self._lines) > len(agents):
            self._drop(self._lines[-1])
        for line, agent in zip(self._lines, agents, strict=True):
            line.show_agent(agent)
        self.add_button.setEnabled(len(agents) < MOST_AGENTS)

    def _drop(self, line: AgentLine) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.deleteLater()

    def _edited(self, _line: AgentLine) -> None:
        self._tell(tuple(line.agent() for line in self._lines))

    def _added(self) -> None:
        self._tell((*(line.agent() for line in self._lines), NOBODY))
        self._lines[-1].name_edit.setFocus()

    def _removed(self, gone: AgentLine) -> None:
        self._tell(tuple(line.agent() for line in self._lines if line is not gone))

    def _tell(self, agents: tuple[NamedAgent, ...]) -> None:
        letter = replace(self._letter, agents=agents)
        self.show_letter(letter)
        self.edited.emit(letter)
