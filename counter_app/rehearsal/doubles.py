"""The simulated counter of a rehearsal: directory, devices, people, as the file tells them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from counter_app.domain.account import Account, Role
from counter_app.domain.coverage import STANDARD, Coverage
from counter_app.domain.merchant import MerchantRecord
from counter_app.domain.paper import PaperRecord, record_sha256
from counter_app.domain.phone import normalised
from counter_app.domain.reading import DocumentKind, Outline, Quality, Reading
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.ports.camera import Frame
from counter_app.ports.capture import CapturedDocument
from counter_app.ports.directory import DirectoryState
from counter_app.ports.paper import JobId, Paper, PrinterHealth, PrintPhase, PrintState
from counter_app.ports.stop import Stop
from counter_app.ports.vault import ImageRef
from counter_app.rehearsal.file import RehearsalFile
from counter_app.rehearsal.values import merchant_of

RIGHT_CODE = "000000"
WRONG_CODE = "999999"
MANAGERS = ("m", "cm")
STALE_AFTER = timedelta(hours=1)
PRINTER_FAULTS = {
    "out_of_paper": FailureCode.PRINTER_OUT_OF_PAPER,
    "jam": FailureCode.PRINTER_JAM,
    "offline": FailureCode.PRINTER_OFFLINE,
}


@dataclass(slots=True)
class FixedClock:
    """The clock of a rehearsal stands still unless somebody lets time pass; nobody ever waits."""

    at: datetime

    def now(self) -> datetime:
        """Return the file's time, and what has passed since."""
        return self.at

    def go_on(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by


class RehearsedDirectory:
    """The merchants and number bindings of the file."""

    def __init__(self, file: RehearsalFile) -> None:
        """Take the merchants of the file."""
        self._merchants = tuple(merchant_of(table) for table in file.merchants)
        self._phones = {normalised(table.number): table.bound_to for table in file.phones}

    def by_sn(self, sn: str) -> MerchantRecord | None:
        """Return the first merchant with this serial number."""
        return next(iter(self.owners_of(sn)), None)

    def owners_of(self, sn: str) -> tuple[MerchantRecord, ...]:
        """Return every merchant with this serial number."""
        return tuple(item for item in self._merchants if item.terminal(sn) is not None)

    def by_merchant_no(self, merchant_no: str) -> MerchantRecord | None:
        """Return the merchant with this number."""
        return next((item for item in self._merchants if item.merchant_no == merchant_no), None)

    def by_uscc(self, uscc: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one party."""
        return tuple(item for item in self._merchants if item.uscc == uscc)

    def of_principal(self, id_number: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one person."""
        return tuple(one for one in self._merchants if one.principal.id_number == id_number)

    def by_name_prefix(self, text: str, limit: int = 20) -> tuple[MerchantRecord, ...]:
        """Return merchants whose name begins with a text."""
        found = tuple(item for item in self._merchants if item.name.startswith(text))
        return found[:limit]

    def bound_to(self, phone: str) -> tuple[str, ...]:
        """Return the merchants that a number serves: told by the file, or on record."""
        merchants = self._merchants
        recorded = tuple(one.merchant_no for one in merchants if normalised(one.phone) == phone)
        return tuple(dict.fromkeys((*self._phones.get(phone, ()), *recorded)))

    def state(self) -> DirectoryState:
        """Say how many merchants there are."""
        return DirectoryState(1, None, len(self._merchants))

    def age(self, now: datetime) -> timedelta | None:
        """Return no age: the file is the snapshot."""
        return None

    def load(self, path: Path, now: datetime) -> DirectoryState:
        """Refuse: a rehearsal's directory is its file."""
        raise CounterError(FailureCode.DIRECTORY_INVALID, file="rehearsal", line=0, key="-")


class EmptyVault:
    """Holds no picture: what a rehearsal shows is told, not photographed."""

    def put(self, data: bytes, kind: str, case_id: str, now: datetime) -> ImageRef:
        """Refuse."""
        raise CounterError(FailureCode.CAMERA_MISSING)

    def get(self, sha256: str) -> bytes:
        """Refuse."""
        raise CounterError(FailureCode.IMAGE_UNKNOWN)

    def images(self, case_id: str) -> tuple[ImageRef, ...]:
        """Return nothing."""
        return ()

    def erase(self, sha256: str, case_id: str) -> None:
        """Do nothing."""

    def sweep(self, _now: datetime) -> int:
        """Remove nothing."""
        return 0


class RehearsedCodes:
    """A gateway whose right code is known to the player."""

    def send(self, number: str, stop: Stop) -> str:
        """Send nothing, and give the message a name."""
        return "rehearsal"

    def check(self, message_id: str, code: str, stop: Stop) -> bool:
        """Say whether the code is the right one."""
        return code == RIGHT_CODE


class NoDocumentReader:
    """Rehearsals answer with what the file says; no picture is ever read."""

    def warm_up(self, stop: Stop) -> None:
        """Do nothing."""

    def locate(self, frame: Frame) -> Outline | None:
        """Find nothing."""
        return None

    def judge(self, frame: Frame, outline: Outline | None, kind: DocumentKind) -> Quality:
        """Refuse."""
        raise CounterError(FailureCode.CAMERA_MISSING)

    def capture(
        self, frame: Frame, kind: DocumentKind, stop: Stop, outline: Outline | None = None
    ) -> CapturedDocument:
        """Refuse."""
        raise CounterError(FailureCode.CAMERA_MISSING)

    def open_file(self, data: bytes, kind: DocumentKind, stop: Stop) -> CapturedDocument:
        """Refuse."""
        raise CounterError(FailureCode.CAMERA_MISSING)

    def read(self, image: CapturedDocument | bytes, kind: DocumentKind, stop: Stop) -> Reading:
        """Refuse."""
        raise CounterError(FailureCode.CAMERA_MISSING)


class RehearsedAccounts:
    """The people of the file: an id with m or cm is a centre manager; anybody may review."""

    def __init__(self, file: RehearsalFile) -> None:
        """Take staff and sessions of the file."""
        self._now = file.now
        self._staff = {item.id: item for item in file.staff}
        self._ids = {
            file.counter.clerk,
            *self._staff,
            *(review.by for review in file.visit.reviews),
        }
        self._stale = [review.session == "stale" for review in file.visit.reviews]

    def sign_in(self, account_id: str, password: str, now: datetime) -> Account:
        """Return the account."""
        return self._account(account_id)

    def must_change(self, account_id: str) -> bool:
        """Never."""
        return False

    def step_up(self, account_id: str, password: str, now: datetime) -> Authorisation:
        """Return an authorisation as old as the file's session says."""
        is_stale = self._stale.pop(0) if self._stale else False
        at = now - STALE_AFTER if is_stale else now
        return Authorisation(self._account(account_id), at)

    def change_password(self, account_id: str, old: str, new: str, now: datetime) -> None:
        """Do nothing."""

    def find(self, account_id: str) -> Account | None:
        """Return an account that the file names."""
        return self._account(account_id) if account_id in self._ids else None

    def everyone(self) -> tuple[Account, ...]:
        """Return everybody the file names."""
        return tuple(self._account(account_id) for account_id in sorted(self._ids))

    def staff_numbers(self) -> frozenset[str]:
        """Return the staff's own numbers."""
        return frozenset(normalised(item.phone) for item in self._staff.values() if item.phone)

    def load(self, path: Path, now: datetime) -> int:
        """Refuse: a rehearsal's people are its file."""
        raise CounterError(FailureCode.RULES_INVALID, file="rehearsal", line=0, key="-")

    def _account(self, account_id: str) -> Account:
        staff = self._staff.get(account_id)
        is_manager = account_id.startswith(MANAGERS)
        if staff is not None and staff.manager is not None:
            is_manager = staff.manager
        roles = {Role.CLERK, Role.REVIEWER}
        if is_manager:
            roles.add(Role.CENTRE_MANAGER)
        phone = staff.phone if staff is not None else None
        return Account(account_id, account_id, frozenset(roles), phone)


class RecordMaker:
    """Makes papers that are nothing but their record; rehearsals compare kinds, not pages."""

    def make(self, record: PaperRecord) -> Paper:
        """Return the record as a paper."""
        raw = record.to_json()
        return Paper(record.kind, record.number, raw, record_sha256(record), 1)

    def preview(self, record: PaperRecord, width_px: int) -> tuple[bytes, ...]:
        """Return no pages."""
        return ()

    def strip(self, record: PaperRecord) -> bytes:
        """Return no strip."""
        return b""

    def reprint_sheet(self, sealed: bytes, count: int, by: str, at_text: str) -> bytes:
        """Return a sheet with its count."""
        return f"reprint {count}".encode("ascii")

    def coverage(self) -> Coverage:
        """Take for printable what the rules do without fonts."""
        return STANDARD


class NoSeal:
    """Leaves papers as they are; a rehearsal has no branch key."""

    def seal(self, pdf: bytes) -> bytes:
        """Return the bytes unchanged."""
        return pdf

    def days_left(self) -> int:
        """Never end."""
        return 365


@dataclass(slots=True)
class RehearsedPrinter:
    """A printer in the state that the file gives it."""

    fault: FailureCode | None
    titles: list[str] = field(default_factory=list)

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:
        """Take a job."""
        self.titles.append(title)
        return JobId(str(len(self.titles)))

    def state(self, job: JobId) -> PrintState:
        """Say what the file says."""
        if self.fault is None:
            return PrintState(PrintPhase.DONE_BY_SPOOLER)
        return PrintState(PrintPhase.BLOCKED, self.fault, goes_on=False)

    def cancel(self, job: JobId) -> None:
        """Do nothing."""

    def health(self) -> PrinterHealth:
        """Say what the file says."""
        return PrinterHealth("rehearsal", self.fault)
