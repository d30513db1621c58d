"""When the receipt cannot be printed, the number still reaches the customer; drafts are drawn."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pytest

from counter_app.domain.coverage import STANDARD, Coverage
from counter_app.domain.paper import NoticeRecord, PaperRecord, ReceiptRecord
from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.steps import Step
from counter_app.ports.paper import PrinterHealth
from counter_app.rehearsal.doubles import RecordMaker
from counter_app.services.papers import Papers
from tests.unit.flow.visits import Visit, at

BY = "c01"


@dataclass
class CountingStrips:
    """A thermal printer that may be out of paper."""

    is_empty: bool = False
    printed: list[bytes] = field(default_factory=list)

    def print_strip(self, png: bytes) -> None:
        if self.is_empty:
            raise CounterError(FailureCode.PRINTER_OUT_OF_PAPER)
        self.printed.append(png)

    def health(self) -> PrinterHealth:
        return PrinterHealth("strip", None)


@dataclass
class WatchingMaker(RecordMaker):
    """Remembers what it drew."""

    seen: list[PaperRecord] = field(default_factory=list)
    covers: Coverage = STANDARD
    fails: FailureCode | None = None

    def coverage(self) -> Coverage:
        return self.covers

    def strip(self, record: PaperRecord) -> bytes:
        self.seen.append(record)
        return b"strip"

    def preview(self, record: PaperRecord, width_px: int) -> tuple[bytes, ...]:
        if self.fails is not None:
            raise CounterError(self.fails)
        assert isinstance(record, ReceiptRecord)
        self.seen.append(record)
        return (b"customer's", b"branch's")


def papers(visit: Visit, **changes: object) -> Papers:
    return replace(visit.stage.performer.papers, **changes)  # type: ignore[arg-type]


def slips(visit: Visit) -> list[str]:
    with visit.stage.store.view() as unit:
        rows = [json.loads(row.record) for row in unit.case_journal(visit.state.draft.case_id)]
    return [row["facts"]["slip"] for row in rows if row["action"] == "NO_PAPER"]


def give(visit: Visit, desk: Papers) -> None:
    desk.confirm(visit.state.draft.case_id, (PaperKind.NUMBER_SLIP,), BY)


def test_without_a_thermal_printer_the_number_is_written_by_hand() -> None:
    visit = at(Step.PRINT)
    give(visit, papers(visit))
    assert slips(visit) == ["hand"]


def test_the_strip_says_what_the_receipt_says() -> None:
    visit, strips, maker = at(Step.PRINT), CountingStrips(), WatchingMaker()
    give(visit, papers(visit, strips=strips, maker=maker))
    assert strips.printed == [b"strip"]
    assert slips(visit) == ["strip"]
    (record,) = maker.seen
    assert isinstance(record, ReceiptRecord)
    assert record.number == visit.state.acceptance_no


def test_before_there_is_a_receipt_the_strip_gives_the_number() -> None:
    visit, maker = at(Step.ACCEPT), WatchingMaker()
    visit.is_holding = True
    visit.go_on()
    visit.release(0)
    desk = papers(visit, strips=CountingStrips(), maker=maker)
    give(visit, desk)
    (record,) = maker.seen
    assert isinstance(record, NoticeRecord)
    assert (record.paper, record.number) == (PaperKind.NUMBER_SLIP, visit.state.acceptance_no)


def test_an_empty_thermal_printer_leaves_the_hand() -> None:
    visit = at(Step.PRINT)
    give(visit, papers(visit, strips=CountingStrips(is_empty=True), maker=WatchingMaker()))
    assert slips(visit) == ["hand"]


@pytest.mark.parametrize("covers", [STANDARD, Coverage(((0x20, 0x7E),))])
def test_the_customer_sees_one_copy_of_the_draft(covers: Coverage) -> None:
    visit, maker = at(Step.CONFIRM), WatchingMaker(covers=covers)
    desk = papers(visit, maker=maker)
    pages = desk.draft_pictures(visit.state.draft, visit.stage.desk, 600)
    assert pages == (b"customer's",)
    assert maker.seen[0].number == ""
    assert isinstance(maker.seen[0], ReceiptRecord)
    assert maker.seen[0].by_image is (covers is not STANDARD)


def test_a_draft_that_cannot_be_drawn_says_why() -> None:
    visit = at(Step.CONFIRM)
    desk = papers(visit, maker=WatchingMaker(fails=FailureCode.FONT_MISSING))
    with pytest.raises(CounterError) as caught:
        desk.draft_pictures(visit.state.draft, visit.stage.desk, 600)
    assert caught.value.code is FailureCode.FONT_MISSING
