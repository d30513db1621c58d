"""Keeps what was found on a picture for as long as the picture is in use."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from counter_app.ports.camera import Pixels

Found = TypeVar("Found")


class PictureMemory(Generic[Found]):
    """Remembers answers by the picture's identity; pictures are never drawn on once searched.

    What was remembered of a picture goes with it: nothing read from a document outlives it.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[weakref.ref[Pixels], dict[Hashable, Found]]] = {}

    def of(self, picture: Pixels, key: Hashable, make: Callable[[], Found]) -> Found:
        """Return what was found under this key before, or find it now."""
        found = self._of(picture)
        if key not in found:
            found[key] = make()
        return found[key]

    def _of(self, picture: Pixels) -> dict[Hashable, Found]:
        place = id(picture)
        if place not in self._known:
            gone = weakref.ref(picture, lambda _: self._known.pop(place, None))
            self._known[place] = (gone, {})
        return self._known[place][1]

    def pictures(self) -> int:
        """Return of how many pictures something is remembered."""
        return len(self._known)
