"""One line of the directory file and the merchant it stands for."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantRecord,
    MerchantStatus,
    MerchantType,
    Ownership,
    Principal,
    Settlement,
    SettlementKind,
    Terminal,
    is_merchant_no,
    is_serial_number,
)

Said = dict[str, object]
_E = TypeVar("_E", bound=StrEnum)

_MERCHANT = frozenset({"merchant_no", "name", "provider", "type", "uscc", "principal", "phone"}) | {
    "phone_changed_on",
    "settlement",
    "status",
    "in_flight",
    "operator_on_licence",
    "address",
    "terminals",
}
_PRINCIPAL = frozenset({"name", "id_type", "id_number"})
_SETTLEMENT = frozenset({"bank", "account", "kind", "changed_on"})
_TERMINAL = frozenset({"sn", "terminal_id", "ownership", "sim"})


class LineError(ValueError):
    """A line of the directory is not well-formed.

    Attributes:
        key: Which key is wrong, missing or unknown.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def merchant_of(said: Said) -> MerchantRecord:
    """Read a merchant from its JSON object.

    Raises:
        LineError: A key is unknown, missing, or holds what it may not.
    """
    _only(said, _MERCHANT)
    return MerchantRecord(
        merchant_no=_checked(said, "merchant_no", is_merchant_no),
        name=_text(said, "name"),
        provider=_text(said, "provider"),
        type=_choice(said, "type", MerchantType),
        principal=_principal(_object(said, "principal")),
        phone=_text(said, "phone"),
        uscc=_optional(said, "uscc"),
        phone_changed_on=_day(said, "phone_changed_on"),
        settlement=_settlement(said),
        status=_choice(said, "status", MerchantStatus, MerchantStatus.ACTIVE),
        in_flight=_claim(said, "in_flight"),
        operator_on_licence=_optional(said, "operator_on_licence"),
        address=_optional(said, "address") or "",
        terminals=tuple(_terminal(one) for one in _objects(said, "terminals")),
    )


def merchant_line(record: MerchantRecord) -> bytes:
    """Write a merchant as one line of JSON without its newline; what is empty is left out."""
    return compact(_bare(_said(record)))


def compact(said: Said) -> bytes:
    """Write an object as compact UTF-8 JSON."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _said(record: MerchantRecord) -> Said:
    settlement = record.settlement
    return {
        "merchant_no": record.merchant_no,
        "name": record.name,
        "provider": record.provider,
        "type": record.type.value,
        "uscc": record.uscc,
        "principal": {
            "name": record.principal.name,
            "id_type": record.principal.id_type.value,
            "id_number": record.principal.id_number,
        },
        "phone": record.phone,
        "phone_changed_on": _iso(record.phone_changed_on),
        "settlement": settlement and _bare(_said_settlement(settlement)),
        "status": record.status.value,
        "in_flight": record.in_flight or None,
        "operator_on_licence": record.operator_on_licence,
        "address": record.address or None,
        "terminals": [_bare(_said_terminal(terminal)) for terminal in record.terminals] or None,
    }


def _said_settlement(settlement: Settlement) -> Said:
    return {
        "bank": settlement.bank,
        "account": settlement.account,
        "kind": settlement.kind.value,
        "changed_on": _iso(settlement.changed_on),
    }


def _said_terminal(terminal: Terminal) -> Said:
    return {
        "sn": terminal.sn,
        "terminal_id": terminal.terminal_id or None,
        "ownership": terminal.ownership.value,
        "sim": terminal.sim,
    }


def _bare(said: Said) -> Said:
    return {key: value for key, value in said.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _principal(said: Said) -> Principal:
    _only(said, _PRINCIPAL)
    id_type = _choice(said, "id_type", DocumentType)
    return Principal(_text(said, "name"), id_type, _text(said, "id_number"))


def _settlement(said: Said) -> Settlement | None:
    if said.get("settlement") is None:
        return None
    inner = _object(said, "settlement")
    _only(inner, _SETTLEMENT)
    kind = _choice(inner, "kind", SettlementKind)
    return Settlement(
        _text(inner, "bank"), _text(inner, "account"), kind, _day(inner, "changed_on")
    )


def _terminal(said: Said) -> Terminal:
    _only(said, _TERMINAL)
    return Terminal(
        sn=_checked(said, "sn", is_serial_number),
        terminal_id=_optional(said, "terminal_id") or "",
        ownership=_choice(said, "ownership", Ownership, Ownership.LEASED),
        sim=_optional(said, "sim"),
    )


def _only(said: Said, allowed: frozenset[str]) -> None:
    for key in said:
        if key not in allowed:
            raise LineError(key)


def _text(said: Said, key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str) or not value:
        raise LineError(key)
    return value


def _optional(said: Said, key: str) -> str | None:
    return None if said.get(key) is None else _text(said, key)


def _checked(said: Said, key: str, fits: Callable[[str], bool]) -> str:
    value = _text(said, key)
    if not fits(value):
        raise LineError(key)
    return value


def _claim(said: Said, key: str) -> bool:
    value = said.get(key, False)
    if not isinstance(value, bool):
        raise LineError(key)
    return value


def _day(said: Said, key: str) -> date | None:
    text = _optional(said, key)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise LineError(key) from error


def _choice(said: Said, key: str, kind: type[_E], default: _E | None = None) -> _E:
    if default is not None and said.get(key) is None:
        return default
    try:
        return kind(_text(said, key))
    except ValueError as error:
        raise LineError(key) from error


def _object(said: Said, key: str) -> Said:
    value = said.get(key)
    if not isinstance(value, dict):
        raise LineError(key)
    return value


def _objects(said: Said, key: str) -> list[Said]:
    value = said.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise LineError(key)
    return value
