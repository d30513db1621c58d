"""Three thousand rare characters through screen, store, search, directory and export, unchanged."""

from __future__ import annotations

import json
import random
import shutil
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtGui import QFont, QInputMethodEvent, QTextLayout
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import demo_world
from counter_app.domain.merchant import MerchantRecord
from counter_app.ports.stored import CaseFilter, CaseSummary
from counter_app.storage.directory import SqlDirectory
from counter_app.storage.directory_file import FileKind, Header, write_directory
from counter_app.storage.signed_file import Purpose, sign_file
from counter_app.storage.subject import export_held, held_about
from counter_app.ui.fonts import load_fonts
from tests.contract.receipt.test_characters import RARE_NAMES, level_3
from tests.contract.store.builders import NOW, draft
from tests.faults.store.test_damage import KEY, opened

CHOSEN = random.Random(20261123).sample(list(level_3()), 3000)
NAMES = (*("".join(CHOSEN[at : at + 20]) for at in range(0, 3000, 20)), *RARE_NAMES, "一_百%店")


def test_store_search_and_export_keep_every_character(tmp_path: Path) -> None:
    data = opened(tmp_path / "data")
    with data.store.begin() as unit:
        for number, name in enumerate(NAMES):
            summary = CaseSummary("102110054990001", name, "N500W00012345", name)
            body = json.dumps({"name": name}, ensure_ascii=False).encode()
            unit.save_draft(draft(f"case-{number}", body=body, summary=summary), NOW)
    with data.store.view() as unit:
        for number, name in enumerate(NAMES):
            for found in (unit.cases(CaseFilter(text=name)), unit.cases(CaseFilter(anywhere=name))):
                assert [case.case_id for case in found] == [f"case-{number}"], name
            assert found[0].summary.customer == name
            assert json.loads(found[0].draft) == {"name": name}
    for name in NAMES[:: len(NAMES) // 10]:
        folder = tmp_path / "copy"
        held = held_about(data.store, data.vault, name)
        export_held(data.store, data.vault, held, folder, lambda picture: picture)
        (said,) = json.loads((folder / "held.json").read_text("utf-8"))
        assert said["case"]["summary"]["customer"] == name
        assert json.loads(said["draft"]) == {"name": name}
        shutil.rmtree(folder)
    data.close()


def merchant(number: int, name: str) -> MerchantRecord:
    """Return a merchant and owner with a name."""
    first = demo_world.MERCHANTS[2]
    owner = replace(first.principal, name=name)
    terminals = tuple(replace(one, sn=f"N700W{number:08d}") for one in first.terminals)
    return replace(
        first,
        merchant_no=f"1021100511{number:05d}",
        name=name,
        principal=owner,
        terminals=terminals,
    )


def test_the_directory_finds_every_character(tmp_path: Path) -> None:
    office = Ed25519PrivateKey.generate()
    path = tmp_path / "directory.jsonl"
    header = Header(FileKind.FULL, 1, 0, datetime.now(UTC))
    write_directory(path, header, [merchant(*pair) for pair in enumerate(NAMES)])
    sign_file(path, Purpose.DIRECTORY, office)
    directory = SqlDirectory(tmp_path / "directory", KEY, office.public_key())
    directory.load(path, datetime.now(UTC))
    for name in NAMES:
        (found,) = directory.by_name_prefix(name)
        assert (found.name, found.principal.name) == (name, name)
    directory.close()


def missing_glyphs(text: str, family: str) -> int:
    """Return how many characters of a text a screen would show as boxes."""
    layout = QTextLayout(text, QFont(family))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return sum(glyph == 0 for run in layout.glyphRuns() for glyph in run.glyphIndexes())


def test_the_screen_shows_every_character_and_takes_it_from_an_input_method(
    qtbot: QtBot, qapp: QApplication
) -> None:
    assert qapp is not None
    if shutil.which("fc-list") is None:
        pytest.skip("fontconfig is not here")
    family = load_fonts()
    label, edit = QLabel(), QLineEdit()
    qtbot.addWidget(label)
    qtbot.addWidget(edit)
    for name in NAMES:
        label.setText(name)
        commit = QInputMethodEvent()
        commit.setCommitString(name)
        edit.clear()
        QApplication.sendEvent(edit, commit)
        assert (label.text(), edit.text()) == (name, name)
        assert missing_glyphs(name, family) == 0, unicodedata.name(name[0])
    assert missing_glyphs("\U000e0100\U0010fff0", family) > 0
