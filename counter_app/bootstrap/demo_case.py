"""The demonstration's case: an agent with a signed letter changes a sole proprietor's number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
from PySide6.QtCore import Qt

from counter_app.bootstrap import demo_world as world
from counter_app.bootstrap.demo_clerk import DemoClerk
from counter_app.devices.camera.simulated_camera import SimulatedCamera
from counter_app.devices.camera.specimens import LetterSpecimen, LicenceSpecimen, SpecimenPress
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.people import AGENT, PRINCIPAL
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.domain.case_state import CaseState
from counter_app.domain.identity_document import Owner
from counter_app.domain.reading import FieldName
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Step

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Pictures:
    """Image files that are laid under the camera."""

    label: Path
    letter: Path
    licence: Path


def draw_pictures(folder: Path, starts_on: str, ends_on: str) -> Pictures:
    """Draw the terminal's label, the letter and the licence as a camera sees them."""
    press = SpecimenPress("demo")
    letter = LetterSpecimen(number="DEMO-2026-0001", values=_letter_values(starts_on, ends_on))
    licence = LicenceSpecimen(
        uscc="92110199MA00ABCD4U",
        name="样本小吃店",
        kind="个体工商户",
        responsible=world.PRINCIPAL_NAME,
        qr_uscc="92110199MA00ABCD4U",
    )
    made = Pictures(folder / "label.png", folder / "letter.png", folder / "licence.png")
    cv2.imwrite(str(made.label), press.label(world.TERMINAL_SN))
    cv2.imwrite(str(made.letter), press.letter(letter))
    cv2.imwrite(str(made.licence), press.licence(licence))
    return made


def _letter_values(starts_on: str, ends_on: str) -> dict[FieldName, str]:
    return {
        FieldName.PRINCIPAL_NAME: world.PRINCIPAL_NAME,
        FieldName.PRINCIPAL_DOCUMENT: world.PRINCIPAL_NUMBER,
        FieldName.AGENT_NAME: world.AGENT_NAME,
        FieldName.AGENT_DOCUMENT: world.AGENT_NUMBER,
        FieldName.MERCHANT_NUMBER: "102110054990001",
        FieldName.MERCHANT_NAME: "样本小吃店",
        FieldName.TERMINAL_SN: world.TERMINAL_SN,
        FieldName.NEW_PHONE: world.NEW_NUMBER,
        FieldName.TERM_FROM: starts_on,
        FieldName.TERM_UNTIL: ends_on,
    }


@dataclass(frozen=True, slots=True)
class DemoCase:
    """Plays the case from sign-in to the answer of head office."""

    clerk: DemoClerk
    reader: SimulatedIdCardReader
    camera: SimulatedCamera
    pictures: Pictures

    def play(self) -> None:
        """Play every step in order.

        Raises:
            DemoStuckError: A step does not come.
        """
        for part in (
            self.sign_in,
            self.find_terminal,
            self.say_who,
            self.read_cards,
            self.show_letter,
            self.show_materials,
            self.check_old_number,
            self.enter_new_number,
            self.call_principal,
            self.confirm,
            self.review,
            self.accept,
            self.see_answer,
        ):
            part()

    def sign_in(self) -> None:
        """Sign in and start a case by its transaction code."""
        clerk = self.clerk
        clerk.picture("sign-in")
        clerk.into("account_field", world.CLERK)
        clerk.into("password_field", world.PASSWORD)
        clerk.wait("home", lambda: clerk.window.controller.account is not None)
        clerk.pause(0.4)
        clerk.picture("home")
        clerk.into("start_field", "hb")
        clerk.wait("a case", lambda: clerk.window.controller.state is not None)
        clerk.at(Step.TERMINAL)

    def find_terminal(self) -> None:
        """Read the terminal's label by the camera."""
        clerk = self.clerk
        self.camera.show(self.pictures.label)
        clerk.key(Qt.Key.Key_F6)
        clerk.wait("the live picture", clerk.sees_live_picture)
        clerk.picture("camera")
        clerk.wait("the label", lambda: clerk.state().proposal is not None)
        clerk.go("sn_field")
        clerk.key(Qt.Key.Key_Return)
        clerk.wait("the merchant", lambda: clerk.state().draft.terminal is not None)
        clerk.next("terminal")

    def say_who(self) -> None:
        """An agent, because the SIM card was lost."""
        self.clerk.pick("role_tiles", 2)
        self.clerk.pick("reason_tiles", 2)
        self.clerk.next("presenter")

    def read_cards(self) -> None:
        """Read both cards from the simulated reader, frame by frame."""
        clerk = self.clerk
        clerk.picture("card-waiting")
        for owner, person, title in (
            (Owner.AGENT, AGENT, "agent-card"),
            (Owner.PRINCIPAL, PRINCIPAL, "principal-card"),
        ):
            clerk.wait("the reader", lambda: clerk.state().waiting is Waiting.CARD)
            self.reader.insert(ResidentCardSpecimen.of(person))
            self._wait_for_document(owner)
            self.reader.remove()
            clerk.pause(0.3)
            if owner is Owner.AGENT:
                clerk.pick("face_tiles", 1)
            clerk.pick("print_tiles", 1)
            clerk.next(title)

    def _wait_for_document(self, owner: Owner) -> None:
        clerk = self.clerk
        clerk.wait("the card", lambda: clerk.state().draft.document_of(owner) is not None)

    def show_letter(self) -> None:
        """Photograph the letter; what was read counts once the clerk confirmed it."""
        clerk = self.clerk
        self.camera.show(self.pictures.letter)
        clerk.key(Qt.Key.Key_F6)
        clerk.wait("the letter", lambda: clerk.state().proposal is not None, 90.0)
        clerk.picture("letter-proposal")
        clerk.press("confirm_button")
        clerk.wait("the letter's check", lambda: clerk.state().draft.is_letter_looked_up)
        clerk.next("letter")

    def show_materials(self) -> None:
        """Photograph the licence and confirm the settlement account."""
        clerk = self.clerk
        self.camera.show(self.pictures.licence)
        clerk.key(Qt.Key.Key_F6)
        clerk.wait("the licence", lambda: clerk.state().proposal is not None, 90.0)
        clerk.picture("licence-proposal")
        clerk.wait("the shop's name", lambda: clerk.text("name_field") == "样本小吃店")
        clerk.press("licence_button")
        clerk.wait("the licence", lambda: clerk.state().draft.licence is not None)
        clerk.pick("account_choice", 1)
        clerk.next("materials")

    def check_old_number(self) -> None:
        """The old number answers."""
        self.clerk.pick("outcome_choice", 1)
        self.clerk.next("old-number")

    def enter_new_number(self) -> None:
        """Enter the number twice, send the code and let the customer type it."""
        clerk = self.clerk
        clerk.into("number_field", world.NEW_NUMBER)
        clerk.into("repeat_field", world.NEW_NUMBER)
        clerk.pick("holder_choice", 1)
        clerk.press("send_button")
        clerk.wait("the code", lambda: clerk.state().code is not None)
        clerk.into("code_edit", world.NEW_NUMBER[-6:])
        clerk.wait("the check", lambda: _is_code_passed(clerk))
        clerk.next("new-number")

    def call_principal(self) -> None:
        """Call the principal on the number on file."""
        self.clerk.pick("call_choice", 1)
        self.clerk.next("evidence")

    def confirm(self) -> None:
        """Let the customer see old and new, and agree."""
        self.clerk.press("notice_tick")
        self.clerk.press("sensitive_tick")
        self.clerk.next("confirm")

    def review(self) -> None:
        """Let the second person decide, with the own password at this moment."""
        clerk = self.clerk
        clerk.picture("review-before")
        clerk.tick_all("facts_scroll")
        clerk.into("account_field", world.REVIEWER)
        clerk.into("password_field", world.PASSWORD)
        clerk.pick("decision_choice", 1)
        clerk.into("reason_edit", "证件与委托书均已核对")
        clerk.picture("review")
        clerk.press("decide_button")
        clerk.at(Step.ACCEPT)

    def accept(self) -> None:
        """Accept, print and confirm the paper."""
        clerk = self.clerk
        clerk.next("accept")
        clerk.wait("the paper", lambda: clerk.state().waiting is None, 60.0)
        clerk.pause(0.3)
        clerk.picture("print")
        clerk.press("confirm_button")
        clerk.at(Step.DONE)
        clerk.picture("queued")

    def see_answer(self) -> None:
        """Wait until head office applied the change."""
        clerk = self.clerk
        clerk.wait("the answer", lambda: clerk.state().case_state is CaseState.APPLIED, 60.0)
        clerk.picture("applied")


def _is_code_passed(clerk: DemoClerk) -> bool:
    new = clerk.state().draft.new_number
    return new is not None and new.code is not None
