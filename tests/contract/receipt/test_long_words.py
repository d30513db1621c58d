"""Long names, many lines, large type, two languages: nothing lies over anything or falls off."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from counter_app.domain.paper import LetterRecord, NoticeLine, NoticeRecord, PaperKind, PaperRecord
from counter_app.domain.paper_parts import Presenter, PresenterRole, ReceivedDocument
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.letter_layout import letter_pages
from counter_app.receipt.marks import Code, Page, Text
from counter_app.receipt.notice_layout import notice_pages
from counter_app.receipt.receipt_layout import receipt_pages
from counter_app.receipt.strip_layout import strip_page
from tests.contract.receipt.conftest import Desk
from tests.contract.receipt.judges import poppler_text, qr_texts
from tests.unit.receipt.records import BRANCH, delegated_receipt, letter, notice

SHOP = "样本市第一百货商贸连锁经营（集团）有限责任公司样本南大街第三百二十八号分店小吃部"
RARE = "䶮𬭎㛃𠅤𫖯鿍𪜀𫝀𬺰"
PLACE = "样本省样本市样本街道办事处样本社区居民委员会样本路三千八百八十八号样本广场B座地下二层216铺"
LONG_BRANCH = replace(
    BRANCH, name="样本支付服务有限公司样本省样本市分公司样本区中心服务网点", address=PLACE
)
AGENT = Presenter(PresenterRole.AGENT, RARE, "resident_id", "0021")
PAPERS_RECEIVED = tuple(
    ReceivedDocument("delegation_letter", 2, number=f"（2026）样本证字第0000{number}号")
    for number in range(9)
)
LONG = {
    "branch": LONG_BRANCH,
    "merchant_name": SHOP,
    "presenter": AGENT,
    "reviewer_name": f"欧阳{RARE}",
    "documents": PAPERS_RECEIVED,
    "offline": True,
    "demonstration": False,
}
VARIANTS = [
    {"elder_mode": elder, "bilingual": bilingual}
    for elder in (False, True)
    for bilingual in (False, True)
]
LINES = tuple(
    NoticeLine(f"x{number}", f"第{number}项没有写明新号码，或者与填写的不一致", "No new number")
    for number in range(22)
)


def pages_of(record: PaperRecord, book: FontBook) -> list[Page]:
    if isinstance(record, LetterRecord):
        return letter_pages(record, book)
    if isinstance(record, NoticeRecord):
        return notice_pages(record, book, "PR1:X", ("", ""))
    return receipt_pages(record, book, "PR1:X", ("", ""))


def collisions(page: Page, book: FontBook) -> list[tuple[str, str]]:
    """List the pieces of text whose ink boxes meet."""
    boxes = []
    for mark in page.marks:
        if isinstance(mark, Text) and not mark.turn_deg and mark.text.strip():
            wide = book.width(mark.text, mark.size, bold=mark.bold)
            box = (mark.x, mark.y - 0.72 * mark.size, mark.x + wide, mark.y + 0.08 * mark.size)
            boxes.append((mark.text, box))
        if isinstance(mark, Code):
            boxes.append(("QR", (mark.x, mark.y, mark.x + mark.size, mark.y + mark.size)))
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] and b[1] < a[3]
    ]


def out_of_page(page: Page, book: FontBook) -> list[str]:
    return [
        mark.text
        for mark in page.marks
        if isinstance(mark, Text)
        and not mark.turn_deg
        and (mark.x + book.width(mark.text, mark.size, bold=mark.bold) > page.width - 20)
    ]


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_a_long_receipt_lies_nowhere_over_itself(book: FontBook, variant: dict[str, bool]) -> None:
    for page in pages_of(delegated_receipt(**LONG, **variant), book):
        assert collisions(page, book) == []
        assert out_of_page(page, book) == []


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
@pytest.mark.parametrize("kind", [k for k in PaperKind if k not in {"receipt", "letter_form"}])
def test_a_long_notice_lies_nowhere_over_itself(
    book: FontBook, kind: PaperKind, variant: dict[str, bool]
) -> None:
    heading = (NoticeLine("merchant", "商户名称", "Merchant", SHOP),)
    record = notice(kind, branch=LONG_BRANCH, heading=heading, lines=LINES, **variant)
    for page in pages_of(replace(record, demonstration=False), book):
        assert collisions(page, book) == []
        assert out_of_page(page, book) == []


def test_a_table_over_two_pages_names_its_columns_on_both(book: FontBook) -> None:
    pages = pages_of(delegated_receipt(elder_mode=True, demonstration=False), book)
    heads = [
        page
        for page in pages
        if any(isinstance(mark, Text) and mark.text == "材料名称" for mark in page.marks)
    ]
    assert len(heads) >= 4  # two copies, two pages each


def test_the_name_on_a_filled_in_letter_stays_readable(book: FontBook) -> None:
    (page,) = pages_of(letter(merchant_name=SHOP, merchant_no="102110054990001"), book)
    texts = [mark for mark in page.marks if isinstance(mark, Text)]
    shown = [mark for mark in texts if mark.text and mark.text in SHOP and len(mark.text) > 5]
    assert "".join(mark.text for mark in shown) == SHOP
    assert min(mark.size for mark in shown) >= 5.5
    assert collisions(page, book) == []


def test_the_strip_is_large_for_elders_and_speaks_english_when_asked(desk: Desk) -> None:
    plain = desk.maker.strip(delegated_receipt(demonstration=False))
    for variant in ({"elder_mode": True}, {"bilingual": True}):
        strip = desk.maker.strip(delegated_receipt(demonstration=False, **variant))
        with Image.open(io.BytesIO(strip)) as large, Image.open(io.BytesIO(plain)) as small:
            assert large.height > small.height * 1.2
        assert qr_texts(strip)


def test_every_character_of_a_rare_name_is_extracted(desk: Desk, tmp_path: Path) -> None:
    text = poppler_text(desk.maker.make(delegated_receipt(**LONG)).pdf, tmp_path)
    assert RARE in "".join(text.split())


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_a_long_strip_lies_nowhere_over_itself_and_tears_no_number(
    book: FontBook, variant: dict[str, bool]
) -> None:
    heading = (NoticeLine("merchant_no", "商户编号", "Merchant no.", "102110054990001"),)
    for record in (
        delegated_receipt(**LONG, **variant),
        notice(PaperKind.NUMBER_SLIP, branch=LONG_BRANCH, heading=heading, lines=LINES, **variant),
    ):
        page = strip_page(record, book, "PR1:X", ("", ""))
        assert collisions(page, book) == []
        shown = [mark.text for mark in page.marks if isinstance(mark, Text)]
        assert any("102110054990001" in text for text in shown)
        ends = [
            mark.x + book.width(mark.text, mark.size, bold=mark.bold)
            for mark in page.marks
            if isinstance(mark, Text)
        ]
        assert max(ends) <= page.width
        if isinstance(record, NoticeRecord) and variant["bilingual"]:
            assert "商户编号 Merchant no." in shown
        if not isinstance(record, NoticeRecord):
            assert {"139****0001", "139****0002"} <= set(shown)
