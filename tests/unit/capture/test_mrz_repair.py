"""Check digits choose between close calls, and only there."""

from __future__ import annotations

from counter_app.capture.mrz_decode import Slot
from counter_app.capture.mrz_repair import Judge, fits, fitted, repaired

TOP = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
LOW = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def slots(text: str, **doubtful: tuple[tuple[str, float], ...]) -> list[Slot]:
    choices = {int(place[1:]): options for place, options in doubtful.items()}
    return [Slot(choices.get(i, ((mark, 0.99),))) for i, mark in enumerate(text)]


def test_a_close_call_is_settled_by_the_check_digits() -> None:
    seen = slots(LOW, _1=(("B", 0.55), ("8", 0.40)))
    row = repaired(seen, "td3", 1, Judge((TOP, LOW), 1))
    assert row.text == LOW
    assert row.corrected == (1,)
    assert row.scores[1] == 0.40


def test_a_certain_character_stands_whatever_the_digits_say() -> None:
    seen = slots(LOW, _1=(("B", 0.985), ("8", 0.01)))
    row = repaired(seen, "td3", 1, Judge((TOP, LOW), 1))
    assert row.text[1] == "B"
    assert row.corrected == ()


def test_a_right_row_is_left_alone() -> None:
    row = repaired(slots(LOW), "td3", 1, Judge((TOP, LOW), 1))
    assert (row.text, row.corrected) == (LOW, ())


def test_letters_cannot_stand_where_figures_belong() -> None:
    seen = slots(LOW, _13=(("T", 0.6), ("7", 0.3)))
    assert repaired(seen, "td3", 1, Judge((TOP, LOW), 1)).text == LOW


def test_fillers_are_added_to_names_at_the_end_only() -> None:
    fit = fitted(slots(TOP.rstrip("<") + "<<"), 44, is_names=True)
    assert fit is not None
    assert "".join(slot.choices[0][0] for slot in fit) == TOP


def test_a_row_that_lost_more_than_fillers_is_refused() -> None:
    assert fitted(slots(LOW[:30]), 44, is_names=False) is None


def test_dirt_at_the_end_of_a_row_can_be_cut_off() -> None:
    ways = fits(slots(LOW + "8"), 44, is_names=False)
    assert LOW in ["".join(slot.choices[0][0] for slot in way) for way in ways]
