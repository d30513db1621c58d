"""A small badge that says how a value was read: chip, camera, or typed."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from counter_app.domain.identity_document import CaptureMethod
from counter_app.ui.texts import capture_method
from counter_app.ui.widgets.looks import set_look, set_text

TONES = {
    CaptureMethod.CHIP: "good",
    CaptureMethod.CAMERA: "accent",
    CaptureMethod.TYPED: "caution",
}


class SourceBadge(QLabel):
    """芯片, 识别 or 手录."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "badge")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_source(self, method: CaptureMethod | None) -> None:
        """Show a source, or nothing for None."""
        self.setVisible(method is not None)
        if method is not None:
            set_text(self, capture_method(method))
            set_look(self, "tone", TONES[method])
