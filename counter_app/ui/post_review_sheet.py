"""One case looked at afterwards: what was captured, its pictures, the rules, the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.counter_facts import SHANGHAI
from counter_app.domain.identity_checks import evidence_of
from counter_app.ports.stored import StoredCase
from counter_app.ui.generated.ui_review_page import Ui_ReviewPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.review_sheet import ReviewSheet
from counter_app.ui.post_review_box import PostReviewBox
from counter_app.ui.widgets.evidence_bar import EvidenceBar
from counter_app.ui.widgets.looks import label, set_text
from counter_app.ui.widgets.picture_browser import NamedPicture, PictureBrowser

SIDE_PX = 340


@dataclass(frozen=True, slots=True)
class Look:
    """A case as it is looked at.

    Attributes:
        view: None once the case was purged: nothing is left to look at.
        place: Which one it is, and of how many.
    """

    case: StoredCase
    view: StepView | None = field(repr=False)
    pictures: tuple[NamedPicture, ...] = ()
    place: tuple[int, int] = (1, 1)


class PostReviewSheet(Page):
    """The review form, with the pictures large beside it.

    Signals:
        judged: A Judgement of the case that is shown.
    """

    judged = Signal(object)

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._has_case = False
        form = QWidget(self)
        self._ui = Ui_ReviewPage()
        self._ui.setupUi(form)
        self._pictures = PictureBrowser(kit, self)
        self._evidence = EvidenceBar()
        self._case = label(role="small", wraps=True)
        self._sheet = ReviewSheet(self._ui, kit, self)
        self.box = PostReviewBox(self._ui, self)
        self._build(form)
        self._sheet.ticked.connect(self._ticked)
        self._sheet.revealed.connect(self.revealed)
        self._sheet.reached.connect(self._pictures.show_picture)
        self.box.judged.connect(self.judged)

    def show_look(self, look: Look) -> None:
        """Show a case; nothing of the one before stays."""
        at, count = look.place
        self._ui.headline.ask(
            self.tr("事后复核：第 %1 件，共 %2 件")
            .replace("%1", str(at))
            .replace("%2", str(count)),
            self._asked(look),
        )
        accepted = look.case.accepted_at or look.case.changed_at
        when = accepted.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        told = (look.case.acceptance_no or "", self.tr("经办 %1").replace("%1", look.case.clerk_id))
        set_text(self._case, "　".join((*told, when)))
        self._pictures.offer(look.pictures)
        self._has_case = look.view is not None
        for part in (self._ui.facts_area, self._ui.risk_box, self._evidence):
            part.setVisible(self._has_case)
        if look.view is not None:
            self._show_case(look.view)
        self.box.forget()
        self.box.show_unticked(self._sheet.unticked() if self._has_case else 0)

    def first_field(self) -> QWidget:
        """Return the first tick."""
        tick = self._sheet.first_field()
        return tick if tick is not None and self._has_case else self._ui.decision_choice

    def enter(self) -> None:
        """Take the keys to the first tick."""
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal_key(self) -> None:
        """Show every value in full for a moment."""
        self._sheet.reveal()

    def forget(self) -> None:
        """Keep nothing of the case in view or in the widgets."""
        self._sheet.hide_again()
        self._pictures.offer(())
        self.box.forget()

    def _show_case(self, view: StepView) -> None:
        self._sheet.show_view(view)
        self._sheet.start_anew()
        self._ui.findings_list.show_findings(view.assessment.findings)
        self._evidence.show_strength(evidence_of(view.state.draft))

    def _asked(self, look: Look) -> str:
        if look.view is None:
            return self.tr("资料已按期删除，没有可看的；只能记下结果")
        return self.tr("请逐项与影像比对后打勾；存疑的须选原因，不告知商户")

    def _ticked(self) -> None:
        self.box.show_unticked(self._sheet.unticked())

    def _build(self, form: QWidget) -> None:
        side = QWidget(self)
        side.setFixedWidth(SIDE_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._case)
        column.addWidget(label(self.tr("证据"), "title"))
        column.addWidget(self._evidence)
        column.addWidget(label(self.tr("影像"), "title"))
        column.addWidget(self._pictures, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(form, 1)
        row.addWidget(side)
