"""“Try again” in the inbox reaches the sender, which is a process of its own."""

from __future__ import annotations

from counter_app.backoffice.sender_process import SenderPlace
from tests.faults.counter.world import BenchMaker


def test_trying_again_wakes_this_counters_sender(bench: BenchMaker) -> None:
    one = bench()
    place = SenderPlace(one.counter.places.data)
    assert not place.wake.exists()
    one.window.kit.parts.wake_sender()
    assert place.wake.exists()
