"""The merchant directory on SQLCipher: one file for each full snapshot, and a pointer to it."""

from __future__ import annotations

import json
import secrets
import threading
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.domain.merchant import MerchantRecord
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.directory import DirectoryState
from counter_app.storage.database import Database
from counter_app.storage.directory_database import PRINCIPAL_IN_BODY, apply, fill, state_of
from counter_app.storage.directory_file import DirectoryReader, FileKind
from counter_app.storage.durable import write_durably
from counter_app.storage.failures import translated
from counter_app.storage.merchant_json import merchant_of
from counter_app.storage.signed_file import Purpose, check_file

_EMPTY = DirectoryState(0, None, 0)
_DAY_AHEAD = timedelta(days=1)
_BY_SN = (
    "SELECT body FROM terminal JOIN merchant USING (merchant_no) WHERE sn = ? ORDER BY merchant_no"
)
_BY_NUMBER = "SELECT body FROM merchant WHERE merchant_no = ?"
_BY_USCC = "SELECT body FROM merchant WHERE uscc = ? ORDER BY merchant_no"
_OF_PRINCIPAL = f"SELECT body FROM merchant WHERE {PRINCIPAL_IN_BODY} = ? ORDER BY merchant_no"  # noqa: S608
_BY_NAME = (
    "SELECT body FROM merchant WHERE name >= ? AND name < ? ORDER BY name, merchant_no LIMIT ?"
)
_BOUND_TO = (
    "SELECT merchant_no FROM merchant WHERE phone = ?"
    " UNION SELECT merchant_no FROM binding WHERE phone = ? ORDER BY merchant_no"
)
_AFTER_EVERY_CHARACTER = "\U0010ffff"


class SqlDirectory:
    """Searches the loaded snapshot; a new one takes its place only when it is complete.

    One search at a time: the lock also keeps a file open until its search is over.
    """

    def __init__(self, folder: Path, key: bytes, head_office: Ed25519PublicKey) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._key = key
        self._head_office = head_office
        self._pointer = folder / "directory.json"
        self._lock = threading.Lock()
        self._open: tuple[str, Database] | None = None

    def by_sn(self, sn: str) -> MerchantRecord | None:
        """Return the merchant whose terminal has this serial number."""
        return next(iter(self._merchants(_BY_SN, sn)), None)

    def owners_of(self, sn: str) -> tuple[MerchantRecord, ...]:
        """Return every merchant with this serial number; more than one is a fault."""
        return self._merchants(_BY_SN, sn)

    def by_merchant_no(self, merchant_no: str) -> MerchantRecord | None:
        """Return the merchant with this number."""
        return next(iter(self._merchants(_BY_NUMBER, merchant_no)), None)

    def by_uscc(self, uscc: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one party, by merchant number."""
        return self._merchants(_BY_USCC, uscc)

    def of_principal(self, id_number: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one person, by merchant number; the number as it is recorded."""
        return self._merchants(_OF_PRINCIPAL, id_number)

    def by_name_prefix(self, text: str, limit: int = 20) -> tuple[MerchantRecord, ...]:
        """Return merchants whose name begins with `text`, in order of the name."""
        return self._merchants(_BY_NAME, text, text + _AFTER_EVERY_CHARACTER, limit)

    def bound_to(self, phone: str) -> tuple[str, ...]:
        """Return the numbers of the merchants that a phone number serves now."""
        return tuple(str(row[0]) for row in self._rows(_BOUND_TO, phone, phone))

    def state(self) -> DirectoryState:
        """Say which snapshot is loaded."""
        with self._lock:
            database = self._database()
            return _EMPTY if database is None else state_of(database)

    def age(self, now: datetime) -> timedelta | None:
        """Return how old the loaded snapshot is, or None when nothing is loaded."""
        issued_at = self.state().issued_at
        return None if issued_at is None else now - issued_at

    def load(self, path: Path, now: datetime) -> DirectoryState:
        """Take over a signed full or delta file."""
        count = check_file(path, Purpose.DIRECTORY, self._head_office)
        with translated():
            reader = DirectoryReader(path, count)
        try:
            self._check(reader, now)
            if reader.header.kind is FileKind.FULL:
                self._replace(reader)
            else:
                self._change(reader)
        finally:
            reader.close()
        return self.state()

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            if self._open is not None:
                self._open[1].close()
            self._open = None

    def _check(self, reader: DirectoryReader, now: datetime) -> None:
        header, loaded = reader.header, self.state().serial
        if header.issued_at > now + _DAY_AHEAD:
            raise reader.invalid(1, "issued_at")
        if header.serial <= loaded:
            raise reader.invalid(1, "serial")
        if header.kind is FileKind.DELTA and (not loaded or header.base != loaded):
            raise reader.invalid(1, "base")

    def _replace(self, reader: DirectoryReader) -> None:
        name = f"{secrets.token_hex(8)}.db"
        database = Database(self._folder / name, self._key)
        try:
            fill(database, reader)
        except CounterError:
            database.close()
            self._discard(name)
            raise
        database.close()
        write_durably(self._pointer, json.dumps({"file": name}).encode())
        self._forget_others(name)

    def _change(self, reader: DirectoryReader) -> None:
        with self._lock:
            database = self._database()
            if database is not None:
                apply(database, reader)

    def _forget_others(self, name: str) -> None:
        self.close()
        for path in self._folder.glob("*.db"):
            if path.name != name:
                self._discard(path.name)

    def _discard(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            try:
                (self._folder / (name + suffix)).unlink(missing_ok=True)
            except PermissionError:
                continue

    def _database(self) -> Database | None:
        """Return the database that the pointer names; another process may have moved it."""
        name = self._named()
        if self._open is not None and self._open[0] == name:
            return self._open[1]
        if self._open is not None:
            self._open[1].close()
            self._open = None
        if name:
            self._open = (name, Database(self._folder / name, self._key))
        return None if self._open is None else self._open[1]

    def _named(self) -> str:
        try:
            name = json.loads(self._pointer.read_bytes())["file"]
        except FileNotFoundError:
            return ""
        except (ValueError, KeyError, TypeError) as error:
            raise CounterError(FailureCode.STORE_CORRUPT, file="directory.json") from error
        if not (self._folder / str(name)).exists():
            raise CounterError(FailureCode.STORE_CORRUPT, file="directory")
        return str(name)

    def _merchants(self, query: str, *values: str | int) -> tuple[MerchantRecord, ...]:
        return tuple(merchant_of(json.loads(row[0])) for row in self._rows(query, *values))

    def _rows(self, query: str, *values: str | int) -> list[tuple[bytes, ...]]:
        with self._lock:
            database = self._database()
            if database is None:
                return []
            with database.read() as sql:
                return [tuple(row) for row in sql.exec_driver_sql(query, values)]
