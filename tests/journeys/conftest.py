"""What journeys share."""

from __future__ import annotations

from tests.ui.conftest import application

__all__ = ["application"]
