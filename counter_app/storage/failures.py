"""What the database's own errors mean to the counter."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from counter_app.errors import CounterError, FailureCode

_MEANING = MappingProxyType(
    {
        "SQLITE_FULL": FailureCode.DISK_FULL,
        "SQLITE_BUSY": FailureCode.STORE_LOCKED,
        "SQLITE_LOCKED": FailureCode.STORE_LOCKED,
        "SQLITE_READONLY": FailureCode.STORE_DENIED,
        "SQLITE_CANTOPEN": FailureCode.STORE_DENIED,
        "SQLITE_PERM": FailureCode.STORE_DENIED,
        "SQLITE_CORRUPT": FailureCode.STORE_CORRUPT,
        "SQLITE_IOERR_SHMSIZE": FailureCode.DISK_FULL,
        "SQLITE_IOERR": FailureCode.STORE_CORRUPT,
        "SQLITE_NOTADB": FailureCode.STORE_KEY_WRONG,
    }
)
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's and the disk's errors into CounterError; others pass."""
    try:
        yield
    except DBAPIError as error:
        raise _named(error.orig) from error
    except sqlcipher.Error as error:
        raise _named(error) from error
    except PoolTimeout as error:
        raise CounterError(FailureCode.STORE_LOCKED, cause="pool") from error
    except OSError as error:
        raise disk_failure(error) from error


@contextmanager
def onto_target() -> Iterator[None]:
    """Turn the errors of writing to a place that a person named into words for that person.

    Raises:
        CounterError: TARGET_EXISTS, DISK_FULL, else FILE_UNWRITABLE.
    """
    try:
        yield
    except FileExistsError as error:
        raise CounterError(FailureCode.TARGET_EXISTS) from error
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise CounterError(FailureCode.DISK_FULL) from error
        name = errno.errorcode.get(error.errno or 0, "unknown")
        raise CounterError(FailureCode.FILE_UNWRITABLE, cause=name) from error


def disk_failure(error: OSError) -> CounterError:
    """Return the failure for an error of the file system."""
    if error.errno in _DISK_FULL:
        return CounterError(FailureCode.DISK_FULL)
    name = errno.errorcode.get(error.errno or 0, "unknown")
    return CounterError(FailureCode.STORE_DENIED, cause=name)


def _named(error: BaseException | None) -> CounterError:
    name = str(getattr(error, "sqlite_errorname", "unknown"))
    for prefix, code in _MEANING.items():
        if name.startswith(prefix):
            return CounterError(code, cause=name)
    return CounterError(FailureCode.UNEXPECTED, cause=name)
