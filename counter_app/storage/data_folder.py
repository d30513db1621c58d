"""The counter's data folder, opened: key, database, store, vault."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.journal import Place
from counter_app.storage.database import Database
from counter_app.storage.failures import disk_failure
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.store import SqlCaseStore
from counter_app.storage.vault import FileVault

STORE_FILE = "store.db"
VAULT_FOLDER = "vault"
DIRECTORY_FOLDER = "directory"


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


def open_data_folder(
    path: Path, place: Place, keeper: KeyKeeper | None = None, passphrase: str | None = None
) -> DataFolder:
    """Open a data folder, making what is missing, and bring its store to this version.

    Args:
        path: Folder; made with access for its owner only.
        place: Stamped on every journal row.
        keeper: Where the key is wrapped; None: the folder's own, with the system's keyring.
        passphrase: Needed where `KeyKeeper.needs_passphrase()` says so.

    Raises:
        CounterError: STORE_KEY_WRONG, STORE_NEWER, STORE_CORRUPT, STORE_LOCKED, DISK_FULL.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_failure(error) from error
    key = (keeper or KeyKeeper(path)).unlock(passphrase)
    database = Database(path / STORE_FILE, key)
    store = SqlCaseStore(database, place)
    return DataFolder(path, key, database, store, FileVault(database, path / VAULT_FOLDER))
