"""The rules in force at a counter: packs and segments, taken over whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.domain.phone import SegmentTable
from counter_app.domain.provider_rules import RulePack
from counter_app.errors import CounterError, FailureCode
from counter_app.formats.toml_lines import line_of
from counter_app.rulebook.pack_file import parse_pack, parse_segments
from counter_app.rulebook.signing import signature_path, verify
from counter_app.rulebook.succession import Refused, check_dates, check_version

SEGMENTS = "segments.toml"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A consistent set of rules.

    Attributes:
        refused: The newest rules, where they could not be used and these are the last good ones.
    """

    packs: tuple[RulePack, ...]
    segments: SegmentTable
    refused: Refused | None = None

    def age_days(self, today: date) -> int:
        """Return how long ago the newest pack came into force."""
        newest = max(pack.valid_from for pack in self.packs)
        return (today - newest).days


def read_unsigned(folder: Path, spare: SegmentTable | None = None) -> Rulebook:
    """Read rules that head office has not signed yet, for checking and rehearsal only.

    Args:
        folder: Folder with *.toml.
        spare: Number segments to take where the folder has none of its own.

    Raises:
        CounterError: RULES_INVALID with the place; RULES_MISSING when a part is absent.
    """
    return _assembled(((path.name, _text(path)) for path in _files(folder)), spare)


def read_signed(folder: Path, key: Ed25519PublicKey) -> Rulebook:
    """Read rules whose every file head office signed.

    Raises:
        CounterError: As `read_unsigned`; RULES_SIGNATURE with the file.
    """
    return _assembled(_checked_files(folder, key))


def take_over(
    incoming: Path, current: Path, key: Ed25519PublicKey, before: Rulebook | None, today: date
) -> Rulebook:
    """Make new rules the ones in force, whole; on any fault the last good ones stay.

    Args:
        incoming: Folder with *.toml and *.toml.sig.
        current: Folder of the rules in force; replaced in one rename, kept as the last good ones.
        key: Head office's public key.
        before: The rules in force; no pack may be older than its own there.
        today: Every pack must be in force on this day.

    Raises:
        CounterError: As `read_signed`; RULES_INVALID also for a date or version; DISK_FULL.
    """
    rulebook = read_signed(incoming, key)
    known = {pack.provider: pack for pack in before.packs} if before is not None else {}
    for name, text in _checked_files(incoming, key):
        if name == SEGMENTS:
            continue
        pack = parse_pack(name, text)
        check_dates(name, text, pack, today)
        if pack.provider in known:
            check_version(name, text, pack, known[pack.provider])
    fresh = current.with_name(f"{current.name}.{uuid4().hex}")
    try:
        fresh.mkdir(parents=True)
        for path in _files(incoming):
            shutil.copyfile(path, fresh / path.name)
            shutil.copyfile(signature_path(path), signature_path(fresh / path.name))
        _exchange(fresh, current)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise CounterError(FailureCode.DISK_FULL) from error
    return rulebook


def last_good(current: Path) -> Path:
    """Return where the rules before the ones in force are kept."""
    return current.with_name(f"{current.name}.old")


def _exchange(fresh: Path, current: Path) -> None:
    old = last_good(current)
    if current.exists():
        shutil.rmtree(old, ignore_errors=True)
        current.rename(old)
    fresh.rename(current)


def recover(current: Path) -> None:
    """Bring the last good rules back after a power cut in the middle of an exchange."""
    old = last_good(current)
    if not current.exists() and old.exists():
        old.rename(current)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CounterError(
            FailureCode.RULES_INVALID, file=path.name, line=1, key="-", allowed="UTF-8 text"
        ) from error


def _checked_files(folder: Path, key: Ed25519PublicKey) -> Iterator[tuple[str, str]]:
    for path in _files(folder):
        text = _text(path)
        beside = signature_path(path)
        if not beside.exists():
            raise CounterError(FailureCode.RULES_SIGNATURE, file=path.name)
        verify(path.name, text.encode("utf-8"), _text(beside), key)
        yield path.name, text


def _assembled(texts: Iterator[tuple[str, str]], spare: SegmentTable | None = None) -> Rulebook:
    packs: list[RulePack] = []
    segments = spare
    for name, text in texts:
        if name == SEGMENTS:
            segments = parse_segments(name, text)
            continue
        pack = parse_pack(name, text)
        if any(other.provider == pack.provider for other in packs):
            raise CounterError(
                FailureCode.RULES_INVALID,
                file=name,
                line=line_of(text, ("provider",)),
                key="provider",
                allowed="one file for each provider",
            )
        packs.append(pack)
    if segments is None or not packs:
        raise CounterError(FailureCode.RULES_MISSING)
    return Rulebook(tuple(packs), segments)
