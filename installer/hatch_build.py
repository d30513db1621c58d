"""Build hook: makes what the package reads before it is packed."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsBuildHook(BuildHookInterface[Any]):
    """Runs `installer/build_assets.py` for wheels, sdists and editable installs alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets in place; they are listed as artifacts in pyproject.toml."""
        runpy.run_path(str(Path(self.root) / "installer" / "build_assets.py"))["main"]()
