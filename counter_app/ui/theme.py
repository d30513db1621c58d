"""The look of the window: one palette and one scale number, from which the style sheet is made."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from counter_app.ui.style_sheet import TEMPLATE


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours; text on ground and surface holds 4.5 : 1, in high contrast 7 : 1."""

    ground: str = "#F6F7F9"
    surface: str = "#FFFFFF"
    sunken: str = "#EEF1F5"
    line: str = "#D9DEE5"
    edge: str = "#8C96A3"
    ink: str = "#1B2430"
    ink_2: str = "#56606E"
    accent: str = "#0B57A4"
    accent_dark: str = "#084481"
    accent_tint: str = "#E8F1FA"
    on_accent: str = "#FFFFFF"
    good: str = "#1B7A3D"
    good_tint: str = "#E7F4EC"
    caution: str = "#8A5A00"
    caution_tint: str = "#FFF4DB"
    stop: str = "#B3261E"
    stop_tint: str = "#FDECEA"
    idle: str = "#5E6875"
    idle_tint: str = "#E6EAF0"


LIGHT = Palette()
HIGH_CONTRAST = Palette(
    ground="#FFFFFF",
    sunken="#F1F3F6",
    line="#7A8491",
    edge="#1B2430",
    ink="#000000",
    ink_2="#2F3742",
    accent="#063B73",
    accent_dark="#042A54",
    good="#0C4A22",
    caution="#573800",
    stop="#7E1510",
    idle="#2F3742",
)

ELDER_SCALE = 1.3


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette and the factor by which type and fields grow; lines and rings stay as they are."""

    palette: Palette = LIGHT
    scale: float = 1.0
    family: str = "Noto Sans SC"

    def px(self, size: float) -> int:
        """Return a size in pixels at this scale."""
        return round(size * self.scale)

    def style_sheet(self) -> str:
        """Return the style sheet of the whole application."""
        colours = {name: getattr(self.palette, name) for name in Palette.__slots__}
        sizes = {f"px{size}": f"{self.px(size)}px" for size in range(1, 49)}
        text = TEMPLATE
        for name, value in sorted({**colours, **sizes}.items(), key=lambda item: -len(item[0])):
            text = text.replace(f"@{name}", value)
        return text.replace("@family", self.family)


class _InForce:
    """The one theme of the application; Qt's style sheet is as global as this."""

    theme = Theme()


def theme() -> Theme:
    """Return the theme in force; painted widgets ask it for colours and sizes."""
    return _InForce.theme


def apply_theme(new: Theme) -> None:
    """Put a theme in force for the whole application."""
    _InForce.theme = new
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setStyleSheet(new.style_sheet())
