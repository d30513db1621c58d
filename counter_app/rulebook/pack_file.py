"""The file formats of rule packs and of the table of number segments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, model_validator

from counter_app.domain.checks import (
    DEFAULT_SEVERITY,
    MAY_BE_LOWERED,
    FindingCode,
    Severity,
)
from counter_app.domain.delegation_letter import LetterKind
from counter_app.domain.merchant import MerchantType
from counter_app.domain.phone import PhoneClass, Segment, SegmentTable
from counter_app.domain.provider_rules import (
    CodePolicy,
    Hotline,
    PhoneProofRule,
    RulePack,
    UkeyRule,
)
from counter_app.errors import FailureCode
from counter_app.formats.toml_model import StrictModel, read_model

Count = Annotated[int, Field(ge=0, le=1_000_000)]
Prefix = Annotated[str, Field(pattern=r"^1\d{1,6}$")]


class Served(StrictModel):
    """Who is served."""

    types: frozenset[MerchantType] = Field(min_length=1)


class Materials(StrictModel):
    """What has to be shown."""

    licence_for: frozenset[MerchantType]
    seal_for: frozenset[MerchantType]
    phone_proof: PhoneProofRule


class Letters(StrictModel):
    """Which letters are taken."""

    kinds: frozenset[LetterKind]
    pending_notary: bool
    callback_for: frozenset[LetterKind]


class Phones(StrictModel):
    """Which numbers are taken."""

    refused_classes: frozenset[PhoneClass]
    shared_limit: Count


class Code(StrictModel):
    """How one-time codes are handled."""

    digits: int = Field(ge=4, le=8)
    tries: int = Field(ge=1, le=10)
    valid_s: int = Field(ge=30, le=3600)
    resend_after_s: int = Field(ge=10, le=600)


class RiskTable(StrictModel):
    """Thresholds."""

    medium_from: int = Field(ge=1, le=400)
    high_from: int = Field(ge=2, le=400)
    cooling_hours: int = Field(ge=0, le=720)
    sampling_percent: int = Field(ge=0, le=100)

    @model_validator(mode="after")
    def _in_order(self) -> RiskTable:
        if self.high_from <= self.medium_from:
            raise ValueError("high_from must be greater than medium_from")
        return self


class Service(StrictModel):
    """What is promised."""

    fee_fen: Count
    working_days: int = Field(ge=0, le=60)
    cut_off: time
    channels: tuple[str, ...]
    ukey: UkeyRule


class HotlineTable(StrictModel):
    """The service line; empty and without `verified_on` until an administrator filled it."""

    number: str = ""
    hours: str = ""
    verified_on: date | None = None
    source: str = ""


class PackFile(StrictModel):
    """One provider's file."""

    provider: str = Field(pattern=r"^[a-z][a-z0-9_]{1,30}$")
    title: str = Field(min_length=1)
    version: str = Field(min_length=1)
    valid_from: date
    valid_until: date
    basis: str
    served: Served
    materials: Materials
    letters: Letters
    phones: Phones
    code: Code
    risk: RiskTable
    service: Service
    hotline: HotlineTable = HotlineTable()
    severities: dict[FindingCode, Severity] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _sound(self) -> PackFile:
        if self.valid_until < self.valid_from:
            raise ValueError("valid_until must not be before valid_from")
        for code, severity in self.severities.items():
            is_lower = severity.rank < DEFAULT_SEVERITY[code].rank
            if is_lower and code not in MAY_BE_LOWERED:
                raise ValueError(f"severities: {code.value} may be raised, not lowered")
        return self


class SegmentGroup(StrictModel):
    """Prefixes of one class."""

    prefixes: tuple[Prefix, ...]
    length: int = 11


class SegmentFile(StrictModel):
    """The table of number segments."""

    version: str
    listed_on: date
    mobile: SegmentGroup
    virtual_operator: SegmentGroup
    data_only: SegmentGroup
    satellite: SegmentGroup
    terminal_sim: SegmentGroup


def parse_pack(name: str, text: str) -> RulePack:
    """Read a rule pack.

    Raises:
        CounterError: RULES_INVALID with `file`, `line`, `key`, `allowed`.
    """
    file = read_model(name, text, PackFile, FailureCode.RULES_INVALID)
    severities: Mapping[FindingCode, Severity] = MappingProxyType(dict(file.severities))
    return RulePack(
        provider=file.provider,
        title=file.title,
        version=file.version,
        valid_from=file.valid_from,
        valid_until=file.valid_until,
        basis=file.basis,
        served=file.served.types,
        licence_for=file.materials.licence_for,
        seal_for=file.materials.seal_for,
        phone_proof=file.materials.phone_proof,
        letters=file.letters.kinds,
        is_pending_notary_allowed=file.letters.pending_notary,
        callback_for=file.letters.callback_for,
        refused_classes=file.phones.refused_classes,
        shared_limit=file.phones.shared_limit,
        medium_from=file.risk.medium_from,
        high_from=file.risk.high_from,
        cooling_hours=file.risk.cooling_hours,
        sampling_percent=file.risk.sampling_percent,
        fee_fen=file.service.fee_fen,
        working_days=file.service.working_days,
        cut_off=file.service.cut_off,
        channels=file.service.channels,
        ukey=file.service.ukey,
        hotline=Hotline(**file.hotline.model_dump()),
        code=CodePolicy(**file.code.model_dump()),
        severities=severities,
    )


def parse_segments(name: str, text: str) -> SegmentTable:
    """Read the table of number segments.

    Raises:
        CounterError: RULES_INVALID with `file`, `line`, `key`, `allowed`.
    """
    file = read_model(name, text, SegmentFile, FailureCode.RULES_INVALID)
    groups = (
        (PhoneClass.MOBILE, file.mobile),
        (PhoneClass.VIRTUAL_OPERATOR, file.virtual_operator),
        (PhoneClass.DATA_ONLY, file.data_only),
        (PhoneClass.SATELLITE, file.satellite),
        (PhoneClass.TERMINAL_SIM, file.terminal_sim),
    )
    segments = tuple(
        Segment(prefix, kind, group.length) for kind, group in groups for prefix in group.prefixes
    )
    return SegmentTable(file.version, file.listed_on, segments)
