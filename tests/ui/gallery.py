"""Renders every page in several states into a folder: python -m tests.ui.gallery OUT [scale]."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QApplication

from counter_app.devices.card.simulator.passport_data import demo_photo
from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import (
    ChangeReason,
    CodeOutcome,
    Draft,
    Lookup,
    NewNumber,
    NumberHolder,
    OldNumberOutcome,
    PresenterRole,
)
from counter_app.domain.identity_document import CaptureMethod, Owner, Printed
from counter_app.domain.reading import DocumentKind, Doubt, FieldName, FieldRead, Reading
from counter_app.errors import FailureCode
from counter_app.flow.outcomes import PictureRead
from counter_app.flow.state import FlowState, Waiting
from counter_app.flow.steps import Step
from counter_app.ports.stored import CaseSummary, StoredCase
from counter_app.ui.application import make_application
from counter_app.ui.parts import DeviceKind, DeviceState
from counter_app.ui.window import Window
from tests.ui.chip_states import PORTRAIT, chip_states
from tests.ui.day_gallery import day_screens
from tests.ui.fake_parts import (
    FixedHealth,
    MemoryStore,
    MemoryUnit,
    MemoryVault,
    make_parts,
)
from tests.ui.page_states import LETTER
from tests.ui.people import CASE_ID, CLERK, MANAGER, MERCHANT, NOW, document, fresh_state


def stored(name: str, state: CaseState, minutes: int) -> StoredCase:
    """A case of a list."""
    at = NOW - timedelta(minutes=minutes)
    summary = CaseSummary(merchant_no="102110054990001", merchant_name=name, customer="样本甲")
    return StoredCase(CASE_ID, state, "letter", b"", "c01", summary, at, at, date(2026, 11, 23))


def found(**changes: object) -> Draft:
    """A draft whose terminal was found."""
    draft = replace(
        fresh_state().draft,
        sn_entered="N500W00012345",
        lookup=Lookup.FOUND,
        merchant=MERCHANT,
        terminal=MERCHANT.terminals[0],
    )
    return replace(draft, **changes)  # type: ignore[arg-type] # states are made by hand


def agent(**changes: object) -> Draft:
    """A draft of an agent's visit."""
    card = replace(document(Owner.AGENT), face_matches=True)
    return found(
        **{
            "presenter": PresenterRole.AGENT,
            "reason": ChangeReason.SIM_LOST,
            "documents": (card, document()),
            **changes,
        }
    )


def proposal() -> PictureRead:
    """What the camera read of a card's front."""
    fields = (
        FieldRead(FieldName.NAME, "样本甲", 0.8, doubts=(Doubt.NO_CHECK,)),
        FieldRead(FieldName.ID_NUMBER, "110199199003070017", 0.99),
    )
    kind = DocumentKind.RESIDENT_ID_FRONT
    return PictureRead(kind, "0" * 64, Reading(kind, fields))


def states() -> dict[str, FlowState]:
    """The states that are drawn, by file name."""
    me = {"presenter": PresenterRole.PRINCIPAL, "reason": ChangeReason.SIM_LOST}
    base = fresh_state()

    def at(step: Step, draft: Draft, **changes: object) -> FlowState:
        return replace(base, step=step, draft=draft, **changes)  # type: ignore[arg-type] # as above

    card = document()
    number = NewNumber("13900000002", "13900000002", CodeOutcome.PASSED, NumberHolder.PRINCIPAL)
    return {
        "10_terminal_empty": base,
        "11_terminal_found": at(Step.TERMINAL, found()),
        "12_terminal_unknown": at(
            Step.TERMINAL, found(merchant=None, terminal=None, lookup=Lookup.UNKNOWN_TERMINAL)
        ),
        "13_terminal_several": at(
            Step.TERMINAL, found(merchant=None, terminal=None, lookup=Lookup.SEVERAL_MERCHANTS)
        ),
        "20_presenter_empty": at(Step.PRESENTER, found()),
        "21_presenter_other": at(
            Step.PRESENTER,
            found(presenter=PresenterRole.AGENT, reason=ChangeReason.OTHER, queue_ticket="A017"),
        ),
        "30_identity_waiting": at(Step.PRESENTER_ID, found(**me), waiting=Waiting.CARD),
        "31_identity_reading": at(
            Step.PRESENTER_ID, found(**me), waiting=Waiting.CARD, progress=(512, 1280)
        ),
        "32_identity_done": at(Step.PRESENTER_ID, found(**me, documents=(card,))),
        "36_identity_further": at(
            Step.PRESENTER_ID,
            found(**me, documents=(replace(card, face_matches=True),)),
            is_further=True,
        ),
        "37_identity_two": at(
            Step.PRESENTER_ID,
            found(
                **me,
                documents=(
                    replace(card, face_matches=True),
                    replace(card, name="样本老", number="110199194001010034", face_matches=None),
                ),
            ),
        ),
        "33_identity_failed": at(
            Step.PRESENTER_ID, found(**me), failure=FailureCode.READER_MISSING
        ),
        "34_identity_proposed": at(Step.PRESENTER_ID, found(**me), proposal=proposal()),
        "35_identity_differs": at(
            Step.PRESENTER_ID,
            found(
                **me,
                documents=(
                    replace(
                        card,
                        face_matches=True,
                        printed=Printed("样本丙", card.number),
                        valid_until=date(2026, 11, 1),
                    ),
                ),
            ),
        ),
        "36_principal_missing": at(
            Step.PRINCIPAL_ID,
            agent(
                documents=(document(Owner.AGENT),), documents_missing=frozenset({Owner.PRINCIPAL})
            ),
        ),
        "37_identity_typed": at(
            Step.PRESENTER_ID,
            found(**me, documents=(replace(card, captured_by=CaptureMethod.TYPED),)),
        ),
        **chip_states(found(**me)),
        "40_letter_empty": at(Step.LETTER, agent()),
        "41_letter_substitution": at(
            Step.LETTER, agent(letter=replace(LETTER, allows_substitution=True))
        ),
        "50_materials": at(Step.MATERIALS, agent()),
        "60_old_number": at(Step.OLD_NUMBER, agent()),
        "70_new_number": at(Step.NEW_NUMBER, agent(old_number=OldNumberOutcome.VERIFIED)),
        "71_new_number_done": at(
            Step.NEW_NUMBER, agent(new_number=replace(number, bound_to=("102110054990009",) * 3))
        ),
        "80_evidence": at(Step.EVIDENCE, agent(new_number=number)),
        "85_confirm": at(Step.CONFIRM, agent(new_number=number)),
        "90_review": at(
            Step.REVIEW, agent(new_number=number), case_state=CaseState.AWAITING_REVIEW
        ),
        "91_accept": at(Step.ACCEPT, found(**me, documents=(card,), new_number=number)),
        "92_print": at(
            Step.PRINT,
            found(**me, documents=(card,), new_number=number),
            case_state=CaseState.ACCEPTED_UNPRINTED,
            acceptance_no="NS01-20261123-0042-7",
            waiting=Waiting.PRINTING,
        ),
        "93_done": at(
            Step.DONE,
            found(**me, documents=(card,), new_number=number),
            case_state=CaseState.QUEUED,
            acceptance_no="NS01-20261123-0042-7",
        ),
        "99_ended": at(Step.TERMINAL, found(), case_state=CaseState.REFUSED),
    }


def shot(window: Window, folder: Path, name: str) -> None:
    """Save what the window shows now."""
    for _ in range(4):
        QApplication.processEvents()
    window.grab().save(str(folder / f"{name}.png"))


def screens(window: Window, folder: Path) -> None:
    """Draw the screens beside the path."""
    shot(window, folder, "00_sign_in")
    window.controller.account = CLERK
    window._top.show_clerk(CLERK)
    window._nav.show_base()
    shot(window, folder, "01_home")
    settle(window, lambda: bool(window._top._lights))
    shot(window, folder, "01_home")
    window._nav.show_beside(window._screens.help)
    shot(window, folder, "02_help")
    window.controller.open(fresh_state())
    window._nav.show_base()
    window._nav.ask_to_park(is_closing=False)
    shot(window, folder, "03_park")
    window._screens.incident.show_incident("7F3A91C2", "")
    window._nav.show_beside(window._screens.incident, window._screens.incident.first_field())
    shot(window, folder, "04_incident")
    window._lock()
    shot(window, folder, "05_lock")
    window._unlock()
    window._nav.show_base()


def settle(window: Window, is_ready: Callable[[], bool]) -> None:
    """Let the lanes answer."""
    for _ in range(200):
        QApplication.processEvents()
        if is_ready():
            return
        window.lanes.office._thread and window.lanes.office._thread.join(0.005)


def main() -> None:
    """Draw everything."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    is_elder = len(sys.argv) > 2
    make_application([], os.environ.get("GALLERY_LANGUAGE", "zh_CN"))
    QDir()
    parked = (
        stored("样本小吃店", CaseState.PARKED, 25),
        stored("样本五金行", CaseState.PARKED, 130),
    )
    answers = (
        stored("样本百货", CaseState.REJECTED, 45),
        stored("样本茶馆", CaseState.APPLIED, 60 * 50),
        stored("样本药店", CaseState.ACCEPTED_UNPRINTED, 9),
    )
    store = MemoryStore(MemoryUnit(parked, answers, queued=3))
    printer = DeviceState(DeviceKind.PRINTER, FailureCode.PRINTER_OUT_OF_PAPER)
    health = FixedHealth(
        (DeviceState(DeviceKind.ID_READER), DeviceState(DeviceKind.CAMERA), printer)
    )
    vault = MemoryVault({PORTRAIT: demo_photo()})
    window = Window(make_parts(store=store, health=health, vault=vault))
    window.show()
    screens(window, folder)
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    for name, state in states().items():
        if only and not name.startswith(only):
            continue
        window.controller.account = MANAGER if name.startswith(("71", "90")) else CLERK
        draft = replace(state.draft, is_elder_mode=is_elder, case_id=f"{CASE_ID[:-2]}{name[:2]}")
        window.controller.state = None
        window._screens.case.close_case()
        window.controller.open(replace(state, draft=draft))
        if name.startswith("39"):
            settle(
                window, lambda: not window._screens.case.page()._ui.picture_panel.pixmap().isNull()
            )
        shot(window, folder, name)
        if name == "11_terminal_found":
            window._screens.case.open_camera()
            settle(window, lambda: window._screens.case._camera._finder.frame is not None)
            shot(window, folder, "14_terminal_camera")
            window._screens.case.close_camera()
    window.controller.state = None
    window.close()
    if not only:
        day_screens(folder, is_elder=is_elder)


if __name__ == "__main__":
    main()
