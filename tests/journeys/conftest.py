"""What journeys share."""

from __future__ import annotations

from tests.ui.conftest import application, open_window

__all__ = ["application", "open_window"]
