"""Thousands of made-up requests against the documented contract, judged by a foreign tool.

It lives in an environment of its own because it brings an HTTP library that replaces parts of ours.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.headoffice import embedded
from counter_app.wire.keys import new_signing_key, public_half

ROOT = Path(__file__).resolve().parents[3]
PLACE = ROOT / "build" / "schemathesis"
DOCUMENT = ROOT / "docs" / "openapi.json"
TOOL = PLACE / "bin" / "schemathesis"
VERSION = "4.32.5"
EXPLAINED = (
    # A random body fits the schema and has no valid signature, request or matching id: 400 or 422.
    ("--exclude-checks", "positive_data_acceptance"),
    # The tool cannot write application/jose; test_bad_input.py covers images by hand.
    ("--exclude-operation-id", "putBlob"),
    # A question for answers may be held for 25 seconds.
    ("--max-response-time", "35"),
)


@pytest.fixture(scope="module")
def tool() -> Path:
    if not TOOL.exists():
        uv = [sys.executable, "-m", "uv"]
        made = subprocess.run(
            [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(PLACE)], check=False
        )
        wanted = f"schemathesis=={VERSION}"
        pip = [*uv, "pip", "install", "--quiet", "--python", str(PLACE / "bin" / "python"), wanted]
        if made.returncode or subprocess.run(pip, check=False).returncode:
            pytest.skip("schemathesis cannot be installed here: no package index")
    return TOOL


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_no_made_up_request_gets_an_undocumented_answer(tool: Path, tmp_path: Path) -> None:
    known = {"110199-07": public_half(new_signing_key())}
    options = embedded.EmbeddedOptions(decide=embedded.Deciding.MANUAL, counters=known)
    office = embedded.start(tmp_path, options)
    command = [str(tool), "run", str(DOCUMENT), "--url", office.url, "--checks", "all"]
    command += [
        "-H",
        "Counter-Id: 110199-07",
        "--max-examples",
        "8",
        "--workers",
        "1",
        "--seed",
        "20261123",
    ]
    command += ["--phases", "examples,coverage,fuzzing", "--request-timeout", "40", "--no-color"]
    command += ["--suppress-health-check", "all", *(part for pair in EXPLAINED for part in pair)]
    try:
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=220, check=False
        )
    finally:
        office.stop()
    assert done.returncode == 0, done.stdout[-4000:]
