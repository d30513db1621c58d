"""The branch copy with the customer's ink: laid under the camera, filed by its own code."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction
from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import FailureCode
from counter_app.flow.steps import Step
from counter_app.services.signed_copies import KIND, SignedCopies
from tests.faults.counter import visit
from tests.faults.counter.test_printer import accepted
from tests.faults.counter.world import Bench, BenchMaker, demo_settings

DESK = (1944, 2592)


def photographed(pdf: bytes, target: Path, scrawl: int = 0) -> Path:
    """Sign the last page of a paper and picture it on a dark desk, a little turned."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[len(document) - 1].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    ink = ImageDraw.Draw(page)
    chance = np.random.default_rng(scrawl)
    points = [(900 + 9 * step, 2050 + int(chance.integers(-40, 40))) for step in range(40)]
    ink.line(points, fill=(20, 24, 110), width=6, joint="curve")
    page.thumbnail((DESK[0] * 0.9, DESK[1] * 0.9))
    page = page.point(lambda level: round(16 + level * 0.78))  # paper under a lamp is not white
    desk = Image.new("RGB", DESK, (58, 52, 46))
    turned = page.convert("RGBA").rotate(2, expand=True, resample=Image.Resampling.BICUBIC)
    place = ((DESK[0] - turned.width) // 2, (DESK[1] - turned.height) // 2)
    desk.paste(turned, place, turned)
    desk.filter(ImageFilter.GaussianBlur(0.8)).save(target)
    return target


def receipt_of(one: Bench) -> bytes:
    """Return the sealed receipt of the case on the screen."""
    with one.counter.data.store.view() as unit:
        return unit.paper(one.state.draft.case_id, PaperKind.RECEIPT.value).pdf


def finished(one: Bench) -> str:
    """Play a visit to its end; returns the acceptance number."""
    number = accepted(one)
    visit.confirm_paper(one.clerk)
    return number


def kept(one: Bench, case_id: str) -> list[bytes]:
    """Return the signed receipts of a case, the first first."""
    vault = one.counter.data.vault
    name = KIND + PaperKind.RECEIPT.value
    return [vault.get(ref.sha256) for ref in vault.images(case_id) if ref.kind == name]


def take(one: Bench) -> None:
    """Press the space bar once the camera shows something."""
    panel = one.window._screens.signed_copy.camera
    one.clerk.wait("the camera", lambda: panel._finder.frame is not None or not panel.is_running)
    one.clerk.key(Qt.Key.Key_Space)


def test_the_signed_copy_is_filed_at_hand_over_by_its_own_code(
    bench: BenchMaker, tmp_path: Path
) -> None:
    one = bench()
    number = finished(one)
    case_id = one.state.draft.case_id
    one.camera.show(photographed(receipt_of(one), tmp_path / "signed.png"))
    one.clerk.key(Qt.Key.Key_F6)
    one.reads("还有 1 件的签字联没有存")
    one.clerk.wait("the page", lambda: bool(kept(one, case_id)), 60.0)
    one.reads("已存入受理件")
    one.reads("签字联都已存好")
    one.reads("联网后自动送总部")
    one.clerk.shoot("signed-copy-kept")
    assert number in one.words()
    assert Image.open(io.BytesIO(kept(one, case_id)[0])).format == "JPEG"
    with one.counter.data.store.view() as unit:
        acts = [json.loads(row.record)["action"] for row in unit.case_journal(case_id)]
    assert acts.count(JournalAction.SIGNED_COPY_KEPT) == 1
    one.clerk.key(Qt.Key.Key_Escape)
    one.clerk.at(Step.DONE)
    assert one.stored().case_state is CaseState.QUEUED


def test_a_page_signed_again_is_kept_beside_the_first_from_the_home_page(
    bench: BenchMaker, tmp_path: Path
) -> None:
    one = bench()
    finished(one)
    case_id, pdf = one.state.draft.case_id, receipt_of(one)
    one.clerk.key(visit.NEXT, visit.CONTROL)
    one.clerk.wait("home", lambda: one.window.controller.state is None)
    one.camera.show(photographed(pdf, tmp_path / "first.png", 1))
    one.clerk.key(Qt.Key.Key_F6)
    one.clerk.wait("the first", lambda: len(kept(one, case_id)) == 1, 60.0)
    first = kept(one, case_id)[0]
    one.reads("再放一页请按空格")
    one.camera.show(photographed(pdf, tmp_path / "second.png", 2))
    one.clerk.key(Qt.Key.Key_Space)
    one.clerk.wait("the second", lambda: len(kept(one, case_id)) == 2, 60.0)
    one.reads("以首次保存的为准")
    assert kept(one, case_id)[0] == first


def test_what_is_no_page_of_ours_is_not_filed_and_the_words_say_so(
    bench: BenchMaker, tmp_path: Path
) -> None:
    one = bench()
    finished(one)
    blank = Image.new("RGB", (1240, 1754), "white")
    out = io.BytesIO()
    blank.save(out, "PDF")
    one.camera.show(photographed(out.getvalue(), tmp_path / "blank.png"))
    one.clerk.key(Qt.Key.Key_F6)
    take(one)
    one.tells(FailureCode.SIGNED_COPY_UNREADABLE)
    one.clerk.shoot("signed-copy-refused")
    assert not kept(one, one.state.draft.case_id)


def test_a_page_of_another_counter_is_not_filed(bench: BenchMaker, tmp_path: Path) -> None:
    other = bench("b")
    finished(other)
    page = photographed(receipt_of(other), tmp_path / "other.png")
    other.close()
    one = bench("a")
    finished(one)
    copies = one.window.kit.parts.signed_copies
    assert isinstance(copies, SignedCopies)
    one.camera.show(page)
    one.clerk.key(Qt.Key.Key_F6)
    take(one)
    one.tells(FailureCode.SIGNED_COPY_UNKNOWN)
    assert not kept(one, one.state.draft.case_id)


def test_a_customer_may_sign_on_the_pad_instead(bench: BenchMaker, tmp_path: Path) -> None:
    settings = demo_settings(f"pty:{tmp_path}/a/reader")
    devices = settings.devices.model_copy(update={"signature_pad": "screen"})
    one = bench(settings=settings.model_copy(update={"devices": devices}))
    number = finished(one)
    one.clerk.key(Qt.Key.Key_F6)
    one.clerk.key(Qt.Key.Key_F7)
    one.reads(f"请客户在框内签全名　{number}")
    view = one.window._screens.signed_copy
    pad = view.pad.pad
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(60, 120))
    for step in range(60):
        at = QPoint(60 + 6 * step, 120 + (step % 7) * 9)
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            at.toPointF(),
            pad.mapToGlobal(at).toPointF(),
            left,
            left,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(pad, move)
    QTest.mouseRelease(pad, left, pos=QPoint(420, 120))
    one.clerk.shoot("pad")
    view.pad.keep_button.click()
    one.reads("签名已加密保存")
    one.reads("签字联都已存好")
    assert pad.samples() == ()
    refs = one.counter.data.vault.images(one.state.draft.case_id)
    closed = [one.counter.data.vault.get(ref.sha256) for ref in refs if ref.kind == "pad_receipt"]
    assert len(closed) == 1
    assert b"samples" not in closed[0]
