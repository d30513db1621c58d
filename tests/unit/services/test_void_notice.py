"""The notice of a voided case says the same, whenever it comes to be printed."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.case_state import CaseState
from counter_app.domain.paper import NoticeRecord, read_record
from counter_app.domain.paper_parts import PaperKind
from counter_app.ports.stop import never
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import Stage, build
from tests.unit.services.day_world import World, troupe, visit

WHY = "填错了号码"


def accepted(world: World) -> tuple[Stage, str]:
    file = visit("s01_principal_in_person")
    stage = build(file, replace(troupe(), new_store=lambda: world.store))
    player = Player(file, stage, stage.performer.life.start(file.counter.clerk))
    player.play()
    return stage, player.state.draft.case_id


def notice(world: World, case_id: str) -> NoticeRecord:
    with world.store.view() as unit:
        record = read_record(unit.paper(case_id, PaperKind.VOID_NOTICE.value).record)
    assert isinstance(record, NoticeRecord)
    return record


def test_a_notice_that_a_power_cut_prevented_says_why_the_case_is_void() -> None:
    told = []
    for is_cut in (False, True):
        world = World()
        stage, case_id = accepted(world)
        performer = stage.performer
        if is_cut:
            with world.store.begin() as unit:
                unit.void_messages(case_id, world.clock.now(), "c01")
                unit.set_state(case_id, CaseState.VOIDED, world.clock.now(), "c01", WHY)
            kinds = (PaperKind.VOID_NOTICE,)
            performer.papers.print_accepted(case_id, kinds, performer.rules(), never())
        else:
            performer.undoing.void(case_id, WHY, performer.rules(), never())
        record = notice(world, case_id)
        told.append((record.lines, record.paper_no, record.refers_to, record.signatures))
    assert told[0] == told[1]
    assert told[0][0][0].value == WHY
