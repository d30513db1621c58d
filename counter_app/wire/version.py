"""Versions of the contract: the version is the last part of the message type."""

from __future__ import annotations

import re

from counter_app.domain.submission import MessageType

CURRENT_VERSION = 1
"""The version that counters of this release write."""

_TYPE = re.compile(r"counter\.case\.([a-z]+(?:-[a-z]+)*)\.v([1-9][0-9]{0,3})")


def wire_type(kind: MessageType, version: int) -> str:
    """Write a message type with its version, e.g. `counter.case.phone-rebind.v1`."""
    return f"counter.case.{kind.lower().replace('_', '-')}.v{version}"


def read_wire_type(text: str) -> tuple[MessageType, int]:
    """Split a message type into what is asked and the version.

    Raises:
        ValueError: Not a type of this contract.
    """
    found = _TYPE.fullmatch(text)
    if found is None:
        raise ValueError("not a message type of this contract")
    return MessageType(found[1].upper().replace("-", "_")), int(found[2])


def is_accepted(version: int, newest: int = CURRENT_VERSION) -> bool:
    """Say whether head office takes this version: its newest and the two before it."""
    return newest - 2 <= version <= newest
