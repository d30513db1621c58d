"""`counter-app accounts`, `directory`: what head office signs, taken over by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail
from counter_app.cli.places import Data, data_folder, new_secret, opened_store
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

    from counter_app.storage.signed_file import Purpose

accounts = typer.Typer(help="Who works at the counter.", no_args_is_help=True)
directory = typer.Typer(help="The directory of merchants.", no_args_is_help=True)

Signed = Annotated[Path, typer.Argument(help="Signed file of head office.")]
Unsigned = Annotated[Path, typer.Argument(help="File to sign.")]
Key = Annotated[Path, typer.Option(help="Head office's Ed25519 key (PEM).")]


@accounts.command("load")
def load_accounts(file: Signed, data: Data = None) -> None:
    """Take over the accounts; whom the file does not name may no longer sign in."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.profile import place_of
    from counter_app.settings import read_settings
    from counter_app.storage.accounts import SqlAccounts

    try:
        trusted = _trusted(data)
        with opened_store(data) as folder:
            place = place_of(read_settings(folder.path))
            count = SqlAccounts(folder.database, place, trusted).load(file, SystemClock().now())
    except CounterError as error:
        fail(error)
    typer.echo(f"{count} accounts")


@accounts.command("show")
def show_accounts(data: Data = None) -> None:
    """Show who may sign in and as what."""
    from counter_app.bootstrap.profile import place_of
    from counter_app.settings import read_settings
    from counter_app.storage.accounts import SqlAccounts

    try:
        trusted = _trusted(data)
        with opened_store(data) as folder:
            place = place_of(read_settings(folder.path))
            everyone = SqlAccounts(folder.database, place, trusted).everyone()
    except CounterError as error:
        fail(error)
    for account in everyone:
        typer.echo(f"{account.account_id}: {', '.join(sorted(account.roles))}")


@accounts.command("hash")
def hash_password() -> None:
    """Turn a first password into what an account file holds (argon2id)."""
    from argon2 import PasswordHasher

    try:
        typer.echo(PasswordHasher().hash(new_secret("password")))
    except CounterError as error:
        fail(error)


@accounts.command("sign")
def sign_accounts(file: Unsigned, key: Key) -> None:
    """Sign an account file, after checking it; the signature lies beside it."""
    from counter_app.storage.account_file import read_account_file
    from counter_app.storage.signed_file import Purpose, signature_of

    try:
        private = _sign(file, Purpose.ACCOUNTS, key)
        try:
            read = read_account_file(file, private.public_key())
        except CounterError:
            signature_of(file).unlink(missing_ok=True)
            raise
    except CounterError as error:
        fail(error)
    typer.echo(f"signed {file.name}: serial {read.serial}, {len(read.accounts)} accounts")


@directory.command("load")
def load_directory(file: Signed, data: Data = None) -> None:
    """Take over a full or a delta file; the old directory serves until the new one is complete."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.domain.journal import JournalAction, JournalEntry
    from counter_app.storage.data_folder import DIRECTORY_FOLDER
    from counter_app.storage.directory import SqlDirectory

    try:
        trusted = _trusted(data)
        now = SystemClock().now()
        with opened_store(data) as folder:
            book = SqlDirectory(folder.path / DIRECTORY_FOLDER, folder.key, trusted)
            try:
                state = book.load(file, now)
            finally:
                book.close()
            facts = (("serial", str(state.serial)), ("merchants", str(state.merchants)))
            with folder.store.begin() as unit:
                act = JournalAction.DIRECTORY_LOADED
                unit.journal(JournalEntry(now, "system", act, "", facts))
    except CounterError as error:
        fail(error)
    typer.echo(f"serial {state.serial}, {state.merchants} merchants")


@directory.command("sign")
def sign_directory(file: Unsigned, key: Key) -> None:
    """Sign a directory file; the signature lies beside it."""
    from counter_app.storage.signed_file import Purpose

    try:
        _sign(file, Purpose.DIRECTORY, key)
    except CounterError as error:
        fail(error)
    typer.echo(f"signed {file.name}")


def _trusted(data: Path | None) -> Ed25519PublicKey:
    from counter_app.bootstrap.places import Places
    from counter_app.bootstrap.rules import head_office_key
    from counter_app.settings import read_settings

    folder = data_folder(data)
    return head_office_key(read_settings(folder), Places(folder))


def _sign(file: Path, purpose: Purpose, key: Path) -> Ed25519PrivateKey:
    from counter_app.rulebook.signing import read_private_key
    from counter_app.storage.failures import onto_target
    from counter_app.storage.signed_file import sign_file

    private = read_private_key(_content(key))
    _content(file)
    with onto_target():
        sign_file(file, purpose, private)
    return private


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        allowed = "a file that can be read"
        raise CounterError(FailureCode.INPUT_INVALID, file=path.name, allowed=allowed) from error
