"""What head office publishes, as one file each: signed rule packs, the signed directory.

Rule packs are a folder of `*.toml` with `*.toml.sig` beside; they travel as a ZIP archive. The
directory is one file, its signature as the last line. Whoever reads one checks the signatures.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

MOST_FILES = 200
MOST_BYTES = 4 * 1024 * 1024
"""Of one file of a rule pack."""

_SUFFIXES = (".toml", ".toml.sig")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class BundleError(Exception):
    """Not something that can be published or taken over; the text says what is wrong."""


def rule_bundle(folder: Path) -> bytes:
    """Pack a folder of signed rules; the same files always give the same bytes.

    Raises:
        BundleError: There are no rules in it, or one lacks its signature.
        OSError: A file cannot be read.
    """
    rules = sorted(folder.glob("*.toml"))
    if not rules:
        raise BundleError("no *.toml in the folder")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in rules:
            signature = path.with_name(f"{path.name}.sig")
            if not signature.exists():
                raise BundleError(f"{path.name} is not signed")
            for file in (path, signature):
                archive.writestr(zipfile.ZipInfo(file.name, _EPOCH), file.read_bytes())
    return packed.getvalue()


def unpack_rules(content: bytes, folder: Path) -> None:
    """Write the files of a bundle into an empty folder.

    Raises:
        BundleError: Not such a bundle; nothing of it may be used then.
        OSError: The disk is full.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in _sound(archive):
                (folder / entry.filename).write_bytes(archive.read(entry))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise BundleError("damaged") from error


def _sound(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    is_flat = all(Path(name).name == name and name.endswith(_SUFFIXES) for name in names)
    is_small = all(entry.file_size <= MOST_BYTES for entry in entries)
    if not (entries and is_flat and is_small and len(set(names)) == len(names) <= MOST_FILES):
        raise BundleError("damaged")
    return entries


def directory_file(path: Path) -> bytes:
    """Return a directory file with its signature inside, also where that lies beside it.

    Raises:
        BundleError: It is not signed.
        OSError: It cannot be read.
    """
    content = path.read_bytes()
    beside = path.with_name(f"{path.name}.sig")
    if beside.exists():
        signature = beside.read_text("ascii", errors="replace").strip()
        if not content.endswith(b"\n"):
            raise BundleError(f"{path.name} does not end with a line")
        return content + json.dumps({"signature": signature}).encode() + b"\n"
    if b'{"signature":' not in content.rstrip().rsplit(b"\n", 1)[-1]:
        raise BundleError(f"{path.name} is not signed")
    return content
