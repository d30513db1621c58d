"""A name that no font draws, from the chip to the receipt: its picture counts (以图片为准)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from counter_app.bootstrap import demo_world
from counter_app.bootstrap.places import fonts_folder
from counter_app.bootstrap.sealing import trust_folder
from counter_app.devices.id_reader.simulator.people import AGENT
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import Owner
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.reading import DocumentKind
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Need, Step
from counter_app.receipt.commands import verifier
from counter_app.storage.directory_file import FileKind, Header, write_directory
from counter_app.storage.signed_file import Purpose, sign_file
from tests.contract.receipt.judges import poppler_text, squeezed
from tests.faults.counter import visit
from tests.faults.counter.world import Bench, BenchMaker

RARE = "\U0002ebf0"
OWNER, SHOP = f"样{RARE}", "样\ue000水果摊"


def know(one: Bench, shop: str, owner: str) -> None:
    """Load a newer directory in which the fruit stall and its owner have these names."""
    merchants = [
        replace(item, name=shop, principal=replace(item.principal, name=owner))
        if any(terminal.sn == visit.SN for terminal in item.terminals)
        else item
        for item in demo_world.MERCHANTS
    ]
    path = one.counter.places.data / "newer.jsonl"
    write_directory(path, Header(FileKind.FULL, 2, 0, datetime.now(UTC)), merchants)
    sign_file(path, Purpose.DIRECTORY, demo_world.demo_head_office())
    one.counter.directory.load(path, datetime.now(UTC))


def lay_card(one: Bench) -> None:
    visit.wait_for_reader(one.clerk)
    one.reader.insert(ResidentCardSpecimen.of(replace(AGENT, name=OWNER)))
    one.clerk.wait("the card", lambda: one.state.draft.document_of(Owner.PRINCIPAL) is not None)
    one.reader.remove()
    one.clerk.pick("face_tiles", 1)
    one.clerk.pick("print_tiles", 1)


def go_on_in_vain(one: Bench) -> None:
    """Press the next key, which does not work yet."""
    before = one.state.step
    one.clerk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    one.settle()
    assert one.state.step is before
    assert Need.BY_PICTURE in one.window.controller.view().needs


def photograph(one: Bench) -> None:
    one.clerk.press("name_camera_button")
    one.clerk.wait("the picture", lambda: _is_kept(one), 90.0)


def _is_kept(one: Bench) -> bool:
    kept = one.state.draft.by_picture
    return kept is not None and kept.image is not None and one.state.waiting is None


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A card under the camera; what is read of it does not matter."""
    from counter_app.bootstrap.demo_case import draw_pictures

    return draw_pictures(tmp_path, "2026-11-20", "2026-12-20").licence


def settle_merchant(one: Bench) -> None:
    """Find the merchant, and let the picture of its name count."""
    clerk = one.clerk
    visit.sign_in(clerk)
    clerk.into("start_field", visit.SN)
    clerk.wait("the merchant", lambda: one.state.draft.terminal is not None)
    one.reads("没有字库能打印：U+E000")
    clerk.shoot("rare-terminal")
    go_on_in_vain(one)
    clerk.press("by_picture_button")
    one.reads("以图片为准：U+E000")
    clerk.next("terminal")


def settle_card(one: Bench) -> None:
    """Read the chip, and photograph the card for the name on it."""
    visit.say_who(one.clerk)
    lay_card(one)
    one.reads("没有字库能打印：U+2EBF0")
    one.reads("有字库没有的字，以图片为准： U+E000")
    one.clerk.shoot("rare-card")
    go_on_in_vain(one)
    photograph(one)
    one.reads("图片已留存")
    one.clerk.shoot("rare-settled")
    document = one.state.draft.document_of(Owner.PRINCIPAL)
    assert document is not None
    assert (document.name, one.state.proposal) == (OWNER, None)
    one.clerk.next("card")


def finish(one: Bench) -> None:
    for part in (
        visit.confirm_account,
        visit.call_old_number,
        visit.enter_new_number,
        visit.agree,
        visit.accept,
    ):
        part(one.clerk)


def require_kept(one: Bench, draft: Draft) -> None:
    """The picture is kept as evidence of both characters."""
    kept = draft.by_picture
    assert kept is not None
    assert kept.points == ("U+E000", "U+2EBF0")
    images = one.counter.data.vault.images(draft.case_id)
    evidence = {image.sha256: image.kind for image in images}
    assert kept.image is not None
    assert evidence[kept.image] == DocumentKind.RESIDENT_ID_FRONT


def require_receipt(one: Bench, case_id: str, folder: Path) -> None:
    """The receipt shows 〓 and says that the picture counts; its record keeps the names."""
    with one.counter.data.store.view() as unit:
        paper = unit.paper(case_id, PaperKind.RECEIPT.value)
    text = squeezed(poppler_text(paper.pdf, folder))
    assert text.count("样〓水果摊") == 2
    assert text.count("以图片为准：U+E000U+2EBF0") == 2
    record = json.loads(paper.record)
    assert record["by_picture"] == ["U+E000", "U+2EBF0"]
    assert (record["merchant_name"], record["presenter"]["name"]) == (SHOP, OWNER)
    judge = verifier(
        fonts_folder(), trust_folder(one.counter.settings, one.counter.places), one.counter.clock
    )
    assert judge.verify(paper.pdf).is_valid


def test_both_names_go_from_chip_and_directory_to_the_receipt_by_their_picture(
    bench: BenchMaker, photo: Path, tmp_path: Path
) -> None:
    one = bench(camera=photo)
    know(one, SHOP, OWNER)
    settle_merchant(one)
    settle_card(one)
    finish(one)
    draft = one.stored().draft
    require_kept(one, draft)
    require_receipt(one, draft.case_id, tmp_path)


def test_a_typed_name_is_settled_by_a_copy_where_no_camera_is(bench: BenchMaker) -> None:
    one = bench()
    know(one, "样本水果摊", OWNER)
    clerk = one.clerk
    visit.sign_in(clerk)
    visit.scan_terminal(clerk)
    visit.say_who(clerk)
    visit.wait_for_reader(clerk)
    clerk.press("type_button")
    for name, text in (
        ("name_field", OWNER),
        ("number_field", demo_world.AGENT_NUMBER),
        ("from_field", "20190801"),
        ("until_field", "20390801"),
    ):
        clerk.into(name, text)
    clerk.press("confirm_button")
    one.reads("没有字库能打印：U+2EBF0")
    clerk.pick("face_tiles", 1)
    go_on_in_vain(one)
    clerk.press("by_picture_button")
    one.reads("请留存证件复印件")
    clerk.next("card")
    assert one.state.step is Step.MATERIALS
    assert one.state.waiting is not Waiting.CARD
