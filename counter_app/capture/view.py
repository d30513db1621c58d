"""A picture that is looked at, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.capture.box_map import Matrix, from_turned, same
from counter_app.capture.images import turned
from counter_app.ports.camera import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A picture, and the map from its pixels into those of the picture handed in."""

    bgr: Pixels
    to_given: Matrix = field(default_factory=same)

    def turned(self, quarter_turns: int) -> View:
        """Return the picture turned clockwise."""
        if quarter_turns == 0:
            return self
        back = self.to_given @ from_turned(self.bgr, quarter_turns)
        return View(turned(self.bgr, quarter_turns), back)
