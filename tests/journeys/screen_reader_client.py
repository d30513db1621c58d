"""What a screen reader finds in the window: run by the system's Python, which has pyatspi.

Prints one JSON object a line for everything that is shown and can have the focus.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pyatspi

TITLE = sys.argv[1]
LIMIT = 3000


def walk(
    node: pyatspi.Accessible, depth: int = 0
) -> Iterator[tuple[pyatspi.Accessible, pyatspi.StateSet]]:
    """Yield the shown nodes below a node."""
    if depth > 40:
        return
    for index in range(min(node.childCount, LIMIT)):
        child = node.getChildAtIndex(index)
        if child is None:
            continue
        states = child.getState()
        if states.contains(pyatspi.STATE_SHOWING):
            yield child, states
            yield from walk(child, depth + 1)


def windows() -> Iterator[pyatspi.Accessible]:
    """Yield our windows."""
    desktop = pyatspi.Registry.getDesktop(0)
    for index in range(desktop.childCount):
        program = desktop.getChildAtIndex(index)
        for place in range(program.childCount if program is not None else 0):
            window = program.getChildAtIndex(place)
            if window is not None and TITLE in (window.name or ""):
                yield window


for window in windows():
    for node, states in walk(window):
        row = {
            "role": node.getRoleName(),
            "name": node.name,
            "can_focus": states.contains(pyatspi.STATE_FOCUSABLE),
            "has_focus": states.contains(pyatspi.STATE_FOCUSED),
        }
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
