"""Letters, agents and phone numbers of earlier cases in the database."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Table, delete, func, insert, or_, select
from sqlalchemy.sql.elements import ColumnElement

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.ports.stored import AgentVisit, LetterUse, PhoneBinding, RegisterEntry
from counter_app.storage.promises import letter_facts
from counter_app.storage.rows import Rows
from counter_app.storage.tables import AGENTS, LETTERS, PHONES


class RegisterRows(Rows):
    """The part of a unit that remembers what earlier cases leave behind."""

    def record_letter(self, use: LetterUse, now: datetime, by: str) -> None:
        """Note that a letter served a case."""
        self._put_letter(use, revoked=0)
        act = JournalAction.LETTER_USED
        self.journal(JournalEntry(now, by, act, use.case_id, letter_facts(use)))

    def letter_used(self, digest: str, letter_no: str | None) -> LetterUse | None:
        """Return the first use of a letter, found by digest or by number."""
        return self._letter(digest, letter_no, revoked=0)

    def release_letters(self, case_id: str) -> None:
        """Forget the letter, agent and number of a case that was voided before it left."""
        used = (LETTERS.c.case_id == case_id, LETTERS.c.revoked == 0)
        self._sql.execute(delete(LETTERS).where(*used))
        self._sql.execute(delete(AGENTS).where(AGENTS.c.case_id == case_id))
        self._sql.execute(delete(PHONES).where(PHONES.c.case_id == case_id))

    def revoke_letter(self, use: LetterUse, now: datetime, by: str) -> None:
        """Note that a letter was revoked."""
        self._put_letter(use, revoked=1)
        act = JournalAction.LETTER_REVOKED
        self.journal(JournalEntry(now, by, act, use.case_id, letter_facts(use)))

    def letter_revoked(self, digest: str, letter_no: str | None) -> date | None:
        """Return the day on which a letter was revoked, or None."""
        found = self._letter(digest, letter_no, revoked=1)
        return None if found is None else found.on

    def record_agent(self, visit: AgentVisit) -> None:
        """Note that an agent acted for a principal."""
        self._sql.execute(
            insert(AGENTS).values(
                agent=self._blind(visit.agent_id),
                principal=self._blind(visit.principal_id),
                merchant_no=visit.merchant_no,
                seen_on=visit.on,
                case_id=visit.case_id,
            )
        )

    def agent_principals(self, agent_id: str, since: date, besides: str = "") -> int:
        """Return for how many principals other than `besides` an agent acted since a day."""
        query = select(func.count(AGENTS.c.principal.distinct())).where(
            AGENTS.c.agent == self._blind(agent_id),
            AGENTS.c.seen_on >= since,
            AGENTS.c.principal != self._blind(besides),
        )
        return self._sql.execute(query).scalar_one()

    def agent_merchants(self, agent_id: str, on: date, besides: str = "") -> int:
        """Return for how many merchants other than `besides` an agent acted on a day."""
        query = select(func.count(AGENTS.c.merchant_no.distinct())).where(
            AGENTS.c.agent == self._blind(agent_id),
            AGENTS.c.seen_on == on,
            AGENTS.c.merchant_no != besides,
        )
        return self._sql.execute(query).scalar_one()

    def record_phone(self, binding: PhoneBinding) -> None:
        """Note that a number was accepted."""
        self._sql.execute(
            insert(PHONES).values(
                number=self._blind(binding.number),
                principal=self._blind(binding.principal_id),
                merchant_no=binding.merchant_no,
                seen_on=binding.on,
                case_id=binding.case_id,
            )
        )

    def phone_principals(self, number: str, besides: str = "") -> int:
        """Return for how many principals other than `besides` a number was accepted here."""
        query = select(func.count(PHONES.c.principal.distinct())).where(
            PHONES.c.number == self._blind(number), PHONES.c.principal != self._blind(besides)
        )
        return self._sql.execute(query).scalar_one()

    def phone_changed_on(self, merchant_no: str) -> date | None:
        """Return the last day on which a change for the merchant was accepted here."""
        query = select(func.max(PHONES.c.seen_on)).where(PHONES.c.merchant_no == merchant_no)
        return self._sql.execute(query).scalar()

    def registers_of(self, case_id: str) -> tuple[RegisterEntry, ...]:
        """Return what the registers remember of a case: letters, agents, then numbers."""
        found: list[RegisterEntry] = []
        for name, day, table in (
            ("letter", LETTERS.c.used_on, LETTERS),
            ("agent", AGENTS.c.seen_on, AGENTS),
            ("phone", PHONES.c.seen_on, PHONES),
        ):
            days = self._sql.execute(select(day).where(table.c.case_id == case_id).order_by(day))
            found.extend(RegisterEntry(name, on) for on in days.scalars())
        return tuple(found)

    def remembered_cases(self, number: str) -> tuple[str, ...]:
        """Return the cases whose agent, principal or phone has this number."""
        blind = self._blind(number)
        agents = select(AGENTS.c.case_id).where((AGENTS.c.agent == blind) | _is_of(AGENTS, blind))
        phones = select(PHONES.c.case_id).where((PHONES.c.number == blind) | _is_of(PHONES, blind))
        found = {*self._sql.execute(agents).scalars(), *self._sql.execute(phones).scalars()}
        return tuple(sorted(found - {""}))

    def _put_letter(self, use: LetterUse, *, revoked: int) -> None:
        self._sql.execute(
            insert(LETTERS).values(
                digest=use.digest,
                letter_no=use.letter_no,
                case_id=use.case_id,
                used_on=use.on,
                revoked=revoked,
            )
        )

    def _letter(self, digest: str, letter_no: str | None, *, revoked: int) -> LetterUse | None:
        same: list[ColumnElement[bool]] = [LETTERS.c.digest == digest]
        if letter_no:
            same.append(LETTERS.c.letter_no == letter_no)
        query = select(LETTERS).where(or_(*same), LETTERS.c.revoked == revoked)
        row = self._sql.execute(query.order_by(LETTERS.c.letter_id).limit(1)).one_or_none()
        if row is None:
            return None
        return LetterUse(row.digest, row.letter_no, row.case_id, row.used_on)


def _is_of(register: Table, blind: str) -> ColumnElement[bool]:
    return register.c.principal == blind
