"""The world as one principal's visit meets it: everything answers, nothing fails."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.draft import Lookup
from counter_app.flow.effects import (
    AcceptCase,
    CheckCode,
    Effect,
    FindTerminal,
    LookUpNumber,
    PrintPapers,
    ReadChip,
    SendCode,
)
from counter_app.flow.outcomes import (
    CardRead,
    CaseAccepted,
    CodeChecked,
    CodeSent,
    NumberLookedUp,
    Outcome,
    PaperLine,
    PapersPrinted,
    TerminalLookedUp,
)
from counter_app.ports.stop import Stop
from counter_app.ui.parts import Progress
from tests.ui.fake_parts import ScriptedPerformer
from tests.ui.people import MERCHANT, NOW, document

CODE = "246813"
ACCEPTANCE_NO = "NS01-20261123-0042-7"


def find(effect: Effect, _stop: Stop, _progress: Progress) -> Outcome:
    """The directory knows one merchant."""
    assert isinstance(effect, FindTerminal)
    one = replace(MERCHANT, terminals=MERCHANT.terminals[:1])
    if effect.text not in {one.terminals[0].sn, one.merchant_no}:
        return TerminalLookedUp(effect.text, Lookup.UNKNOWN_TERMINAL)
    return TerminalLookedUp(effect.text, Lookup.FOUND, one, one.terminals[0])


def read_card(effect: Effect, _stop: Stop, progress: Progress) -> Outcome:
    """A card lies on the reader."""
    assert isinstance(effect, ReadChip)
    for done in range(0, 1281, 128):
        progress(done, 1280)
    return CardRead(document(effect.owner))


def look_up(effect: Effect, _stop: Stop, _progress: Progress) -> Outcome:
    """Nobody else uses the new number."""
    assert isinstance(effect, LookUpNumber)
    return NumberLookedUp(effect.number, ())


def check(effect: Effect, _stop: Stop, _progress: Progress) -> Outcome:
    """The code is compared."""
    assert isinstance(effect, CheckCode)
    return CodeChecked(effect.code == CODE)


def print_papers(effect: Effect, _stop: Stop, _progress: Progress) -> Outcome:
    """The printer has paper."""
    assert isinstance(effect, PrintPapers)
    return PapersPrinted(tuple(PaperLine(kind) for kind in effect.kinds))


def kind_world() -> ScriptedPerformer:
    """A performer for which everything goes well."""
    return ScriptedPerformer(
        {
            FindTerminal: find,
            ReadChip: read_card,
            LookUpNumber: look_up,
            SendCode: lambda *_: CodeSent("message-1", NOW),
            CheckCode: check,
            AcceptCase: lambda *_: CaseAccepted(ACCEPTANCE_NO, NOW),
            PrintPapers: print_papers,
        }
    )
