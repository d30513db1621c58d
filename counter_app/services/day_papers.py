"""The papers of the day: summary and hand-over list, made, sealed, kept and printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.counter_facts import SHANGHAI, day_of
from counter_app.domain.day_totals import DayTotals
from counter_app.domain.masking import masked_name, without_whole_numbers
from counter_app.domain.paper import NoticeRecord
from counter_app.domain.paper_parts import NoticeLine, PaperKind
from counter_app.flow.outcomes import PaperLine
from counter_app.ports.paper import PaperMaker, Seal
from counter_app.ports.retention import goes_soon_on
from counter_app.ports.stop import Stop
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import StoredCase, StoredPaper
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.day_words import (
    age_words,
    day_words,
    difference_words,
    next_step,
    total_name,
)
from counter_app.services.print_desk import PrintDesk
from counter_app.services.printable import printable
from counter_app.words.words import Language

ID_TAIL = 8
_NUMBER = re.compile(r"\d[\d -]{4,}[\dXx]")


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What a paper of the day says beside figures and cases.

    Attributes:
        by: Account id of who prints.
        deferred_by: Name of who let the day close with something open, or empty.
        reason: That person's words, or empty.
        taken_by: Account id of the next clerk, or empty.
    """

    at: datetime
    by: str
    deferred_by: str = ""
    reason: str = ""
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class DayWriter:
    """Writes the records of the day's papers for one counter."""

    profile: CounterProfile

    def summary(self, number: str, totals: DayTotals, facts: DayFacts) -> NoticeRecord:
        """List every total, and every difference one by one (R12)."""
        lines = [
            NoticeLine(total.value, total_name(total), total_name(total, Language.EN), str(count))
            for total, count in totals.counts
        ]
        return self._record(
            PaperKind.DAY_SUMMARY,
            number,
            facts,
            heading=tuple(_summary_heading(totals, facts)),
            lines=(*lines, *_differences(totals)),
            signatures=("clerk", "reviewer") if facts.deferred_by else ("clerk",),
        )

    def hand_over(
        self, number: str, cases: tuple[StoredCase, ...], facts: DayFacts
    ) -> NoticeRecord:
        """List what is not finished: age, owner, next step; both clerks sign (R14)."""
        heading = (
            _line("paper.day", day_of(facts.at).isoformat()),
            _line("paper.count", str(len(cases))),
            _line("paper.from", facts.by),
            _line("paper.to", facts.taken_by or "________"),
        )
        lines = tuple(_handed(case, facts.at) for case in cases) or (_line("paper.nothing", ""),)
        return self._record(
            PaperKind.HAND_OVER,
            number,
            facts,
            heading=heading,
            lines=lines,
            signatures=("from_clerk", "to_clerk"),
        )

    def _record(
        self,
        kind: PaperKind,
        number: str,
        facts: DayFacts,
        *,
        heading: tuple[NoticeLine, ...],
        lines: tuple[NoticeLine, ...],
        signatures: tuple[str, ...],
    ) -> NoticeRecord:
        return NoticeRecord(
            paper=kind,
            paper_no=number,
            issued_at=facts.at.replace(microsecond=0),
            branch=self.profile.branch,
            counter=self.profile.counter,
            clerk_id=facts.by,
            reviewer_name=facts.deferred_by,
            heading=heading,
            lines=lines,
            signatures=signatures,
            demonstration=self.profile.is_demonstration,
        )


@dataclass(frozen=True, slots=True)
class DayPapers:
    """Makes and prints the papers of the day; each print is a paper of its own."""

    store: CaseStore
    maker: PaperMaker
    seal: Seal
    desk: PrintDesk
    profile: CounterProfile

    def print_summary(self, totals: DayTotals, facts: DayFacts, stop: Stop) -> PaperLine:
        """Print the totals as they are now."""
        key, number = self._next(PaperKind.DAY_SUMMARY, facts.at)
        record = DayWriter(self.profile).summary(number, totals, facts)
        return self._print(key, record, stop)

    def print_hand_over(
        self, cases: tuple[StoredCase, ...], facts: DayFacts, stop: Stop
    ) -> PaperLine:
        """Print the list of what is not finished."""
        key, number = self._next(PaperKind.HAND_OVER, facts.at)
        record = DayWriter(self.profile).hand_over(number, cases, facts)
        return self._print(key, record, stop)

    def _next(self, kind: PaperKind, at: datetime) -> tuple[str, str]:
        """Return under which key the next paper of a kind is kept, and its number."""
        day = day_of(at)
        with self.store.view() as unit:
            turn = _first_free(unit, day.isoformat(), kind)
        mark = "D" if kind is PaperKind.DAY_SUMMARY else "H"
        profile = self.profile
        number = f"{profile.branch.code}-{day:%Y%m%d}-{profile.counter}-{mark}{turn}"
        return _key(day.isoformat(), turn), number

    def _print(self, key: str, record: NoticeRecord, stop: Stop) -> PaperLine:
        record = printable(record, self.maker.coverage())
        sealed = self.seal.seal(self.maker.make(record).pdf)
        kind, at, by = record.paper, record.issued_at, record.clerk_id
        with self.store.begin() as unit:
            unit.put_paper(StoredPaper(key, kind.value, record.to_json(), sealed, at), by)
            unit.note_print(key, kind.value, at, by)
        return self.desk.print(record.paper_no, kind, (sealed,), 1, stop)


def without_numbers(text: str) -> str:
    """Return a person's words without any long number; papers of the day carry none."""
    return _NUMBER.sub("…", text)


def _first_free(unit: Unit, day: str, kind: PaperKind) -> int:
    turn = 1
    while any(status.kind == kind.value for status in unit.paper_status(_key(day, turn))):
        turn += 1
    return turn


def _key(day: str, turn: int) -> str:
    return day if turn == 1 else f"{day}-{turn}"


def _summary_heading(totals: DayTotals, facts: DayFacts) -> Iterator[NoticeLine]:
    yield _line("paper.day", totals.day.isoformat())
    yield _line("paper.time", facts.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"))
    yield _line("paper.numbers", _range(totals.numbers))
    yield _line("paper.head", _grouped_head(totals.head))
    agrees = day_words("paper.agrees").title
    count = str(len(totals.differences))
    differs = day_words("paper.differs").title.replace("%1", count)
    yield _line("paper.reconciled", agrees if totals.is_reconciled else differs)
    if facts.deferred_by:
        told = f"{facts.deferred_by}：{without_numbers(facts.reason)}"
        yield _line("paper.deferred", told)


def _grouped_head(head: str) -> str:
    """Return a journal head in groups, so that digits in a row never look like a number."""
    seq, _, digest = head.partition(":")
    return ":".join((seq, *(digest[place : place + 4] for place in range(0, 16, 4))))


def _range(numbers: tuple[str, ...]) -> str:
    if not numbers:
        return day_words("paper.none").title
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}\n{numbers[-1]}"


def _differences(totals: DayTotals) -> Iterator[NoticeLine]:
    for one in totals.differences:
        zh = difference_words(one.kind)
        en = difference_words(one.kind, Language.EN)
        subject = one.subject if one.subject.isdigit() else one.subject[-ID_TAIL:]
        yield NoticeLine(one.kind.value, f"✕ {zh.title}", en.title, subject)


def _handed(case: StoredCase, now: datetime) -> NoticeLine:
    name = case.summary.merchant_name or case.summary.terminal_sn or case.case_id[-ID_TAIL:]
    who = " ".join(part for part in (name, masked_name(case.summary.customer)) if part)
    age = max(now - case.changed_at, timedelta(0))
    goes_on = goes_soon_on(case, now)
    told = (
        day_words("paper.owner").title.replace("%1", case.clerk_id),
        day_words("paper.waits").title.replace("%1", age_words(age)),
        *((day_words("paper.goes").title.replace("%1", goes_on.isoformat()),) if goes_on else ()),
    )
    who = without_whole_numbers(who)
    zh = f"{who}：{next_step(case.state, case.step)}"
    en = f"{who}: {next_step(case.state, case.step, Language.EN)}"
    return NoticeLine(case.state.value, zh, en, "，".join(told))


def _line(code: str, value: str) -> NoticeLine:
    zh, en = day_words(code), day_words(code, Language.EN)
    return NoticeLine(code, zh.title, en.title, value)
