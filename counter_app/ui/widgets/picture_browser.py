"""The pictures of a case, one at a time and large enough to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from counter_app.ui.page import PageKit
from counter_app.ui.widgets.looks import label, set_text
from counter_app.ui.widgets.picture_panel import PicturePanel


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture of the vault.

    Attributes:
        sha256: Its name in the vault, hex.
        name: What it shows, in the language of the screen.
    """

    sha256: str
    name: str


class PictureBrowser(QWidget):
    """Turns with Alt+Left and Alt+Right; the bytes are in memory only while they are shown."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._pictures: tuple[NamedPicture, ...] = ()
        self._at = 0
        self._caption = label(role="small", wraps=True)
        self._panel = PicturePanel(self)
        self._panel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._before = self._turner("‹", self.tr("上一张图（Alt+←）"), "Alt+Left", -1)
        self._after = self._turner("›", self.tr("下一张图（Alt+→）"), "Alt+Right", 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self._caption, 1)
        top.addWidget(self._before)
        top.addWidget(self._after)
        column.addLayout(top)
        column.addWidget(self._panel, 1)

    def offer(self, pictures: Sequence[NamedPicture]) -> None:
        """Take the pictures of another case; none forgets what was shown."""
        self._pictures = tuple(pictures)
        self._show(0)

    def show_picture(self, sha256: str) -> None:
        """Show the picture of this name, if it is one of the case's."""
        for index, picture in enumerate(self._pictures):
            if picture.sha256 == sha256:
                self._show(index)

    def shown(self) -> str:
        """Return the name of the picture that is shown, or nothing."""
        return self._pictures[self._at].sha256 if self._pictures else ""

    def is_drawn(self) -> bool:
        """Say whether the picture's bytes have arrived."""
        return not self._panel.pixmap().isNull()

    def _turn(self, by: int) -> None:
        if self._pictures:
            self._show((self._at + by) % len(self._pictures))

    def _show(self, index: int) -> None:
        self._at = index
        several = len(self._pictures) > 1
        for key in (self._before, self._after):
            key.setVisible(several)
        if not self._pictures:
            set_text(self._caption, self.tr("没有影像"))
            self._panel.show_stored(self._kit, None)
            return
        picture = self._pictures[index]
        place = f"{index + 1}/{len(self._pictures)}"
        set_text(self._caption, f"{picture.name}　{place}　Alt+← →" if several else picture.name)
        self._panel.setAccessibleName(f"{picture.name} {place}")
        self._panel.show_stored(self._kit, picture.sha256)

    def _turner(self, sign: str, name: str, keys: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._turn(by))
        shortcut = QShortcut(QKeySequence(keys), self.parentWidget() or self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._turn(by))
        return button
