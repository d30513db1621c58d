"""Every character of GB 18030-2022 level 3 prints and copies out as it went in."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.paper import NoticeLine, PaperKind
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.fonts import FontBook
from counter_app.services.printable import printable
from tests.contract.receipt.conftest import Desk
from tests.contract.receipt.judges import pdfium_text, poppler_text, squeezed
from tests.unit.receipt.records import delegated_receipt, notice, receipt

COMPATIBILITY = (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24)
COMPATIBILITY_LAST = (0xFA27, 0xFA28, 0xFA29)
BLOCKS = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
RARE_NAMES = ("张𬭎", "李㛃", "王䶮", "赵𠅤", "钱𫖯", "阿卜杜拉·买买提", "O'Neil Ann-Marie")


def level_3() -> Iterator[str]:
    for first, last in BLOCKS:
        yield from map(chr, range(first, last + 1))
    yield from map(chr, (*COMPATIBILITY, *COMPATIBILITY_LAST))


def test_the_fonts_together_cover_level_3(book: FontBook) -> None:
    characters = "".join(level_3())
    assert len(characters) == 87_887
    assert book.missing(characters) == ()


def test_three_thousand_random_characters_come_out_as_they_went_in(
    desk: Desk, tmp_path: Path
) -> None:
    chosen = random.Random(20261123).sample(list(level_3()), 3000)
    groups = ["".join(chosen[at : at + 20]) for at in range(0, 3000, 20)]
    lines = tuple(NoticeLine(f"n{n}", group) for n, group in enumerate(groups))
    pdf = desk.maker.make(notice(PaperKind.MISSING_LIST, lines=lines)).pdf
    for text in (squeezed(poppler_text(pdf, tmp_path)), squeezed(pdfium_text(pdf))):
        lost = [group for group in groups if group not in text]
        assert not lost, f"{len(lost)} of {len(groups)} groups are not in the text"


@pytest.mark.parametrize("name", RARE_NAMES)
def test_a_rare_name_is_whole_on_both_copies(desk: Desk, tmp_path: Path, name: str) -> None:
    pdf = desk.maker.make(receipt(merchant_name=f"{name}商店")).pdf
    text = squeezed(poppler_text(pdf, tmp_path))
    assert text.count(squeezed(f"{name}商店")) == 2


@pytest.mark.parametrize("character", ["\U0002ebf0", "\ue81e", "\U000f0000", "\u200b", "\x07"])
def test_a_character_without_a_glyph_is_refused_by_name_before_anything_is_drawn(
    desk: Desk, character: str
) -> None:
    assert desk.maker.coverage().missing(f"样{character}本{character}") == (character,)
    with pytest.raises(CounterError) as caught:
        desk.maker.make(receipt(merchant_name=f"样{character}本"))
    assert caught.value.code is FailureCode.GLYPH_MISSING
    assert caught.value.facts["point"] == f"U+{ord(character):04X}"


def test_by_image_the_page_shows_a_stand_in_with_its_code_point(desk: Desk, tmp_path: Path) -> None:
    record = delegated_receipt(merchant_name="样\U0002ebf0本", by_image=True)
    paper = desk.maker.make(record)
    text = poppler_text(paper.pdf, tmp_path)
    assert "样〓本" in text
    assert "U+2EBF0" in text
    assert "以图片为准" in squeezed(text)
    assert desk.verifier.verify(desk.seal.seal(paper.pdf)).is_valid


@pytest.mark.parametrize("is_bilingual", [False, True])
def test_the_record_names_the_character_and_decides_what_the_page_shows(
    desk: Desk, tmp_path: Path, *, is_bilingual: bool
) -> None:
    record = printable(
        receipt(merchant_name="样\ue000本", bilingual=is_bilingual), desk.maker.coverage()
    )
    assert (record.by_image, record.by_picture) == (True, ("U+E000",))
    assert b'"by_picture":["U+E000"]' in record.to_json()
    text = poppler_text(desk.maker.make(record).pdf, tmp_path)
    assert "样〓本" in text
    assert text.count("U+E000") == (4 if is_bilingual else 2)
    elsewhere = replace(record, by_picture=("U+672C",))
    with pytest.raises(CounterError):
        desk.maker.make(elsewhere)


def test_the_fonts_say_at_once_what_they_draw_one_by_one(book: FontBook) -> None:
    coverage = book.coverage()
    points = [*range(0x3000), *range(0xA000, 0x10000), *range(0x1F000, 0x20100)]
    points += range(0x2EB00, 0x2F000)
    wrong = [hex(p) for p in points if bool(book.missing(chr(p))) == coverage.has(p)]
    assert not wrong
    assert coverage.missing("".join(level_3())) == ()


def test_a_font_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "NotoSansSC-Regular.ttf").write_bytes(b"\0\1\0\0" + bytes(40))
    with pytest.raises(CounterError) as caught:
        FontBook(tmp_path).coverage()
    assert caught.value.code is FailureCode.FONT_MISSING


def test_a_missing_font_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CounterError) as caught:
        FontBook(tmp_path).missing("样")
    assert caught.value.code is FailureCode.FONT_MISSING


def test_an_ordinary_paper_needs_no_big_font(desk: Desk, tmp_path: Path) -> None:
    for record in (delegated_receipt(bilingual=True), notice(PaperKind.REFUSAL, objection=True)):
        path = tmp_path / "paper.pdf"
        path.write_bytes(desk.maker.make(record).pdf)
        done = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True)
        fonts = [line.split()[0] for line in done.stdout.splitlines()[2:]]
        assert fonts
        assert all("NotoSansSC" in font for font in fonts)
