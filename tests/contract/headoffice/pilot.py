"""A counter of a pilot: the real line to head office, no simulators."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """environment = "pilot"
[branch]
code = "110199"
name = "样本网点"
[counter]
number = "01"
[office]
url = "{url}"
"""


def write_pilot_settings(folder: Path, url: str) -> None:
    """Lay the settings of a counter down whose head office is at this address."""
    (folder / "settings.toml").write_text(SETTINGS.format(url=url))
