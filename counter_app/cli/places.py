"""What the store's commands share: which folder, its key, secrets, and files to write."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Protocol

import typer

from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from counter_app.domain.journal import Place
    from counter_app.storage.data_folder import DataFolder

    class _Opening(Protocol):
        def __call__(
            self, path: Path, place: Place, *, passphrase: str | None = None
        ) -> DataFolder: ...


Data = Annotated[Path | None, typer.Option(help="Data folder of the counter.")]


def data_folder(data: Path | None) -> Path:
    """Return the folder that a command is about; only the window makes one.

    Raises:
        CounterError: SETTINGS_INVALID; STORE_MISSING.
    """
    from counter_app.bootstrap.places import default_data_folder
    from counter_app.settings import read_settings
    from counter_app.storage.data_folder import has_store

    folder = data or default_data_folder()
    read_settings(folder)
    if not has_store(folder):
        raise CounterError(FailureCode.STORE_MISSING, folder=folder.name)
    return folder


@contextmanager
def opened_store(data: Path | None) -> Iterator[DataFolder]:
    """Open the store of a data folder and close it afterwards.

    Raises:
        CounterError: STORE_MISSING; SETTINGS_INVALID; every code that opening a store may raise.
    """
    from counter_app.storage.data_folder import open_data_folder

    with _opened(data, open_data_folder) as opened:
        yield opened


@contextmanager
def store_as_found(data: Path | None) -> Iterator[DataFolder]:
    """Open the store to judge or to copy it, though it be an older copy; close it afterwards.

    Raises:
        CounterError: As `opened_store`, without STORE_OLDER.
    """
    from counter_app.storage.data_folder import open_as_found

    with _opened(data, open_as_found) as opened:
        yield opened


@contextmanager
def _opened(data: Path | None, opening: _Opening) -> Iterator[DataFolder]:
    from counter_app.bootstrap.profile import place_of
    from counter_app.settings import read_settings

    folder = data_folder(data)
    opened = opening(folder, place_of(read_settings(folder)), passphrase=passphrase())
    try:
        yield opened
    finally:
        opened.close()


def secret(what: str) -> str:
    """Ask for a secret: unseen on a terminal, else the next line of what is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt(what, hide_input=True, err=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise typer.Abort
    return line


def new_secret(what: str) -> str:
    """Ask for a new secret twice.

    Raises:
        CounterError: INPUT_INVALID when the two differ.
    """
    first = secret(f"new {what}")
    if secret(f"new {what} again") != first:
        raise CounterError(FailureCode.INPUT_INVALID, key=what, allowed="the same twice")
    return first


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Make a new file for its owner only; a failure leaves none behind.

    Raises:
        CounterError: TARGET_EXISTS; FILE_UNWRITABLE; DISK_FULL.
    """
    from counter_app.storage.failures import onto_target

    with onto_target():
        file = open_new(path)
    is_whole = False
    try:
        with onto_target(), file:
            yield file
        is_whole = True
    finally:
        if not is_whole:
            path.unlink(missing_ok=True)


def open_new(path: Path) -> BinaryIO:
    """Open a file that must not exist yet, for its owner only."""
    file = path.open("xb")
    path.chmod(0o600)
    return file


@contextmanager
def nobody_at(folder: Path) -> Iterator[None]:
    """Hold the locks of window and sender, so that neither works on what is exchanged.

    Raises:
        CounterError: STORE_IN_USE; FILE_UNWRITABLE.
    """
    from counter_app.backoffice.sender_lock import sender_lock
    from counter_app.backoffice.sender_process import SenderPlace
    from counter_app.storage.failures import onto_target
    from counter_app.storage.instance import WINDOW_LOCK, InstanceLock

    with onto_target():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(InstanceLock(folder / WINDOW_LOCK))
            stack.enter_context(sender_lock(SenderPlace(folder).lock))
        except CounterError as error:
            if error.code is not FailureCode.ANOTHER_INSTANCE:
                raise
            raise CounterError(FailureCode.STORE_IN_USE) from error
        yield
