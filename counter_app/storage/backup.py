"""Backups: a consistent copy of store and pictures, encrypted as they are, under a passphrase."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select

from counter_app.domain.journal import Anchor, JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.data_folder import STORE_FILE, VAULT_FOLDER, DataFolder
from counter_app.storage.database import findings, unlock
from counter_app.storage.durable import copy_durably, sync_file, sync_folder, write_durably
from counter_app.storage.failures import onto_target, translated
from counter_app.storage.keys import KEY_FILE, Cost, KeyKeeper
from counter_app.storage.tables import IMAGES

MANIFEST = "manifest.json"
_PURPOSE = b"counter-app backup v1\n"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup.

    Attributes:
        head: The journal's head in the copy.
        files: SHA-256 (hex) by path relative to the folder.
    """

    folder: Path
    made_at: datetime
    head: Anchor
    files: dict[str, str]


def make_backup(
    data: DataFolder, folder: Path, passphrase: str, now: datetime, cost: Cost | None = None
) -> Backup:
    """Copy store and pictures while the counter works on.

    Most pictures are copied first, while writers go on: a picture never changes. Writers wait only
    while the store and the pictures that came or went meanwhile are copied, so the pictures are
    those the copied store knows. Nothing is decrypted on the way; the data key is wrapped anew by
    the passphrase, so that the copy can be opened on another machine. `folder` is made and must
    not exist; a failure removes it again.

    Raises:
        CounterError: TARGET_EXISTS; FILE_UNWRITABLE; DISK_FULL; STORE_CORRUPT for a picture that is
            gone or a damaged page; STORE_LOCKED.
    """
    with onto_target():
        folder.mkdir(mode=0o700, parents=True)
    is_made = False
    try:
        backup = _fill(data, folder, passphrase, now, cost)
        is_made = True
    finally:
        if not is_made:
            shutil.rmtree(folder, ignore_errors=True)
    return backup


def _fill(
    data: DataFolder, folder: Path, passphrase: str, now: datetime, cost: Cost | None
) -> Backup:
    with data.store.begin() as unit:
        unit.journal(JournalEntry(now, "system", JournalAction.BACKED_UP))
    KeyKeeper(folder, cost=cost).rewrap(data.key, passphrase)
    with onto_target():
        (folder / VAULT_FOLDER).mkdir(mode=0o700)
    _copy_settled_images(data, folder / VAULT_FOLDER)
    with data.store.begin() as unit:
        head = unit.journal_head()
        _copy_images(data, folder / VAULT_FOLDER)
        _copy_database(data, folder / STORE_FILE)
    backup = Backup(folder, now, head, _digests(folder))
    write_durably(folder / MANIFEST, _manifest(backup, data.key))
    with translated():
        sync_folder(folder / VAULT_FOLDER)
        sync_folder(folder)
    return backup


def _copy_settled_images(data: DataFolder, target: Path) -> None:
    """Copy the pictures of now; one that is erased meanwhile is not needed."""
    for name in _image_names(data):
        with contextlib.suppress(FileNotFoundError):
            copy_durably(data.path / VAULT_FOLDER / name, target / name)


def _copy_images(data: DataFolder, target: Path) -> None:
    """Make the copied pictures exactly those of the store, while nobody writes."""
    wanted = _image_names(data)
    present = {path.name for path in target.iterdir()}
    for name in present - wanted:
        (target / name).unlink()
    for name in wanted - present:
        try:
            copy_durably(data.path / VAULT_FOLDER / name, target / name)
        except FileNotFoundError as error:
            raise CounterError(FailureCode.STORE_CORRUPT, file="image", cause="gone") from error


def _image_names(data: DataFolder) -> set[str]:
    with data.database.read() as connection:
        return set(connection.execute(select(IMAGES.c.file)).scalars())


def read_backup(folder: Path, passphrase: str) -> tuple[Backup, bytes]:
    """Check a backup's manifest and files and return it with its data key.

    Raises:
        CounterError: STORE_KEY_WRONG for a wrong passphrase; BACKUP_DAMAGED (fact `file`) when a
            file is missing, changed or added, as in a copy that did not come to its end.
    """
    for name in (KEY_FILE, MANIFEST, STORE_FILE):
        if not (folder / name).is_file():
            raise CounterError(FailureCode.BACKUP_DAMAGED, file=name, cause="missing")
    key = _key_of(folder, passphrase)
    backup = _read_manifest(folder, key)
    found = _digests(folder)
    for name in sorted(backup.files.keys() | found.keys()):
        if backup.files.get(name) != found.get(name):
            cause = _difference(name, backup.files, found)
            raise CounterError(FailureCode.BACKUP_DAMAGED, file=name, cause=cause)
    return backup, key


def _key_of(folder: Path, passphrase: str) -> bytes:
    try:
        return KeyKeeper(folder).unlock(passphrase)
    except CounterError as error:
        if error.code is not FailureCode.STORE_CORRUPT:
            raise
        raise CounterError(FailureCode.BACKUP_DAMAGED, file=KEY_FILE, cause="changed") from error


def _difference(name: str, noted: dict[str, str], found: dict[str, str]) -> str:
    if name not in found:
        return "missing"
    return "changed" if name in noted else "added"


def copy_is_whole(folder: Path, key: bytes) -> bool:
    """Say whether the copied database's pages and structure are whole; the file is only read."""
    address = f"{(folder / STORE_FILE).resolve().as_uri()}?mode=ro"
    with translated(), closing(sqlcipher.connect(address, uri=True)) as connection:
        unlock(connection, key)
        return not findings(connection)


def _copy_database(data: DataFolder, target: Path) -> None:
    with onto_target():
        target.touch(mode=0o600)
    with data.database.raw() as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with translated():
        sync_file(target)


def _digests(folder: Path) -> dict[str, str]:
    found = {}
    with translated():
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name != MANIFEST:
                with path.open("rb") as file:
                    found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _manifest(backup: Backup, key: bytes) -> bytes:
    said = {
        "made_at": backup.made_at.astimezone(UTC).isoformat(),
        "head": {"seq": backup.head.seq, "hash": backup.head.hash},
        "files": backup.files,
    }
    body = json.dumps(said, sort_keys=True)
    return json.dumps({"body": body, "mac": _mac(body, key)}, indent=1).encode()


def _read_manifest(folder: Path, key: bytes) -> Backup:
    try:
        kept = json.loads((folder / MANIFEST).read_bytes())
        body = str(kept["body"])
        if not hmac.compare_digest(str(kept["mac"]), _mac(body, key)):
            raise CounterError(FailureCode.BACKUP_DAMAGED, file=MANIFEST, cause="changed")
        said = json.loads(body)
        head = Anchor(said["head"]["seq"], said["head"]["hash"])
        return Backup(folder, datetime.fromisoformat(said["made_at"]), head, said["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise CounterError(FailureCode.BACKUP_DAMAGED, file=MANIFEST, cause="changed") from error


def _mac(body: str, key: bytes) -> str:
    return hmac.new(key, _PURPOSE + body.encode(), hashlib.sha256).hexdigest()
