"""The look afterwards (事后复核; F7 on the day page): sign in, then one case after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.ports.stored import StoredCase
from counter_app.ports.vault import ImageRef
from counter_app.services.post_review import DoubtfulCase, assessed_then
from counter_app.ui.page import PageKit, StepView
from counter_app.ui.post_review_box import Judgement
from counter_app.ui.post_review_list import PostReviewList
from counter_app.ui.post_review_sheet import Look, PostReviewSheet
from counter_app.ui.sign_in import refusal_text
from counter_app.ui.texts_papers import picture_name
from counter_app.ui.widgets.picture_browser import NamedPicture

Listed = tuple[tuple[StoredCase, ...], tuple[DoubtfulCase, ...]]


class PostReviewView(QWidget):
    """Holds the proof of who looks, only while it is seen.

    Signals:
        revealed: Case id, who looked and the name of the value that was shown in full.
    """

    revealed = Signal(str, str, str)

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._proof: Authorisation | None = None
        self._queue: tuple[StoredCase, ...] = ()
        self._done = 0
        self.list = PostReviewList()
        self.sheet = PostReviewSheet(kit)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.sheet)
        self.list.signed.connect(self._sign_in)
        self.sheet.judged.connect(self._judge)
        self.sheet.revealed.connect(self._reveal)

    def open(self) -> None:
        """Show what waits; nobody is signed in to it yet."""
        self._forget()
        self._list("", "")

    def first_field(self) -> QWidget:
        """Return the field to type in."""
        return self.list.first_field()

    def reveal_key(self) -> None:
        """Show the values of the case in full for a moment."""
        if self._stack.currentWidget() is self.sheet:
            self.sheet.reveal_key()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Forget who looked, and the case, as soon as something else is seen."""
        super().hideEvent(event)
        self._forget()

    def _forget(self) -> None:
        self._proof, self._queue, self._done = None, (), 0
        self.list.forget()
        self.sheet.forget()
        self._stack.setCurrentWidget(self.list)

    def _list(self, told: str, tone: str) -> None:
        looks = self._kit.parts.post_review
        if looks is None:
            return

        def show(listed: Listed) -> None:
            self.list.show_cases(*listed, self._kit.parts.clock.now())
            self.list.say(told, tone)

        self._kit.lanes.storage.run(lambda: (looks.waiting(), looks.doubtful()), show, self._fail)

    def _sign_in(self, account_id: str, password: str) -> None:
        parts = self._kit.parts
        looks = parts.post_review
        if looks is None:
            return

        def work() -> tuple[Authorisation, tuple[StoredCase, ...]]:
            proof = parts.accounts.step_up(account_id, password, parts.clock.now())
            return proof, looks.waiting_for(proof)

        self._kit.lanes.storage.run(work, self._begin, self._fail)

    def _begin(self, answer: tuple[Authorisation, tuple[StoredCase, ...]]) -> None:
        if not self.isVisible():
            return
        self._proof, self._queue = answer
        self._done = 0
        self.list.forget()
        if not self._queue:
            self.list.say(self.tr("没有您可以看的：自己经办的须由别人看"), "caution")
            return
        self._show_next()

    def _show_next(self) -> None:
        proof = self._proof
        if proof is None:
            return
        if self._done == len(self._queue):
            told = self.tr("看完了 %1 件").replace("%1", str(self._done))
            self._forget()
            self._list(told, "good")
            self.list.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        case, place = self._queue[self._done], (self._done + 1, len(self._queue))
        self._kit.lanes.storage.run(
            lambda: look_at(self._kit, case, proof, place), self._show, self._fail
        )

    def _show(self, look: Look) -> None:
        if self._proof is None:
            return
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.show_look(look)
        self.sheet.enter()

    def _judge(self, judgement: Judgement) -> None:
        parts, proof = self._kit.parts, self._proof
        looks = parts.post_review
        if looks is None or proof is None:
            return
        case_id = self._queue[self._done].case_id

        def work() -> Authorisation:
            now, who = parts.clock.now(), proof.account.account_id
            used = proof
            if judgement.password:
                used = parts.accounts.step_up(who, judgement.password, now)
            looks.judge(case_id, used, judgement.verdict, judgement.doubt)
            return used

        self._kit.lanes.storage.run(work, self._judged, self._refused)

    def _judged(self, proof: Authorisation) -> None:
        if self._proof is None:
            return
        self._proof = proof
        self._done += 1
        self._show_next()

    def _refused(self, error: CounterError) -> None:
        is_stale = error.code is FailureCode.SECOND_PERSON and error.facts.get("cause") == "stale"
        if is_stale:
            self.sheet.box.ask_password()
            return
        self.sheet.box.say(refusal_text(error))

    def _reveal(self, name: str) -> None:
        if self._proof is not None:
            who = self._proof.account.account_id
            self.revealed.emit(self._queue[self._done].case_id, who, name)

    def _fail(self, error: CounterError) -> None:
        self.list.say(refusal_text(error), "stop")
        self._stack.setCurrentWidget(self.list)


def look_at(kit: PageKit, case: StoredCase, proof: Authorisation, place: tuple[int, int]) -> Look:
    """Read a case as it was accepted; called on the storage lane.

    Raises:
        CounterError: RULES_MISSING, STORE_CORRUPT.
    """
    if case.purged_at is not None:
        return Look(case, None, (), place)
    parts = kit.parts
    state, images = parts.visits.load(case.case_id), parts.vault.images(case.case_id)
    desk = parts.make_desk()
    at = case.accepted_at or case.changed_at
    view = StepView(
        state=state,
        assessment=assessed_then(state.draft, desk, at),
        rules=desk.rules_for(state.draft),
        needs=(),
        facts=replace(desk.facts, now=at),
        viewer_roles=proof.account.roles,
        may_go_on=False,
    )
    return Look(case, view, tuple(_named(images)), place)


def _named(images: tuple[ImageRef, ...]) -> Iterator[NamedPicture]:
    for image in images:
        name = picture_name(image.kind)
        if name:
            yield NamedPicture(image.sha256, name)
