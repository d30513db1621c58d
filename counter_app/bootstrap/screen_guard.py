"""Pictures of the window: programs may take them in a demonstration only."""

from __future__ import annotations

import ctypes
import sys
from typing import Protocol

from counter_app.errors import CounterError, FailureCode
from counter_app.settings import Environment

WDA_EXCLUDEFROMCAPTURE = 0x11


class Shielding(Protocol):
    """What is used of Windows' user32."""

    def SetWindowDisplayAffinity(self, window: int, affinity: int) -> int:  # noqa: N802 - its name
        """Say who may see a window's content; 0 when it was refused."""
        ...


def require_demonstration(environment: str) -> None:
    """Refuse to take pictures of the screen outside a demonstration.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """
    if environment != Environment.DEMO:
        raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, device="screen pictures")


def shield(window: int, environment: str, system: Shielding | None) -> bool:
    """Hide a window's content from screen recorders where the system can.

    Args:
        window: Its native id.
        environment: Pictures stay possible in a demonstration.
        system: Windows' user32; None elsewhere, where no program can forbid it.

    Returns:
        Whether the window is hidden from them now.

    Source: Windows, SetWindowDisplayAffinity, WDA_EXCLUDEFROMCAPTURE (10 version 2004 and later).
    """
    if environment == Environment.DEMO or system is None:
        return False
    return bool(system.SetWindowDisplayAffinity(window, WDA_EXCLUDEFROMCAPTURE))


if sys.platform == "win32":

    def user32() -> Shielding | None:
        """Return Windows' user32."""
        library: Shielding = ctypes.windll.user32
        return library

else:

    def user32() -> Shielding | None:
        """Return nothing: no program can forbid pictures on this system."""
        return None
