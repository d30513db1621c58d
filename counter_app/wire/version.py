"""Versions of the contract: the version is the last part of the message type.

A sealed message is never written again, so what an old counter sealed stays as it is for ever.
What head office does with a version is one table, by its distance from the newest one it reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from counter_app.domain.submission import MessageType
from counter_app.wire.answers import ProblemKind
from counter_app.wire.case_data import CaseData, PersonalData

CURRENT_VERSION = 1
"""The version that counters of this release write."""

_TYPE = re.compile(r"counter\.case\.([a-z]+(?:-[a-z]+)*)\.v([1-9][0-9]{0,3})")


class Standing(StrEnum):
    """How a version stands with a head office."""

    CURRENT = "current"
    SUPPORTED = "supported"
    DEPRECATED = "deprecated"
    RETIRED = "retired"
    UNKNOWN = "unknown"


TREATMENT: Mapping[Standing, ProblemKind | None] = MappingProxyType(
    {
        Standing.CURRENT: None,
        Standing.SUPPORTED: None,
        Standing.DEPRECATED: None,
        Standing.RETIRED: ProblemKind.VERSION_RETIRED,
        Standing.UNKNOWN: ProblemKind.UNKNOWN_VERSION,
    }
)
"""None is taken in; else the refusal, whose `retry` and words are those of its problem kind.

A retired message that is held already is acknowledged again, and one that never arrived is taken in
from a file by hand: paper was given for it."""


class Form:
    """How one version says a case; what is read comes out in the newest form.

    A reader ignores fields it does not know: within a version optional ones may be added.
    """

    def case(self, text: str) -> CaseData:
        """Read the open half (JSON). Raises pydantic's ValidationError."""
        return CaseData.model_validate_json(text, extra="ignore")

    def personal(self, text: bytes) -> PersonalData:
        """Read the personal half (JSON). Raises pydantic's ValidationError."""
        return PersonalData.model_validate_json(text, extra="ignore")


@dataclass(frozen=True, slots=True)
class Forms:
    """The versions that a head office reads.

    Attributes:
        known: A form for every version there ever was. None is taken out, because stored messages
            are read for as long as they are kept; `standing` alone says what is still taken in.
    """

    known: Mapping[int, Form]

    @property
    def newest(self) -> int:
        """The newest version."""
        return max(self.known)

    def standing(self, version: int) -> Standing:
        """Say how a version stands: the newest one and the two before it are taken in."""
        if version not in self.known:
            return Standing.UNKNOWN
        match self.newest - version:
            case 0:
                return Standing.CURRENT
            case 1:
                return Standing.SUPPORTED
            case 2:
                return Standing.DEPRECATED
            case _:
                return Standing.RETIRED


FORMS = Forms(MappingProxyType({1: Form()}))
"""A new version is a line here, and stored messages of the one before it among the tests."""


class _Stamp(BaseModel):
    model_config = ConfigDict(frozen=True)

    type: str


def wire_type(kind: MessageType, version: int) -> str:
    """Write a message type with its version, e.g. `counter.case.phone-rebind.v1`."""
    return f"counter.case.{kind.lower().replace('_', '-')}.v{version}"


def read_wire_type(text: str) -> tuple[MessageType, int]:
    """Split a message type into what is asked and the version.

    Raises:
        ValueError: Not a type that this release knows.
    """
    found = _TYPE.fullmatch(text)
    if found is None:
        raise ValueError("not a message type of this contract")
    return MessageType(found[1].upper().replace("-", "_")), int(found[2])


def type_of(payload: bytes) -> str | None:
    """Return the message type of an envelope of any version, or None when there is none.

    It is looked at before anything else: what a newer counter sends may have any shape, and must
    be told from what is broken.
    """
    try:
        stated = _Stamp.model_validate_json(payload).type
    except ValueError:
        return None
    return stated if _TYPE.fullmatch(stated) else None
