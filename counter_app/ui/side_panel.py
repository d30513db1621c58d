"""The panel on the right: evidence, what is missing, findings, risk for those who may see it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.account import Role
from counter_app.domain.coaching import is_held
from counter_app.domain.identity_checks import evidence_of
from counter_app.domain.refusal import can_be_mended_here
from counter_app.domain.risk import RiskBand
from counter_app.flow.answers import CoachedAnswer
from counter_app.flow.events import Answered, EndPressed, MinutePassed
from counter_app.ui.icons import icon
from counter_app.ui.page import StepView
from counter_app.ui.texts import need, risk_band
from counter_app.ui.texts_visit import risk_signal
from counter_app.ui.theme import theme
from counter_app.ui.widgets.evidence_bar import EvidenceBar
from counter_app.ui.widgets.finding_list import FindingList
from counter_app.ui.widgets.looks import label, set_look, set_text

WIDTH_PX = 260
MINUTE_TICK_MS = 1000
MAY_SEE_RISK = frozenset({Role.REVIEWER, Role.CENTRE_MANAGER})
BAND_TONES = {RiskBand.LOW: "good", RiskBand.MEDIUM: "caution", RiskBand.HIGH: "stop"}
BAND_DOTS = {RiskBand.LOW: "●○○", RiskBand.MEDIUM: "●●○", RiskBand.HIGH: "●●●"}


class SidePanel(QWidget):
    """What the clerk keeps an eye on during the whole visit.

    Signals:
        happened: An event for the flow.
    """

    happened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._evidence = EvidenceBar()
        self._missing_title = label(self.tr("还差"), "title")
        self._missing = label(wraps=True)
        self._findings_title = label(self.tr("核查结果"), "title")
        self._findings = FindingList()
        self._risk_title = label(self.tr("风险"), "title")
        self._risk = label()
        self._signals = label(role="small", wraps=True)
        self._end = QPushButton(self.tr("结束并打印告知单"))
        self._end.setProperty("role", "stop")
        self._flag = QPushButton(self.tr("标记"))
        self._flag.setProperty("role", "quiet")
        self._flag.setCheckable(True)
        self._flag.setToolTip(self.tr("疑似受人指挥：只在复核时可见，不打印"))
        self._flag.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_TICK_MS)
        self._minute.timeout.connect(self._tick)
        self._build()
        self._end.clicked.connect(self._end_clicked)
        self._flag.clicked.connect(self._flag_clicked)

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "ground")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 20, 16, 8)
        column.setSpacing(8)
        for part in (
            label(self.tr("证据"), "title"),
            self._evidence,
            self._missing_title,
            self._missing,
            self._risk_title,
            self._risk,
            self._signals,
            self._findings_title,
            self._findings,
            self._end,
        ):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.addWidget(self._flag)
        foot.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(area, 1)
        outer.addLayout(foot)

    def show_view(self, view: StepView, *, is_step_shown: bool = False) -> None:
        """Show where the visit stands; the page may show the findings of its step itself."""
        draft = view.state.draft
        self._evidence.show_strength(evidence_of(draft))
        set_text(self._missing, "\n".join(f"· {need(item)}" for item in view.needs))
        has_needs = bool(view.needs) and view.state.is_open
        self._missing_title.setVisible(has_needs)
        self._missing.setVisible(has_needs)
        here = view.state.step if is_step_shown else None
        findings = [item for item in view.assessment.findings if item.step != here]
        self._findings.show_findings(findings)
        self._findings_title.setVisible(bool(findings))
        self._show_risk(view)
        stopping = view.assessment.stopping()
        is_stuck = bool(stopping) and not can_be_mended_here(stopping)
        self._end.setVisible(is_stuck and view.state.is_open and view.state.waiting is None)
        self._flag.setVisible(view.state.is_open)
        self._flag.setChecked(draft.is_coached)
        colour = theme().palette.accent if draft.is_coached else theme().palette.ink_2
        self._flag.setIcon(icon("flag", colour))
        if view.state.is_open and is_held(draft):
            self._minute.start()
        else:
            self._minute.stop()

    def urge(self) -> None:
        """Point at what is still missing."""
        set_look(self._missing, "tone", "stop")

    def calm(self) -> None:
        """Point no more."""
        set_look(self._missing, "tone", "")

    def _show_risk(self, view: StepView) -> None:
        may_see = bool(view.viewer_roles & MAY_SEE_RISK)
        risk = view.assessment.risk
        for part in (self._risk_title, self._risk, self._signals):
            part.setVisible(may_see)
        if may_see:
            set_text(self._risk, f"{BAND_DOTS[risk.band]} {risk_band(risk.band)}")
            set_look(self._risk, "tone", BAND_TONES[risk.band])
            names = (risk_signal(item) for item in sorted(risk.signals))
            set_text(self._signals, "\n".join(f"· {name}" for name in names))

    def _tick(self) -> None:
        """Let the flow look at the clock; without a visit on the screen nothing runs."""
        if not self.isVisible():
            self._minute.stop()
            return
        self.happened.emit(MinutePassed())

    def _end_clicked(self) -> None:
        self.happened.emit(EndPressed())

    def _flag_clicked(self) -> None:
        self.happened.emit(Answered(CoachedAnswer(self._flag.isChecked())))
