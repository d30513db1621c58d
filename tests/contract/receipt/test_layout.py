"""What the papers say, how large, and that they keep looking the same."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from counter_app.domain.paper import MerchantType, NoticeLine, PaperKind, PaperRecord
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import Text
from counter_app.receipt.receipt_layout import receipt_pages
from counter_app.receipt.words import load_words
from tests.contract.receipt.conftest import Desk
from tests.contract.receipt.judges import (
    pdfium_text,
    pictures,
    poppler_text,
    qr_texts,
    squeezed,
)
from tests.unit.receipt.records import delegated_receipt, letter, notice, receipt

GOLDEN = Path(__file__).parent / "golden"
DEMO = {"demonstration": False}
PAPERS: dict[str, PaperRecord] = {
    "receipt": receipt(**DEMO),
    "delegated": delegated_receipt(offline=True, queue_ticket="A012", **DEMO),
    "elder": delegated_receipt(elder_mode=True, **DEMO),
    "bilingual": delegated_receipt(bilingual=True, **DEMO),
    "demonstration": receipt(),
    "letter": letter(principal_name="样本甲", new_number="13900000002"),
    "refusal": notice(PaperKind.REFUSAL, objection=True, **DEMO),
    "missing_list": notice(PaperKind.MISSING_LIST, bilingual=True, **DEMO),
    "swap_slip": notice(
        PaperKind.SWAP_SLIP,
        bilingual=True,
        elder_mode=True,
        lines=(
            NoticeLine("old_terminal", "收回终端序列号", "Terminal returned", "N500W00012345"),
            NoticeLine("new_terminal", "换发终端序列号", "Terminal handed out", "N500W00054321"),
        ),
        remedies=(),
        reviewer_name="阿卜杜热合曼·麦合木提江·吐尔逊",
        **DEMO,
    ),
    "number_slip": notice(PaperKind.NUMBER_SLIP, paper_no="", lines=(), **DEMO),
    "day_summary": notice(
        PaperKind.DAY_SUMMARY,
        lines=(NoticeLine("accepted", "已受理", "", "12"), NoticeLine("sent", "已上送", "", "11")),
        **DEMO,
    ),
}


def texts(record: PaperRecord, book: FontBook) -> list[Text]:
    pages = receipt_pages(record, book, "PR1:X", ("", ""))
    return [mark for page in pages for mark in page.marks if isinstance(mark, Text)]


@pytest.mark.parametrize("variant", [{}, {"elder_mode": True}, {"bilingual": True}])
def test_the_headline_is_the_largest_text(book: FontBook, variant: dict[str, bool]) -> None:
    marks = texts(delegated_receipt(**variant, **DEMO), book)
    headline = next(mark for mark in marks if mark.text == "已受理，尚未生效")
    assert all(mark.size < headline.size for mark in marks if mark.text != headline.text)


def test_in_elder_mode_nothing_is_smaller_than_14_points(book: FontBook) -> None:
    marks = texts(delegated_receipt(elder_mode=True, offline=True, **DEMO), book)
    assert min(mark.size for mark in marks) >= 14


def test_a_receipt_says_everything_that_it_must(desk: Desk, tmp_path: Path) -> None:
    record = delegated_receipt(offline=True, merchant_type=MerchantType.ENTERPRISE, fee_fen=1050)
    text = squeezed(poppler_text(desk.maker.make(record).pdf, tmp_path))
    for words in (
        "已受理，尚未生效",
        "预计2026年11月30日前可查询结果",
        "1101992026112301000",
        "139****0001",
        "139****0002",
        "结算账户、费率、布放地址",
        "不变更结算账户，不产生资金划转",
        "末6位012345",
        "企业",
        "代办样本乙",
        "尾号0021",
        "L110199-26-000012",
        "￥10.50",
        "授权样本主管",
        "离线受理，将在网络恢复后上送",
        "版本2026.1",
        "lakala2026.11.1",
        "9f86d081884c7d65",
        "支付宝、微信、网上银行",
        "任何人员都不会向您索要短信验证码",
        "客户联",
        "网点留存联",
        "演示",
        "2026-11-2310:00:00",
    ):
        assert words in text, words


def test_a_receipt_never_speaks_of_risk(desk: Desk) -> None:
    for record in PAPERS.values():
        text = pdfium_text(desk.maker.make(record).pdf)
        assert not any(word in text for word in ("可疑", "评分", "高风险", "R14"))


def test_the_objection_line_is_only_on_a_money_laundering_refusal(desk: Desk) -> None:
    with_line = pdfium_text(desk.maker.make(notice(PaperKind.REFUSAL, objection=True)).pdf)
    without = pdfium_text(desk.maker.make(notice(PaperKind.REFUSAL)).pdf)
    assert "反洗钱法" in squeezed(with_line)
    assert "反洗钱" not in without


def test_an_ordinary_receipt_is_one_page_a_copy(desk: Desk) -> None:
    assert desk.maker.make(receipt()).pages == 2
    assert desk.maker.make(delegated_receipt()).pages == 2
    assert desk.maker.make(receipt(copies=1)).pages == 1


def test_a_long_list_runs_over_with_the_number_on_every_page(desk: Desk, tmp_path: Path) -> None:
    lines = tuple(
        NoticeLine(f"n{n}", f"第{n}项缺少的材料，请补齐原件及复印件。" * 3) for n in range(40)
    )
    paper = desk.maker.make(notice(PaperKind.MISSING_LIST, lines=lines))
    assert paper.pages > 1
    text = poppler_text(paper.pdf, tmp_path)
    pages = text.split("\f")[: paper.pages]
    assert all("1101992026112301000" in squeezed(page) for page in pages)
    assert f"第{paper.pages}页，共{paper.pages}页" in squeezed(pages[-1])


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_keeps_its_text_inside_the_paper(desk: Desk, name: str) -> None:
    for picture in pictures(desk.maker.make(PAPERS[name]).pdf, 50):
        pixels = np.asarray(picture)
        edge = 9 if name != "letter" else 3
        assert (pixels[:edge] > 200).all()
        assert (pixels[-edge:] > 200).all()
        assert (pixels[:, :edge] > 200).all()
        assert (pixels[:, -edge:] > 200).all()


@pytest.mark.parametrize("dpi", [120, 200])
def test_the_code_reads_from_the_printed_page(desk: Desk, dpi: int) -> None:
    for picture in pictures(desk.maker.make(receipt()).pdf, dpi):
        found = qr_texts(picture)
        assert len(found) == 1
        assert desk.verifier.verify(found[0].encode()).is_valid


def test_a_photograph_of_the_page_is_judged(desk: Desk) -> None:
    page = pictures(desk.maker.make(receipt()).pdf, 150)[0].convert("RGB")
    table = Image.new("RGB", (page.width + 500, page.height + 400), (90, 70, 60))
    table.paste(page, (250, 200))
    photo = table.rotate(7, resample=Image.Resampling.BICUBIC, fillcolor=(80, 60, 50))
    dim = photo.point(lambda level: round(level * 0.62 + 10))
    out = io.BytesIO()
    dim.save(out, "JPEG", quality=60)
    verdict = desk.verifier.verify(out.getvalue())
    assert verdict.is_valid
    assert verdict.only_code
    assert verdict.number == receipt().number


def test_a_picture_without_a_code_of_ours_says_so(desk: Desk) -> None:
    out = io.BytesIO()
    Image.new("L", (300, 300), 255).save(out, "PNG")
    assert [fault.value for fault in desk.verifier.verify(out.getvalue()).faults] == [
        "CODE_MISSING"
    ]


def test_the_letters_code_is_the_one_the_camera_knows(desk: Desk) -> None:
    from counter_app.domain.letter_form import letter_number_of

    page = pictures(desk.maker.make(letter()).pdf, 120)[0]
    assert letter_number_of(qr_texts(page)[0]) == "L110199-26-000012"


def test_a_draft_says_that_it_is_none_and_cannot_be_verified(desk: Desk) -> None:
    draft = desk.maker.preview(receipt(**DEMO), 700)
    assert len(draft) == 2
    picture = Image.open(io.BytesIO(draft[0])).convert("RGB")
    assert picture.width == 700
    pixels = np.asarray(picture).astype(int)
    reddish = (pixels[..., 0] - pixels[..., 1] > 30) & (pixels[..., 0] > 150)
    assert reddish.mean() > 0.04
    assert not any(text.startswith("PR1:") for text in qr_texts(draft[0]))


def test_a_strip_is_one_bit_and_576_dots_wide_and_warns_of_fading(desk: Desk) -> None:
    for record in (receipt(), notice(PaperKind.NUMBER_SLIP)):
        picture = Image.open(io.BytesIO(desk.maker.strip(record)))
        assert picture.mode == "1"
        assert picture.width == 576
        assert qr_texts(picture)[0].startswith("PR1:")
    with pytest.raises(ValueError, match="A4"):
        desk.maker.strip(letter())


def test_a_reprint_is_the_same_bytes_after_a_counted_sheet(desk: Desk, tmp_path: Path) -> None:
    sealed = desk.seal.seal(desk.maker.make(receipt()).pdf)
    sheet = desk.maker.reprint_sheet(sealed, 2, "c01", "2026-11-23 10:05:00")
    text = squeezed(poppler_text(sheet, tmp_path))
    for words in ("补打第2次", receipt().number, "c01", "2026-11-2310:05:00", "2026-11-2310:00:00"):
        assert words in text, words
    assert desk.verifier.verify(sealed).is_valid


def test_both_languages_have_the_same_words() -> None:
    zh, en = load_words("zh").sections, load_words("en").sections
    assert zh.keys() == en.keys()
    assert {name: set(words) for name, words in zh.items()} == {
        name: set(words) for name, words in en.items()
    }


@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_look_as_they_did(desk: Desk, name: str) -> None:
    """Golden pictures at 60 dpi; `python -m tests.contract.receipt.golden` makes them anew."""
    for number, page in enumerate(golden_pages(desk, name)):
        kept = Image.open(GOLDEN / f"{name}-{number}.png").convert("L")
        assert kept.size == page.size
        off = np.abs(np.asarray(kept).astype(int) - np.asarray(page).astype(int))
        assert off.mean() < 1.0, f"page {number} looks different"
        assert (off > 96).mean() < 0.004, f"page {number} has moved parts"


def golden_pages(desk: Desk, name: str) -> list[Image.Image]:
    pages = pictures(desk.maker.make(PAPERS[name]).pdf, 60)
    for page in pages:  # the code differs with every key
        if name != "letter":
            page.paste(255, (page.width - 130, 20, page.width - 30, 110))
    return pages


def test_a_letter_filled_in_beforehand_shows_every_value(desk: Desk, tmp_path: Path) -> None:
    record = letter(
        principal_name="样本甲",
        principal_number="110199199003070017",
        agent_name="样本乙",
        merchant_name="一个名字长得在横线上写不下而只好印得小一些的样本小吃店有限公司分店",
        new_number="13900000002",
        starts_on=date(2026, 11, 23),
        ends_on=date(2026, 12, 23),
    )
    text = squeezed(poppler_text(desk.maker.make(record).pdf, tmp_path))
    for value in ("样本甲", "110199199003070017", "样本乙", "13900000002", "20261123", "20261223"):
        assert value in text, value
    assert squeezed(record.merchant_name) in text
