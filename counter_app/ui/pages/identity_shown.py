"""What the identity page shows of a document: device or portrait, rows, checks of the chip."""

from __future__ import annotations

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument
from counter_app.domain.travel_document import CheckReason
from counter_app.flow.state import FlowState, Waiting
from counter_app.ui.generated.ui_identity_page import Ui_IdentityPage
from counter_app.ui.page import PageKit
from counter_app.ui.pages.identity_words import (
    check_facts,
    chip_strength,
    device_shown,
    document_facts,
)
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import set_text

PICTURE_PX, PORTRAIT_PX = 126, 320


class ShownEvidence:
    """The parts of the page that only show."""

    def __init__(self, ui: Ui_IdentityPage, kit: PageKit) -> None:
        self._ui = ui
        self._kit = kit

    def show_device(
        self,
        state: FlowState,
        document: IdentityDocument | None,
        image: str | None,
        *,
        is_travel: bool,
    ) -> None:
        """Show the picture once there is one, else where the reader stands or why it failed."""
        is_waiting = state.waiting in {Waiting.CARD, Waiting.PICTURE}
        is_told = is_waiting or state.failure is not None
        is_portrait = document is not None and is_from_chip(document)
        panel = self._ui.picture_panel
        panel.setVisible(image is not None and not is_told)
        panel.setMinimumHeight(theme().px(PORTRAIT_PX if is_portrait else PICTURE_PX))
        panel.show_stored(self._kit, image)
        self._ui.device_panel.setVisible(image is None or is_told)
        self._ui.device_panel.show_device(device_shown(state, document, is_travel=is_travel))

    def show_document(self, document: IdentityDocument | None) -> None:
        """Show the rows of a document, and one for each check of its chip."""
        has_checks = document is not None and bool(document.chip_checks)
        self._ui.facts_grid.setVisible(document is not None)
        for part in (self._ui.checks_label, self._ui.checks_grid):
            part.setVisible(has_checks)
        if document is None:
            return
        self._ui.facts_grid.show_facts(document_facts(document))
        set_text(self._ui.checks_label, chip_strength(document))
        is_short = all(one.reason is CheckReason.NONE for one in document.chip_checks)
        self._ui.checks_grid.show_facts(check_facts(document), 2 if is_short else 1)


def is_from_chip(document: IdentityDocument) -> bool:
    """Say whether the picture of a document is the portrait of its chip."""
    return document.captured_by is CaptureMethod.CHIP or bool(document.chip_checks)
