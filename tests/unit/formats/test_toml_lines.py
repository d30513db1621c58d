"""An error in a file that people write names the line where they have to look."""

from __future__ import annotations

import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.formats.toml_lines import Place, line_of
from counter_app.formats.toml_model import StrictModel, read_model

TEXT = """\
title = "x"  # line 1
[visit]
reason = "02"
"quoted.key" = 1

[[visit.documents]]
owner = "principal"

[[visit.documents]]   # the second
owner = "agent"
printed = { name = "x" }
[visit.documents.more]
deep.er = 1
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 1),
        (("visit",), 2),
        (("visit", "reason"), 3),
        (("visit", "documents", 0), 6),
        (("visit", "documents", 0, "owner"), 7),
        (("visit", "documents", 1), 9),
        (("visit", "documents", 1, "owner"), 10),
        (("visit", "documents", 1, "printed", "name"), 11),
        (("visit", "documents", 1, "missing"), 9),
        (("visit", "documents", 1, "more", "deep", "er"), 13),
        (("nowhere",), 1),
        ((), 1),
    ],
)
def test_a_place_has_a_line(place: Place, line: int) -> None:
    assert line_of(TEXT, place) == line


class Inner(StrictModel):
    """A table."""

    name: str
    size: int | None = None


class Outer(StrictModel):
    """A file."""

    title: str
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()


@pytest.mark.parametrize(
    ("text", "line", "key", "allowed"),
    [
        ("title = ", 1, "title", "valid TOML 1.0"),
        ("]]]", 1, "-", "valid TOML 1.0"),
        ("title = 'x'\ntitle = 'y'", 2, "title", "each key once"),
        ("inner = { name = 'x', name = 'y' }", 1, "inner", "each key once"),
        ("[inner]\n[inner]", 2, "inner", "each table once"),
        ("title = 2026-02-30", 1, "title", "a date that exists"),
        ("title = 'x'\n  'deep' = " + "[" * 5000, 2, "-", "valid TOML 1.0"),
        ("title = " + "1" * 5000, 1, "title", "valid TOML 1.0"),
        ("title = 'x'\n[inner]\nname = 1", 3, "inner.name", "a text in quotes"),
        ("title = 'x'\n[inner]", 2, "inner.name", "required"),
        ("[inner]\nname = 'x'", 1, "title", "required"),
        ("titel = 'x'\n[inner]\nname = 1", 1, "titel (unknown key)", "inner, many, title"),
        ("title = 'x'\nother = 1", 2, "other (unknown key)", "inner, many, title"),
        ("title = 'x'\n[inner]\nname = 'x'\nnam = 1", 4, "inner.nam (unknown key)", "name, size"),
        (
            "title = 'x'\n[[many]]\nname = 'x'\n[[many]]\nname = 'y'\nsiz = 1",
            6,
            "many.1.siz (unknown key)",
            "name, size",
        ),
        ("title = 'x'\n[[many]]\nname = 'x'\nsize = 'big'", 4, "many.0.size", "valid integer"),
    ],
)
def test_an_error_names_line_key_and_what_is_allowed(
    text: str, line: int, key: str, allowed: str
) -> None:
    with pytest.raises(CounterError) as caught:
        read_model("file.toml", text, Outer, FailureCode.RULES_INVALID)
    facts = caught.value.facts
    assert (facts["file"], facts["line"], facts["key"]) == ("file.toml", line, key)
    assert allowed in str(facts["allowed"])


def test_a_good_file_is_read() -> None:
    text = "title = 'x'\n[[many]]\nname = 'y'"
    read = read_model("file.toml", text, Outer, FailureCode.RULES_INVALID)
    assert read == Outer(title="x", many=(Inner(name="y"),))
