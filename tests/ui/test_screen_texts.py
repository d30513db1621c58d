"""Forms are compiled, and every text of the screens has its English."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted((ROOT / "forms").glob("*.ui"))
GENERATED = ROOT / "counter_app" / "ui" / "generated"
ENGLISH = ROOT / "resources" / "i18n" / "counter_app_en.ts"


def screen_sources() -> list[str]:
    """Every file that may hold a text of the screens."""
    code = (ROOT / "counter_app" / "ui").rglob("*.py")
    return [str(path) for path in (*code, *FORMS) if path.parent != GENERATED]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_every_form_is_compiled_after_its_last_change(form: Path) -> None:
    compiled = GENERATED / f"ui_{form.stem}.py"
    assert compiled.exists(), "run installer/build_assets.py"
    assert compiled.stat().st_mtime >= form.stat().st_mtime, "run installer/build_assets.py"


@pytest.fixture
def messages(tmp_path: Path) -> list[ET.Element]:
    """The English texts after collecting the sources' texts once more."""
    copy = tmp_path / ENGLISH.name
    shutil.copy(ENGLISH, copy)
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    options = ["-no-obsolete", "-locations", "none", "-silent", "-ts", str(copy)]
    subprocess.run([str(tool), *screen_sources(), *options], check=True)
    return list(ET.parse(copy).getroot().iter("message"))


def test_every_text_of_the_screens_has_its_english(messages: list[ET.Element]) -> None:
    missing = [
        message.findtext("source")
        for message in messages
        if message.find("translation").get("type") == "unfinished"
    ]
    assert not missing


def test_every_place_for_a_value_is_kept(messages: list[ET.Element]) -> None:
    wrong = [
        message.findtext("source")
        for message in messages
        for mark in ("{}", "%1", "%2")
        if message.findtext("source").count(mark) != message.findtext("translation").count(mark)
    ]
    assert not wrong
