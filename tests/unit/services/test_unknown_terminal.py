"""What nobody is known by stops the visit at once; what somebody is known by never does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.checks import FindingCode, Severity
from counter_app.domain.draft import Lookup
from counter_app.domain.merchant import Terminal
from counter_app.domain.merchant_checks import swap_findings
from counter_app.flow.effects import FindTerminal, LookUpSwap
from counter_app.flow.outcomes import TerminalLookedUp
from counter_app.services.look_up import LookUps
from counter_app.storage.memory import MemoryCaseStore
from counter_app.storage.memory_directory import MemoryDirectory
from tests.unit.domain import cases as c

SERIALS = st.text("0123456789ABCDEFXN-", min_size=1, max_size=18)
NUMBERS = st.text("0123456789A", min_size=15, max_size=15)
NOTHING_FOUND = {FindingCode.TERMINAL_UNKNOWN, FindingCode.MERCHANT_NOT_FOUND}


def looked_up(text: str, serials: list[str], numbers: list[str]) -> TerminalLookedUp:
    merchants = [
        replace(c.in_person().merchant, merchant_no=number, terminals=(Terminal(serial, "1"),))
        for serial, number in zip(serials, numbers, strict=False)
    ]
    return LookUps(MemoryDirectory(merchants), MemoryCaseStore()).terminal(FindTerminal(text))


def codes_of(found: TerminalLookedUp) -> set[FindingCode]:
    draft = c.in_person(merchant=found.merchant, terminal=found.terminal)
    assessment = c.assess(replace(draft, lookup=found.lookup))
    stopped = {one.code for one in assessment.findings if one.severity is Severity.BLOCK}
    assert assessment.may_be_accepted or stopped
    return stopped & {*NOTHING_FOUND, FindingCode.TERMINAL_OTHER_MERCHANT}


@given(
    st.one_of(SERIALS, NUMBERS),
    st.lists(SERIALS, max_size=4),
    st.lists(NUMBERS, unique=True, min_size=4, max_size=4),
    st.data(),
)
def test_both_are_said_unknown_exactly_when_nobody_is_known_by_it(
    text: str, serials: list[str], numbers: list[str], data: st.DataObject
) -> None:
    known = [*serials, *numbers[: len(serials)]]
    if known and data.draw(st.booleans()):
        text = data.draw(st.sampled_from(known))
    found = looked_up(text, serials, numbers)
    if text not in known:
        assert codes_of(found) == NOTHING_FOUND
    elif serials.count(text) > 1:
        assert codes_of(found) == {FindingCode.TERMINAL_OTHER_MERCHANT}
    else:
        assert codes_of(found) == set()


@given(SERIALS, NUMBERS, st.data())
def test_blanks_width_and_case_of_what_is_typed_hide_no_terminal(
    serial: str, number: str, data: st.DataObject
) -> None:
    known = data.draw(st.sampled_from([serial, number]))
    typed = "".join(data.draw(st.sampled_from(ways(one))) for one in known)
    found = looked_up(typed, [serial], [number])
    assert found.lookup is Lookup.FOUND
    assert found.terminal is not None
    assert found.terminal.sn == serial
    assert found.text == typed


def ways(character: str) -> list[str]:
    """How a character may be typed."""
    wide = chr(ord(character) + 0xFEE0)
    return [character, character.lower(), wide, f" {character} "]


@given(SERIALS, st.data())
def test_a_replacement_that_is_known_is_known_however_it_is_typed(
    serial: str, data: st.DataObject
) -> None:
    typed = "".join(data.draw(st.sampled_from(ways(one))) for one in serial)
    merchant = replace(c.in_person().merchant, terminals=(Terminal(serial, "1"),))
    look_ups = LookUps(MemoryDirectory([merchant]), MemoryCaseStore())
    assert look_ups.swap(LookUpSwap(typed)).is_known
    own = replace(c.in_person(), terminal=Terminal(serial, "1"), is_swap_wanted=True)
    codes = {one.code for one in swap_findings(replace(own, swap_to_sn=typed))}
    assert codes == {FindingCode.TERMINAL_SWAP_KNOWN_ELSEWHERE}


@pytest.mark.parametrize("text", ["N500W0001234567", "999999999999999", "X000"])
def test_the_form_of_a_merchant_number_makes_no_serial_number_known(text: str) -> None:
    found = looked_up(text, ["N500W00012345"], ["102110054990001"])
    assert found.lookup is Lookup.UNKNOWN_TERMINAL
    assert codes_of(found) == NOTHING_FOUND
