"""Every rehearsal file holds, and together they reach everything the contract names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.case_state import CaseState
from counter_app.domain.checks import FindingCode, Severity
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.risk import RiskBand, RiskSignal
from counter_app.domain.submission import MessageType
from counter_app.errors import CounterError, FailureCode
from counter_app.rehearsal.file import parse_rehearsal
from counter_app.rehearsal.report import Report, rehearse
from counter_app.rehearsal.stage import Troupe

FOLDER = Path(__file__).resolve().parents[2] / "rehearsals"
FILES = sorted(FOLDER.glob("*.toml"))
WITHOUT_A_VISIT = {CaseState.ABANDONED}
"""A case that nobody went on with for weeks: the store gives it up, no visit does."""
TWO_WAYS = {
    FindingCode.A5_NO_END: {Severity.REVIEW, Severity.BLOCK},
    FindingCode.A10_THIRD_PARTY_NUMBER: {Severity.REVIEW, Severity.BLOCK},
    FindingCode.A13_NOT_CONFIRMED: {Severity.REVIEW, Severity.BLOCK},
    FindingCode.A16_ALTERED: {Severity.REVIEW, Severity.BLOCK},
    FindingCode.MATERIAL_ID_MISSING: {Severity.REVIEW, Severity.BLOCK},
    FindingCode.PHONE_DATA_ONLY: {Severity.WARN, Severity.BLOCK},
    FindingCode.PHONE_SHARED: {Severity.REVIEW, Severity.BLOCK},
}
OF_THE_DAY = {PaperKind.DAY_SUMMARY, PaperKind.HAND_OVER, PaperKind.CONFIRMATION}


@cache
def troupe() -> Troupe:
    return make_troupe(None)


@cache
def played(path: Path) -> Report:
    return rehearse(path.name, parse_rehearsal(path.name, path.read_text("utf-8")), troupe())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rehearsal_holds(path: Path) -> None:
    assert [(item.key, item.expected, item.got) for item in played(path).differences] == []


def test_every_finding_is_reached() -> None:
    reached = {finding.code for path in FILES for finding in played(path).assessment.findings}
    assert set(FindingCode) - reached == set()


def test_what_circumstances_make_worse_is_reached_both_ways() -> None:
    findings = {finding for path in FILES for finding in played(path).assessment.findings}
    reached = {(finding.code, finding.severity) for finding in findings}
    assert {(code, severity) for code, both in TWO_WAYS.items() for severity in both} <= reached


def test_every_risk_signal_and_band_is_reached() -> None:
    risks = [played(path).assessment.risk for path in FILES]
    assert set(RiskSignal) - {signal for risk in risks for signal in risk.signals} == set()
    assert {risk.band for risk in risks} == set(RiskBand)


def test_every_state_is_reached() -> None:
    reached = {played(path).state.case_state for path in FILES}
    assert set(CaseState) - WITHOUT_A_VISIT - reached == set()


def test_every_paper_of_a_case_is_reached() -> None:
    names = {name.removesuffix("!unprinted") for path in FILES for name in played(path).papers}
    assert {kind.value for kind in set(PaperKind) - OF_THE_DAY} - names == set()


def test_every_message_of_a_visit_is_reached() -> None:
    types = {message.type for path in FILES for message in played(path).messages}
    assert {MessageType.PHONE_REBIND, MessageType.TERMINAL_SWAP, MessageType.WITHDRAW} <= types


def test_the_json_names_no_person() -> None:
    for path in FILES:
        assert "样本" not in str(played(path).as_json())


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('reason = "03"', 'reason = "42"', "visit.reason"),
        ("[visit]", "[visit]\nunheard_of = 1", "visit.unheard_of"),
        ("schema = 1", "schema = 2", "schema"),
        ('captured_by = "chip"', 'captured_by = "guess"', "visit.documents.0.captured_by"),
        ("schema = 1", "schema = ", "schema"),
        ('papers = ["receipt"]', 'papers = ["recipt"]', "expect.papers.0"),
        ("now = 2026", "now = 9999", "now"),
    ],
)
def test_a_wrong_file_names_line_and_key(old: str, new: str, key: str) -> None:
    text = (FOLDER / "s01_principal_in_person.toml").read_text("utf-8")
    assert old in text
    wrong = text.replace(old, new, 1)
    said = new.splitlines()[-1]
    line = next(row for row, text in enumerate(wrong.splitlines(), 1) if said in text)
    with pytest.raises(CounterError) as caught:
        parse_rehearsal("wrong.toml", wrong)
    assert caught.value.code is FailureCode.REHEARSAL_INVALID
    assert caught.value.facts["line"] == line
    assert str(caught.value.facts["key"]).startswith(key)
    assert caught.value.facts["allowed"]


def test_a_difference_is_noticed() -> None:
    text = (FOLDER / "s01_principal_in_person.toml").read_text("utf-8")
    wrong = re.sub(r"\[expect\].*", "", text, flags=re.DOTALL) + (
        '[expect]\nstate = "REFUSED"\nfindings = ["A11.used"]\nabsent = ["ID.expired"]\n'
        'risk_band = "high"\nrisk_signals = ["R1"]\npapers = ["refusal"]\nmessages = []\n'
        'step = "letter"\n'
    )
    report = rehearse("wrong", parse_rehearsal("wrong", wrong), troupe())
    assert [item.key for item in report.differences] == [
        "state",
        "step",
        "findings",
        "risk_band",
        "risk_signals",
        "papers",
        "messages",
    ]
