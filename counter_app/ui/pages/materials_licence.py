"""The business licence: read by the camera or typed, confirmed, or not there."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.draft import Licence
from counter_app.domain.reading import DocumentKind, FieldName
from counter_app.flow.answers import LicenceAnswer, NoLicenceAnswer
from counter_app.flow.events import Answered
from counter_app.flow.outcomes import PictureRead
from counter_app.services.letter_proposal import day_in
from counter_app.ui.generated.ui_materials_page import Ui_MaterialsPage
from counter_app.ui.page import StepView
from counter_app.ui.widgets.looks import set_look, set_text

LONG_TERM = "长期"


def proposed_licence(read: PictureRead) -> Licence | None:
    """Return the licence as the camera read it, or None where it read none."""
    reading = read.reading
    if reading is None or read.kind is not DocumentKind.LICENCE:
        return None
    until = reading.text(FieldName.BUSINESS_TERM).split("至")[-1].strip()
    return Licence(
        uscc=reading.text(FieldName.USCC),
        name=reading.text(FieldName.COMPANY_NAME),
        operator=reading.text(FieldName.RESPONSIBLE_PERSON),
        valid_until=day_in(until),
        is_long_term=LONG_TERM in until,
        image=read.image,
    )


class LicenceBox(QObject):
    """The part of the page that deals with the licence."""

    answered = Signal(object)

    def __init__(self, ui: Ui_MaterialsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._source: tuple[str, Licence | None, Licence | None] | None = None
        self._view: StepView | None = None
        self._is_typing = False
        self._image: str | None = None
        ui.uscc_field.set_label(self.tr("统一社会信用代码"))
        ui.uscc_field.edit.accept_latin_only()
        ui.uscc_field.edit.setMaxLength(18)
        ui.name_field.set_label(self.tr("名称"))
        ui.operator_field.set_label(self.tr("经营者或法定代表人"))
        ui.until_field.set_label(self.tr("营业期限至"))
        ui.until_field.edit.setPlaceholderText("2026-12-31")
        ui.long_term_tick.clicked.connect(self._long_term_clicked)
        ui.licence_button.clicked.connect(self._confirm)
        ui.licence_missing_button.clicked.connect(self._missing)

    def first_field(self) -> QWidget | None:
        """Return the first field, or None when no licence is asked for."""
        is_wanted = self._ui.licence_area.isVisibleTo(self._ui.licence_box)
        return self._ui.uscc_field.edit if is_wanted else None

    def show_view(self, view: StepView) -> None:
        """Show the confirmed licence, else what the camera proposes, else what was typed."""
        self._view = view
        draft = view.state.draft
        merchant = draft.merchant
        is_wanted = merchant is not None and merchant.type in view.rules.licence_for
        self._ui.licence_area.setVisible(is_wanted)
        is_shown = not draft.is_licence_missing or self._is_typing
        self._ui.licence_fields_area.setVisible(is_shown)
        self._ui.licence_missing_button.setVisible(is_shown)
        words = self.tr("确认执照信息") if is_shown else self.tr("客户带来了，录入")
        self._ui.licence_button.setText(words)
        has_seal = merchant is not None and merchant.type in view.rules.seal_for
        self._ui.seal_tick.setVisible(has_seal and is_shown)
        read = view.state.proposal
        proposal = proposed_licence(read) if read is not None else None
        source = (draft.case_id, draft.licence, proposal)
        if source != self._source:
            is_other_case = self._source is None or self._source[0] != draft.case_id
            self._source = source
            if proposal or draft.licence or is_other_case:
                self._fill(proposal or draft.licence, is_proposal=proposal is not None)
        text, tone = self._state(view, is_wanted=is_wanted)
        self._ui.licence_badge.setVisible(bool(text))
        set_text(self._ui.licence_badge, text)
        set_look(self._ui.licence_badge, "tone", tone)

    def _state(self, view: StepView, *, is_wanted: bool) -> tuple[str, str]:
        draft = view.state.draft
        if not is_wanted:
            return self.tr("该类商户不需要"), "idle"
        if draft.is_licence_missing:
            return self.tr("× 没带"), "stop"
        if draft.licence is not None:
            return self.tr("✓ 已确认"), "good"
        if self._source is not None and self._source[2] is not None:
            return self.tr("识别结果，请核对"), "accent"
        return self.tr("F6 拍摄，或手工录入"), "idle"

    def _fill(self, licence: Licence | None, *, is_proposal: bool) -> None:
        ui = self._ui
        until = licence.valid_until if licence is not None else None
        texts = (
            (ui.uscc_field, licence.uscc if licence else ""),
            (ui.name_field, licence.name if licence else ""),
            (ui.operator_field, licence.operator if licence else ""),
            (ui.until_field, until.isoformat() if until else ""),
        )
        for entry, text in texts:
            entry.show_text(text)
            entry.mark_proposal("proposal" if is_proposal else "")
        self._image = licence.image if licence is not None else None
        is_long = licence is not None and licence.is_long_term
        ui.long_term_tick.setChecked(is_long)
        ui.until_field.setEnabled(not is_long)
        ui.seal_tick.setChecked(licence is not None and not is_proposal and licence.has_seal)

    def _long_term_clicked(self, is_long: bool) -> None:  # noqa: FBT001 - the signal's argument
        self._ui.until_field.setEnabled(not is_long)

    def _confirm(self) -> None:
        if not self._ui.licence_fields_area.isVisibleTo(self._ui.licence_box):
            self._is_typing = True
            if self._view is not None:
                self.show_view(self._view)
            self._ui.uscc_field.setFocus()
            return
        self._is_typing = False
        self.answered.emit(Answered(LicenceAnswer(self._entered())))

    def _entered(self) -> Licence:
        ui = self._ui
        is_long = ui.long_term_tick.isChecked()
        until: date | None = None if is_long else day_in(ui.until_field.text())
        return Licence(
            uscc=ui.uscc_field.text().strip().upper(),
            name=ui.name_field.text().strip(),
            operator=ui.operator_field.text().strip(),
            valid_until=until,
            is_long_term=is_long,
            has_seal=ui.seal_tick.isChecked() or not ui.seal_tick.isVisibleTo(ui.licence_area),
            image=self._image,
        )

    def _missing(self) -> None:
        self._is_typing = False
        self.answered.emit(Answered(NoLicenceAnswer()))
