"""Writes docs/failures.md: `python -m tests.architecture.failure_list`."""

from __future__ import annotations

from pathlib import Path

from counter_app.errors import FailureCode
from counter_app.words.failures import failure_words


def failure_list() -> str:
    rows = [
        "# Failures",
        "",
        "Every way the world can fail at the counter, with the words the clerk sees.",
        "Made from the code.",
        "",
        "| code | 中文 | 怎么办 | English | what to do |",
        "|---|---|---|---|---|",
    ]
    for code in FailureCode:
        zh, en = failure_words(code, "zh"), failure_words(code, "en")
        rows.append(f"| {code.value} | {zh.title} | {zh.advice} | {en.title} | {en.advice} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    (Path(__file__).resolve().parents[2] / "docs" / "failures.md").write_text(
        failure_list(), encoding="utf-8"
    )
