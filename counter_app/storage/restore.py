"""Taking a backup back, and checking a data folder or a backup without changing it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
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
    STORE_FILE,
    VAULT_FOLDER,
    DataFolder,
    open_data_folder,
)
from counter_app.storage.durable import copy_durably, sync_folder
from counter_app.storage.failures import translated
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.promises import DEVICE_EPOCH, FLOOR

FIRST_NUMBER = 2000
NUMBERS_A_MINUTE = 5
"""Numbers given out after the backup are not known. A counter gives out fewer than these, so that
numbers from here on, growing with the time of day, were never given, however often it is restored.
"""


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found; whole when everything is empty.

    Attributes:
        pages: Findings about the database file.
        journal: Faults of the journal.
        images: SHA-256 of pictures that are missing or changed.
    """

    pages: tuple[str, ...]
    journal: tuple[JournalFault, ...]
    images: tuple[str, ...]

    def is_whole(self) -> bool:
        """Say whether nothing was found."""
        return not (self.pages or self.journal or self.images)


def check_data(data: DataFolder, anchors: Sequence[Anchor] = ()) -> Health:
    """Check an open data folder: every page, the journal against anchors, every picture."""
    pages = data.database.problems()
    if pages:
        return Health(pages, (), ())
    with data.store.view() as unit:
        journal = unit.verify_journal(anchors)
    return Health((), journal, data.vault.damaged())


def check_backup(folder: Path, passphrase: str) -> Health:
    """Check a backup without changing it.

    Raises:
        CounterError: STORE_KEY_WRONG; STORE_CORRUPT (fact `file`) for a file that is not as it was.
    """
    _, key = read_backup(folder, passphrase)
    return Health((), (), ()) if copy_is_whole(folder, key) else Health(("pages",), (), ())


def restore(
    folder: Path,
    passphrase: str,
    target: Path,
    place: Place,
    now: datetime,
    keeper: KeyKeeper | None = None,
) -> DataFolder:
    """Take a backup back into a data folder.

    What the folder held before is moved aside, never deleted. The store gets a new incarnation;
    its unsent messages go out again under their old ids, which head office knows how to join; and
    the day's numbers go on above any that can have been given out after the backup. `keeper` wraps
    the key from now on; where it has no working keyring it takes the same passphrase.

    Raises:
        CounterError: STORE_KEY_WRONG, STORE_CORRUPT, DISK_FULL, STORE_LOCKED.
    """
    _, key = read_backup(folder, passphrase)
    if not copy_is_whole(folder, key):
        raise CounterError(FailureCode.STORE_CORRUPT, file=STORE_FILE)
    _move_aside(target, now)
    with translated():
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        (target / VAULT_FOLDER).mkdir(mode=0o700)
        for path in sorted((folder / VAULT_FOLDER).iterdir()):
            copy_durably(path, target / VAULT_FOLDER / path.name)
        copy_durably(folder / STORE_FILE, target / STORE_FILE)
        sync_folder(target / VAULT_FOLDER)
        sync_folder(target)
    kept = keeper or KeyKeeper(target)
    wrapped_by = passphrase if kept.needs_passphrase() else None
    kept.rewrap(key, wrapped_by)
    data = open_data_folder(target, place, kept, wrapped_by)
    _begin_again(data, place, now)
    return data


def _begin_again(data: DataFolder, place: Place, now: datetime) -> None:
    day = counter_day(now)
    with data.store.begin() as unit:
        mine = [use.acceptance_no for use in unit.numbers(day)]
        last = max((int(number[16:20]) for number in mine), default=0)
        clock = now.astimezone(CHINA)
        minute = clock.hour * 60 + clock.minute + 1
        floor = max(last, FIRST_NUMBER + NUMBERS_A_MINUTE * minute)
        unit.remember(FLOOR, f"{day.isoformat()} {floor}")
        unit.remember(DEVICE_EPOCH, secrets.token_hex(8))
        facts = (("numbers_from", str(floor + 1)), ("branch", place.branch))
        unit.journal(JournalEntry(now, "system", JournalAction.RESTORED, "", facts))


def _move_aside(target: Path, now: datetime) -> None:
    names = (STORE_FILE, f"{STORE_FILE}-wal", f"{STORE_FILE}-shm", VAULT_FOLDER, "key.json")
    present = [target / name for name in names if (target / name).exists()]
    if not present:
        return
    aside = target / f"before-restore-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
    with translated():
        aside.mkdir(mode=0o700)
        for path in present:
            path.replace(aside / path.name)
