"""The inbox, the parked list and the customer's screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import Consent, NewNumber
from counter_app.domain.step import Step
from counter_app.domain.submission import (
    Decision,
    MessageState,
    MessageType,
    OutboxMessage,
    Verdict,
)
from counter_app.flow.answers import ConsentAnswer
from counter_app.flow.events import Answered, CodeTyped
from counter_app.flow.state import CodeExchange
from counter_app.ports.stored import CaseFilter, CaseSummary, QueuedMessage, StoredCase
from counter_app.services.post_review import DOUBTFUL_NOTE
from counter_app.ui.customer import CustomerScene, CustomerWindow, RotatedPreview, scene_of
from counter_app.ui.inbox import InboxView
from counter_app.ui.inbox_items import InboxAction, read_inbox
from counter_app.ui.page import PageKit
from counter_app.ui.parked import ParkedView, read_unfinished
from counter_app.wire.answers import ProblemKind
from counter_app.words.refusals import refusal_words
from tests.ui.fake_parts import MemoryStore, MemoryUnit
from tests.ui.page_states import NEW, page_kit, texts, view_of, whole
from tests.ui.people import NOW

if TYPE_CHECKING:
    from counter_app.ports.store import CaseStore


def stored(case_id: str, state: CaseState, hours: int, **changes: object) -> StoredCase:
    """A case of a list."""
    at = NOW - timedelta(hours=hours)
    summary = CaseSummary("102110054990001", f"样本店{case_id}", "N500W00012345", "样本甲")
    case = StoredCase(case_id, state, "letter", b"", "c01", summary, at, at, date(2026, 11, 23))
    return replace(case, **changes)  # type: ignore[arg-type] # by name


@dataclass
class InboxUnit(MemoryUnit):
    """A unit that knows answers, held messages and what customers were told."""

    held: tuple[QueuedMessage, ...] = ()
    told: dict[str, str] = field(default_factory=dict)
    due: dict[str, datetime] = field(default_factory=dict)
    until: date = date(2026, 11, 30)
    everything: dict[str, StoredCase] = field(default_factory=dict)

    def cases(self, which: CaseFilter) -> tuple[StoredCase, ...]:
        return tuple(case for case in self.everything.values() if case.state in which.states)

    def load(self, case_id: str) -> StoredCase:
        return self.everything[case_id]

    def waiting(self) -> tuple[QueuedMessage, ...]:
        return self.held

    def decisions(self, case_id: str) -> tuple[Decision, ...]:
        channels = (("unionpay", "done"), ("alipay", "pending"), ("wechat", "failed"))
        match self.everything[case_id].state:
            case CaseState.REJECTED:
                words = ("申请信息不匹配", "请核对后重新提交")
                return (Decision(1, "m1", case_id, Verdict.REJECTED, "E1", *words, (), NOW),)
            case CaseState.NEED_MORE:
                words = ("反光", "")
                wanted, until = ("letter", "auto"), self.until
                verdict = Verdict.NEED_MORE
                return (
                    Decision(1, "m1", case_id, verdict, "UNCLEAR", *words, (), NOW, wanted, until),
                )
            case CaseState.APPLIED:
                return (Decision(1, "m1", case_id, Verdict.APPLIED, "", "", "", channels, NOW),)
            case _:
                return ()

    def messages(self, case_id: str) -> tuple[QueuedMessage, ...]:
        return (stuck(case_id, MessageState.DECIDED, ""),)

    def release_held(self) -> int:
        before = self.held
        self.held = tuple(one for one in before if one.state is not MessageState.HELD)
        return len(before) - len(self.held)

    def postpone(self, message_id: str, until: datetime, reason: str) -> None:
        self.due[message_id] = until

    def remember(self, name: str, value: str) -> None:
        self.told[name] = value

    def recall(self, name: str) -> str | None:
        return self.told.get(name)


@dataclass
class LeftOpen(MemoryUnit):
    """A unit after a power cut."""

    left_open: tuple[StoredCase, ...] = ()

    def open_cases(self) -> tuple[StoredCase, ...]:
        return self.left_open


def stuck(case_id: str, state: MessageState, reason: str) -> QueuedMessage:
    """A message of the queue, five hours old."""
    at = NOW - timedelta(hours=5)
    message = OutboxMessage(
        "m1", case_id, "r", MessageType.PHONE_REBIND, "l", None, b"", "0" * 64, (), at
    )
    return QueuedMessage(message, state, reason)


@pytest.fixture
def unit() -> InboxUnit:
    cases = (
        stored("A", CaseState.REJECTED, 30),
        stored("B", CaseState.ACCEPTED_UNPRINTED, 3),
        stored("C", CaseState.QUEUED, 5),
        stored("D", CaseState.APPLIED, 1),
    )
    return InboxUnit(
        held=(stuck("C", MessageState.FROZEN, "too-large"),),
        everything={case.case_id: case for case in cases},
    )


@pytest.fixture
def kit(qtbot: QtBot, unit: InboxUnit) -> Iterator[PageKit]:
    with page_kit(store=MemoryStore(unit)) as made:
        yield made


def test_the_inbox_lists_what_waits_longest_first(unit: InboxUnit) -> None:
    items = read_inbox(MemoryStore(unit))  # type: ignore[arg-type] # the part that is asked for
    assert [(item.case.case_id, item.action) for item in items] == [
        ("A", InboxAction.TELL),
        ("C", InboxAction.CORRECT),
        ("B", InboxAction.PRINT),
        ("D", InboxAction.TELL),
    ]
    assert [item.is_late(NOW) for item in items] == [True, False, False, False]


def test_a_case_in_doubt_is_listed_with_its_reason(
    qtbot: QtBot, kit: PageKit, unit: InboxUnit
) -> None:
    unit.everything = {"C": stored("C", CaseState.QUEUED, 5), "D": stored("D", CaseState.VOIDED, 1)}
    unit.held = ()
    unit.told[DOUBTFUL_NOTE] = "C:picture_unclear:s01 D:fields_differ:s01"
    view = shown(qtbot, kit, 1)
    words = texts(view)
    for part in ("事后存疑", "影像不清或缺失。请打开作废或撤回", "打开处理"):
        assert part in words
    opened: list[str] = []
    view.opened.connect(opened.append)
    qtbot.keyClick(view.first_field(), Qt.Key.Key_Space)
    assert opened == ["C"]


def test_a_told_customer_leaves_the_inbox_until_the_state_changes(
    qtbot: QtBot, kit: PageKit, unit: InboxUnit
) -> None:
    view = InboxView(kit)
    qtbot.addWidget(view)
    view.show()
    view.refresh()
    qtbot.waitUntil(lambda: len(view._rows) == 4, timeout=3000)
    words = texts(view)
    for part in ("申请信息不匹配", "请核对后重新提交", "无法上送", "共 4 件，超过一天 1 件"):
        assert part in words
    assert "样本甲" not in words
    qtbot.keyClick(view.first_field(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(view._rows) == 3, timeout=3000)
    unit.everything["A"] = stored("A", CaseState.NEED_MORE, 0)
    view.refresh()
    qtbot.waitUntil(lambda: len(view._rows) == 4, timeout=3000)


def shown(qtbot: QtBot, kit: PageKit, rows: int) -> InboxView:
    """The inbox with so many lines."""
    view = InboxView(kit)
    qtbot.addWidget(view)
    view.show()
    view.refresh()
    qtbot.waitUntil(lambda: len(view._rows) == rows, timeout=3000)
    return view


def test_what_is_wanted_stays_until_it_was_added_even_when_the_customer_was_told(
    qtbot: QtBot, kit: PageKit, unit: InboxUnit
) -> None:
    unit.everything = {"A": stored("A", CaseState.NEED_MORE, 1)}
    unit.held = ()
    unit.told["told.A"] = CaseState.NEED_MORE.value
    view = shown(qtbot, kit, 1)
    words = texts(view)
    for part in (
        "资料不清晰",
        "反光",
        "授权委托书、其他材料",
        "请于 2026-11-30 前补交",
        "补交材料",
    ):
        assert part in words
    opened: list[str] = []
    view.opened.connect(opened.append)
    qtbot.keyClick(view.first_field(), Qt.Key.Key_Space)
    assert opened == ["A"]


def test_a_day_for_documents_that_has_passed_is_late(unit: InboxUnit) -> None:
    unit.everything = {"A": stored("A", CaseState.NEED_MORE, 1)}
    unit.held, unit.until = (), date(2026, 11, 22)
    (item,) = read_inbox(MemoryStore(unit))  # type: ignore[arg-type] # the part that is asked for
    assert item.is_late(NOW)


def test_every_channel_is_told(qtbot: QtBot, kit: PageKit, unit: InboxUnit) -> None:
    unit.everything, unit.held = {"D": stored("D", CaseState.APPLIED, 1)}, ()
    view = shown(qtbot, kit, 1)
    assert "银联 已更新 · 支付宝 待处理 · 微信 失败" in texts(view)


@pytest.mark.parametrize(
    "reason", [*(kind.value for kind in ProblemKind), "predecessor-missing-loop", "OFFICE_LOGIN"]
)
def test_whatever_cannot_be_sent_has_its_reason_and_one_thing_to_do(
    qtbot: QtBot, kit: PageKit, unit: InboxUnit, reason: str
) -> None:
    unit.everything = {"C": stored("C", CaseState.SENT, 5)}
    unit.held = (stuck("C", MessageState.FROZEN, reason),)
    view = shown(qtbot, kit, 1)
    words, told = texts(view), refusal_words(reason)
    assert "无法上送" in words
    assert f"{told.title}（{reason}）" in words
    assert told.advice in words
    assert told != refusal_words("nobody knows this")
    assert view._rows[0].button.text() == "打开更正"


def test_what_is_held_can_be_tried_again(qtbot: QtBot, kit: PageKit, unit: InboxUnit) -> None:
    unit.everything = {"C": stored("C", CaseState.QUEUED, 5)}
    unit.held = (stuck("C", MessageState.HELD, "OFFICE_CLOCK"),)
    view = shown(qtbot, kit, 1)
    qtbot.keyClick(view.first_field(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(view._rows) == 0, timeout=3000)


def test_trying_again_makes_a_later_try_due_now_and_wakes_the_sender(
    qtbot: QtBot, unit: InboxUnit
) -> None:
    woken: list[bool] = []
    unit.everything = {"C": stored("C", CaseState.QUEUED, 5)}
    later = stuck("C", MessageState.READY, "OFFICE_REFUSED")
    unit.held = (replace(later, retry_at=NOW + timedelta(minutes=5)),)
    with page_kit(store=MemoryStore(unit), wake_sender=lambda: woken.append(True)) as kit:
        view = shown(qtbot, kit, 1)
        qtbot.keyClick(view.first_field(), Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: bool(woken), timeout=3000)
        assert unit.due == {"m1": kit.parts.clock.now()}


def test_what_was_made_anew_is_not_shown_as_stuck(unit: InboxUnit) -> None:
    unit.everything = {"C": stored("C", CaseState.SUPERSEDED, 5)}
    assert read_inbox(MemoryStore(unit)) == ()  # type: ignore[arg-type] # as above


def test_an_unprinted_case_is_opened_from_the_inbox(qtbot: QtBot, kit: PageKit) -> None:
    view = InboxView(kit)
    qtbot.addWidget(view)
    view.show()
    opened: list[str] = []
    view.opened.connect(opened.append)
    view.refresh()
    qtbot.waitUntil(lambda: len(view._rows) == 4, timeout=3000)
    qtbot.keyClick(view._rows[2].button, Qt.Key.Key_Space)
    assert opened == ["B"]


def test_an_empty_inbox_says_so(qtbot: QtBot) -> None:
    with page_kit(store=MemoryStore(InboxUnit())) as kit:
        view = InboxView(kit)
        qtbot.addWidget(view)
        view.show()
        view.show_items(())
        assert "没有等待处理的答复" in texts(view)


def test_parked_cases_are_found_by_typing_and_taken_up(qtbot: QtBot, kit: PageKit) -> None:
    view = ParkedView(kit)
    qtbot.addWidget(view)
    view.show()
    resumed: list[str] = []
    view.resumed.connect(resumed.append)
    first = stored("A", CaseState.PARKED, 1, reason="去取执照", remind_at=NOW)
    view.show_cases((first, stored("B", CaseState.PARKED, 5)))
    words = texts(view)
    for part in ("去取执照", "到提醒时间", "经办 c01", "停在“授权委托书”", "共 2 件"):
        assert part in words
    qtbot.keyClicks(view._ui.filter_edit, "b")
    assert len(view._rows) == 1
    qtbot.keyClick(view._rows[0].button, Qt.Key.Key_Space)
    assert resumed == ["B"]
    qtbot.keyClicks(view._ui.filter_edit, "xyz")
    assert "没有找到" in texts(view)


def test_tab_and_enter_go_from_the_search_through_the_cases_to_the_way_back(
    qtbot: QtBot, kit: PageKit
) -> None:
    view = ParkedView(kit)
    qtbot.addWidget(view)
    view.show()
    view.show_cases((stored("A", CaseState.PARKED, 1), stored("B", CaseState.PARKED, 5)))
    qtbot.waitUntil(view._rows[1].button.isVisible)
    view._ui.filter_edit.setFocus()
    passed = []
    for _ in range(3):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        passed.append(view.focusWidget())
    assert passed == [*(row.button for row in view._rows), view._ui.close_button]
    view._ui.filter_edit.setFocus()
    qtbot.keyClick(view._ui.filter_edit, Qt.Key.Key_Return)
    assert view.focusWidget() is view._rows[0].button


def test_what_a_power_cut_left_open_is_in_the_list_but_not_the_case_on_the_screen() -> None:
    left = stored("A", CaseState.DRAFT, 1)
    here = stored("B", CaseState.DRAFT, 2)
    put_aside = stored("C", CaseState.PARKED, 3)
    store = MemoryStore(LeftOpen(parked_cases=(put_aside,), left_open=(left, here)))
    assert read_unfinished(cast("CaseStore", store)) == (left, here, put_aside)
    assert read_unfinished(cast("CaseStore", store), "B") == (left, put_aside)


# --- the customer's screen ----------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> CustomerWindow:
    made = CustomerWindow("南山服务中心")
    qtbot.addWidget(made)
    made.show()
    return made


def coding() -> object:
    """A visit whose code is under way."""
    draft = whole(new_number=NewNumber(NEW, NEW))
    return view_of(Step.NEW_NUMBER, draft, code=CodeExchange("m", NOW))


def test_the_customer_sees_only_the_steps_that_concern_him() -> None:
    assert scene_of(None) is CustomerScene.BLANK
    assert scene_of(view_of(Step.TERMINAL, whole())) is CustomerScene.BLANK
    assert scene_of(view_of(Step.LETTER, whole())) is CustomerScene.NOTICE
    assert scene_of(view_of(Step.CONFIRM, whole())) is CustomerScene.CHANGE
    assert scene_of(coding()) is CustomerScene.CODE  # type: ignore[arg-type] # a view


def test_nothing_of_a_customer_is_left_for_the_next(window: CustomerWindow) -> None:
    window.show_view(view_of(Step.CONFIRM, whole()))
    assert "139 0000 0002" in texts(window)
    window.show_view(None)
    words = texts(window)
    assert "0002" not in words
    assert "0018" not in words
    assert "南山服务中心" in words


def test_the_customer_agrees_on_his_own_screen(qtbot: QtBot, window: CustomerWindow) -> None:
    said: list[object] = []
    window.happened.connect(said.append)
    window.show_view(view_of(Step.CONFIRM, whole(consents=None)))
    qtbot.keyClick(window._ui.notice_tick, Qt.Key.Key_Space)
    assert said == [Answered(ConsentAnswer(frozenset({Consent.NOTICE})))]
    window.show_view(view_of(Step.ACCEPT, whole()))
    assert not window._ui.notice_tick.isEnabled()


def test_the_code_is_typed_on_the_pad_and_never_shown(qtbot: QtBot, window: CustomerWindow) -> None:
    said: list[object] = []
    window.happened.connect(said.append)
    window.show_view(coding())  # type: ignore[arg-type] # a view
    for key in ("1", "9", "退格", "2", "3", "4", "5"):
        qtbot.mouseClick(window.pad.keys[key], Qt.MouseButton.LeftButton)
    assert window._ui.code_label.text().count("●") == 5
    qtbot.mouseClick(window.pad.keys["6"], Qt.MouseButton.LeftButton)
    assert said == [CodeTyped("123456")]
    assert "●" not in window._ui.code_label.text()


def test_a_turned_screen_shows_the_same_upside_down(qtbot: QtBot) -> None:
    window = CustomerWindow("南山服务中心")
    preview = RotatedPreview(window)
    qtbot.addWidget(preview)
    preview.resize(800, 600)
    preview.show()
    assert preview._proxy.rotation() == 180
