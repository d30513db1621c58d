"""A delegation letter (授权委托书) as the clerk confirmed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class LetterKind(StrEnum):
    """Signed by the principal, or made before a notary."""

    SIGNED = "signed"
    NOTARISED = "notarised"


class Relation(StrEnum):
    """How the agent stands to the principal."""

    EMPLOYEE = "employee"
    RELATIVE = "relative"
    OTHER = "other"


class Matter(StrEnum):
    """What the agent may do; EVERYTHING stands for 全权办理 and the like."""

    CHANGE_PHONE = "change_phone"
    COLLECT_TERMINAL = "collect_terminal"
    COLLECT_RECEIPT = "collect_receipt"
    EVERYTHING = "everything"


class Alterations(StrEnum):
    """Visible changes on the paper."""

    NONE = "none"
    INITIALLED = "initialled"
    PLAIN = "plain"


class IssuingPlace(StrEnum):
    """Where a notarial certificate was made."""

    MAINLAND = "mainland"
    HONG_KONG = "hong_kong"
    MACAU = "macau"
    TAIWAN = "taiwan"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class LetterPrincipal:
    """The delegating party as the letter names it; an enterprise by its credit code."""

    name: str = field(repr=False)
    id_number: str | None = field(default=None, repr=False)
    uscc: str | None = field(default=None, repr=False)
    legal_representative: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NamedAgent:
    """An agent as the letter names him."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    relation: Relation = Relation.OTHER


@dataclass(frozen=True, slots=True)
class Notary:
    """The notarial certificate.

    Attributes:
        has_channel: 加章转递, the association's match or an apostille is there (not mainland).
    """

    number: str
    office: str
    on: date | None
    issued_in: IssuingPlace = IssuingPlace.MAINLAND
    purpose_covers: bool = True
    is_verified: bool = False
    has_channel: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter's facts, in the order of the checks.

    Attributes:
        digest: SHA-256 (hex) of the letter's picture, or its own number; identifies the paper.
        new_number: As written, normalised; None when the letter does not state it.
        ends_on: Last day it is good for; None when the letter states no end.
    """

    kind: LetterKind
    digest: str
    principal: LetterPrincipal
    agents: tuple[NamedAgent, ...]
    matters: frozenset[Matter]
    is_joint: bool = True
    letter_no: str = ""
    merchant_no: str | None = None
    new_number: str | None = field(default=None, repr=False)
    starts_on: date | None = None
    ends_on: date | None = None
    is_signed: bool = True
    has_company_seal: bool = True
    is_signed_by_legal_representative: bool = True
    allows_substitution: bool = False
    allows_third_party_number: bool = False
    alterations: Alterations = Alterations.NONE
    is_original: bool = True
    notary: Notary | None = None
    image: str | None = None
