"""How personal data are handled, on the customer's screen: before anything is taken, and again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from counter_app.ui.generated.ui_customer_window import Ui_CustomerWindow
from counter_app.ui.texts import language
from counter_app.ui.widgets.looks import label, set_look, set_text
from counter_app.words.privacy_notice import privacy_notice


class NoticeSheet(QObject):
    """The notice in one customer window; a button of the change opens it once more.

    Attributes:
        is_open: The customer asked for it again, over the change.

    Source: 个人信息保护法 articles 14 and 17.
    """

    def __init__(self, ui: Ui_CustomerWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self.is_open = False
        ui.notice_button.clicked.connect(self._open)
        ui.notice_close_button.clicked.connect(self.close)
        ui.notice_close_button.hide()
        self._fill()

    def close(self) -> None:
        """Go back to the change, where the notice was opened."""
        if self.is_open:
            self.is_open = False
            self._ui.notice_close_button.hide()
            self._ui.state_stack.setCurrentWidget(self._ui.change_area)

    def _open(self) -> None:
        self.is_open = True
        self._ui.notice_close_button.show()
        self._ui.state_stack.setCurrentWidget(self._ui.notice_area)

    def _fill(self) -> None:
        notice = privacy_notice(language())
        set_text(self._ui.notice_title_label, notice.title)
        edition = self.tr("版本 %1").replace("%1", notice.edition)
        set_text(self._ui.notice_edition_label, edition)
        for row, (heading, sentence) in enumerate(notice.points):
            head, body = label(role="reading"), label(role="reading", wraps=True)
            set_look(head, "tone", "title")
            set_text(head, heading)
            set_text(body, sentence)
            self._ui.notice_points_layout.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            self._ui.notice_points_layout.addWidget(body, row, 1, Qt.AlignmentFlag.AlignTop)
