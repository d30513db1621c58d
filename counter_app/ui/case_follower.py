"""Follows an accepted case in the store, where the sender and head office move it on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from counter_app.domain.case_state import CaseState
from counter_app.domain.standing import Standing
from counter_app.flow.events import OfficeMoved
from counter_app.services.more_documents import standing_of
from counter_app.ui.controller import Controller
from counter_app.ui.page import PageKit

EVERY_MS = 1000


class CaseFollower(QObject):
    """Looks every second, only while an accepted case is on the screen."""

    def __init__(self, kit: PageKit, controller: Controller, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._controller = controller
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        state = self._controller.state
        if state is None or state.acceptance_no is None or self._is_asking:
            return
        self._is_asking = True
        store, case_id = self._kit.parts.store, state.draft.case_id

        def read() -> tuple[str, CaseState, Standing]:
            with store.view() as unit:
                return case_id, unit.load(case_id).state, standing_of(unit, case_id)

        self._kit.lanes.storage.run(read, self._take, self._miss)

    def _take(self, found: tuple[str, CaseState, Standing]) -> None:
        self._is_asking = False
        case_id, case_state, standing = found
        state = self._controller.state
        if state is None or state.draft.case_id != case_id or state.waiting is not None:
            return
        if (case_state, standing) != (state.case_state, state.standing):
            self._controller.send(OfficeMoved(case_state, standing))

    def _miss(self, _error: object) -> None:
        self._is_asking = False
