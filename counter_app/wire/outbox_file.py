"""Messages as one signed file (`.outbox`), for a stick when no line is to be had.

A ZIP archive: `manifest.jws` signed by the counter, `messages/<id>.json` with the exact payloads,
`images/<sha256>.jose` encrypted to the institution. Whoever finds the stick can read no name.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from counter_app.domain.submission import OutboxMessage
from counter_app.wire.case_data import utc
from counter_app.wire.envelope import seal_blob
from counter_app.wire.jose import (
    MAX_BLOB_BYTES,
    Json,
    SealBrokenError,
    canonical,
    sha256_hex,
    sign,
    signer_of,
    verified,
)
from counter_app.wire.keys import SealingKeys

FORMAT = "counter-app-outbox-1"
_MANIFEST = "manifest.jws"
_MOST_ENTRIES = 100_000
_MOST_BYTES = MAX_BLOB_BYTES * 4 // 3 + 65_536


@dataclass(frozen=True, slots=True)
class OutboxFile:
    """A file whose signature holds.

    Attributes:
        counter: Who wrote it.
        messages: Message id and payload, in the order in which they were accepted.
        images: SHA-256 (hex) of the plain image, and the sealed image.
    """

    counter: str
    written_at: str
    messages: tuple[tuple[str, bytes], ...] = field(repr=False)
    images: tuple[tuple[str, bytes], ...] = field(repr=False)


def write_outbox(
    path: Path,
    messages: Sequence[OutboxMessage],
    image: Callable[[str], bytes | None],
    keys: SealingKeys,
    now: datetime,
) -> int:
    """Write messages to a file.

    Args:
        path: Where; replaced as a whole.
        messages: In the order in which they were accepted.
        image: Returns an image by its hash (hex), or None when it is no longer kept.
        keys: The counter's.
        now: Aware UTC.

    Returns:
        How many messages were written.

    Raises:
        OSError: The stick is full or gone.
    """
    fresh = path.with_suffix(".part")
    with zipfile.ZipFile(fresh, "w") as archive:
        files = _write_messages(archive, messages) | _write_images(archive, messages, image, keys)
        names: list[Json] = [message.message_id for message in messages]
        manifest: dict[str, Json] = {
            "format": FORMAT,
            "counter": keys.counter,
            "written": utc(now),
            "messages": names,
            "files": files,
        }
        archive.writestr(_MANIFEST, sign(canonical(manifest), keys.signing_key, keys.counter))
    fresh.replace(path)
    return len(messages)


def _write_messages(archive: zipfile.ZipFile, messages: Sequence[OutboxMessage]) -> dict[str, Json]:
    files: dict[str, Json] = {}
    for message in messages:
        name = f"messages/{message.message_id}.json"
        archive.writestr(name, message.payload)
        files[name] = sha256_hex(message.payload)
    return files


def _write_images(
    archive: zipfile.ZipFile,
    messages: Sequence[OutboxMessage],
    image: Callable[[str], bytes | None],
    keys: SealingKeys,
) -> dict[str, Json]:
    files: dict[str, Json] = {}
    for sha256 in dict.fromkeys(one for message in messages for one in message.blobs):
        data = image(sha256)
        if data is not None:
            sealed = seal_blob(data, keys.institution_key)
            archive.writestr(f"images/{sha256}.jose", sealed)
            files[f"images/{sha256}.jose"] = sha256_hex(sealed)
    return files


def read_outbox(path: Path, keys_of: Callable[[str], Sequence[bytes]]) -> OutboxFile:
    """Read a file and check its signature and every hash.

    Args:
        path: The file.
        keys_of: Returns the Ed25519 public keys (PEM) of a counter; none when it is unknown.

    Raises:
        SealBrokenError: Not such a file, altered, incomplete, or of an unknown counter.
        OSError: It cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, keys_of)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError) as error:
        raise SealBrokenError("outbox file") from error


def _read(archive: zipfile.ZipFile, keys_of: Callable[[str], Sequence[bytes]]) -> OutboxFile:
    token = _member(archive, _MANIFEST).decode("ascii")
    counter = signer_of(token)
    manifest = json.loads(_signed_by_one(token, keys_of(counter)))
    if manifest["format"] != FORMAT or manifest["counter"] != counter:
        raise SealBrokenError("outbox file")
    files: dict[str, str] = manifest["files"]
    names = [f"messages/{one}.json" for one in manifest["messages"]]
    images = [name for name in files if name.startswith("images/")]
    return OutboxFile(
        counter=counter,
        written_at=str(manifest["written"]),
        messages=tuple((Path(name).stem, data) for name, data in _checked(archive, names, files)),
        images=tuple((Path(name).stem, data) for name, data in _checked(archive, images, files)),
    )


def _signed_by_one(token: str, keys: Sequence[bytes]) -> bytes:
    for key in keys:
        with suppress(SealBrokenError):
            return verified(token, key)
    raise SealBrokenError("signature" if keys else "unknown counter")


def _checked(
    archive: zipfile.ZipFile, names: Iterable[str], files: dict[str, str]
) -> Iterable[tuple[str, bytes]]:
    for name in names:
        data = _member(archive, name)
        if sha256_hex(data) != files[name]:
            raise SealBrokenError("outbox file")
        yield name, data


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(name)
    if info.file_size > _MOST_BYTES or len(archive.filelist) > _MOST_ENTRIES:
        raise SealBrokenError("outbox file")
    return archive.read(info)
