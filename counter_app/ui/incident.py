"""A bug in the program: it gets a number, a panel and a line in the log; the case is kept."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import uuid
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from counter_app.ui.generated.ui_incident_page import Ui_IncidentPage
from counter_app.ui.page import PageKit
from counter_app.ui.widgets.looks import set_text

log = logging.getLogger(__name__)


class Incidents(QObject):
    """Catches what nobody caught.

    Signals:
        happened: The incident's number and what support may know of it.
    """

    happened = Signal(str, str)

    def install(self) -> None:
        """Take over the hooks of the interpreter and of its threads."""
        sys.excepthook = self.take
        threading.excepthook = self._take_thread

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def take(
        self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an incident without its message, which may hold personal data, and show it."""
        number = uuid.uuid4().hex[:8].upper()
        where = "".join(traceback.format_tb(trace))
        log.error("incident: number=%s type=%s\n%s", number, kind.__name__, where)
        self.happened.emit(number, f"{number} {kind.__name__}\n{where}")

    def _take_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.take(hook.exc_type, hook.exc_value, hook.exc_traceback)


class IncidentPage(QWidget):
    """Shows the number and copies what support needs.

    Signals:
        left: Back to the home page.
    """

    left = Signal()

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._facts = ""
        self._ui = Ui_IncidentPage()
        self._ui.setupUi(self)
        self._ui.home_button.clicked.connect(self.left)
        self._ui.copy_button.clicked.connect(self._copy)

    def show_incident(self, number: str, facts: str) -> None:
        """Show an incident."""
        self._facts = facts
        set_text(self._ui.number_label, self.tr("事件编号 {}").format(number))
        set_text(self._ui.copied_label, "")

    def first_field(self) -> QWidget:
        """Return the way back."""
        return self._ui.home_button

    def _copy(self) -> None:
        self._kit.lanes.office.run(self._kit.parts.diagnostics, self._put)

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(f"{self._facts}\n{text}")
        set_text(self._ui.copied_label, self.tr("已复制，可以粘贴给技术支持"))
