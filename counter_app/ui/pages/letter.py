"""What does the letter say? The page on the left, the sixteen checks on the right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from counter_app.domain.checks import Finding
from counter_app.domain.delegation_letter import Letter, LetterKind
from counter_app.domain.draft import Draft
from counter_app.domain.reading import DocumentKind, Reading
from counter_app.domain.step import Step
from counter_app.flow.answers import LetterAnswer, NoLetterAnswer, SubstitutionAnswer
from counter_app.flow.events import Answered
from counter_app.services.letter_checks import LetterCheck, checked_facts
from counter_app.services.letter_proposal import blank_letter, identified, proposed_letter
from counter_app.ui.generated.ui_letter_page import Ui_LetterPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.letter_notary import of_kind
from counter_app.ui.pages.letter_pane import LetterPane
from counter_app.ui.pages.letter_row import LetterRow
from counter_app.ui.texts import finding_text, question
from counter_app.ui.texts_papers import letter_kind
from counter_app.ui.widgets.looks import set_look, set_text

NUMBERS_INSIDE = frozenset({LetterCheck.A1, LetterCheck.A2})
"""Checks whose entries show identity numbers in full; opening them is noted in the journal."""


class LetterPage(Page):
    """Shows what was read as a proposal until the clerk confirms it."""

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_LetterPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.LETTER))
        self._ui.signed_radio.setText(letter_kind(LetterKind.SIGNED))
        self._ui.notarised_radio.setText(letter_kind(LetterKind.NOTARISED))
        self._letter = blank_letter()
        self._confirmed: Letter | None = None
        self._view: StepView | None = None
        self._source: tuple[object, ...] = ()
        self._reading: Reading | None = None
        self._is_fresh = False
        self._second_tick = QCheckBox(self.tr("转委托书"), self)
        self._second_tick.setToolTip(self.tr("代办人把委托转给别人时的第二份委托书"))
        self._second_tick.clicked.connect(self._second_clicked)
        self._ui.layout_6.insertWidget(2, self._second_tick)
        self._pane = LetterPane(self._ui, kit, self)
        self._rows = {check: self._row(check) for check in LetterCheck}
        self._ui.signed_radio.clicked.connect(self._kind_clicked)
        self._ui.notarised_radio.clicked.connect(self._kind_clicked)
        self._ui.original_tick.clicked.connect(self._original_clicked)
        self._ui.confirm_button.clicked.connect(self._confirm)
        self._ui.missing_button.clicked.connect(self._missing)

    def show_view(self, view: StepView) -> None:
        """Show the confirmed letter, else what the camera proposes, else what was entered."""
        self._view = view
        self._take_over(view)
        self._pane.show_picture(self._letter.image or "", self._reading)
        self._show_letter(view)
        if self._is_fresh and self.isVisible():
            self._ui.confirm_button.setFocus()
        self._is_fresh = False

    def first_field(self) -> QWidget:
        """Return the confirmation where there is something to confirm, else the first fact."""
        if self._letter == self._confirmed or not self._letter.agents:
            return self._rows[LetterCheck.A1].header_button
        return self._ui.confirm_button

    def camera_kind(self) -> DocumentKind:
        """Return that a letter lies under the camera."""
        return DocumentKind.LETTER

    def _take_over(self, view: StepView) -> None:
        """Start from the newest source: another case, another picture, another confirmation."""
        draft, proposal = view.state.draft, view.state.proposal
        image = proposal.image if proposal is not None else ""
        self._offer_second(draft)
        stored = draft.substitution_letter if self._second_tick.isChecked() else draft.letter
        source = (draft.case_id, self._second_tick.isChecked(), stored, image)
        if source == self._source:
            return
        if source[:2] != self._source[:2]:
            self._letter, self._reading = blank_letter(), None
        self._source, self._confirmed = source, stored
        if proposal is not None and proposal.reading is not None:
            self._reading = proposal.reading
            self._letter = proposed_letter(proposal.reading, proposal.image)
            self._is_fresh = True
        elif proposal is not None:
            self._letter = replace(self._letter, image=image, digest=image)
        elif stored is not None:
            self._letter = stored

    def _offer_second(self, draft: Draft) -> None:
        """Offer the letter of a substitute once the first one was confirmed and allows it."""
        is_offered = draft.letter is not None and draft.letter.allows_substitution
        if not is_offered or self._source[:1] != (draft.case_id,):
            self._second_tick.setChecked(False)
        self._second_tick.setVisible(is_offered)
        self._ui.missing_button.setVisible(not self._second_tick.isChecked())

    def _show_letter(self, view: StepView) -> None:
        draft, letter = view.state.draft, self._letter
        is_confirmed = letter == self._confirmed
        self._ui.signed_radio.setChecked(letter.kind is LetterKind.SIGNED)
        self._ui.notarised_radio.setChecked(letter.kind is LetterKind.NOTARISED)
        self._ui.original_tick.setChecked(letter.is_original)
        for fact in checked_facts(draft, view.assessment.findings):
            row = self._rows[fact.check]
            row.show_fact(letter, fact.verdict, _reason(fact.finding))
            row.show_source("" if is_confirmed else "proposal")
        set_text(self._ui.status_label, self._status(is_missing=draft.is_letter_missing))
        set_look(self._ui.confirm_button, "role", "" if is_confirmed else "accent")
        self._ui.confirm_button.setEnabled(not is_confirmed)
        self._ui.missing_button.setChecked(draft.is_letter_missing)

    def _status(self, *, is_missing: bool) -> str:
        if is_missing:
            return self.tr("已记录：没有委托书")
        if self._letter == self._confirmed:
            return self.tr("✓ 已确认；改动后需再确认")
        if self._reading is not None:
            return self.tr("虚线为识别结果，请逐项核对后确认")
        return self.tr("逐项录入后确认")

    def _row(self, check: LetterCheck) -> LetterRow:
        row = LetterRow(check, self._ui.facts_area)
        row.opened.connect(self._opened)
        row.edited.connect(self._edited)
        self._ui.facts_layout.addWidget(row)
        return row

    def _opened(self, opened: LetterRow) -> None:
        for row in self._rows.values():
            if row is not opened:
                row.close_entries()
        opened.open_entries()
        self._ui.facts_scroll.ensureWidgetVisible(opened)
        self._pane.point_at(opened.check)
        if opened.check in NUMBERS_INSIDE:
            self.revealed.emit(f"letter.{opened.check.lower()}")

    def _edited(self, letter: Letter) -> None:
        self._letter = letter
        if self._view is not None:
            self._show_letter(self._view)

    def _kind_clicked(self) -> None:
        is_signed = self._ui.signed_radio.isChecked()
        self._edited(
            of_kind(self._letter, LetterKind.SIGNED if is_signed else LetterKind.NOTARISED)
        )

    def _original_clicked(self, is_original: bool) -> None:  # noqa: FBT001 - the signal's argument
        self._edited(replace(self._letter, is_original=is_original))

    def _confirm(self) -> None:
        letter = identified(self._letter)
        is_second = self._second_tick.isChecked()
        self.happened.emit(
            Answered(SubstitutionAnswer(letter) if is_second else LetterAnswer(letter))
        )

    def _second_clicked(self) -> None:
        if self._view is not None:
            self.show_view(self._view)

    def _missing(self) -> None:
        self.happened.emit(Answered(NoLetterAnswer()))


def _reason(finding: Finding | None) -> str:
    return "" if finding is None else finding_text(finding).title
