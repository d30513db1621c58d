"""The day page and what is reached from it, drawn for the gallery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.bootstrap.subject import StoredSubjects
from counter_app.devices.card.simulator.passport_data import demo_photo
from counter_app.domain.account import Account
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.ports.stored import Retention
from counter_app.ports.vault import ImageRef
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import build
from counter_app.services.case_life import CaseLife
from counter_app.services.post_review import PostDoubt, PostReview, PostVerdict
from counter_app.ui.navigator import wear
from counter_app.ui.window import Window
from tests.ui.fake_parts import MemoryVault, make_parts
from tests.ui.people import PASSWORD, desk
from tests.unit.services.day_world import (
    AUDITOR,
    CLERK,
    MANAGER,
    NEXT_CLERK,
    REVIEWER,
    World,
    troupe,
    visit,
)

PERSON = "110199199003070017"
FRONT, BACK = "a" * 64, "b" * 64


@dataclass
class Staff:
    """One password for everybody."""

    people: tuple[Account, ...] = (CLERK, NEXT_CLERK, REVIEWER, MANAGER, AUDITOR)
    asked: list[str] = field(default_factory=list)

    def step_up(self, account_id: str, password: str, now: datetime) -> Authorisation:
        """Let a person in who has the password."""
        self.asked.append(account_id)
        found = next((item for item in self.people if item.account_id == account_id), None)
        if found is None or password != PASSWORD:
            raise CounterError(FailureCode.SIGN_IN_REFUSED, left=2)
        return Authorisation(found, now)


def drawn(world: World) -> str:
    """Accept a case that is drawn for a look afterwards; returns its id."""
    file = visit("s01_principal_in_person", world.turn)
    world.turn += 1
    packs = tuple(replace(pack, sampling_percent=100) for pack in troupe().packs)
    stage = build(file, replace(troupe(), packs=packs, new_store=lambda: world.store))
    player = Player(file, stage, stage.performer.life.start(CLERK.account_id))
    player.play()
    return player.state.draft.case_id


def window_of(world: World, case_id: str) -> Window:
    """The window of a counter whose cases have been drawn."""
    now = world.clock.now()
    kinds = ((FRONT, "resident-id-front"), (BACK, "resident-id-back"))
    images = tuple(ImageRef(sha256, 1, kind, case_id, now) for sha256, kind in kinds)
    vault = MemoryVault({FRONT: demo_photo(), BACK: demo_photo(20)}, images)
    parts = make_parts(
        day=world.day,
        store=world.store,
        vault=vault,
        clock=world.clock,
        accounts=Staff(),
        visits=CaseLife(world.store, vault, world.clock, lambda: ""),
        make_desk=lambda: replace(desk(now), packs=troupe().packs),
        post_review=PostReview(world.store, world.clock),
        subjects=StoredSubjects(world.store, vault, world.clock, Retention(), bytes),
    )
    return Window(parts)


def settle(is_ready: Callable[[], bool]) -> None:
    """Let the lanes answer."""
    for _ in range(400):
        QTest.qWait(5)
        if is_ready():
            return


def shoot(window: Window, folder: Path, name: str) -> None:
    """Save what the window shows now."""
    for _ in range(4):
        QApplication.processEvents()
    window.grab().save(str(folder / f"{name}.png"))


def day_screens(folder: Path, *, is_elder: bool) -> None:
    """Draw the day page and the pages behind it."""
    world = World()
    doubtful, case_id = drawn(world), drawn(world)
    world.play("s25_parked")
    looks = PostReview(world.store, world.clock)
    looks.judge(doubtful, world.proof(REVIEWER), PostVerdict.DOUBTFUL, PostDoubt.FIELDS_DIFFER)
    window = window_of(world, case_id)
    window.show()
    window._signed_in(CLERK)
    settle(lambda: "DAY_OPENED" in world.acts())
    wear(is_elder=is_elder)
    window._day.open()
    settle(lambda: window._screens.day._ui.totals_grid.count() > 0)
    settle(lambda: window._screens.day._ui.check_layout.count() > 0)
    shoot(window, folder, "06_day")
    window._press("F7")
    page = window._screens.post_review
    settle(lambda: page.list._ui.rows_layout.count() > 0)
    shoot(window, folder, "07_post_review_list")
    page.list.signed.emit(REVIEWER.account_id, PASSWORD)
    settle(lambda: page.sheet.isVisible() and page.sheet._pictures.is_drawn())
    shoot(window, folder, "07_post_review_first")
    QTest.keyClicks(page.sheet._ui.decision_choice, "2")
    QTest.keyClick(page.sheet._ui.reason_combo, Qt.Key.Key_Down)
    page.sheet.box.ask_password()
    shoot(window, folder, "07_post_review_doubtful")
    window._press("Esc")
    window._press("F4")
    subject = window._screens.subject
    for name, text in (("account", "m01"), ("password", PASSWORD), ("who", PERSON)):
        getattr(subject._ui, f"{name}_field").show_text(text)
    subject._ui.find_button.click()
    settle(lambda: bool(subject._rows))
    subject._rows[0].button.click()
    shoot(window, folder, "08_subject")
    window.close()
