"""What the sender does with each failure, step by step in hand-made time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from counter_app.domain.submission import Decision, MessageState, OutboxMessage, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import Ack, DecisionPage, SkipReason
from counter_app.ports.stop import Stop, never
from counter_app.services.deliver import Delivery
from counter_app.services.delivery_pace import Pace, jittered
from tests.contract.backoffice.messages import LANE, PNG, Desk
from tests.faults.simulation.memory_outbox import MemoryOutbox

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Office:
    """A head office that does what a test tells it."""

    fail: list[CounterError] = field(default_factory=list)
    got: list[str] = field(default_factory=list)
    skipped: list[tuple[str, SkipReason]] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)
    answers: list[Decision] = field(default_factory=list)
    asked_after: list[int] = field(default_factory=list)
    missing: list[tuple[str, ...]] = field(default_factory=list)
    epoch: str = "1"
    time: datetime = NOW

    def put_blob(self, sha256: str, data: bytes, stop: Stop) -> None:
        self._maybe_fail()
        self.blobs.append(sha256)

    def put_message(self, message: OutboxMessage, stop: Stop) -> Ack:
        self._maybe_fail()
        self.got.append(message.message_id)
        return Ack(self.epoch, self.time, self.missing.pop(0) if self.missing else ())

    def skip(self, message_id: str, reason: SkipReason, stop: Stop) -> None:
        self._maybe_fail()
        self.skipped.append((message_id, reason))

    def decisions(self, after: int, stop: Stop, wait_s: float) -> DecisionPage:
        self._maybe_fail()
        self.asked_after.append(after)
        found = tuple(one for one in self.answers if one.cursor > after)
        cursor = found[-1].cursor if found else after
        return DecisionPage(found, cursor, self.epoch, self.time)

    def _maybe_fail(self) -> None:
        if self.fail:
            raise self.fail.pop(0)


class Images:
    """One image, which can be taken away."""

    def __init__(self) -> None:
        self.gone = False

    def get(self, sha256: str) -> bytes:
        if self.gone:
            raise CounterError(FailureCode.IMAGE_UNKNOWN)
        return PNG


@dataclass
class Bench:
    """A sender on a bench."""

    office: Office = field(default_factory=Office)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    images: Images = field(default_factory=Images)
    desk: Desk = field(default_factory=Desk)
    tick: float = 100.0
    clock_off: float = 0.0

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.outbox, self.images, self.office, lambda: 0.5, Pace())
        self.step()

    def step(self, after_s: float = 0.0) -> float:
        self.tick += after_s
        now = NOW + timedelta(seconds=self.tick - 100.0 + self.clock_off)
        return self.delivery.step(now, self.tick, never())

    def queue(self, lane: str = LANE, images: tuple[bytes, ...] = ()) -> str:
        message = self.desk.message(lane=lane, images=images)
        self.outbox.add_message(message)
        return message.message_id

    def state(self, message_id: str) -> tuple[MessageState, str]:
        row = self.outbox.rows[message_id]
        return row.state, row.reason


def _fails(code: FailureCode, **facts: str | int) -> CounterError:
    return CounterError(code, **facts)


def test_images_go_before_their_message() -> None:
    bench = Bench()
    message_id = bench.queue(images=(PNG,))
    bench.step()
    assert bench.office.blobs == list(bench.outbox.rows[message_id].message.blobs)
    assert bench.state(message_id)[0] is MessageState.ACKED


def test_the_lanes_of_other_merchants_go_on_when_one_message_is_refused() -> None:
    bench = Bench()
    first, second = bench.queue(), bench.queue(lane="102110054990002")
    bench.office.fail = [_fails(FailureCode.OFFICE_REFUSED, problem="digest-wrong", retry="now")]
    bench.step()
    bench.step()
    assert bench.state(first) == (MessageState.READY, "digest-wrong")
    assert bench.state(second)[0] is MessageState.ACKED


@pytest.mark.parametrize(
    "error",
    [
        _fails(FailureCode.OFFICE_MISMATCH),
        _fails(FailureCode.OFFICE_REFUSED, problem="seal-broken", retry="never"),
        _fails(FailureCode.OFFICE_REFUSED, problem="too-large", retry="never"),
    ],
    ids=["mismatch", "seal", "size"],
)
@pytest.mark.expects_warnings
def test_a_refused_content_is_frozen_and_its_successor_still_goes(error: CounterError) -> None:
    bench = Bench()
    first, second = bench.queue(), bench.queue()
    missing = _fails(FailureCode.OFFICE_REFUSED, problem="predecessor-missing", retry="now")
    bench.office.fail = [error, missing]
    bench.step()
    assert bench.state(first)[0] is MessageState.FROZEN
    bench.step()
    assert bench.office.skipped == [(first, SkipReason.FROZEN)]
    assert bench.state(second)[0] is MessageState.ACKED
    assert first in bench.outbox.rows


@pytest.mark.parametrize(
    "code", [FailureCode.OFFICE_LOGIN, FailureCode.OFFICE_CLOCK, FailureCode.OFFICE_TLS]
)
def test_the_queue_is_held_for_a_person_and_released_by_itself(code: FailureCode) -> None:
    bench = Bench()
    message_id = bench.queue()
    bench.office.fail = [_fails(code)]
    pause = bench.step()
    assert bench.state(message_id) == (MessageState.HELD, code.value)
    assert bench.delivery.contact.trouble is code
    assert not bench.delivery.is_online()
    assert bench.step(1.0) == pytest.approx(pause - 1.0)
    assert bench.office.got == []
    bench.step(pause)
    bench.step()
    assert bench.state(message_id)[0] is MessageState.ACKED
    assert bench.delivery.contact.trouble is None
    assert bench.delivery.is_online()


def test_signing_in_releases_the_queue_at_once() -> None:
    bench = Bench()
    message_id = bench.queue()
    bench.office.fail = [_fails(FailureCode.OFFICE_LOGIN)]
    bench.step()
    bench.delivery.resume()
    bench.step()
    assert bench.state(message_id)[0] is MessageState.ACKED


def test_an_unknown_version_holds_one_lane_only() -> None:
    bench = Bench()
    first, other = bench.queue(), bench.queue(lane="102110054990002")
    bench.office.fail = [_fails(FailureCode.OFFICE_VERSION)]
    assert bench.step() == 0.0
    bench.step()
    assert bench.state(first) == (MessageState.HELD, "OFFICE_VERSION")
    assert bench.state(other)[0] is MessageState.ACKED


def test_a_message_under_another_counters_name_holds_one_lane_only() -> None:
    """One such message at the head of the queue must not stop all that came after it."""
    bench = Bench()
    first, other = bench.queue(), bench.queue(lane="102110054990002")
    bench.office.fail = [_fails(FailureCode.OFFICE_LOGIN, problem="not-yours")]
    assert bench.step() == 0.0
    bench.step()
    assert bench.state(first) == (MessageState.HELD, "not-yours")
    assert bench.state(other)[0] is MessageState.ACKED


def test_the_waits_grow_to_their_cap() -> None:
    bench = Bench()
    bench.queue()
    bench.office.fail = [_fails(FailureCode.OFFICE_UNREACHABLE)] * 12
    waits = []
    for _ in range(12):
        waits.append(bench.step())
        bench.tick += waits[-1]
    assert waits[:4] == pytest.approx([0.5, 1.0, 2.0, 4.0])
    assert waits[-1] == pytest.approx(150.0)


def test_the_waits_are_spread_over_all_of_their_length() -> None:
    assert jittered(Pace(), 3, lambda: 0.0) == 0.0
    assert jittered(Pace(), 3, lambda: 0.999) == pytest.approx(3.996)
    assert jittered(Pace(), 1000, lambda: 0.999) == pytest.approx(299.7)


def test_head_office_decides_when_to_come_back() -> None:
    bench = Bench()
    bench.queue()
    bench.office.fail = [_fails(FailureCode.OFFICE_BUSY, retry_after_s=40)]
    assert 40.0 <= bench.step() <= 44.0


def test_after_a_restore_of_head_office_everything_kept_goes_again_in_order() -> None:
    bench = Bench()
    ids = [bench.queue() for _ in range(3)]
    for _ in range(3):
        bench.step()
    bench.office.epoch = "2"
    bench.office.got.clear()
    bench.step(40.0)
    for _ in range(4):
        bench.step()
    assert bench.office.got == ids
    assert bench.outbox.cursor() == 0


def test_a_message_head_office_lost_is_sent_before_its_successor() -> None:
    bench = Bench()
    first = bench.queue()
    bench.step()
    second = bench.queue()
    missing = _fails(FailureCode.OFFICE_REFUSED, problem="predecessor-missing", retry="now")
    bench.office.fail = [missing]
    bench.office.got.clear()
    bench.step()
    assert bench.office.got == [first, second]


@pytest.mark.parametrize("purge", ["payload", "row"])
def test_a_purged_predecessor_is_skipped(purge: str) -> None:
    bench = Bench()
    first = bench.queue()
    bench.step()
    row = bench.outbox.rows[first]
    bench.outbox.rows[first] = replace(row, message=replace(row.message, payload=b""))
    if purge == "row":
        del bench.outbox.rows[first]
    second = bench.queue()
    missing = _fails(FailureCode.OFFICE_REFUSED, problem="predecessor-missing", retry="now")
    bench.office.fail = [missing]
    bench.step()
    assert bench.office.skipped == [(first, SkipReason.PURGED)]
    assert bench.state(second)[0] is MessageState.ACKED


def test_head_office_that_asks_for_ever_is_not_answered_for_ever() -> None:
    bench = Bench()
    first = bench.queue()
    missing = _fails(FailureCode.OFFICE_REFUSED, problem="predecessor-missing", retry="now")
    bench.office.fail = [missing]
    bench.step()
    assert bench.state(first) == (MessageState.READY, "predecessor-missing-loop")


def test_images_head_office_lacks_are_sent_again() -> None:
    bench = Bench()
    message_id = bench.queue(images=(PNG,))
    digest = bench.outbox.rows[message_id].message.blobs[0]
    bench.office.missing = [(digest,)]
    bench.step()
    assert bench.office.blobs == [digest, digest]
    assert bench.office.got == [message_id, message_id]


def test_an_image_that_is_no_longer_kept_does_not_stop_its_message() -> None:
    bench = Bench()
    message_id = bench.queue(images=(PNG,))
    bench.images.gone = True
    bench.step()
    assert bench.state(message_id)[0] is MessageState.ACKED


def test_answers_are_kept_with_their_cursor_and_asked_for_once() -> None:
    bench = Bench()
    message_id = bench.queue()
    bench.step()
    bench.office.answers = [
        Decision(1, message_id, message_id, Verdict.IN_PROCESS, "", "", "", (), NOW),
        Decision(2, message_id, message_id, Verdict.APPLIED, "", "", "", (), NOW),
    ]
    bench.step(40.0)
    assert bench.outbox.cursor() == 2
    assert bench.state(message_id)[0] is MessageState.DECIDED
    bench.step(40.0)
    assert bench.office.asked_after[-1] == 2


def test_asking_fails_without_blaming_the_message_that_waits() -> None:
    bench = Bench()
    message_id = bench.queue()
    bench.office.fail = [_fails(FailureCode.OFFICE_MISMATCH)]
    bench.tick += 40.0
    assert bench.step() > 0
    assert bench.state(message_id) == (MessageState.READY, "")


@pytest.mark.parametrize("jump_s", [86_400.0, -86_400.0])
def test_waits_set_by_a_wrong_clock_end_when_the_clock_is_mended(jump_s: float) -> None:
    bench = Bench()
    bench.clock_off = jump_s
    message_id = bench.queue()
    refused = _fails(FailureCode.OFFICE_REFUSED, problem="digest-wrong", retry="now")
    bench.step()
    bench.office.fail = [refused]
    bench.step()
    assert bench.state(message_id)[1] == "digest-wrong"
    bench.clock_off = 0.0
    bench.step(5.0)
    bench.step()
    assert bench.state(message_id)[0] is MessageState.ACKED


def test_the_clock_s_error_is_known() -> None:
    bench = Bench()
    bench.office.time = NOW - timedelta(minutes=10)
    bench.queue()
    bench.step()
    assert bench.delivery.contact.skew_s == pytest.approx(600.0)


def test_a_failure_of_the_store_is_not_hidden() -> None:
    bench = Bench()
    bench.queue()
    bench.office.fail = [_fails(FailureCode.DISK_FULL)]
    with pytest.raises(CounterError) as caught:
        bench.step()
    assert caught.value.code is FailureCode.DISK_FULL


def test_a_held_question_ends_when_a_message_is_queued() -> None:
    bench = Bench()
    seen: list[bool] = []

    def held(after: int, stop: Stop, wait_s: float) -> DecisionPage:
        assert not stop.is_set()
        bench.queue()
        seen.extend(_look(stop) for _ in range(8))
        raise CounterError(FailureCode.STOPPED)

    _replace(bench.office, held)
    assert bench.delivery.step(NOW, bench.tick, never(), 25.0) == 0.0
    assert seen[-1] or any(seen)


def _look(stop: Stop) -> bool:
    return stop.is_set()


def _replace(office: Office, decisions: Callable[[int, Stop, float], DecisionPage]) -> None:
    office.decisions = decisions  # type: ignore[method-assign]  # a head office that holds the line


@pytest.mark.parametrize(("ahead_s", "expected"), [(25.0, 0.0), (325.0, -300.0), (-5.0, 5.0)])
def test_an_answer_that_was_held_is_no_sign_of_a_wrong_clock(
    ahead_s: float, expected: float
) -> None:
    bench = Bench()
    bench.office.time = NOW + timedelta(seconds=ahead_s)
    bench.delivery.step(NOW, bench.tick, never(), 25.0)
    assert bench.delivery.contact.skew_s == pytest.approx(expected)
