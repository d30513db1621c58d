"""The identity document of the presenter, or of the principal who stayed away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_app.domain.identity_document import IdentityDocument, Owner
from counter_app.domain.reading import DocumentKind
from counter_app.errors import FailureCode
from counter_app.flow.answers import (
    Answer,
    DocumentAnswer,
    FurtherDocumentAnswer,
    NoDocumentAnswer,
)
from counter_app.flow.devices import owner_at
from counter_app.flow.events import Answered, ReadCardPressed, WaitCancelled
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Step
from counter_app.ui.generated.ui_identity_page import Ui_IdentityPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.identity_compare import Comparison
from counter_app.ui.pages.identity_fields import IdentityFields
from counter_app.ui.pages.identity_further import FurtherDocument, shown_document
from counter_app.ui.pages.identity_kind import KindBox
from counter_app.ui.pages.identity_shown import ShownEvidence
from counter_app.ui.pages.identity_words import headline
from counter_app.ui.parts import DeviceKind, DeviceState

GONE = frozenset(
    {FailureCode.READER_MISSING, FailureCode.READER_LOST, FailureCode.READER_NO_ANSWER}
)
"""Failures that pass when the reader is plugged in."""


class IdentityPage(Page):
    """Reads the chip by itself on entry; the camera and typing are always open."""

    SHOWS_FAILURES = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._view: StepView | None = None
        self._is_gone = False
        self._ui = Ui_IdentityPage()
        self._ui.setupUi(self)
        self._fields = IdentityFields(self._ui)
        self._evidence = ShownEvidence(self._ui, kit)
        self._kind = KindBox(self._ui, self._fields, self)
        self._comparison = Comparison(self._ui, self)
        self._further = FurtherDocument(self._ui.device_layout, self)
        self._connect()

    def _connect(self) -> None:
        self._ui.card_button.clicked.connect(self.card_key)
        self._ui.camera_button.clicked.connect(self.camera_wanted)
        self._ui.type_button.clicked.connect(self._type)
        self._ui.missing_button.clicked.connect(self._miss)
        self._ui.confirm_button.clicked.connect(self._confirm)
        self._comparison.answered.connect(self._tell)
        self._kind.happened.connect(self.happened)
        self._further.happened.connect(self.happened)
        self._ui.facts_grid.revealed.connect(self.revealed)

    def show_view(self, view: StepView) -> None:
        """Show the device, the document, and what is compared."""
        before, self._view = self._view, view
        if before is None or _place(before) != _place(view):
            self._fields.restart()
            self._kind.restart()
            self._comparison.restart()
            before = None
        self._fields.propose(view.state.proposal)
        self._close_fields(before, view)
        self._ui.headline.ask(*headline(view.state))
        document = self._document(view)
        self._show_device(view, document)
        self._show_document(view, document)
        self._further.show_state(view.state)
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

    def numbered(self) -> QWidget:
        """Let 1 and 2 choose the kind of card while the focus is on the reader's key."""
        return self._ui.kind_tiles

    def entered(self) -> None:
        """Begin to read the card at once when nothing was shown yet."""
        if self._view is None or self._document(self._view) is not None:
            return
        is_asked = self._owner() not in self._view.state.draft.documents_missing
        if is_asked and self._view.state.is_open and self._view.state.proposal is None:
            self.happened.emit(ReadCardPressed())

    def card_key(self) -> None:
        """Read the card once more."""
        self._kind.read()

    def devices_told(self, states: tuple[DeviceState, ...]) -> None:
        """Read by itself again once a reader that was gone is plugged in."""
        reader = next((one for one in states if one.kind is DeviceKind.ID_READER), None)
        if reader is None or self._view is None:
            return
        was_gone, self._is_gone = self._is_gone, reader.failure in GONE
        state = self._view.state
        is_nothing_here = self._document(self._view) is None and not self._fields.is_open
        is_idle = state.waiting is None and is_nothing_here and not self._kind.is_travel
        if was_gone and reader.failure is None and is_idle and state.failure in GONE:
            self.happened.emit(ReadCardPressed())

    def camera_kind(self) -> DocumentKind:
        """Take the side that is chosen."""
        return DocumentKind.MRZ if self._kind.is_travel else self._fields.side()

    def reveal_key(self) -> None:
        """Show the number for ten seconds."""
        self._ui.facts_grid.reveal_all()

    def _owner(self) -> Owner:
        return owner_at(self._view.state) if self._view is not None else Owner.PRINCIPAL

    def _document(self, view: StepView) -> IdentityDocument | None:
        return shown_document(view.state)

    def _close_fields(self, before: StepView | None, view: StepView) -> None:
        """Let a chip that was read take the place of what the camera proposed."""
        document = self._document(view)
        known = self._document(before) if before is not None else document
        if document is None or document == known or not self._fields.is_open:
            return
        self._fields.restart()
        if not document.name:
            self._fields.open(document)

    def _show_device(self, view: StepView, document: IdentityDocument | None) -> None:
        image = document.image if document is not None else self._fields.image()
        self._evidence.show_device(view.state, document, image, is_travel=self._kind.is_travel)
        is_missing = self._owner() in view.state.draft.documents_missing
        text = self.tr("✓ 已记为没带证件") if is_missing else self.tr("没带证件")
        self._ui.missing_button.setText(text)
        self._ui.missing_button.setVisible(not view.state.is_further)

    def _show_document(self, view: StepView, document: IdentityDocument | None) -> None:
        shown = None if self._fields.is_open else document
        self._fields.show()
        self._evidence.show_document(shown)
        self._kind.show(is_wanted=document is None or view.state.waiting is Waiting.CARD)
        is_presenter = view.state.step is Step.PRESENTER_ID
        self._comparison.show_document(shown, has_face=is_presenter)

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
        document = typed.as_document(self._owner())
        is_further = self._view is not None and self._view.state.is_further
        answer = FurtherDocumentAnswer(document) if is_further else DocumentAnswer(document)
        self._tell(answer)
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        if self._view is not None:
            self.show_view(self._view)


def _place(view: StepView) -> tuple[str, Step, bool]:
    """Return what the page is about; another place starts with empty fields."""
    return view.state.draft.case_id, view.state.step, view.state.is_further
