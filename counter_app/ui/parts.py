"""Everything the window needs, handed in by bootstrap as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from counter_app.domain.draft import Draft
from counter_app.errors import FailureCode
from counter_app.flow.effects import Effect
from counter_app.flow.outcomes import Outcome
from counter_app.flow.state import Desk, FlowState
from counter_app.ports import identity
from counter_app.ports.accounts import Accounts
from counter_app.ports.camera import Camera
from counter_app.ports.capture import AutoCapture, DocumentReader
from counter_app.ports.clock import Clock
from counter_app.ports.stop import Stop
from counter_app.ports.store import CaseStore
from counter_app.ports.subject import SubjectRights
from counter_app.ports.vault import Vault
from counter_app.services.camera_choice import CameraChoosing
from counter_app.services.day import Day
from counter_app.services.pad_signatures import PadSignatures
from counter_app.services.post_review import PostReview
from counter_app.services.signed_copies import SignedCopies

Progress = identity.Progress


class Performer(Protocol):
    """Does what the flow asks for; never raises."""

    def perform(self, effect: Effect, stop: Stop, on_progress: Progress) -> Outcome:
        """Do one effect; called on the lane of its device."""
        ...


class Visits(Protocol):
    """Starts visits and brings stored ones back."""

    def start(self, clerk_id: str) -> FlowState:
        """Return a new visit with a fresh case id; nothing is stored yet."""
        ...

    def again(self, case_id: str, clerk_id: str) -> FlowState:
        """Return a new visit for a further terminal of the same customer."""
        ...

    def correct(self, case_id: str, clerk_id: str) -> FlowState:
        """Return a new visit that corrects a rejected or voided case."""
        ...

    def load(self, case_id: str) -> FlowState:
        """Return a stored visit as it stood. Raises CounterError CASE_UNKNOWN, STORE_CORRUPT."""
        ...


class DeviceKind(StrEnum):
    """The devices of the strip at the top."""

    ID_READER = "id_reader"
    CAMERA = "camera"
    PRINTER = "printer"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How one device is.

    Attributes:
        failure: None when it is ready.
        since: Since when it is so (aware UTC), or None when unknown.
    """

    kind: DeviceKind
    failure: FailureCode | None = None
    since: datetime | None = None


class Health(Protocol):
    """Probes of the devices; asked on the office lane, never longer than two seconds."""

    def probe(self) -> tuple[DeviceState, ...]:
        """Return how each device is now; never raises."""
        ...


def _no_sender() -> None:
    """Wake nobody, where no sender belongs to the window."""


@dataclass(frozen=True, slots=True)
class WindowParts:
    """The window's surroundings.

    Attributes:
        auto_capture: Makes the judge of one document's live picture.
        make_desk: Gives rules, number segments and the counter's facts as of now.
        branch: Name of the branch as shown.
        counter: Number of the counter as shown.
        environment: "production", "training" or "demo"; shown unless production.
        locale: "zh_CN" or "en".
        idle_lock_s: Seconds without a key or a click before the window locks.
        diagnostics: Text for support without personal data.
        day: Opens, adds up and closes the day; None where there is none.
        draft_preview: Draws the receipt that a draft would give as PNG pages marked as not valid.
        pad_signatures: Keeps what customers sign on a pad; None where there is no pad.
        camera_choice: Lets the clerk choose the camera; None where there is nothing to choose.
        has_strip_printer: A thermal printer prints the number when the other one cannot.
        signed_copies: Files signed branch copies; None where there is no code to match them by.
        post_review: The cases drawn for a look afterwards; None where nobody looks.
        subjects: Answers people who ask for their own data; None where nobody may ask.
        preview: Draws the first page of a paper (PDF) as a PNG picture; None where there is none.
        wake_sender: Lets a resting sender look at the queue at once.
    """

    performer: Performer
    visits: Visits
    camera: Camera
    document_reader: DocumentReader
    auto_capture: Callable[[], AutoCapture]
    accounts: Accounts
    store: CaseStore
    vault: Vault
    health: Health
    make_desk: Callable[[], Desk]
    clock: Clock
    branch: str
    counter: str
    environment: str = "production"
    locale: str = "zh_CN"
    idle_lock_s: int = 300
    diagnostics: Callable[[], str] = str
    preview: Callable[[bytes], bytes] | None = None
    draft_preview: Callable[[Draft], tuple[bytes, ...]] | None = None
    day: Day | None = None
    signed_copies: SignedCopies | None = None
    has_strip_printer: bool = False
    pad_signatures: PadSignatures | None = None
    post_review: PostReview | None = None
    subjects: SubjectRights | None = None
    camera_choice: CameraChoosing | None = None
    wake_sender: Callable[[], None] = _no_sender
