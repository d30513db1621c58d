"""What the counter holds about a person, and a copy of it for that person (PIPL, article 45)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.submission import Decision
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import CaseFilter, PaperStatus, StoredCase
from counter_app.ports.vault import ImageRef, Vault
from counter_app.storage.failures import translated

MOST_CASES = 10_000

Marking = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Held:
    """One case that mentions the person.

    Attributes:
        messages: Ids of the messages that went, or will go, to head office.
    """

    case: StoredCase
    images: tuple[ImageRef, ...]
    papers: tuple[PaperStatus, ...]
    messages: tuple[str, ...]
    decisions: tuple[Decision, ...]


def held_about(store: CaseStore, vault: Vault, text: str) -> tuple[Held, ...]:
    """Find the cases that mention a number or name anywhere, newest change first.

    `text` is as it was entered: a document number, a phone number or a full name.
    """
    with store.view() as unit:
        cases = unit.cases(CaseFilter(anywhere=text, limit=MOST_CASES)) if text else ()
        return tuple(
            Held(
                case,
                vault.images(case.case_id),
                unit.paper_status(case.case_id),
                tuple(one.message.message_id for one in unit.messages(case.case_id)),
                unit.decisions(case.case_id),
            )
            for case in cases
        )


def export_held(
    store: CaseStore, vault: Vault, held: tuple[Held, ...], folder: Path, marked: Marking
) -> int:
    """Write what is held to a folder that must not exist: a JSON file and the pictures.

    Args:
        store: For the sealed papers.
        vault: For the pictures.
        held: From `held_about`.
        folder: Is made with access for its owner only; it is in the clear and leaves our care.
        marked: Puts 仅供办理换绑手机号使用 across a picture; takes and returns a file's bytes.

    Returns:
        How many files were written.

    Raises:
        CounterError: STORE_LOCKED when the folder exists; DISK_FULL; IMAGE_UNKNOWN.
    """
    with translated():
        folder.mkdir(mode=0o700)
    files = {"held.json": _listing(held)}
    for one in held:
        for image in one.images:
            name = f"{one.case.case_id}-{image.kind}-{image.sha256[:8]}"
            files[name] = marked(vault.get(image.sha256))
        with store.view() as unit:
            for status in one.papers:
                paper = unit.paper(status.case_id, status.kind)
                files[f"{one.case.case_id}-{status.kind}.pdf"] = paper.pdf
    for name, content in files.items():
        with translated():
            (folder / name).write_bytes(content)
    return len(files)


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
