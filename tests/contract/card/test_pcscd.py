"""Runs the cases beside it once in a private namespace and reports each case here.

pcscd and the virtual readers listen in fixed places, so they get a network and a /run of their own.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

CASES = (
    Path(__file__).with_name("pcscd_cases.py"),
    Path(__file__).with_name("pcscd_desk_cases.py"),
    Path(__file__).with_name("pcscd_foreign_cases.py"),
    Path(__file__).with_name("pcscd_window_cases.py"),
)
OPTIONS = ("-q", "-p", "tests.contract.card.pcscd_fixtures")
NAMES = [
    node.name
    for cases in CASES
    for node in ast.parse(cases.read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
]
PREPARE = 'mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && exec "$@"'

pytestmark = [pytest.mark.pcscd, pytest.mark.slow, pytest.mark.timeout(300)]


def reason_to_skip() -> str:
    missing = [name for name in ("pcscd", "cardpeek", "unshare") if shutil.which(name) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if os.geteuid() != 0:
        return "a namespace of its own needs root"
    return ""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    if reason := reason_to_skip():
        pytest.skip(reason)
    report = tmp_path_factory.mktemp("pcscd") / "report.xml"
    inner = [sys.executable, "-m", "pytest", *OPTIONS, *map(str, CASES), f"--junitxml={report}"]
    command = ["unshare", "-n", "-m", "sh", "-c", PREPARE, "sh", *inner]
    done = subprocess.run(
        command, cwd=CASES[0].parents[3], capture_output=True, text=True, timeout=240, check=False
    )
    assert report.exists(), done.stdout[-3000:] + done.stderr[-3000:]
    found: dict[str, str] = {}
    for case in ET.parse(report).getroot().iter("testcase"):
        name = case.get("name", "").split("[")[0]
        bad = [*case.findall("failure"), *case.findall("error"), *case.findall("skipped")]
        found[name] = found.get(name, "") + "".join(item.text or "failed" for item in bad)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_behind_a_real_pcscd(name: str, outcome: dict[str, str]) -> None:
    assert name in outcome, "the case did not run"
    assert not outcome[name], outcome[name]
