"""Look-ups: what the directory snapshot and this counter's store know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.domain.draft import AgentHistory, ChangeReason, Lookup
from counter_app.domain.merchant import MerchantRecord, is_merchant_no, spellings_of
from counter_app.errors import CounterError
from counter_app.flow.effects import (
    FindTerminal,
    LookUpAgent,
    LookUpLetter,
    LookUpNumber,
    LookUpPrincipal,
    LookUpSwap,
)
from counter_app.flow.outcomes import (
    AgentLookedUp,
    LetterLookedUp,
    NumberLookedUp,
    PrincipalLookedUp,
    SwapLookedUp,
    TerminalLookedUp,
)
from counter_app.ports.directory import MerchantDirectory
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import CaseFilter
from counter_app.services.draft_codec import decode

AGENT_WINDOW = timedelta(days=90)
ACCEPTED_HERE = "accepted-here"
UNDECIDED = frozenset(
    {
        CaseState.ACCEPTED_UNPRINTED,
        CaseState.QUEUED,
        CaseState.SENT,
        CaseState.ACKED,
        CaseState.IN_PROCESS,
        CaseState.NEED_MORE,
        CaseState.WITHDRAW_REQUESTED,
    }
)


@dataclass(frozen=True, slots=True)
class LookUps:
    """Answers the flow's questions about merchants, numbers, letters and agents."""

    directory: MerchantDirectory
    store: CaseStore

    def terminal(self, effect: FindTerminal) -> TerminalLookedUp:
        """Find a terminal by its serial number, or a merchant by number."""
        if effect.merchant_no:
            return self._picked(effect)
        for spelling in spellings_of(effect.text):
            owners = self.directory.owners_of(spelling)
            if len(owners) > 1:
                return TerminalLookedUp(effect.text, Lookup.SEVERAL_MERCHANTS, owners[0])
            if owners:
                return self._found(effect, owners[0], spelling)
        merchant = self._numbered(effect.text)
        if merchant is None:
            # What has the form of a merchant number may be a serial number all the same.
            return TerminalLookedUp(effect.text, Lookup.UNKNOWN_TERMINAL)
        only = merchant.terminals[0].sn if len(merchant.terminals) == 1 else ""
        return self._found(effect, merchant, only)

    def _picked(self, effect: FindTerminal) -> TerminalLookedUp:
        merchant = self._numbered(effect.merchant_no)
        if merchant is None:
            return TerminalLookedUp(effect.text, Lookup.UNKNOWN_MERCHANT)
        known = [one for one in spellings_of(effect.text) if merchant.terminal(one) is not None]
        return self._found(effect, merchant, known[0] if known else effect.text)

    def _numbered(self, text: str) -> MerchantRecord | None:
        numbers = (one for one in spellings_of(text) if is_merchant_no(one))
        return next(filter(None, map(self.directory.by_merchant_no, numbers)), None)

    def _found(self, effect: FindTerminal, merchant: MerchantRecord, sn: str) -> TerminalLookedUp:
        with self.store.view() as unit:
            wanted = CaseFilter(states=UNDECIDED, merchant_no=merchant.merchant_no)
            open_here = unit.cases(wanted)
            visits = {case.summary.visit_id for case in open_here}
            is_same = sn in {case.summary.terminal_sn for case in open_here}
            is_open_here = is_same or bool(visits - {effect.visit})
            rejected = unit.cases(
                CaseFilter(
                    states=frozenset({CaseState.REJECTED}),
                    merchant_no=merchant.merchant_no,
                    limit=1,
                )
            )
            changed = unit.phone_changed_on(merchant.merchant_no)
        is_of_visit = effect.visit in visits
        if is_of_visit:
            changed = None
        known = [day for day in (changed, merchant.phone_changed_on) if day is not None]
        merchant = replace(
            merchant,
            # What head office holds open is then this visit's own earlier case: it came in freely.
            in_flight=is_open_here or (merchant.in_flight and not is_of_visit),
            phone_changed_on=max(known, default=None),
        )
        reason = rejected[0].summary.reason_code if rejected else ""
        return TerminalLookedUp(
            effect.text,
            Lookup.FOUND,
            merchant,
            merchant.terminal(sn),
            ChangeReason(reason) if reason else None,
        )

    def number(self, effect: LookUpNumber) -> NumberLookedUp:
        """Find merchants of other principals that a number serves."""
        others = [
            number
            for number in self.directory.bound_to(effect.number)
            if not self._is_same_principal(number, effect)
        ]
        with self.store.view() as unit:
            here = unit.phone_principals(effect.number, besides=effect.principal_number)
        more = max(0, here - len(others))
        return NumberLookedUp(effect.number, (*others, *[ACCEPTED_HERE] * more))

    def _is_same_principal(self, merchant_no: str, effect: LookUpNumber) -> bool:
        if merchant_no == effect.merchant_no:
            return True
        merchant = self.directory.by_merchant_no(merchant_no)
        return merchant is not None and merchant.principal.id_number == effect.principal_number

    def letter(self, effect: LookUpLetter) -> LetterLookedUp:
        """Find out whether a letter served a case or was revoked."""
        with self.store.view() as unit:
            use = unit.letter_used(effect.digest, effect.letter_no or None)
            revoked = unit.letter_revoked(effect.digest, effect.letter_no or None)
            is_used = use is not None and not self._is_own(unit, use.case_id, effect)
        return LetterLookedUp(effect.digest, use.on if use and is_used else None, revoked)

    @staticmethod
    def _is_own(unit: Unit, case_id: str, effect: LookUpLetter) -> bool:
        """Say whether a use is the corrected case's, or another case's of the same visit."""
        if case_id == effect.besides:
            return True
        try:
            return bool(effect.visit) and unit.load(case_id).summary.visit_id == effect.visit
        except CounterError:
            return False

    def agent(self, effect: LookUpAgent, now: datetime) -> AgentLookedUp:
        """Find out for how many others the agents acted; of several the worst counts."""
        today = day_of(now)
        since, principal = today - AGENT_WINDOW, effect.principal_number
        with self.store.view() as unit:
            principals = [unit.agent_principals(one, since, principal) for one in effect.id_numbers]
            merchants = [
                unit.agent_merchants(one, today, effect.merchant_no) for one in effect.id_numbers
            ]
        history = AgentHistory(max(principals, default=0), max(merchants, default=0))
        return AgentLookedUp(effect.id_numbers, history)

    def principal(self, effect: LookUpPrincipal) -> PrincipalLookedUp:
        """Find the merchants of somebody who is not this merchant's principal."""
        found = self.directory.of_principal(effect.id_number)
        return PrincipalLookedUp(effect.id_number, tuple(one.merchant_no for one in found))

    def swap(self, effect: LookUpSwap) -> SwapLookedUp:
        """Find out whether a replacement terminal is bound already, or was handed out here."""
        is_known = any(
            self.directory.owners_of(one) or self._is_handed_out(one)
            for one in spellings_of(effect.sn)
        )
        return SwapLookedUp(effect.sn, is_known)

    def _is_handed_out(self, sn: str) -> bool:
        """Say whether a case of this counter gave the terminal away; the directory lags behind."""
        with self.store.view() as unit:
            naming = unit.cases(CaseFilter(states=UNDECIDED | {CaseState.APPLIED}, anywhere=sn))
        return any(case.draft and decode(case.draft).swap_to_sn == sn for case in naming)
