"""The left side of the letter page: an invitation, then the picture with what was found."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from counter_app.domain.reading import Box, Reading
from counter_app.errors import CounterError
from counter_app.services.letter_checks import LetterCheck, regions_of
from counter_app.ui.generated.ui_letter_page import Ui_LetterPage
from counter_app.ui.icons import pixmap
from counter_app.ui.page import PageKit
from counter_app.ui.texts import failure_text
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import set_text


class LetterPane(QObject):
    """Fetches the picture from the vault on the storage lane and points at facts in it."""

    def __init__(self, ui: Ui_LetterPage, kit: PageKit, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._kit = ui, kit
        self._image = ""
        self._reading: Reading | None = None
        size = theme().px(160), theme().px(96)
        ui.empty_icon.setPixmap(pixmap("page_under_camera", theme().palette.accent, *size))

    def show_picture(self, image: str, reading: Reading | None) -> None:
        """Show a picture of the vault; nothing for an empty name."""
        self._reading = reading
        if image == self._image:
            return
        self._image = image
        self._ui.picture_view.show_page(QPixmap())
        self._ui.picture_stack.setCurrentWidget(self._ui.empty_area)
        if image:
            vault = self._kit.parts.vault
            self._kit.lanes.storage.run(
                lambda: (image, vault.get(image)), self._arrived, self._failed
            )

    def point_at(self, check: LetterCheck) -> None:
        """Show where the facts of a check were found."""
        if self._reading is not None:
            self._ui.picture_view.point_at(regions_of(check, self._reading))

    def _arrived(self, found: tuple[str, bytes]) -> None:
        image, data = found
        page = QPixmap()
        if image != self._image or not page.loadFromData(data):
            return
        self._ui.picture_stack.setCurrentWidget(self._ui.picture_area)
        turns = self._reading.quarter_turns if self._reading is not None else 0
        self._ui.picture_view.show_page(page, turns)
        self._ui.picture_view.show_boxes(self._boxes())

    def _boxes(self) -> tuple[Box, ...]:
        if self._reading is None:
            return ()
        reading = self._reading
        return tuple(box for check in LetterCheck for box in regions_of(check, reading))

    def _failed(self, error: CounterError) -> None:
        set_text(self._ui.empty_label, failure_text(error.code).title)
