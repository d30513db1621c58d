"""A picture of the vault, fitted into its place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from counter_app.errors import CounterError
from counter_app.ui.page import PageKit
from counter_app.ui.texts import failure_text


class PicturePanel(QLabel):
    """Shows one picture; bytes are fetched and decoded on the reading lane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "small")
        self._wanted = ""
        self._whole = QPixmap()

    def show_stored(self, kit: PageKit, sha256: str | None) -> None:
        """Show a picture of the vault, or nothing for None."""
        wanted = sha256 or ""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.clear()
        self._whole = QPixmap()
        if wanted:
            vault = kit.parts.vault
            kit.lanes.storage.run(
                lambda: (wanted, QImage.fromData(vault.get(wanted))), self._take, self._failed
            )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a card at reading distance."""
        return QSize(360, 228)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size below which nothing can be recognised."""
        return QSize(200, 126)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the picture again."""
        super().resizeEvent(event)
        self._fit()

    def _take(self, answer: tuple[str, QImage]) -> None:
        sha256, image = answer
        if sha256 == self._wanted:
            self._whole = QPixmap.fromImage(image)
            self._fit()

    def _failed(self, error: CounterError) -> None:
        self.setText(failure_text(error.code).title)

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self.setPixmap(self._whole.scaled(self.size(), ratio, smooth))
