"""Taking in what came on a stick, by the same rules as what comes over the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.headoffice.identity import Caller, keys_of
from counter_app.headoffice.intake import Taken
from counter_app.headoffice.problems import RefusedError
from counter_app.headoffice.station import Station
from counter_app.headoffice.taking_in import keep_image, read_incoming, take_in
from counter_app.wire.outbox_file import OutboxFile, read_outbox


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the messages of a file.

    Attributes:
        refused: Message id and problem of each that was not taken in.
    """

    counter: str
    stored: int
    repeated: int
    refused: tuple[tuple[str, str], ...]


def import_outbox(station: Station, path: Path) -> ImportReport:
    """Take a file in; doing it twice changes nothing.

    Messages of a version that the line no longer takes are taken in too: somebody brought the file
    by hand, and paper was given for each of them.

    Raises:
        SealBrokenError: Not such a file, altered, or of an unknown or revoked counter.
        OSError: It cannot be read.
    """
    file = read_outbox(path, lambda counter: _keys_of(station, counter))
    caller = Caller(file.counter, _keys_of(station, file.counter))
    refused = _images(station, file)
    outcomes: list[Taken] = []
    for message_id, payload in file.messages:
        try:
            incoming = read_incoming(payload, message_id, caller, station.forms)
            outcomes.append(take_in(station, replace(incoming, is_retired=False))[0])
        except RefusedError as error:
            refused.append((message_id, error.kind.value))
    return ImportReport(
        counter=file.counter,
        stored=outcomes.count(Taken.STORED),
        repeated=outcomes.count(Taken.REPEATED),
        refused=tuple(refused),
    )


def _images(station: Station, file: OutboxFile) -> list[tuple[str, str]]:
    refused = []
    for sha256, sealed in file.images:
        try:
            keep_image(station, file.counter, sha256, sealed)
        except RefusedError as error:
            refused.append((sha256, error.kind.value))
    return refused


def _keys_of(station: Station, counter: str) -> tuple[bytes, ...]:
    with station.database.reading() as connection:
        return keys_of(connection, counter)
