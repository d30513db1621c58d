"""Pictures as encrypted files with a key each; the keys are in the database."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.sql.elements import ColumnElement

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.vault import ImageRef
from counter_app.storage.database import Database
from counter_app.storage.durable import write_durably
from counter_app.storage.failures import disk_failure, translated
from counter_app.storage.tables import CASES, IMAGES

LARGEST_BYTES = 32 * 1024 * 1024
LONE_FOR = timedelta(days=1)
"""How long pictures stay whose case is not in the store."""
_NONCE_BYTES = 12
_SUFFIX = ".bin"


class FileVault:
    """One file for each picture and case: nonce, AES-256-GCM ciphertext, tag.

    The file's name is random and says nothing; it is authenticated with the content, so that
    files cannot be swapped. Forgetting the key is erasing: the file is of no use to anybody.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        with translated():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, data: bytes, kind: str, case_id: str, now: datetime) -> ImageRef:
        """Keep bytes durably; the same bytes for the same case are kept once."""
        if len(data) > LARGEST_BYTES:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=len(data))
        digest = hashlib.sha256(data).hexdigest()
        with self._database.write() as sql:
            kept = sql.execute(select(IMAGES).where(*_is(digest, case_id))).one_or_none()
            if kept is not None:
                return _ref(kept)
            name = secrets.token_hex(16) + _SUFFIX
            key = secrets.token_bytes(32)
            write_durably(self._folder / name, _seal(key, name, data))
            values = {
                "case_id": case_id,
                "sha256": digest,
                "size": len(data),
                "kind": kind,
                "file": name,
                "key": key,
                "stored_at": now,
            }
            sql.execute(insert(IMAGES).values(values))
        return ImageRef(digest, len(data), kind, case_id, now)

    def get(self, sha256: str) -> bytes:
        """Return the bytes."""
        with self._database.read() as sql:
            query = select(IMAGES.c.file, IMAGES.c.key).where(IMAGES.c.sha256 == sha256)
            row = sql.execute(query.limit(1)).one_or_none()
        if row is None:
            raise CounterError(FailureCode.IMAGE_UNKNOWN)
        return self._open(row.file, row.key)

    def images(self, case_id: str) -> tuple[ImageRef, ...]:
        """Return what is kept of a case, oldest first."""
        with self._database.read() as sql:
            query = select(IMAGES).where(IMAGES.c.case_id == case_id)
            return tuple(_ref(row) for row in sql.execute(query.order_by(IMAGES.c.image_id)))

    def erase(self, sha256: str, case_id: str) -> None:
        """Forget the key and remove the file; another case's copy of the picture stays."""
        with self._database.write() as sql:
            query = select(IMAGES.c.file).where(*_is(sha256, case_id))
            name = sql.execute(query).scalar()
            if name is None:
                raise CounterError(FailureCode.IMAGE_UNKNOWN)
            sql.execute(delete(IMAGES).where(*_is(sha256, case_id)))
        self._remove(self._folder / name)

    def sweep(self, now: datetime) -> int:
        """Remove what nobody will ask for, and return how many files that were.

        A power cut leaves files without a key; a case that was begun with another one's pictures
        and never saved leaves pictures of no case, which go after a day.
        """
        with self._database.write() as sql:
            lone = IMAGES.c.case_id.not_in(select(CASES.c.case_id))
            sql.execute(delete(IMAGES).where(lone, IMAGES.c.stored_at <= now - LONE_FOR))
            known = set(sql.execute(select(IMAGES.c.file)).scalars())
            with translated():
                left = [path for path in self._folder.iterdir() if path.name not in known]
            for path in left:
                self._remove(path)
        return len(left)

    def damaged(self) -> tuple[str, ...]:
        """Return the SHA-256 of pictures whose file is missing or changed."""
        with self._database.read() as sql:
            rows = list(self._every(sql))
        return tuple(digest for digest, name, key in rows if not self._is_whole(name, key, digest))

    def _every(self, sql: Connection) -> Iterator[tuple[str, str, bytes]]:
        query = select(IMAGES.c.sha256, IMAGES.c.file, IMAGES.c.key).order_by(IMAGES.c.image_id)
        for row in sql.execute(query):
            yield row.sha256, row.file, row.key

    def _is_whole(self, name: str, key: bytes, digest: str) -> bool:
        try:
            return hashlib.sha256(self._open(name, key)).hexdigest() == digest
        except CounterError as error:
            if error.code is not FailureCode.STORE_CORRUPT:
                raise
            return False

    def _open(self, name: str, key: bytes) -> bytes:
        try:
            sealed = (self._folder / name).read_bytes()
            nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return AESGCM(key).decrypt(nonce, rest, name.encode())
        except FileNotFoundError as error:
            raise CounterError(FailureCode.STORE_CORRUPT, file="image", cause="gone") from error
        except (InvalidTag, ValueError) as error:
            raise CounterError(FailureCode.STORE_CORRUPT, file="image") from error
        except OSError as error:
            raise disk_failure(error) from error

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise disk_failure(error) from error


def _seal(key: bytes, name: str, data: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, name.encode())


def _is(sha256: str, case_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return IMAGES.c.sha256 == sha256, IMAGES.c.case_id == case_id


def _ref(row: Row[tuple[object, ...]]) -> ImageRef:
    kept = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for the mapping
    return ImageRef(kept["sha256"], kept["size"], kept["kind"], kept["case_id"], kept["stored_at"])
