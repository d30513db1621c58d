"""What a wheel carries: a counter that was installed from it finds everything it reads."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ_AT_RUN_TIME = (
    "counter_app/_resources/fonts/NotoSansSC-Regular.ttf",
    "counter_app/_resources/models/det-tiny.onnx",
    "counter_app/_resources/models/rec-small.onnx",
    "counter_app/_resources/providers/lakala.toml",
    "counter_app/_resources/providers/lakala.toml.sig",
    "counter_app/_resources/receipt/zh.toml",
    "counter_app/_resources/words/failures.toml",
    "counter_app/_resources/i18n/counter_app_en.qm",
    "counter_app/_resources/icons/check.svg",
    "counter_app/_resources/cards/DE_ML.ml",
    "counter_app/ui/generated/ui_letter_page.py",
    "counter_app/storage/migrations/env.py",
    "counter_app/headoffice/migrations/env.py",
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.slow
@pytest.mark.parametrize("name", READ_AT_RUN_TIME)
def test_a_wheel_carries_what_is_read_at_run_time(names: set[str], name: str) -> None:
    assert name in names


@pytest.mark.slow
def test_a_wheel_carries_no_test(names: set[str]) -> None:
    assert not any(name.startswith(("tests/", "forms/", "build/")) for name in names)
