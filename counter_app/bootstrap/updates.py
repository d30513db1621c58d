"""What head office publishes, fetched by the sender and taken over: directory and rule packs.

Whatever comes is checked as if a person had brought it; a refusal leaves what was there before.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from counter_app.bootstrap.places import Places
from counter_app.bootstrap.rules import head_office_key, take_over_rules
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import PublishedFiles, SignedFile, SignedFileKind
from counter_app.ports.clock import Clock
from counter_app.ports.stop import Stop
from counter_app.settings import Settings
from counter_app.storage.data_folder import DIRECTORY_FOLDER, DataFolder
from counter_app.storage.directory import SqlDirectory
from counter_app.storage.failures import onto_target
from counter_app.wire.published import BundleError, unpack_rules

log = logging.getLogger(__name__)
EVERY_S = 3600.0
AGAIN_S = 300.0
"""When it is asked again after head office was not reached."""
_NOTE = "published.json"
_NOT_PUBLISHED = "not-found"


@dataclass(slots=True)
class PublishedUpdates:
    """Asks once an hour for what is newer, and takes it over.

    Attributes:
        office: Where it comes from.
        is_online: Whether head office answers at present.
        stop: Ends a download early.
        tick: Seconds that only grow.
    """

    office: PublishedFiles
    data: DataFolder
    settings: Settings
    places: Places
    clock: Clock
    is_online: Callable[[], bool]
    stop: Stop
    tick: Callable[[], float] = time.monotonic
    _next_s: float = 0.0

    def run_if_due(self) -> None:
        """Look for news; a failure harms nothing and waits for its turn."""
        tick = self.tick()
        if tick < self._next_s or not self.is_online():
            return
        try:
            for kind in SignedFileKind:
                self._update(kind)
            self._next_s = tick + EVERY_S
        except CounterError as error:
            log.info("updates put off: code=%s", error.code.value)
            self._next_s = tick + AGAIN_S

    def _update(self, kind: SignedFileKind) -> None:
        have = self._have().get(kind.value)
        try:
            file = self.office.newer(kind, have, self.stop)
        except CounterError as error:
            if error.facts.get("problem") != _NOT_PUBLISHED:
                raise
            return
        if file is None:
            return
        self._note(kind, file.version if self._is_taken_over(file) else None)

    def _is_taken_over(self, file: SignedFile) -> bool:
        """Say whether it need not be fetched again; a delta that fits nothing here must be."""
        try:
            self._take_over(file)
        except CounterError as error:
            if error.code in {FailureCode.DISK_FULL, FailureCode.STORE_LOCKED}:
                raise
            log.info("update refused: kind=%s code=%s", file.kind.value, error.code.value)
            return error.facts.get("key") != "base"
        log.info("update taken over: kind=%s version=%s", file.kind.value, file.version)
        return True

    def _take_over(self, file: SignedFile) -> None:
        with onto_target():
            folder = Path(tempfile.mkdtemp(prefix="incoming-", dir=self.places.data))
        try:
            if file.kind is SignedFileKind.DIRECTORY:
                self._take_directory(file, folder / "directory.jsonl")
            else:
                self._take_rules(file, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _take_directory(self, file: SignedFile, path: Path) -> None:
        with onto_target():
            path.write_bytes(file.content)
        trusted = head_office_key(self.settings, self.places)
        book = SqlDirectory(self.places.data / DIRECTORY_FOLDER, self.data.key, trusted)
        try:
            state = book.load(path, self.clock.now())
        finally:
            book.close()
        facts = (("serial", str(state.serial)), ("merchants", str(state.merchants)))
        self._journal(JournalAction.DIRECTORY_LOADED, facts)

    def _take_rules(self, file: SignedFile, folder: Path) -> None:
        try:
            with onto_target():
                unpack_rules(file.content, folder)
        except BundleError as error:
            raise CounterError(FailureCode.RULES_INVALID, file=file.kind.value) from error
        rulebook = take_over_rules(self.settings, self.places, folder, self.clock.now())
        facts = tuple((pack.provider, pack.version) for pack in rulebook.packs)
        self._journal(JournalAction.RULES_LOADED, facts)

    def _journal(self, act: JournalAction, facts: tuple[tuple[str, str], ...]) -> None:
        with self.data.store.begin() as unit:
            unit.journal(JournalEntry(self.clock.now(), "sender", act, "", facts))

    def _have(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            found = json.loads((self.places.office / _NOTE).read_text("utf-8"))
            if isinstance(found, dict):
                return {str(kind): str(version) for kind, version in found.items()}
        return {}

    def _note(self, kind: SignedFileKind, version: str | None) -> None:
        have = self._have() | {kind.value: version or ""}
        with onto_target():
            self.places.office.mkdir(parents=True, exist_ok=True)
            (self.places.office / _NOTE).write_text(json.dumps(have), "utf-8")
