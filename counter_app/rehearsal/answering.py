"""What the clerk and the customer answer at each step, read from the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from counter_app.domain.draft import Callback, CodeOutcome, Knowledge
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner, Printed
from counter_app.flow import answers as a
from counter_app.flow.events import (
    Answered,
    CodeTyped,
    Event,
    ReadCardPressed,
    SendCodePressed,
    TerminalEntered,
)
from counter_app.flow.state import Desk, FlowState
from counter_app.flow.steps import Step
from counter_app.rehearsal.doubles import RIGHT_CODE, WRONG_CODE
from counter_app.rehearsal.file import RehearsalFile
from counter_app.rehearsal.values import document_of, letter_of, licence_of
from counter_app.rehearsal.visit_tables import DocumentTable

Look = Callable[[], FlowState]
"""Gives the state as it is when asked: answers may depend on what came before."""


def events_at(step: Step, file: RehearsalFile, desk: Desk, look: Look) -> Iterator[Event]:
    """Yield the events of a step in the order in which a clerk would cause them."""
    visit = file.visit
    match step:
        case Step.TERMINAL:
            yield TerminalEntered(visit.terminal_sn)
        case Step.PRESENTER:
            yield from _presenter(file)
        case Step.PRESENTER_ID:
            yield from _documents(file, look().draft.presenter_owner, look)
        case Step.PRINCIPAL_ID:
            yield from _documents(file, Owner.PRINCIPAL, look)
        case Step.LETTER:
            yield from _letter(file)
        case Step.MATERIALS:
            yield from _materials(file)
        case _:
            yield from _later(step, file, desk, look)


def _later(step: Step, file: RehearsalFile, desk: Desk, look: Look) -> Iterator[Event]:
    visit = file.visit
    match step:
        case Step.OLD_NUMBER:
            yield Answered(a.OldNumberAnswer(visit.old_number.outcome, visit.old_number.proof))
            if visit.knowledge_failed:
                yield Answered(a.KnowledgeAnswer(Knowledge.FAILED))
        case Step.NEW_NUMBER:
            yield from _new_number(file, desk, look)
        case Step.SWAP:
            yield Answered(a.SwapSerialAnswer(visit.swap_to_sn or ""))
        case Step.EVIDENCE:
            if visit.callback is not None:
                callback = Callback(visit.callback.to, visit.callback.outcome)
                yield Answered(a.CallbackAnswer(callback))
        case Step.CONFIRM:
            yield Answered(a.ConsentAnswer(visit.consents))
        case _:
            return


def _presenter(file: RehearsalFile) -> Iterator[Event]:
    visit = file.visit
    yield Answered(a.PresenterAnswer(visit.presenter))
    yield Answered(a.ReasonAnswer(visit.reason, visit.reason_text))
    if visit.elder_mode:
        yield Answered(a.ElderModeAnswer(is_on=True))
    if visit.coached:
        yield Answered(a.CoachedAnswer(is_coached=True))
    if visit.swap_to_sn is not None:
        yield Answered(a.SwapAnswer(is_wanted=True))


def _documents(file: RehearsalFile, owner: Owner, look: Look) -> Iterator[Event]:
    tables = [table for table in file.visit.documents if table.owner is owner]
    if not tables:
        yield Answered(a.NoDocumentAnswer(owner))
        return
    first, *others = tables
    if first.captured_by is CaptureMethod.CHIP:
        yield ReadCardPressed()
    if look().draft.document_of(owner) is None:
        yield Answered(a.DocumentAnswer(document_of(first, _other_way(file, first))))
    yield from _document_facts(first)
    for table in others:
        yield Answered(a.FurtherDocumentAnswer(_further(file, table)))


def _further(file: RehearsalFile, table: DocumentTable) -> IdentityDocument:
    """Return the document of somebody who came too, with what the clerk says of it."""
    is_chip = table.captured_by is CaptureMethod.CHIP and file.counter.id_reader == "ok"
    method = CaptureMethod.CHIP if is_chip else _other_way(file, table)
    printed = Printed(table.printed.name, table.printed.number) if table.printed else None
    return replace(
        document_of(table, method),
        face_matches=table.face_matches,
        police_check=table.police_check,
        printed=printed,
    )


def _other_way(file: RehearsalFile, table: DocumentTable) -> CaptureMethod:
    """Return how a document is read when its own way is not open."""
    if table.captured_by is CaptureMethod.TYPED or file.counter.camera == "absent":
        return CaptureMethod.TYPED
    return CaptureMethod.CAMERA


def _document_facts(table: DocumentTable) -> Iterator[Event]:
    yield Answered(a.FaceAnswer(table.owner, table.face_matches))
    yield Answered(a.PoliceAnswer(table.owner, table.police_check))
    if table.printed is not None:
        printed = Printed(table.printed.name, table.printed.number)
        yield Answered(a.PrintedAnswer(table.owner, printed))


def _letter(file: RehearsalFile) -> Iterator[Event]:
    visit = file.visit
    if visit.letter is None:
        yield Answered(a.NoLetterAnswer())
        return
    if visit.substitution_letter is not None:
        yield Answered(a.SubstitutionAnswer(letter_of(visit.substitution_letter)))
    yield Answered(a.LetterAnswer(letter_of(visit.letter)))


def _materials(file: RehearsalFile) -> Iterator[Event]:
    visit = file.visit
    if visit.licence is not None:
        yield Answered(a.LicenceAnswer(licence_of(visit.licence)))
    else:
        yield Answered(a.NoLicenceAnswer())
    if visit.phone_proof:
        yield Answered(a.PhoneProofAnswer(is_shown=True))
    if visit.settlement.card is not None:
        yield Answered(a.SettlementCardAnswer(visit.settlement.card))
    yield Answered(a.SettlementAnswer(visit.settlement.confirmed))


def _new_number(file: RehearsalFile, desk: Desk, look: Look) -> Iterator[Event]:
    new = file.visit.new_number
    if new is None:
        return
    yield Answered(a.NumberAnswer(new.number))
    yield Answered(a.RepeatAnswer(new.repeated if new.repeated is not None else new.number))
    yield Answered(a.HolderAnswer(new.holder))
    yield Answered(a.RealNameAnswer(new.real_name_check))
    if new.shared_reason:
        yield Answered(a.SharedReasonAnswer(new.shared_reason))
    if any(finding.step == Step.NEW_NUMBER for finding in desk.assess(look().draft).stopping()):
        return
    yield from _code(new.otp, desk, look)


def _code(outcome: CodeOutcome, desk: Desk, look: Look) -> Iterator[Event]:
    if outcome is CodeOutcome.NOT_SENT:
        yield Answered(a.CodeAnswer(CodeOutcome.NOT_SENT))
        return
    yield SendCodePressed()
    if outcome is CodeOutcome.PASSED:
        yield CodeTyped(RIGHT_CODE)
        return
    for _ in range(desk.rules_for(look().draft).code.tries):
        yield CodeTyped(WRONG_CODE)
