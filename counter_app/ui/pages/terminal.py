"""Which terminal? Scanned, typed, or read from its label by the camera."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.draft import Draft, Lookup
from counter_app.domain.merchant import MerchantRecord
from counter_app.domain.reading import DocumentKind, FieldName
from counter_app.flow.events import MerchantPicked, TerminalEntered
from counter_app.flow.outcomes import PictureRead
from counter_app.flow.steps import Step
from counter_app.ui.generated.ui_terminal_page import Ui_TerminalPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.terminal_words import STATUS_TONES, merchant_facts, terminal_choices
from counter_app.ui.texts_papers import merchant_status
from counter_app.ui.widgets.looks import set_look, set_text


class TerminalPage(Page):
    """Finds the merchant and shows it, so that the clerk can ask the customer about it."""

    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._merchant: MerchantRecord | None = None
        self._case_id = ""
        self._proposal = ""
        self._ui = Ui_TerminalPage()
        self._ui.setupUi(self)
        for field in (self._ui.sn_field, self._ui.merchant_field):
            field.edit.accept_latin_only()
            field.edit.setMaxLength(64)
        set_look(self._ui.sn_field.edit, "role", "number")
        self._ui.sn_field.entered.connect(self._enter)
        self._ui.merchant_field.entered.connect(self._enter_merchant)
        self._ui.terminal_tiles.picked.connect(self._pick)
        self._ui.facts_grid.revealed.connect(self.revealed)

    def show_view(self, view: StepView) -> None:
        """Show what was found."""
        draft = view.state.draft
        if draft.case_id != self._case_id:
            self._case_id, self._proposal = draft.case_id, ""
            self._ui.merchant_field.show_text("")
            self._ui.sn_field.show_text(draft.sn_entered)
        elif draft.sn_entered and not self._ui.sn_field.edit.isModified():
            self._ui.sn_field.show_text(draft.sn_entered)
        self._ui.sn_field.setEnabled(view.state.is_open)
        self._propose(view.state.proposal)
        self._show_merchant(view, draft.merchant)
        is_several = draft.lookup is Lookup.SEVERAL_MERCHANTS
        self._ui.merchant_field.setVisible(is_several)
        self._ui.finding_list.show_findings(view.assessment.at(Step.TERMINAL))
        self._show_terminals(draft)

    def first_field(self) -> QWidget:
        """Return the field for the serial number."""
        return self._ui.sn_field

    def camera_kind(self) -> DocumentKind:
        """Read the terminal's label."""
        return DocumentKind.BARCODE

    def reveal_key(self) -> None:
        """Show the principal's name and the number for ten seconds."""
        self._ui.facts_grid.reveal_all()

    def takes_scan(self, text: str, _field: QLineEdit | None) -> bool:
        """Take a scan into the field for the serial number, wherever the focus is."""
        if not self._ui.sn_field.isEnabled():
            return False
        self._ui.sn_field.edit.setText(text)
        self._ui.sn_field.edit.setModified(True)
        self._ui.sn_field.setFocus()
        self._enter()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take what is typed anywhere on this page into the field."""
        text = event.text()
        if text.isprintable() and text and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._ui.sn_field.setFocus()
            self._ui.sn_field.edit.setText(text)
            self._ui.sn_field.edit.setModified(True)
            return
        super().keyPressEvent(event)

    def _show_merchant(self, view: StepView, merchant: MerchantRecord | None) -> None:
        self._ui.merchant_card.setVisible(merchant is not None)
        if merchant is None or merchant == self._merchant:
            return
        self._merchant = merchant
        set_text(self._ui.name_label, merchant.name)
        set_text(self._ui.status_badge, merchant_status(merchant.status))
        set_look(self._ui.status_badge, "tone", STATUS_TONES[merchant.status])
        self._ui.facts_grid.show_facts(merchant_facts(merchant, view.rules), 2)

    def _show_terminals(self, draft: Draft) -> None:
        terminals = draft.merchant.terminals if draft.merchant is not None else ()
        is_choice = len(terminals) > 1
        self._ui.terminals_label.setVisible(is_choice)
        self._ui.terminal_tiles.setVisible(is_choice)
        if is_choice:
            self._ui.terminal_tiles.offer(terminal_choices(terminals), 3)
            self._ui.terminal_tiles.show_value(draft.terminal.sn if draft.terminal else None)

    def _propose(self, proposal: PictureRead | None) -> None:
        text = ""
        if proposal is not None and proposal.reading is not None:
            reading = proposal.reading
            codes = [code.text for code in reading.codes]
            text = reading.text(FieldName.TERMINAL_SN) or (codes[0] if codes else "")
        if text and text != self._proposal:
            self._proposal = text
            self._ui.sn_field.edit.setText(text)
            self._ui.sn_field.edit.setModified(True)
            self._ui.sn_field.mark_proposal("proposal")
            self._ui.sn_field.advise(self.tr("摄像头读到的序列号，请核对后按回车"), "caution")
            self._ui.sn_field.mark_proposal("proposal")

    def _enter(self) -> None:
        text = self._ui.sn_field.text().strip()
        if not text:
            return
        self._ui.sn_field.edit.setModified(False)
        self._ui.sn_field.advise("")
        self._ui.sn_field.mark_proposal("")
        self._ui.sn_field.edit.selectAll()
        self.happened.emit(TerminalEntered(text))

    def _enter_merchant(self) -> None:
        number = self._ui.merchant_field.text().strip().upper()
        if number:
            self.happened.emit(MerchantPicked(number, self._ui.sn_field.text().strip()))

    def _pick(self, sn: object) -> None:
        if self._merchant is not None:
            self.happened.emit(MerchantPicked(self._merchant.merchant_no, str(sn)))
