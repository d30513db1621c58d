"""What holds for the repository as a whole."""

from __future__ import annotations

import ast
import re
import subprocess
from dataclasses import fields, is_dataclass
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path
from pkgutil import walk_packages

import pytest

import counter_app
from counter_app.errors import FailureCode

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    "counter_app",
    "resources",
    "forms",
    "tests",
    "installer",
    "docs",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "Makefile",
    "LICENSE",
    "requirements.lock",
    "assets.lock",
    "assets.in",
}
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40
PERSONAL_FIELDS = re.compile(
    r"^(name|number|id_number|phone|old_phone|new_phone|new_number|account|password|born_on|"
    r"latin_name|photo_wlt|code|settlement_card|display_name)$"
)
NOT_PERSONAL = {
    ("counter_app.domain.delegation_letter", "Notary", "number"),
    ("counter_app.domain.paper_parts", "Branch", "name"),
    ("counter_app.domain.paper_parts", "Branch", "phone"),
    ("counter_app.domain.paper_parts", "ReceivedDocument", "name"),
    ("counter_app.domain.paper_parts", "ReceivedDocument", "number"),
    ("counter_app.domain.paper_parts", "NoticeLine", "code"),
    ("counter_app.domain.paper_parts", "Branch", "code"),
    ("counter_app.domain.paper_verdict", "Verdict", "number"),
    ("counter_app.domain.provider_rules", "Hotline", "number"),
    ("counter_app.domain.reading", "Measure", "name"),
    ("counter_app.ports.camera", "CameraChoice", "name"),
    ("counter_app.ports.camera", "CameraFound", "name"),
    ("counter_app.ports.paper", "Paper", "number"),
    ("counter_app.ports.paper", "PrinterHealth", "name"),
    ("counter_app.ports.travel_document", "ReaderStatus", "name"),
}


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_the_top_level_is_as_agreed() -> None:
    top = {name.split("/", 1)[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("lock", ["requirements.lock", "assets.lock"])
def test_a_lock_names_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert re.search(r"https?://|--index-url|--find-links", text) is None


def test_exactly_one_opencv_is_installed() -> None:
    names = {
        (dist.metadata["Name"] or "").lower() for dist in distributions() if dist.metadata["Name"]
    }
    assert {name for name in names if name.startswith("opencv-")} == {"opencv-python-headless"}


def test_no_source_file_is_longer_than_agreed() -> None:
    long = {
        name: lines
        for name in tracked()
        if name.startswith("counter_app/") and name.endswith(".py")
        if (lines := len((ROOT / name).read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_agreed() -> None:
    long = {
        f"{name}:{node.lineno} {node.name}": lines
        for name in tracked()
        if name.startswith("counter_app/") and name.endswith(".py")
        for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_nothing_is_left_to_be_done_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error")
    found = [
        f"{name}: {mark}"
        for name in tracked()
        if name.endswith(".py") and name.startswith("counter_app/")
        for mark in marks
        if mark in (ROOT / name).read_text("utf-8")
    ]
    assert found == []


def test_only_the_borders_catch_everything() -> None:
    catchers = set()
    for name in tracked():
        if not (name.startswith("counter_app/") and name.endswith(".py")):
            continue
        for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
            is_broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            )
            if is_broad:
                catchers.add(name)
    assert catchers <= {
        "counter_app/services/perform.py",
        "counter_app/backoffice/sender_process.py",
    }


def domain_classes() -> list[type]:
    found: list[type] = []
    for package in ("counter_app.domain", "counter_app.flow", "counter_app.ports"):
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            loaded = import_module(module.name)
            found.extend(
                value
                for value in vars(loaded).values()
                if isinstance(value, type)
                and is_dataclass(value)
                and value.__module__ == module.name
            )
    return found


def test_personal_fields_stay_out_of_repr() -> None:
    shown = [
        f"{kind.__module__}.{kind.__name__}.{item.name}"
        for kind in domain_classes()
        for item in fields(kind)
        if PERSONAL_FIELDS.match(item.name) and item.repr
        if item.type in {"str", "str | None", "bytes", "date | None", "date"}
        if (kind.__module__, kind.__name__, item.name) not in NOT_PERSONAL
    ]
    assert shown == []


def test_the_list_of_failures_is_current() -> None:
    from tests.architecture.failure_list import failure_list

    assert (ROOT / "docs" / "failures.md").read_text("utf-8") == failure_list()


def test_every_failure_is_raised_somewhere() -> None:
    sources = "\n".join(
        (ROOT / name).read_text("utf-8")
        for name in tracked()
        if name.startswith("counter_app/") and name.endswith(".py") and "errors.py" not in name
    )
    unused = [code.name for code in FailureCode if f"FailureCode.{code.name}" not in sources]
    assert unused == []


def test_the_version_is_said_once() -> None:
    assert f'version = "{counter_app.__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
