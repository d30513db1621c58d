"""The box around what was read."""

from __future__ import annotations

from counter_app.domain.reading import Box, box_around


def test_a_box_holds_every_box_and_no_more() -> None:
    assert box_around([Box(1, 5, 4, 7), Box(3, 2, 9, 6)]) == Box(1, 2, 9, 7)


def test_nothing_has_no_box() -> None:
    assert box_around([]) is None
