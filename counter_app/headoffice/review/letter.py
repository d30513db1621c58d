"""The sixteen checks of a delegation letter, as a message tells them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from counter_app.wire.case_data import CaseData, Check

IDS = tuple(f"A{number}" for number in range(1, 17))
"""Source: DOMAIN §3.1."""
MARKS = {"good": "✓", "caution": "▲", "stop": "✕", "open": "○"}
_RANKS = {"good": 0, "open": 1, "caution": 2, "stop": 3}
_RESULTS = {"PASS": "good", "NEED": "caution", "FAIL": "stop", "found": "caution"}


@dataclass(frozen=True, slots=True)
class LetterFact:
    """One check: what the counter made of it, and the findings behind that, worst first.

    Attributes:
        verdict: good, caution, stop, or open when it was not looked into.
        is_told: False when the message says only what was found.
    """

    id: str
    verdict: str
    findings: tuple[str, ...] = ()
    is_told: bool = True

    @property
    def mark(self) -> str:
        """The sign of the verdict."""
        return MARKS[self.verdict]


def letter_facts(case: CaseData) -> tuple[LetterFact, ...]:
    """Return A1 to A16 in order; none for a case without a letter.

    A message that does not tell the checks themselves still tells what was found: a check is good
    then when nothing was found against it. What is found is never outshone by a better verdict.
    """
    if case.delegation is None:
        return ()
    told = {one.id: one.verdict for one in case.delegation.checks if one.verdict in MARKS}
    silent = "open" if told else "good"
    facts = (_fact(name, told.get(name, silent), case.checks) for name in IDS)
    return tuple(facts if told else (replace(fact, is_told=False) for fact in facts))


def _fact(name: str, told: str, checks: tuple[Check, ...]) -> LetterFact:
    own = sorted(
        (one for one in checks if one.id.partition(".")[0] == name),
        key=lambda one: -_RANKS[_verdict(one)],
    )
    verdict = max((told, *(_verdict(one) for one in own)), key=_RANKS.__getitem__)
    against = tuple(one.id for one in own if _verdict(one) != "good")
    return LetterFact(name, verdict, against)


def _verdict(check: Check) -> str:
    if check.severity == "block":
        return "stop"
    return _RESULTS.get(check.result, "caution")
