"""Surroundings of the window that live in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

import numpy as np

from counter_app.domain.account import Account
from counter_app.domain.journal import JournalEntry
from counter_app.domain.reading import DocumentKind, Outline, Quality
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import Effect, SaveDraft
from counter_app.flow.outcomes import Done, Outcome
from counter_app.flow.state import FlowState
from counter_app.ports.accounts import Accounts
from counter_app.ports.camera import Camera, CameraChoice, CameraFound, Frame
from counter_app.ports.capture import AutoCapture, CapturedDocument, DocumentReader
from counter_app.ports.stop import Stop
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import CaseFilter, StoredCase
from counter_app.ports.vault import ImageRef, Vault
from counter_app.ui.parts import DeviceKind, DeviceState, Progress, WindowParts
from tests.ui.people import CLERK, NOW, PASSWORD, desk, fresh_state

Answer = Callable[[Effect, Stop, Progress], Outcome]


@dataclass
class ScriptedPerformer:
    """Answers effects by type; whatever is not scripted is done at once."""

    answers: dict[type, Answer] = field(default_factory=dict)
    done: list[Effect] = field(default_factory=list)

    def perform(self, effect: Effect, stop: Stop, on_progress: Progress) -> Outcome:
        self.done.append(effect)
        answer = self.answers.get(type(effect))
        return answer(effect, stop, on_progress) if answer is not None else Done()

    def saved(self) -> list[SaveDraft]:
        """Every save so far."""
        return [effect for effect in self.done if isinstance(effect, SaveDraft)]


@dataclass
class MemoryVisits:
    """Starts the same case again and again; loads what was put here."""

    stored: dict[str, FlowState] = field(default_factory=dict)

    def start(self, clerk_id: str) -> FlowState:
        state = fresh_state()
        return replace(state, draft=replace(state.draft, clerk_id=clerk_id))

    def again(self, case_id: str, clerk_id: str) -> FlowState:
        return self.start(clerk_id)

    def correct(self, case_id: str, clerk_id: str) -> FlowState:
        return self.start(clerk_id)

    def load(self, case_id: str) -> FlowState:
        if case_id not in self.stored:
            raise CounterError(FailureCode.CASE_UNKNOWN)
        return self.stored[case_id]


@dataclass
class MemoryAccounts:
    """One password for everybody."""

    people: tuple[Account, ...] = (CLERK,)
    is_password_due: bool = False

    def sign_in(self, account_id: str, password: str, now: datetime) -> Account:
        found = next((item for item in self.people if item.account_id == account_id), None)
        if found is None or password != PASSWORD:
            raise CounterError(FailureCode.SIGN_IN_REFUSED, left=4)
        return found

    def must_change(self, account_id: str) -> bool:
        return self.is_password_due

    def change_password(self, account_id: str, old: str, new: str, now: datetime) -> None:
        self.is_password_due = False


@dataclass
class MemoryUnit:
    """The few questions that the window itself asks the store."""

    parked_cases: tuple[StoredCase, ...] = ()
    answers: tuple[StoredCase, ...] = ()
    entries: list[JournalEntry] = field(default_factory=list)
    queued: int = 0

    def parked(self) -> tuple[StoredCase, ...]:
        return self.parked_cases

    def open_cases(self) -> tuple[StoredCase, ...]:
        return ()

    def cases(self, which: CaseFilter) -> tuple[StoredCase, ...]:
        return tuple(case for case in self.answers if case.state in which.states)

    def waiting_count(self) -> int:
        return self.queued

    def recall(self, name: str) -> str | None:
        return None

    def oldest_unsent(self, now: datetime) -> timedelta | None:
        return timedelta(hours=2) if self.queued else None

    def journal(self, entry: JournalEntry) -> None:
        self.entries.append(entry)


@dataclass
class MemoryStore:
    """A store of one unit."""

    unit: MemoryUnit = field(default_factory=MemoryUnit)

    @contextmanager
    def begin(self) -> Iterator[MemoryUnit]:
        yield self.unit

    view = begin


class StillCamera:
    """Shows one grey picture until stopped."""

    def __init__(self, failure: FailureCode | None = None) -> None:
        self.failure = failure
        self.is_on = threading.Event()
        self.hangs = threading.Event()
        self.choice = CameraChoice("0", name="文档摄像头")
        self.instead: CameraFound | None = None

    def frames(self, stop: Stop) -> Iterator[Frame]:
        if self.failure is not None:
            raise CounterError(self.failure)
        self.is_on.set()
        picture = np.full((480, 640, 3), 160, np.uint8)
        index = 0
        try:
            while not stop.is_set():
                if self.failure is not None:
                    raise CounterError(self.failure)
                if not self.hangs.is_set():
                    yield Frame(picture, float(index), index)
                    index += 1
                stop.wait(0.01)
        finally:
            self.is_on.clear()

    def found(self) -> tuple[CameraFound, ...]:
        return () if self.failure is FailureCode.CAMERA_MISSING else self.plugged_in()

    def choose(self, choice: CameraChoice) -> None:
        self.choice = choice

    def plugged_in(self) -> tuple[CameraFound, ...]:
        return (CameraFound("0", "文档摄像头"), CameraFound("2", "内置摄像头"))

    def stand_in(self) -> CameraFound | None:
        return self.instead


class PlainReader:
    """Finds the same outline in every frame and captures what it is told to."""

    def __init__(self, quality: Quality | None = None) -> None:
        self.quality = quality or Quality((), ())
        self.is_warm = False

    def warm_up(self, stop: Stop) -> None:
        """Nothing to load; say that it was asked for."""
        self.is_warm = True

    def locate(self, frame: Frame) -> Outline | None:
        return Outline(((100, 80), (540, 80), (540, 400), (100, 400)), 0.9)

    def judge(self, frame: Frame, outline: Outline | None, kind: DocumentKind) -> Quality:
        return self.quality

    def capture(
        self, frame: Frame, kind: DocumentKind, stop: Stop, outline: Outline | None = None
    ) -> CapturedDocument:
        return CapturedDocument(kind, b"original", "0" * 64, b"rectified", "1" * 64, self.quality)

    def open_file(self, data: bytes, kind: DocumentKind, stop: Stop) -> CapturedDocument:
        if not data:
            raise CounterError(FailureCode.IMAGE_UNREADABLE)
        return CapturedDocument(kind, data, "0" * 64, b"page", "1" * 64, self.quality)


class PatientCapture:
    """Never takes a picture by itself."""

    def offer(self, frame: Frame, outline: Outline | None, quality: Quality) -> Frame | None:
        return None

    def restart(self) -> None:
        """Nothing to forget."""


@dataclass
class MemoryVault:
    """Pictures by digest."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    kept: tuple[ImageRef, ...] = ()

    def images(self, case_id: str) -> tuple[ImageRef, ...]:
        return tuple(image for image in self.kept if image.case_id == case_id)

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.pictures:
            raise CounterError(FailureCode.IMAGE_UNKNOWN)
        return self.pictures[sha256]


@dataclass
class FixedHealth:
    """Devices as they are told to be."""

    states: tuple[DeviceState, ...] = tuple(DeviceState(kind) for kind in DeviceKind)

    def probe(self) -> tuple[DeviceState, ...]:
        return self.states


@dataclass
class FixedClock:
    """Stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


def make_parts(
    performer: ScriptedPerformer | None = None,
    store: MemoryStore | None = None,
    camera: StillCamera | None = None,
    **changes: object,
) -> WindowParts:
    """Put surroundings together; any part may be replaced by name."""
    clock = FixedClock()
    parts = WindowParts(
        performer=performer or ScriptedPerformer(),
        visits=MemoryVisits(),
        camera=cast("Camera", camera or StillCamera()),
        document_reader=cast("DocumentReader", PlainReader()),
        auto_capture=lambda: cast("AutoCapture", PatientCapture()),
        accounts=cast("Accounts", MemoryAccounts()),
        store=cast("CaseStore", store or MemoryStore()),
        vault=cast("Vault", MemoryVault()),
        health=FixedHealth(),
        make_desk=lambda: desk(clock.now()),
        clock=clock,
        branch="南山服务中心",
        counter="01号柜",
        environment="demo",
    )
    return replace(parts, **changes)  # type: ignore[arg-type] # tests name the fields they replace
