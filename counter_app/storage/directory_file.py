"""The directory file: JSON lines, signed; a header, then merchants, bindings and removals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from counter_app.domain.merchant import MerchantRecord
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.merchant_json import LineError, Said, compact, merchant_line, merchant_of

_HEADER = {"schema", "kind", "serial", "base", "issued_at"}


class FileKind(StrEnum):
    """A full snapshot replaces everything; a delta changes the snapshot it names."""

    FULL = "full"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class Header:
    """First line of a directory file.

    Attributes:
        serial: Grows with every file.
        base: For a delta, the serial that has to be loaded; else 0.
    """

    kind: FileKind
    serial: int
    base: int
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Put:
    """A merchant as it is now."""

    line: int
    record: MerchantRecord
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bind:
    """A phone number serves these merchants besides those that name it themselves."""

    line: int
    phone: str = field(repr=False)
    bound_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remove:
    """A merchant that is no more."""

    line: int
    merchant_no: str


Change = Put | Bind | Remove


class DirectoryReader:
    """Reads a file whose signature has been checked."""

    def __init__(self, path: Path, content_bytes: int) -> None:
        self._path = path
        self._left = content_bytes
        self._file = path.open("rb")
        try:
            self.header = self._read_header()
        except CounterError:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def changes(self) -> Iterator[Change]:
        """Yield the lines after the header.

        Raises:
            CounterError: DIRECTORY_INVALID with the facts `file`, `line`, `key`.
        """
        for number, raw in enumerate(self._lines(), start=2):
            said = self._object(raw, number)
            try:
                yield _change(said, number, raw)
            except LineError as error:
                raise self.invalid(number, error.key) from error

    def invalid(self, line: int, key: str) -> CounterError:
        """Return the failure for a place in this file."""
        name = self._path.name
        return CounterError(FailureCode.DIRECTORY_INVALID, file=name, line=line, key=key)

    def _read_header(self) -> Header:
        said = self._object(next(self._lines(), b""), 1)
        for key in _HEADER ^ set(said):
            raise self.invalid(1, key)
        if said["schema"] != 1:
            raise self.invalid(1, "schema")
        try:
            kind = FileKind(str(said["kind"]))
            issued_at = datetime.fromisoformat(str(said["issued_at"]))
        except ValueError as error:
            key = "issued_at" if str(said["kind"]) in set(FileKind) else "kind"
            raise self.invalid(1, key) from error
        if issued_at.tzinfo is None:
            raise self.invalid(1, "issued_at")
        return Header(kind, self._count(said, "serial"), self._count(said, "base"), issued_at)

    def _count(self, said: Said, key: str) -> int:
        value = said[key]
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.invalid(1, key)
        return value

    def _lines(self) -> Iterator[bytes]:
        while self._left > 0 and (raw := self._file.readline()):
            self._left -= len(raw)
            if raw.strip():
                yield raw.rstrip(b"\r\n")

    def _object(self, raw: bytes, number: int) -> Said:
        try:
            said = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise self.invalid(number, "json") from error
        if not isinstance(said, dict):
            raise self.invalid(number, "json")
        return said


def write_directory(path: Path, header: Header, changes: Iterable[Change | MerchantRecord]) -> None:
    """Write a directory file without its signature; head office and demonstrations use it."""
    with path.open("wb") as file:
        file.write(_header_line(header) + b"\n")
        for change in changes:
            file.write(_line(change) + b"\n")


def _header_line(header: Header) -> bytes:
    return compact(
        {
            "schema": 1,
            "kind": header.kind.value,
            "serial": header.serial,
            "base": header.base,
            "issued_at": header.issued_at.astimezone(UTC).isoformat(timespec="seconds"),
        }
    )


def _line(change: Change | MerchantRecord) -> bytes:
    match change:
        case MerchantRecord():
            return merchant_line(change)
        case Put():
            return change.body
        case Bind():
            return compact({"phone": change.phone, "bound_to": list(change.bound_to)})
        case Remove():
            return compact({"remove": change.merchant_no})


def _change(said: Said, line: int, raw: bytes) -> Change:
    if "remove" in said:
        if set(said) != {"remove"} or not isinstance(said["remove"], str):
            raise LineError("remove")
        return Remove(line, said["remove"])
    if "bound_to" in said:
        return _bind(said, line)
    return Put(line, merchant_of(said), raw)


def _bind(said: Said, line: int) -> Bind:
    phone, bound_to = said.get("phone"), said["bound_to"]
    if not isinstance(phone, str) or set(said) != {"phone", "bound_to"}:
        raise LineError("phone")
    if not isinstance(bound_to, list) or not all(isinstance(one, str) for one in bound_to):
        raise LineError("bound_to")
    return Bind(line, phone, tuple(bound_to))
