"""A case of which head office wants more, by keys alone: `python -m ... FOLDER`.

The real window, camera frames, store, sender and head office; the reviewer sits at a real browser.
Leaves pictures of both sides and summary.json.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
from playwright.sync_api import Page, expect, sync_playwright
from PySide6.QtCore import Qt
from sqlalchemy import select

from counter_app.bootstrap.application import DEMO_PASSPHRASE, furnish_counter, write_settings
from counter_app.bootstrap.counter import Counter, open_counter
from counter_app.bootstrap.demo_case import DemoCase, draw_pictures
from counter_app.bootstrap.demo_clerk import DemoClerk
from counter_app.bootstrap.devices import open_devices
from counter_app.bootstrap.office import enrolment_files, signing_key, start_sender
from counter_app.bootstrap.places import Places
from counter_app.bootstrap.profile import profile_of
from counter_app.devices.camera.simulated_camera import SimulatedCamera
from counter_app.devices.camera.specimens import LetterSpecimen, SpecimenPress
from counter_app.devices.id_reader.simulator.module import LIFELIKE, SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.pty_line import SimulatedIdCardReaderPty
from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.reading import DocumentKind
from counter_app.headoffice import embedded
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.manage import add_reviewer
from counter_app.headoffice.schema import decisions, messages
from counter_app.settings import DeviceTable, Environment, OfficeTable, Settings
from counter_app.wire.keys import public_half

REVIEWER, PASSWORD = "shen", "correct horse 7"
CONTROL = Qt.KeyboardModifier.ControlModifier
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(out: Path) -> None:
    """Play it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from counter_app.bootstrap.window import make_application, open_window

    places = Places((out / "data").resolve())
    with ExitStack() as stack:
        settings, reader, office = _prepare(places, stack)
        make_application(settings.window.language)
        (out / "camera").mkdir()
        camera = SimulatedCamera("demo", out / "camera" / "label.png")
        counter = _open(settings, places, camera, stack)
        today = day_of(counter.clock.now())
        until = today + timedelta(days=30)
        pictures = draw_pictures(out / "camera", today.isoformat(), until.isoformat())
        sender = start_sender(places, DEMO_PASSPHRASE)
        stack.callback(sender.wait, 20)
        stack.callback(sender.terminate)
        window = open_window(counter)
        stack.callback(window.close)
        window.show()
        clerk = DemoClerk(window, out)
        case = DemoCase(clerk, reader, camera, pictures)
        _accept(case)
        _ask_for_more(office, out)
        _add_documents(clerk, camera, _other_letter(out / "camera"))
        _apply(office, out)
        _confirm(clerk)
        _conclude(clerk, office, out)
        window.controller.close_visit()


def _prepare(
    places: Places, stack: ExitStack
) -> tuple[Settings, SimulatedIdCardReader, embedded.EmbeddedOffice]:
    places.data.mkdir(parents=True)
    reader = SimulatedIdCardReader(environment="demo", latency=LIFELIKE)
    line = stack.enter_context(SimulatedIdCardReaderPty(reader))
    settings = Settings(environment=Environment.DEMO)
    folder = places.data / "headoffice"
    files = enrolment_files(places)
    files.folder.mkdir(parents=True, exist_ok=True)
    files.institution_key.write_bytes(embedded.institution_public_key(folder))
    known = {profile_of(settings).name: public_half(signing_key(places))}
    options = embedded.EmbeddedOptions(decide=embedded.Deciding.MANUAL, counters=known)
    office = embedded.start(folder, options)
    stack.callback(office.stop)
    database = Database(sqlite_url(folder / "headoffice.db"))
    add_reviewer(database, REVIEWER, PASSWORD, datetime.now(UTC))
    database.close()
    devices = DeviceTable(id_reader=f"pty:{line.path}", printer="folder", codes="simulated")
    update = {"office": OfficeTable(url=office.url), "devices": devices}
    return write_settings(places, settings.model_copy(update=update)), reader, office


def _open(settings: Settings, places: Places, camera: SimulatedCamera, stack: ExitStack) -> Counter:
    devices = replace(open_devices(settings, places), camera=camera)
    counter = open_counter(settings, places, DEMO_PASSPHRASE, devices)
    stack.callback(counter.close)
    furnish_counter(counter)
    return counter


def _accept(case: DemoCase) -> None:
    for part in (
        case.sign_in,
        case.find_terminal,
        case.say_who,
        case.read_cards,
        case.show_letter,
        case.show_materials,
        case.check_old_number,
        case.enter_new_number,
        case.call_principal,
        case.confirm,
        case.review,
        case.accept,
    ):
        part()
    clerk = case.clerk
    clerk.wait("the acknowledgement", lambda: clerk.state().case_state is CaseState.ACKED)


@contextmanager
def _reviewing(office: embedded.EmbeddedOffice) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(base_url=office.url, viewport={"width": 1360, "height": 860})
        page.goto("/review")
        page.get_by_label("账号").fill(REVIEWER)
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("table.list")).to_be_visible()
        page.wait_for_load_state("load")
        yield page
        browser.close()


def _open_first(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("form.decide")).to_be_visible()
    page.wait_for_load_state("load")


def _ask_for_more(office: embedded.EmbeddedOffice, out: Path) -> None:
    with _reviewing(office) as page:
        page.screenshot(path=out / "review-list.png")
        _open_first(page)
        page.screenshot(path=out / "review-case.png", full_page=True)
        page.get_by_role("link", name="English").click()
        page.screenshot(path=out / "review-case-en.png", full_page=True)
        page.get_by_role("link", name="中文").click()
        expect(page.get_by_text("变更内容")).to_be_visible()
        page.wait_for_load_state("load")
        page.keyboard.press("5")
        expect(page.get_by_label("授权委托书")).to_be_checked()
        page.keyboard.press("n")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        expect(page.locator("table.list, .empty")).to_be_visible()


def _other_letter(folder: Path) -> Path:
    """Draw the letter that the customer brings this time."""
    made = folder / "letter-again.png"
    specimen = LetterSpecimen(number="DEMO-2026-0002", values={})
    cv2.imwrite(str(made), SpecimenPress("demo").letter(specimen))
    return made


def _add_documents(clerk: DemoClerk, camera: SimulatedCamera, letter: Path) -> None:
    clerk.wait("the question", lambda: clerk.state().case_state is CaseState.NEED_MORE)
    clerk.picture("need-more")
    clerk.key(Qt.Key.Key_Return, CONTROL)
    clerk.wait("home", lambda: clerk.window.controller.state is None)
    clerk.pause(0.3)
    clerk.key(Qt.Key.Key_F9)
    clerk.pause(0.5)
    clerk.picture("inbox")
    clerk.key(Qt.Key.Key_Space)
    clerk.wait("the case", lambda: clerk.window.controller.state is not None)
    clerk.pause(0.3)
    clerk.picture("reopened")
    camera.show(letter)
    clerk.key(Qt.Key.Key_F6)
    clerk.wait("the live picture", clerk.sees_live_picture)
    clerk.picture("camera-more")
    clerk.wait("the letter", lambda: clerk.state().added == (DocumentKind.LETTER,), 90.0)
    clerk.pause(0.3)
    clerk.picture("added")
    clerk.key(Qt.Key.Key_F7)
    clerk.wait("the acknowledgement", lambda: clerk.state().case_state is CaseState.ACKED)
    clerk.picture("documents-sent")


def _apply(office: embedded.EmbeddedOffice, out: Path) -> None:
    with _reviewing(office) as page:
        _open_first(page)
        expect(page.get_by_text("补交的材料")).to_be_visible()
        page.screenshot(path=out / "review-more.png", full_page=True)
        page.keyboard.press("a")
        expect(page.locator("table.list")).to_be_visible()
        page.wait_for_load_state("load")
        _open_first(page)
        page.keyboard.press("e")
        expect(page.locator(".empty")).to_be_visible()


def _confirm(clerk: DemoClerk) -> None:
    clerk.wait("the answer", lambda: clerk.state().case_state is CaseState.APPLIED)
    clerk.pause(0.3)
    clerk.picture("applied")
    clerk.key(Qt.Key.Key_F8)
    clerk.wait("the confirmation", lambda: _is_printed(clerk), 60.0)
    clerk.picture("confirmed")


def _is_printed(clerk: DemoClerk) -> bool:
    papers = clerk.state().papers
    return any(one.kind is PaperKind.CONFIRMATION and not one.failure for one in papers)


def _conclude(clerk: DemoClerk, office: embedded.EmbeddedOffice, out: Path) -> None:
    database = Database(sqlite_url(office.folder / "headoffice.db"))
    with database.reading() as connection:
        taken = connection.execute(
            select(messages.c.type, messages.c.verdict, messages.c.case_id).order_by(messages.c.seq)
        ).all()
        said = connection.execute(
            select(decisions.c.verdict, decisions.c.wanted).order_by(decisions.c.cursor)
        ).all()
    database.close()
    summary = {
        "state": clerk.state().case_state.value,
        "messages": [[row.type, row.verdict] for row in taken],
        "cases": len({row.case_id for row in taken}),
        "decisions": [[row.verdict, row.wanted] for row in said],
    }
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
