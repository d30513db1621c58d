"""Reading a picture leaves no trace outside the product and reports to nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def files_left_by(words: list[str], home: Path) -> list[str]:
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ORT_")}
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "CI": ""}
    own.update(dict.fromkeys(("GITHUB_ACTIONS", "TF_BUILD", "PYTEST_CURRENT_TEST"), ""))
    subprocess.run(words, env={**kept, **own}, check=True, capture_output=True, timeout=110)
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_the_engine_keeps_no_device_id_and_no_queue_of_reports(tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    draw = "import cv2, numpy, sys; cv2.imwrite(sys.argv[1], numpy.full((400, 640, 3), 255, 'u1'))"
    subprocess.run([sys.executable, "-c", draw, str(picture)], check=True, timeout=60)
    words = [sys.executable, "-m", "counter_app", "read-image", str(picture), "--as", "resident-id"]
    assert files_left_by([*words, "--json"], tmp_path / "home") == []
