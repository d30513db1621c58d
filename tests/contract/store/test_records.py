from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import Anchor, JournalAction, JournalDamage, JournalEntry
from counter_app.domain.submission import MessageState, MessageType, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import AgentVisit, LetterUse, PhoneBinding, Retention, StoredPaper
from tests.contract.store.builders import NOW, accepted, decision, draft, message, minutes, queued

DAY = date(2026, 11, 23)
RECEIPT = StoredPaper("case-1", "receipt", b'{"r":1}', b"%PDF sealed", NOW)
PRINCIPAL, AGENT = "110199199003070017", "110199198811020021"


def test_a_letter_is_found_by_digest_or_by_number(store: CaseStore) -> None:
    use = LetterUse("L-1", "2026-0042", "case-1", DAY)
    with store.begin() as unit:
        unit.record_letter(use, NOW, "c01")
        assert unit.letter_used("L-1", None) == use
        assert unit.letter_used("other", "2026-0042") == use
        assert unit.letter_used("other", None) is None
        assert unit.letter_used("other", "2026-0043") is None


def test_a_voided_case_leaves_nothing_in_the_registers(store: CaseStore) -> None:
    with store.begin() as unit:
        for case in ("case-1", "case-2"):
            unit.record_letter(LetterUse(f"L-{case}", None, case, DAY), NOW, "c01")
            unit.record_agent(AgentVisit(AGENT, f"principal of {case}", case, DAY, case))
            unit.record_phone(PhoneBinding("13900000002", case, f"merchant of {case}", DAY, case))
        unit.release_letters("case-1")
        assert unit.letter_used("L-case-1", None) is None
        assert unit.letter_used("L-case-2", None) is not None
        assert unit.agent_principals(AGENT, DAY) == 1
        assert unit.phone_principals("13900000002") == 1
        assert unit.phone_changed_on("merchant of case-1") is None
        assert unit.phone_changed_on("merchant of case-2") == DAY


def test_registers_are_forgotten_with_the_journal(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        unit.put_paper(RECEIPT, "c01")
        unit.put_paper(replace(RECEIPT, case_id="2026-11-23", kind="day_summary"), "c01")
        unit.record_letter(LetterUse("L-1", None, "case-1", DAY), NOW, "c01")
        unit.revoke_letter(LetterUse("L-2", None, "", DAY), NOW, "c01")
        unit.record_agent(AgentVisit(AGENT, PRINCIPAL, "m", DAY, "case-1"))
        unit.record_phone(PhoneBinding("13900000002", PRINCIPAL, "m", DAY, "case-1"))
        assert unit.purge_registers(Retention(), NOW + timedelta(days=89)) == 0
        assert unit.purge_registers(Retention(), NOW + timedelta(days=730)) == 1
        assert unit.purge_registers(Retention(), NOW + timedelta(days=731)) == 4
        assert unit.letter_used("L-1", None) is None
        assert unit.phone_changed_on("m") is None
        assert [one.kind for one in unit.paper_status("case-1")] == ["receipt"]


def test_a_revoked_letter_is_known_with_its_day(store: CaseStore) -> None:
    with store.begin() as unit:
        assert unit.letter_revoked("L-1", "1") is None
        unit.revoke_letter(LetterUse("L-1", "1", "", DAY), NOW, "c01")
        assert unit.letter_revoked("L-1", None) == DAY
        assert unit.letter_used("L-1", "1") is None


def test_an_agents_other_principals_are_counted_once_each(store: CaseStore) -> None:
    visits = [("p1", 1), ("p1", 5), ("p2", 80), ("p3", 100), (PRINCIPAL, 0)]
    with store.begin() as unit:
        for principal, age in visits:
            day = DAY - timedelta(days=age)
            unit.record_agent(AgentVisit(AGENT, principal, f"merchant of {principal}", day))
        since = DAY - timedelta(days=90)
        assert unit.agent_principals(AGENT, since, PRINCIPAL) == 2
        assert unit.agent_principals(AGENT, since) == 3
        assert unit.agent_principals("someone else", since) == 0
        assert unit.agent_merchants(AGENT, DAY) == 1
        assert unit.agent_merchants(AGENT, DAY, f"merchant of {PRINCIPAL}") == 0


def test_a_number_knows_for_whom_it_was_accepted(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.record_phone(PhoneBinding("13900000002", PRINCIPAL, "102110054990001", DAY))
        later = DAY + timedelta(days=3)
        unit.record_phone(PhoneBinding("13900000002", "p2", "102110054990001", later))
        assert unit.phone_principals("13900000002", PRINCIPAL) == 1
        assert unit.phone_principals("13900000001") == 0
        assert unit.phone_changed_on("102110054990001") == later
        assert unit.phone_changed_on("102110054990009") is None


def test_a_note_is_replaced_by_the_next_one(store: CaseStore) -> None:
    with store.begin() as unit:
        assert unit.recall("day") is None
        unit.remember("day", "opened")
        unit.remember("day", "closed")
        assert unit.recall("day") == "closed"


def test_a_sealed_paper_never_changes(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        digest = unit.put_paper(RECEIPT, "c01")
        assert digest == hashlib.sha256(RECEIPT.pdf).hexdigest()
        assert unit.put_paper(RECEIPT, "c01") == digest
        other = StoredPaper("case-1", "receipt", b"{}", b"%PDF other", NOW)
        with pytest.raises(CounterError) as caught:
            unit.put_paper(other, "c01")
        assert unit.paper("case-1", "receipt") == RECEIPT
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


def test_prints_are_counted_and_confirmed_by_the_clerk(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        unit.put_paper(RECEIPT, "c01")
        assert unit.note_print("case-1", "receipt", minutes(1), "c01") == 1
        assert unit.note_print("case-1", "receipt", minutes(2), "c02") == 2
        assert unit.paper_status("case-1")[0].confirmed_at is None
        unit.confirm_print("case-1", "receipt", minutes(3), "c02")
        unit.confirm_print("case-1", "receipt", minutes(9), "c02")
        (status,) = unit.paper_status("case-1")
        acts = [json.loads(row.record)["action"] for row in unit.case_journal("case-1")]
    assert (status.prints, status.printed_at, status.printed_by) == (2, minutes(2), "c02")
    assert status.confirmed_at == minutes(3)
    assert acts[2:] == ["SEALED", "PRINTED", "REPRINTED", "PRINT_CONFIRMED"]


def test_an_unknown_paper_is_named_so(store: CaseStore) -> None:
    with store.begin() as unit:
        for act in (
            lambda: unit.paper("case-1", "receipt"),
            lambda: unit.note_print("case-1", "receipt", NOW, "c01"),
            lambda: unit.confirm_print("case-1", "receipt", NOW, "c01"),
            lambda: unit.add_long_term("case-1", "receipt", b""),
        ):
            with pytest.raises(CounterError) as caught:
                act()
            assert caught.value.code is FailureCode.CASE_UNKNOWN


def test_validation_data_is_kept_beside_the_printed_bytes(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        unit.put_paper(RECEIPT, "c01")
        assert len(unit.papers_to_extend(10)) == 1
        unit.add_long_term("case-1", "receipt", b"%PDF sealed and more")
        assert unit.papers_to_extend(10) == ()
        paper = unit.paper("case-1", "receipt")
    assert (paper.pdf, paper.long_term_pdf) == (RECEIPT.pdf, b"%PDF sealed and more")


def test_every_row_says_who_when_where_and_names_the_row_before(store: CaseStore) -> None:
    with store.begin() as unit:
        first = unit.journal(JournalEntry(NOW, "c01", JournalAction.SIGNED_IN))
        facts = (("field", "phone"),)
        second = unit.journal(
            JournalEntry(minutes(1), "c01", JournalAction.REVEALED, "case-1", facts)
        )
        rows = list(unit.journal_rows())
        assert unit.journal_head() == second
        assert list(unit.journal_rows(after=1)) == rows[1:]
    said = json.loads(rows[1].record)
    assert rows[1].prev == first.hash == rows[0].hash
    assert said == {
        "seq": 2,
        "prev": first.hash,
        "at": "2026-11-23T02:01:00.000000+00:00",
        "day": "2026-11-23",
        "actor": "c01",
        "action": "REVEALED",
        "case": "case-1",
        "facts": {"field": "phone"},
        "branch": "110199",
        "counter": "01",
        "device": "test-machine",
        "app": "1.0",
        "clock": "local",
    }


def test_a_whole_journal_has_no_faults_and_a_missing_tail_shows(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        head = unit.journal_head()
        assert unit.verify_journal([head, Anchor(0, "0" * 64)]) == ()
        beyond = Anchor(head.seq + 2, "a" * 64)
        (fault,) = unit.verify_journal([beyond])
    assert (fault.seq, fault.damage) == (head.seq + 1, JournalDamage.CUT_TAIL)


def test_an_anchor_of_another_history_shows(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        (fault,) = unit.verify_journal([Anchor(1, "a" * 64)])
    assert (fault.seq, fault.damage) == (1, JournalDamage.ANCHOR_DIFFERS)


def test_a_case_is_never_forgotten_before_it_is_decided(store: CaseStore) -> None:
    queued(store)
    far = NOW + timedelta(days=400)
    for state in (MessageState.HELD, MessageState.FROZEN, MessageState.READY, MessageState.ACKED):
        with store.begin() as unit:
            unit.mark("m1", state, "", NOW)
            assert unit.due_for_purge(Retention(), far) == ()
            assert unit.purge_payloads(Retention(), far) == 0
            with pytest.raises(CounterError) as caught:
                unit.purge_case("case-1", 0, far)
        assert caught.value.facts == {"cause": "unsettled"}


def test_a_case_waits_for_the_last_of_its_messages(store: CaseStore) -> None:
    queued(store)
    far = NOW + timedelta(days=400)
    with store.begin() as unit:
        swap = message("m2", prev="m1", kind=MessageType.TERMINAL_SWAP)
        unit.add_message(swap)
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, NOW)
        assert unit.load("case-1").state is CaseState.APPLIED
        assert unit.due_for_purge(Retention(), far) == ()
        with pytest.raises(CounterError) as caught:
            unit.purge_case("case-1", 0, far)
        assert caught.value.facts == {"cause": "unsettled"}
        unit.store_decisions([decision(2, Verdict.REJECTED, "m2")], 2, NOW)
        assert unit.due_for_purge(Retention(), far) == ("case-1",)


def test_a_decided_case_is_forgotten_after_its_time_with_proof(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.put_paper(RECEIPT, "c01")
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, NOW)
    with store.begin() as unit:
        assert unit.due_for_purge(Retention(), NOW + timedelta(days=6, hours=23)) == ()
        later = NOW + timedelta(days=7)
        assert unit.due_for_purge(Retention(), later) == ("case-1",)
        unit.purge_case("case-1", 3, later)
        unit.purge_case("case-1", 3, later)
        assert unit.due_for_purge(Retention(), later) == ()
        case = unit.load("case-1")
        assert (case.draft, case.summary.customer, case.summary.merchant_name) == (b"", "", "")
        assert (case.purged_at, case.state) == (later, CaseState.APPLIED)
        assert case.acceptance_no is not None
        assert unit.paper_status("case-1") == ()
        purged = [json.loads(row.record) for row in unit.case_journal("case-1")][-1]
        assert unit.verify_journal() == ()
    assert purged["action"] == "PURGED"
    assert purged["facts"] == {
        "images": "3",
        "draft_sha256": hashlib.sha256(draft().draft).hexdigest(),
        "papers": hashlib.sha256(RECEIPT.pdf).hexdigest(),
    }


def test_the_signed_payload_outlives_the_case(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, NOW)
        assert unit.purge_payloads(Retention(), NOW + timedelta(days=34)) == 0
        assert unit.purge_payloads(Retention(), NOW + timedelta(days=35)) == 1
        assert unit.purge_payloads(Retention(), NOW + timedelta(days=36)) == 0
        assert unit.message("m1").message.payload == b""
        unit.set_office_epoch("first", NOW)
        assert unit.set_office_epoch("second", NOW) == 0


def test_a_refused_case_keeps_its_reason_for_ninety_days(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        unit.set_state("case-1", CaseState.REFUSED, NOW, "c01", "A11.used")
        assert unit.due_for_purge(Retention(), NOW + timedelta(days=89)) == ()
        assert unit.due_for_purge(Retention(), NOW + timedelta(days=90)) == ("case-1",)


def test_what_is_left_of_a_journal_still_verifies(store: CaseStore) -> None:
    with store.begin() as unit:
        for day in range(5):
            at = NOW + timedelta(days=365 * day)
            unit.journal(JournalEntry(at, "c01", JournalAction.DAY_OPENED))
        old_head = Anchor(1, next(unit.journal_rows()).hash)
        now = NOW + timedelta(days=365 * 4)
        assert unit.purge_journal(Retention(), now) == 2
        assert unit.purge_journal(Retention(), now) == 0
        assert [row.seq for row in unit.journal_rows()] == [3, 4, 5, 6]
        assert unit.verify_journal([old_head, unit.journal_head()]) == ()
        assert unit.journal(JournalEntry(now, "c01", JournalAction.DAY_CLOSED)).seq == 7
