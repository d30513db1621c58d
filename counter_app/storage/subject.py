"""What the counter holds about a person, and a copy of it for that person (PIPL, article 45)."""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from counter_app.domain import phone
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.retention import (
    Kept,
    Sort,
    case_ends_at,
    class_of,
    kept_in_registers,
    kept_of,
)
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import CaseFilter, Retention, StoredCase
from counter_app.ports.subject import Correction, Held
from counter_app.ports.vault import Vault
from counter_app.storage.failures import onto_target
from counter_app.storage.promises import correction_note

MOST_CASES = 10_000

Marking = Callable[[bytes], bytes]


def held_about(
    store: CaseStore, vault: Vault, text: str, retention: Retention | None = None
) -> tuple[Held, ...]:
    """Find the cases that mention a number or name anywhere, newest change first.

    Cases that were purged have no words left; the registers still know them by document number and
    phone number, and they come last.

    Args:
        store: The counter's.
        vault: The counter's.
        text: A document number, a phone number or a full name, in any usual spelling.
        retention: How long each class stays; None: the usual times.
    """
    times = retention or Retention()
    found: dict[str, StoredCase] = {}
    with store.view() as unit:
        for spelling in _spellings(text):
            which = CaseFilter(anywhere=spelling, limit=MOST_CASES)
            found |= {case.case_id: case for case in unit.cases(which)}
        cases = sorted(found.values(), key=lambda case: case.changed_at, reverse=True)
        for spelling in _spellings(text):
            gone = [one for one in unit.remembered_cases(spelling) if one not in found]
            found |= {one: unit.load(one) for one in gone}
            cases.extend(found[one] for one in gone)
        return tuple(_held(unit, vault, case, times) for case in cases)


def _spellings(text: str) -> tuple[str, ...]:
    """Return how a number or name may stand in a case: as entered, and as the counter keeps it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number = plain.replace(" ", "").replace("-", "").upper()
    spellings = (text.strip(), plain, number, phone.normalised(plain))
    return tuple(dict.fromkeys(one for one in spellings if one))


def _held(unit: Unit, vault: Vault, case: StoredCase, retention: Retention) -> Held:
    case_id = case.case_id
    noted = corrections(unit, case_id)
    images, papers = vault.images(case_id), unit.paper_status(case_id)
    messages = unit.messages(case_id)
    rows = unit.case_journal(case_id)
    last_day = date.fromisoformat(json.loads(rows[-1].record)["day"]) if rows else None
    ends_at = case_ends_at(case, messages, retention)
    kept = (
        *kept_of(case, images, papers, messages, retention),
        *(Kept(Sort.CORRECTION, "", class_of(case.state), ends_at) for _ in noted),
        *kept_in_registers(unit.registers_of(case_id), last_day, retention),
    )
    ids = tuple(one.message.message_id for one in messages)
    return Held(case, noted, images, papers, ids, unit.decisions(case_id), kept)


def export_held(
    store: CaseStore, vault: Vault, held: tuple[Held, ...], folder: Path, marked: Marking
) -> int:
    """Write what is held to a folder that must not exist: a JSON file and the pictures.

    Args:
        store: For the sealed papers.
        vault: For the pictures.
        held: From `held_about`.
        folder: Is made with access for its owner only; it is in the clear and leaves our care.
        marked: Puts 仅供办理换绑手机号使用 across a picture; takes a file's bytes and returns the
            marked file; IMAGE_UNREADABLE for what is no picture, which then stays here.

    Returns:
        How many files were written.

    Raises:
        CounterError: TARGET_EXISTS; FILE_UNWRITABLE; DISK_FULL; IMAGE_UNKNOWN. Nothing is left.
    """
    with onto_target():
        folder.mkdir(mode=0o700)
    is_whole = False
    try:
        _write(folder / "held.json", _listing(held))
        count = 1 + sum(_export_case(store, vault, one, folder, marked) for one in held)
        is_whole = True
    finally:
        if not is_whole:
            shutil.rmtree(folder, ignore_errors=True)
    return count


def _export_case(store: CaseStore, vault: Vault, one: Held, folder: Path, marked: Marking) -> int:
    case_id, count = one.case.case_id, 0
    for image in one.images:
        try:
            content = marked(vault.get(image.sha256))
        except CounterError as error:
            if error.code is not FailureCode.IMAGE_UNREADABLE:
                raise
            continue
        _write(folder / f"{case_id}-{image.kind}-{image.sha256[:8]}{_suffix(content)}", content)
        count += 1
    for status in one.papers:
        with store.view() as unit:
            paper = unit.paper(status.case_id, status.kind)
        _write(folder / f"{case_id}-{status.kind}.pdf", paper.pdf)
        count += 1
    return count


def _suffix(content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return ".png"
    return ".jpg" if content.startswith(b"\xff\xd8") else ""


def _write(path: Path, content: bytes) -> None:
    with onto_target(), path.open("xb") as file:
        path.chmod(0o600)
        file.write(content)


def note_correction(store: CaseStore, case_id: str, text: str, by: str, now: datetime) -> None:
    """Take down what a person says is wrong; the accepted case itself stays as it is.

    The journal names case and clerk and the hash of the words, never the words.

    Raises:
        CounterError: CASE_UNKNOWN; REASON_MISSING without words.
    """
    if not text.strip():
        raise CounterError(FailureCode.REASON_MISSING)
    with store.begin() as unit:
        unit.load(case_id)
        kept = [*corrections(unit, case_id), Correction(now, by, text)]
        said = [{"at": one.at.isoformat(), "by": one.by, "text": one.text} for one in kept]
        unit.remember(correction_note(case_id), json.dumps(said, ensure_ascii=False))
        facts = (("sha256", hashlib.sha256(text.encode()).hexdigest()),)
        act = JournalAction.CORRECTION_NOTED
        unit.journal(JournalEntry(now, by, act, case_id, facts))


def corrections(unit: Unit, case_id: str) -> tuple[Correction, ...]:
    """Return what was taken down for a case, oldest first."""
    said = json.loads(unit.recall(correction_note(case_id)) or "[]")
    return tuple(
        Correction(datetime.fromisoformat(one["at"]), one["by"], one["text"]) for one in said
    )


def note_export(store: CaseStore, held: tuple[Held, ...], by: str, now: datetime) -> None:
    """Write to the journal that a copy was handed out: which cases, never for whom."""
    with store.begin() as unit:
        for one in held:
            digest = hashlib.sha256(one.case.draft).hexdigest()
            facts = (("draft_sha256", digest), ("images", str(len(one.images))))
            act = JournalAction.EXPORTED
            unit.journal(JournalEntry(now, by, act, one.case.case_id, facts))


def _listing(held: tuple[Held, ...]) -> bytes:
    said = [{**asdict(one), "draft": one.case.draft.decode("utf-8", "replace")} for one in held]
    for case in said:
        del case["case"]["draft"]
    return json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()
