"""What may follow the rules in force, and what is remembered of rules that were refused (R40)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from counter_app.domain.provider_rules import RulePack
from counter_app.errors import CounterError, FailureCode
from counter_app.formats.toml_lines import line_of


@dataclass(frozen=True, slots=True)
class Refused:
    """Rules that were not taken, and why.

    Attributes:
        at: When they were refused (aware UTC), or None when they lie in the data folder itself.
        facts: File, line, key and what is allowed; no personal data.
    """

    code: FailureCode
    facts: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    at: datetime | None = None

    def as_json(self) -> dict[str, object]:
        """Return the refusal for programs."""
        at = self.at.isoformat() if self.at is not None else None
        return {"at": at, "code": self.code.value, "facts": dict(self.facts)}


def check_dates(name: str, text: str, pack: RulePack, today: date) -> None:
    """Refuse a pack that is not in force today.

    Raises:
        CounterError: RULES_INVALID with `file`, `line`, `key` and `allowed`.
    """
    if pack.valid_until < today:
        raise _invalid(name, text, "valid_until", f"{today.isoformat()} or later")
    if pack.valid_from > today:
        raise _invalid(name, text, "valid_from", f"{today.isoformat()} or earlier")


def check_version(name: str, text: str, pack: RulePack, before: RulePack) -> None:
    """Refuse a pack older than the one in force, or another one under the same version.

    Raises:
        CounterError: RULES_INVALID with `file`, `line`, `key` and `allowed`.
    """
    old, new = _ordered(before.version), _ordered(pack.version)
    if new < old or (new == old and pack != before):
        raise _invalid(name, text, "version", f"newer than {before.version}")


def note_refusal(path: Path, error: CounterError, now: datetime) -> None:
    """Remember why rules were refused, for whoever asks later.

    Raises:
        CounterError: DISK_FULL.
    """
    refused = Refused(error.code, error.facts, now)
    try:
        path.write_text(json.dumps(refused.as_json(), ensure_ascii=False), encoding="utf-8")
    except OSError as failure:
        raise CounterError(FailureCode.DISK_FULL) from failure


def refusal_noted(path: Path) -> Refused | None:
    """Return the last refusal, or None; a damaged note is no note."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        at, facts = datetime.fromisoformat(said["at"]), dict(said["facts"])
        return Refused(FailureCode(said["code"]), MappingProxyType(facts), at)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _invalid(name: str, text: str, key: str, allowed: str) -> CounterError:
    line = line_of(text, (key,))
    return CounterError(FailureCode.RULES_INVALID, file=name, line=line, key=key, allowed=allowed)
