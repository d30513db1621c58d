"""The identity document of the presenter, or of the principal who stayed away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner, Printed
from counter_app.domain.reading import DocumentKind
from counter_app.flow.answers import (
    Answer,
    DocumentAnswer,
    FaceAnswer,
    NoDocumentAnswer,
    PrintedAnswer,
)
from counter_app.flow.devices import owner_at
from counter_app.flow.events import Answered, ReadCardPressed, WaitCancelled
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Step
from counter_app.ui.generated.ui_identity_page import Ui_IdentityPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.identity_fields import IdentityFields
from counter_app.ui.pages.identity_words import device_shown, document_facts, headline
from counter_app.ui.widgets.choice import Choice

YES, NO = "yes", "no"


class IdentityPage(Page):
    """Reads the chip by itself on entry; the camera and typing are always open."""

    SHOWS_FAILURES = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._view: StepView | None = None
        self._is_differing = False
        self._ui = Ui_IdentityPage()
        self._ui.setupUi(self)
        self._fields = IdentityFields(self._ui)
        self._ui.face_tiles.offer(
            [Choice(YES, self.tr("是同一人")), Choice(NO, self.tr("不是同一人"))], 2
        )
        self._ui.print_tiles.offer([Choice(YES, self.tr("一致")), Choice(NO, self.tr("不一致"))], 2)
        self._connect()

    def _connect(self) -> None:
        self._ui.card_button.clicked.connect(self.card_key)
        self._ui.camera_button.clicked.connect(self.camera_wanted)
        self._ui.type_button.clicked.connect(self._type)
        self._ui.missing_button.clicked.connect(self._miss)
        self._ui.confirm_button.clicked.connect(self._confirm)
        self._ui.face_tiles.picked.connect(self._compare_face)
        self._ui.print_tiles.picked.connect(self._compare_print)
        for field in (self._ui.printed_name_field, self._ui.printed_number_field):
            field.entered.connect(self._tell_printed)
            field.left.connect(self._tell_printed)
        self._ui.facts_grid.revealed.connect(self.revealed)

    def show_view(self, view: StepView) -> None:
        """Show the device, the document, and what is compared."""
        before, self._view = self._view, view
        place = (view.state.draft.case_id, view.state.step)
        if before is None or place != (before.state.draft.case_id, before.state.step):
            self._fields.restart()
            self._is_differing = False
            before = None
        self._fields.propose(view.state.proposal)
        self._ui.headline.ask(*headline(view.state))
        document = self._document(view)
        self._show_device(view, document)
        self._show_document(view, document)
        is_new = document is not None and (before is None or self._document(before) is None)
        if is_new and not self._fields.is_open:
            self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget:
        """Return the comparison of the face once the document is there, else the reader's key."""
        if self._fields.is_open:
            return self._fields.first_field()
        if self._view is not None and self._document(self._view) is not None:
            is_presenter = self._view.state.step is Step.PRESENTER_ID
            return self._ui.face_tiles if is_presenter else self._ui.print_tiles
        return self._ui.card_button

    def entered(self) -> None:
        """Begin to read the card at once when nothing was shown yet."""
        if self._view is None or self._document(self._view) is not None:
            return
        is_asked = self._owner() not in self._view.state.draft.documents_missing
        if is_asked and self._view.state.is_open and self._view.state.proposal is None:
            self.happened.emit(ReadCardPressed())

    def card_key(self) -> None:
        """Read the card once more."""
        self._fields.restart()
        self.happened.emit(ReadCardPressed())

    def camera_kind(self) -> DocumentKind:
        """Take the side that is chosen."""
        return self._fields.side()

    def reveal_key(self) -> None:
        """Show the number for ten seconds."""
        self._ui.facts_grid.reveal_all()

    def _owner(self) -> Owner:
        return owner_at(self._view.state) if self._view is not None else Owner.PRINCIPAL

    def _document(self, view: StepView) -> IdentityDocument | None:
        return view.state.draft.document_of(owner_at(view.state))

    def _show_device(self, view: StepView, document: IdentityDocument | None) -> None:
        image = document.image if document is not None else self._fields.image()
        is_waiting = view.state.waiting in {Waiting.CARD, Waiting.PICTURE}
        self._ui.picture_panel.setVisible(image is not None and not is_waiting)
        self._ui.picture_panel.show_stored(self.kit, image)
        self._ui.device_panel.setVisible(image is None or is_waiting)
        self._ui.device_panel.show_device(device_shown(view.state, document))
        is_missing = self._owner() in view.state.draft.documents_missing
        text = self.tr("✓ 已记为没带证件") if is_missing else self.tr("没带证件")
        self._ui.missing_button.setText(text)

    def _show_document(self, view: StepView, document: IdentityDocument | None) -> None:
        is_read = document is not None and not self._fields.is_open
        is_chip = document is not None and document.captured_by is CaptureMethod.CHIP
        is_presenter = view.state.step is Step.PRESENTER_ID
        self._fields.show()
        if document is not None:
            self._show_printed(document)
        self._ui.facts_grid.setVisible(is_read)
        for part in (self._ui.face_label, self._ui.face_tiles):
            part.setVisible(is_read and is_presenter)
        for part in (self._ui.print_label, self._ui.print_tiles):
            part.setVisible(is_read and is_chip)
        for field in (self._ui.printed_name_field, self._ui.printed_number_field):
            field.setVisible(is_read and is_chip and self._is_differing)
        if document is not None:
            self._ui.facts_grid.show_facts(document_facts(document))
            matches = {None: None, True: YES, False: NO}[document.face_matches]
            self._ui.face_tiles.show_value(matches)

    def _show_printed(self, document: IdentityDocument) -> None:
        printed = document.printed
        if printed is None:
            self._ui.print_tiles.show_value(NO if self._is_differing else None)
            return
        is_same = (printed.name, printed.number) == (document.name, document.number)
        self._is_differing = not is_same
        self._ui.print_tiles.show_value(YES if is_same else NO)
        for field, text in (
            (self._ui.printed_name_field, printed.name),
            (self._ui.printed_number_field, printed.number),
        ):
            if not field.edit.hasFocus():
                field.show_text(text or "")

    def _tell(self, answer: Answer) -> None:
        self.happened.emit(Answered(answer))

    def _type(self) -> None:
        self.happened.emit(WaitCancelled())
        document = self._document(self._view) if self._view is not None else None
        self._fields.open(document)
        self._again()
        self._fields.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _miss(self) -> None:
        self.happened.emit(WaitCancelled())
        self._fields.restart()
        self._tell(NoDocumentAnswer(self._owner()))

    def _confirm(self) -> None:
        typed = self._fields.typed()
        if not self._fields.check(typed):
            return
        self.happened.emit(WaitCancelled())
        self._fields.restart()
        self._tell(DocumentAnswer(typed.as_document(self._owner())))
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare_face(self, value: object) -> None:
        self._tell(FaceAnswer(self._owner(), matches=value == YES))

    def _compare_print(self, value: object) -> None:
        document = self._document(self._view) if self._view is not None else None
        if document is None:
            return
        self._is_differing = value == NO
        if value == YES:
            self._tell(PrintedAnswer(document.owner, Printed(document.name, document.number)))
            return
        self._again()
        self._ui.printed_name_field.setFocus()

    def _tell_printed(self) -> None:
        name = self._ui.printed_name_field.text().strip()
        number = self._ui.printed_number_field.text().strip().upper()
        document = self._document(self._view) if self._view is not None else None
        if document is not None and (name or number):
            shown = Printed(name or document.name, number or document.number)
            if shown != document.printed:
                self._tell(PrintedAnswer(document.owner, shown))

    def _again(self) -> None:
        if self._view is not None:
            self.show_view(self._view)
