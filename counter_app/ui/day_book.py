"""Writes into the journal what happens in the window itself: locks, reveals, sign-outs."""

from __future__ import annotations

from PySide6.QtCore import QObject

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.ui.controller import Controller
from counter_app.ui.page import PageKit


class DayBook(QObject):
    """Knows who acts and on which case."""

    def __init__(self, kit: PageKit, controller: Controller) -> None:
        super().__init__(controller)
        self._kit = kit
        self._controller = controller

    def note(self, action: JournalAction, *facts: tuple[str, str]) -> None:
        """Write a row on the storage lane; facts hold no personal data."""
        account, state = self._controller.account, self._controller.state
        actor = account.account_id if account is not None else "system"
        case_id = state.draft.case_id if state is not None else ""
        self._write(actor, action, case_id, facts)

    def note_reveal(self, name: str) -> None:
        """Write that a masked value was shown in full; only its name."""
        self.note(JournalAction.REVEALED, ("field", name))

    def note_reveal_to(self, case_id: str, actor: str, name: str) -> None:
        """Write that a value of a stored case was shown to somebody who proved who they are."""
        self._write(actor, JournalAction.REVEALED, case_id, (("field", name),))

    def _write(
        self, actor: str, action: JournalAction, case_id: str, facts: tuple[tuple[str, str], ...]
    ) -> None:
        store, now = self._kit.parts.store, self._kit.parts.clock.now()
        entry = JournalEntry(now, actor, action, case_id, facts)

        def write() -> None:
            with store.begin() as unit:
                unit.journal(entry)

        self._kit.lanes.storage.run(write, _nothing)


def _nothing(_result: None) -> None:
    """A row that was written needs no answer."""
