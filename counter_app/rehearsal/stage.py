"""Builds the counter of a rehearsal around the very services that the window uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import CounterFacts, day_of
from counter_app.domain.identity_number import canonical_number
from counter_app.domain.paper_parts import Branch
from counter_app.domain.phone import SegmentTable
from counter_app.domain.provider_rules import RulePack
from counter_app.flow.state import Desk
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import AgentVisit, CaseSummary, DraftRecord, LetterUse
from counter_app.rehearsal.cards import NoBankCards, RehearsedChips
from counter_app.rehearsal.doubles import (
    PRINTER_FAULTS,
    EmptyVault,
    FixedClock,
    NoDocumentReader,
    NoSeal,
    RecordMaker,
    RehearsedAccounts,
    RehearsedCodes,
    RehearsedDirectory,
    RehearsedPrinter,
)
from counter_app.rehearsal.file import RehearsalFile
from counter_app.services.accept_case import Acceptance
from counter_app.services.case_life import CaseLife
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.look_up import LookUps
from counter_app.services.more_documents import MoreDocuments
from counter_app.services.papers import Papers
from counter_app.services.perform import Devices, Performer
from counter_app.services.print_desk import PrintDesk
from counter_app.services.undo_case import Undoing
from counter_app.wire.keys import SealingKeys

PROFILE = CounterProfile(
    branch=Branch("110199", "演练网点", "-", "-"),
    counter="01",
    notice_version="rehearsal",
    enquiry="-",
    complaint="-",
    is_demonstration=True,
)
NOBODY = "rehearsal"


@dataclass(frozen=True, slots=True)
class Troupe:
    """What every rehearsal of a run shares.

    Attributes:
        new_store: Gives an empty store; the window's store has the same contract.
        new_id: Gives UUIDv7 texts.
    """

    packs: tuple[RulePack, ...]
    segments: SegmentTable
    keys: SealingKeys
    new_store: Callable[[], CaseStore]
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Stage:
    """One rehearsal's counter."""

    performer: Performer
    desk: Desk
    store: CaseStore
    clock: FixedClock

    def later(self, by: timedelta) -> Stage:
        """Return the counter after some time has passed."""
        self.clock.go_on(by)
        return replace(self, desk=_at(self.desk, self.clock))


def build(file: RehearsalFile, troupe: Troupe) -> Stage:
    """Return the counter that a file describes."""
    clock = FixedClock(file.now)
    accounts = RehearsedAccounts(file)
    desk = _desk(file, troupe, accounts)
    store = troupe.new_store()
    _remember(store, file, troupe.new_id)
    acceptance = Acceptance(store, EmptyVault(), PROFILE, troupe.keys, clock, troupe.new_id)
    papers = _papers(file, acceptance, accounts)
    performer = Performer(
        store=store,
        vault=acceptance.vault,
        accounts=accounts,
        devices=Devices(RehearsedChips(file), NoDocumentReader(), RehearsedCodes(), NoBankCards()),
        life=CaseLife(store, acceptance.vault, clock, troupe.new_id),
        look_ups=LookUps(RehearsedDirectory(file), store),
        acceptance=acceptance,
        papers=papers,
        undoing=Undoing(acceptance, papers),
        more=MoreDocuments(acceptance),
        clock=clock,
        rules=lambda: _at(desk, clock),
    )
    return Stage(performer, desk, store, clock)


def _desk(file: RehearsalFile, troupe: Troupe, accounts: RehearsedAccounts) -> Desk:
    facts = CounterFacts(
        now=file.now,
        staff_phones=accounts.staff_numbers(),
        is_clock_wrong=file.counter.clock_wrong,
        is_queue_too_old=file.counter.queue_too_old,
    )
    return Desk(troupe.packs, troupe.segments, facts)


def _papers(file: RehearsalFile, acceptance: Acceptance, accounts: RehearsedAccounts) -> Papers:
    return Papers(
        store=acceptance.store,
        maker=RecordMaker(),
        seal=NoSeal(),
        desk=PrintDesk(RehearsedPrinter(PRINTER_FAULTS.get(file.counter.printer))),
        accounts=accounts,
        profile=PROFILE,
        clock=acceptance.clock,
        is_online=lambda: file.counter.online,
    )


def _at(desk: Desk, clock: FixedClock) -> Desk:
    return replace(desk, facts=replace(desk.facts, now=clock.now()))


def _remember(store: CaseStore, file: RehearsalFile, new_id: Callable[[], str]) -> None:
    """Put into the store what earlier visits left there."""
    with store.begin() as unit:
        for letter in file.letters_used:
            unit.record_letter(LetterUse(letter.digest, None, NOBODY, letter.on), file.now, NOBODY)
        for letter in file.letters_revoked:
            unit.revoke_letter(LetterUse(letter.digest, None, NOBODY, letter.on), file.now, NOBODY)
        for visit in _agent_visits(file):
            unit.record_agent(visit)
        for earlier in file.earlier:
            summary = CaseSummary(merchant_no=earlier.merchant_no, reason_code=earlier.reason)
            _reject(
                unit, DraftRecord(new_id(), b"{}", "done", CaseState.DRAFT, NOBODY, summary), file
            )


def _agent_visits(file: RehearsalFile) -> Iterator[AgentVisit]:
    today = day_of(file.now)
    for agent in file.agents_seen:
        for index in range(max(agent.principals, agent.merchants_today)):
            is_today = index < agent.merchants_today
            day: date = today if is_today else today - timedelta(days=1)
            principal = f"principal-{index % max(1, agent.principals)}"
            number = canonical_number(agent.id_number)
            yield AgentVisit(number, principal, f"merchant-{index}", day)


def _reject(unit: Unit, record: DraftRecord, file: RehearsalFile) -> None:
    unit.save_draft(record, file.now)
    number = unit.next_acceptance_no(PROFILE.branch.code, PROFILE.counter, day_of(file.now))
    unit.accept(record.case_id, number, file.now, NOBODY)
    unit.set_state(record.case_id, CaseState.REJECTED, file.now, NOBODY)
