"""The counter's data folder, opened: key, database, store, vault."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.journal import Place
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.database import Database
from counter_app.storage.durable import write_durably
from counter_app.storage.failures import disk_failure, translated
from counter_app.storage.height import HEIGHT_FILE, HeightNote, require_newest, require_one_piece
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.store import SqlCaseStore
from counter_app.storage.swap import finish_exchange, is_pending
from counter_app.storage.vault import FileVault

STORE_FILE = "store.db"
VAULT_FOLDER = "vault"
DIRECTORY_FOLDER = "directory"
_MARK_FILE = "store.mark"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class DataFolder:
    """What is behind one data folder.

    Attributes:
        key: The data key; the directory's database takes it too.
    """

    path: Path
    key: bytes = field(repr=False)
    database: Database
    store: SqlCaseStore
    vault: FileVault

    def close(self) -> None:
        """Close every connection."""
        self.database.close()


def has_store(path: Path) -> bool:
    """Say whether a folder holds a counter's store, or did and lost it."""
    return (path / STORE_FILE).exists() or (path / _MARK_FILE).exists() or is_pending(path)


def open_data_folder(
    path: Path, place: Place, keeper: KeyKeeper | None = None, passphrase: str | None = None
) -> DataFolder:
    """Open a data folder, making what is missing, and bring its store to this version.

    Raises:
        CounterError: STORE_OLDER where the store was put back from a copy; every code of
            `open_as_found`, which takes the same arguments.
    """
    has_log = _has_log(path)
    data = open_as_found(path, place, keeper, passphrase)
    try:
        with data.store.view() as unit:
            require_newest(unit, HeightNote(path / HEIGHT_FILE).read())
            if has_log:
                require_one_piece(unit)
    except CounterError:
        data.close()
        raise
    return data


def open_as_found(
    path: Path, place: Place, keeper: KeyKeeper | None = None, passphrase: str | None = None
) -> DataFolder:
    """Open a data folder without asking whether its store is the newest: to judge or to copy it.

    Args:
        path: Folder; made with access for its owner only.
        place: Stamped on every journal row.
        keeper: Where the key is wrapped; None: the folder's own, with the system's keyring.
        passphrase: Needed where `KeyKeeper.needs_passphrase()` says so.

    Raises:
        CounterError: STORE_KEY_WRONG, PASSPHRASE_MISSING, STORE_NEWER, STORE_LOCKED, STORE_IN_USE,
            STORE_DENIED, DISK_FULL; STORE_CORRUPT, also where there was a store and it is gone.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_failure(error) from error
    finish_exchange(path)
    _require_content(path)
    kept = keeper or KeyKeeper(path)
    if (path / STORE_FILE).exists() and not kept.exists():
        raise CounterError(FailureCode.STORE_KEY_WRONG, cause="key_file_gone")
    key = kept.unlock(passphrase)
    database = Database(path / STORE_FILE, key)
    try:
        store = SqlCaseStore(database, place)
    except CounterError as error:
        database.close()
        raise _told_apart(path, error) from error
    _note_mark(path)
    return DataFolder(path, key, database, store, FileVault(database, path / VAULT_FOLDER))


def _has_log(path: Path) -> bool:
    """Say whether a write-ahead log was left, which would be written over any copy of the store."""
    log = path / f"{STORE_FILE}-wal"
    with translated():
        return log.exists() and log.stat().st_size > 0


def _require_content(path: Path) -> None:
    """Refuse to begin anew where there was a store: numbers would be given out twice."""
    with translated():
        if not (path / _MARK_FILE).exists():
            return
        if not (path / STORE_FILE).exists():
            raise CounterError(FailureCode.STORE_CORRUPT, file=STORE_FILE, cause="gone")
        if len(_mark(path)) < _SALT_BYTES:
            raise CounterError(FailureCode.STORE_CORRUPT, file=STORE_FILE, cause="cut")


def _told_apart(path: Path, error: CounterError) -> CounterError:
    """Tell a damaged first page from another counter's store: both cannot be decrypted."""
    mark = path / _MARK_FILE
    with translated():
        same = mark.exists() and mark.read_bytes() == _mark(path)
    if error.code is FailureCode.STORE_KEY_WRONG and same:
        return CounterError(FailureCode.STORE_CORRUPT, **error.facts)
    return error


def _note_mark(path: Path) -> None:
    mark = path / _MARK_FILE
    with translated():
        is_noted = mark.exists() and mark.read_bytes() == _mark(path)
    if not is_noted:
        write_durably(mark, _mark(path))


def _mark(path: Path) -> bytes:
    """Return the file's random salt, which is no secret and stays as long as the file."""
    with (path / STORE_FILE).open("rb") as file:
        return file.read(_SALT_BYTES)
