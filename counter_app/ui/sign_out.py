"""Signing out: refused while cases wait that nobody else answers for."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.errors import CounterError
from counter_app.services.queue_age import hold_sign_out
from counter_app.ui.page import PageKit


class SignOut:
    """Asks the store whether a clerk may go."""

    def __init__(
        self, kit: PageKit, go: Callable[[], None], stay: Callable[[CounterError], None]
    ) -> None:
        self._kit = kit
        self._go = go
        self._stay = stay

    def ask(self, account_id: str) -> None:
        """Let the clerk go, or say why not."""
        parts = self._kit.parts

        def check() -> None:
            hold_sign_out(parts.store, account_id, parts.clock.now())

        self._kit.lanes.storage.run(check, lambda _: self._go(), self._stay)
