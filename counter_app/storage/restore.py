"""Taking a backup back, and checking a data folder or a backup without changing it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from counter_app.domain.journal import (
    CHINA,
    Anchor,
    JournalAction,
    JournalEntry,
    JournalFault,
    Place,
    counter_day,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.backup import copy_is_whole, read_backup
from counter_app.storage.data_folder import (
    DIRECTORY_FOLDER,
    STORE_FILE,
    VAULT_FOLDER,
    DataFolder,
    open_data_folder,
)
from counter_app.storage.database import Database
from counter_app.storage.durable import copy_durably, sync_folder
from counter_app.storage.failures import onto_target, translated
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.promises import DEVICE_EPOCH, FLOOR
from counter_app.storage.store import SqlUnit
from counter_app.storage.swap import (
    STORE_NAMES,
    exchange,
    finish_exchange,
    fresh_stage,
    restoring,
)

FIRST_NUMBER = 2000
NUMBERS_A_MINUTE = 5
"""Numbers given out after the backup are not known. A counter gives out fewer than these, so that
numbers from here on, growing with the time of day, were never given, however often it is restored.
"""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What keeps a restored store's key from now on.

    Attributes:
        keeper: None: the data folder's own, with the system's keyring.
        passphrase: Where there is no working keyring; None: the backup's.
    """

    keeper: KeyKeeper | None = None
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found; whole when everything is empty.

    Attributes:
        pages: Findings about the database file.
        journal: Faults of the journal.
        images: SHA-256 of pictures that are missing or changed.
        cases: Accepted cases, and papers, that are not what the journal took down.
    """

    pages: tuple[str, ...]
    journal: tuple[JournalFault, ...]
    images: tuple[str, ...]
    cases: tuple[str, ...] = ()

    def is_whole(self) -> bool:
        """Say whether nothing was found."""
        return not (self.pages or self.journal or self.images or self.cases)


def check_data(data: DataFolder, anchors: Sequence[Anchor] = ()) -> Health:
    """Check an open data folder: every page, the journal against anchors, every picture."""
    pages = data.database.problems()
    if pages:
        return Health(pages, (), ())
    with data.store.view() as unit:
        journal = unit.verify_journal(anchors)
        cases = unit.changed_since_journalled() if not journal else ()
    return Health((), journal, data.vault.damaged(), cases)


def check_backup(folder: Path, passphrase: str) -> Health:
    """Check a backup without changing it.

    Raises:
        CounterError: STORE_KEY_WRONG; BACKUP_DAMAGED (fact `file`) for a file that is not as it
            was.
    """
    _, key = read_backup(folder, passphrase)
    return Health((), (), ()) if copy_is_whole(folder, key) else Health(("pages",), (), ())


def restore(
    folder: Path,
    passphrase: str,
    target: Path,
    place: Place,
    now: datetime,
    wrapping: Wrapping | None = None,
) -> DataFolder:
    """Take a backup back into a data folder.

    The copy is made ready beside what the folder holds, and takes its place in one go when it is
    complete; what was there is moved aside, never deleted. The store gets a new incarnation; its
    unsent messages go out again under their old ids, which head office knows how to join; and the
    day's numbers go on above any that can have been given out after the backup.

    Args:
        folder: Of the backup; it is only read.
        passphrase: Of the backup.
        target: The data folder.
        place: Stamped on every journal row.
        now: Aware UTC.
        wrapping: What keeps the key from now on; None: the system's keyring, else `passphrase`.

    Raises:
        CounterError: STORE_KEY_WRONG; BACKUP_DAMAGED; STORE_IN_USE; DISK_FULL; FILE_UNWRITABLE;
            STORE_LOCKED. The data folder is as it was.
    """
    key = _whole_backup(folder, passphrase)
    _prepare(target)
    used = wrapping or Wrapping()
    keeper = used.keeper or KeyKeeper(target)
    with restoring(target):
        stage = fresh_stage(target)
        with _removed_on_failure(stage):
            secret = _wrap(key, keeper.at(stage), used.passphrase or passphrase)
            _fill(stage, folder)
            _begin_again(open_data_folder(stage, place, keeper.at(stage), secret), place, now)
        exchange(target, now, _names(target, key))
    return open_data_folder(target, place, keeper, secret)


def _whole_backup(folder: Path, passphrase: str) -> bytes:
    """Return the key of a backup whose every page is as it was."""
    _, key = read_backup(folder, passphrase)
    if not copy_is_whole(folder, key):
        raise CounterError(FailureCode.BACKUP_DAMAGED, file=STORE_FILE, cause="pages")
    return key


def _prepare(target: Path) -> None:
    with onto_target():
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    finish_exchange(target)


@contextmanager
def _removed_on_failure(stage: Path) -> Iterator[None]:
    try:
        yield
    except CounterError:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _wrap(key: bytes, keeper: KeyKeeper, passphrase: str) -> str | None:
    """Wrap the key; returns the passphrase that opens it, None where the keyring does."""
    secret = passphrase if keeper.needs_passphrase() else None
    keeper.rewrap(key, secret)
    return secret


def _fill(stage: Path, folder: Path) -> None:
    with translated():
        (stage / VAULT_FOLDER).mkdir(mode=0o700)
    for path in sorted((folder / VAULT_FOLDER).iterdir()):
        copy_durably(path, stage / VAULT_FOLDER / path.name)
    copy_durably(folder / STORE_FILE, stage / STORE_FILE)
    with translated():
        sync_folder(stage / VAULT_FOLDER)
        sync_folder(stage)


def _names(target: Path, key: bytes) -> tuple[str, ...]:
    """Return what is exchanged: a directory under another key could not be opened any more."""
    files = sorted((target / DIRECTORY_FOLDER).glob("*.db"))
    fits = all(_opens(path, key) for path in files)
    return STORE_NAMES if fits else (*STORE_NAMES, DIRECTORY_FOLDER)


def _opens(path: Path, key: bytes) -> bool:
    try:
        with Database(path, key).raw():
            return True
    except CounterError:
        return False


def _begin_again(data: DataFolder, place: Place, now: datetime) -> None:
    """Give the copy an incarnation of its own and numbers that were never given; close it."""
    with closing(data):
        with data.store.begin() as unit:
            floor = _floor(unit, now)
            unit.remember(FLOOR, f"{counter_day(now).isoformat()} {floor}")
            unit.remember(DEVICE_EPOCH, secrets.token_hex(8))
            facts = (("numbers_from", str(floor + 1)), ("branch", place.branch))
            unit.journal(JournalEntry(now, "system", JournalAction.RESTORED, "", facts))
        data.database.checkpoint()


def _floor(unit: SqlUnit, now: datetime) -> int:
    """Return the highest of the day's numbers that can have been given out."""
    mine = [use.acceptance_no for use in unit.numbers(counter_day(now))]
    last = max((int(number[16:20]) for number in mine), default=0)
    clock = now.astimezone(CHINA)
    minute = clock.hour * 60 + clock.minute + 1
    return max(last, FIRST_NUMBER + NUMBERS_A_MINUTE * minute)
