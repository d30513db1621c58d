"""Receipts that merchants bring, judged on the review page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from PIL import Image
from sqlalchemy import select

from counter_app.bootstrap.receipt_judge import TrustedJudge
from counter_app.domain.paper import PaperKind
from counter_app.domain.submission import OutboxMessage
from counter_app.headoffice.app import attach, build_app
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.review.handed_in import LARGEST
from counter_app.headoffice.schema import audit
from tests.contract.headoffice.intake import Intake, opened
from tests.contract.headoffice.receipts import Stationery, stationery
from tests.contract.headoffice.reviewing import address, send, sign_in, words_of
from tests.contract.receipt.conftest import FixedClock
from tests.unit.receipt.records import notice

NUMBER = "110199-20261123-07-00014"
GENUINE, BAD = "✓ 回执真实", "✕ 回执不可采信"
OWN = "✓ 属于本件：受理编号和所附记录都与本件一致。"
OTHER = "✕ 不属于本件。"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Stationery:
    return stationery(tmp_path_factory.mktemp("pki"))


@pytest.fixture
def intake(tmp_path: Path, papers: Stationery) -> Iterator[Intake]:
    """A station that judges receipts, with a reviewer signed in."""
    with opened(sqlite_url(tmp_path / "headoffice.db"), tmp_path) as made:
        judge = TrustedJudge(papers.trust, FixedClock())
        app = build_app()
        attach(app, replace(made.station, receipts=judge))
        judging = replace(made, client=TestClient(app))
        sign_in(judging)
        yield judging


@pytest.fixture
def case(intake: Intake) -> OutboxMessage:
    return send(intake, acceptance_no=NUMBER)


def hand_in(
    intake: Intake, case: OutboxMessage, data: bytes = b"", csrf: str = "", **more: str
) -> Response:
    page = intake.client.get(address(intake, case)).text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    files = {"receipt": ("receipt.pdf", data, "application/pdf")}
    answer: Response = intake.client.post(
        f"{address(intake, case)}/receipt", data={"csrf": csrf or token[1], **more}, files=files
    )
    return answer


def said(answer: Response) -> str:
    return words_of(answer.text)


def test_this_cases_own_receipt_is_genuine_and_belongs(
    intake: Intake, case: OutboxMessage, papers: Stationery
) -> None:
    answer = hand_in(intake, case, papers.receipt(case, NUMBER))
    assert answer.status_code == 200
    assert f"{GENUINE} 真实、完整：由受理网点签章" in said(answer)
    assert OWN in said(answer)
    assert "演示" in said(answer)


def test_the_verdict_is_told_in_english_too(
    intake: Intake, case: OutboxMessage, papers: Stationery
) -> None:
    intake.client.get("/review/language/en")
    text = said(hand_in(intake, case, papers.receipt(case, NUMBER)))
    assert "✓ Genuine Genuine and complete: sealed by the branch" in text
    assert "It belongs to this case" in text
    assert "Tampered with" in said(hand_in(intake, case, papers.tampered(case, NUMBER)))


def test_a_tampered_receipt_is_not_relied_on(
    intake: Intake, case: OutboxMessage, papers: Stationery
) -> None:
    text = said(hand_in(intake, case, papers.tampered(case, NUMBER)))
    assert f"{BAD} 文件被篡改" in text
    assert "○ 不能据此判断是否属于本件" in text
    assert OWN not in text


def test_another_cases_receipt_is_genuine_but_not_this_cases(
    intake: Intake, case: OutboxMessage, papers: Stationery
) -> None:
    other = send(intake, acceptance_no="110199-20261123-07-00022")
    text = said(hand_in(intake, case, papers.receipt(other, "110199-20261123-07-00022")))
    assert GENUINE in text
    assert f"{OTHER} 不一致：受理编号、业务标识" in text
    assert "回执上的编号 110199202611230700022" in text


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"new_number": "139****9999"}, "新号码"),
        ({"merchant_no": "102110054990009"}, "商户号"),
        ({"terminal_sn_tail": "999999"}, "终端序列号"),
        ({"case_id": "0193580e-0000-7000-8000-13900000001a"}, "业务标识"),
    ],
)
def test_the_same_number_over_another_record_is_named(
    intake: Intake,
    case: OutboxMessage,
    papers: Stationery,
    changes: dict[str, str],
    named: str,
) -> None:
    text = said(hand_in(intake, case, papers.receipt(case, NUMBER, **changes)))
    assert GENUINE in text
    assert f"{OTHER} 不一致：{named} " in text


def test_another_paper_with_this_number_is_no_receipt(
    intake: Intake, case: OutboxMessage, papers: Stationery
) -> None:
    kept = papers.sealed(notice(PaperKind.REFUSAL, paper_no=NUMBER.replace("-", "")))
    assert "✕ 编号一致，但不是受理回执" in said(hand_in(intake, case, kept))


def test_a_photo_and_the_codes_text_are_judged_by_the_code(
    intake: Intake, case: OutboxMessage, papers: Stationery, tmp_path: Path
) -> None:
    photo = papers.photo(case, NUMBER)
    text = papers.code(case, NUMBER)
    for answer in (hand_in(intake, case, photo), hand_in(intake, case, code=f" {text}\n")):
        assert f"{GENUINE} 二维码真实" in said(answer)
        assert "✓ 受理编号与本件一致；只核验了二维码" in said(answer)
    other = papers.code(case, "110199-20261123-07-00022")
    assert f"{OTHER} 不一致：受理编号" in said(hand_in(intake, case, code=other))
    forged = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert BAD in said(hand_in(intake, case, code=forged))


@pytest.mark.parametrize("data", [b"no receipt at all", b"\x89PNG\r\n\x1a\n", b"\x00" * 5000])
def test_what_is_no_receipt_is_called_so(intake: Intake, case: OutboxMessage, data: bytes) -> None:
    answer = hand_in(intake, case, data)
    assert answer.status_code == 200
    assert f"{BAD} 这个文件不是回执，或者已经损坏" in said(answer)


def test_a_broken_pdf_and_a_picture_without_a_code_get_plain_words(
    intake: Intake, case: OutboxMessage, tmp_path: Path
) -> None:
    Image.new("L", (300, 300), 255).save(tmp_path / "blank.png")
    for data in (b"%PDF-1.7 and nothing more", (tmp_path / "blank.png").read_bytes()):
        answer = hand_in(intake, case, data)
        assert answer.status_code == 200
        assert BAD in said(answer)
        assert "○ 不能据此判断" in said(answer)


@pytest.mark.parametrize("size", [LARGEST + 1, LARGEST * 3])
def test_what_is_too_large_is_said_so_and_not_judged(
    intake: Intake, case: OutboxMessage, size: int
) -> None:
    answer = hand_in(intake, case, b"%PDF-" + bytes(size - 5))
    assert answer.status_code == 422
    assert "文件超过 10 MB，没有核验" in said(answer)


def test_an_empty_form_is_said_so(intake: Intake, case: OutboxMessage) -> None:
    answer = hand_in(intake, case)
    assert answer.status_code == 422
    assert "请选择回执文件" in said(answer)


def test_a_form_from_elsewhere_is_not_judged(
    intake: Intake, case: OutboxMessage, papers: Stationery
) -> None:
    answer = hand_in(intake, case, papers.receipt(case, NUMBER), csrf="guessed")
    assert answer.status_code == 422
    assert "页面已过期" in said(answer)
    assert GENUINE not in said(answer)
    plain = intake.client.post(f"{address(intake, case)}/receipt", content=b"receipt=1")
    assert plain.status_code == 422
    kind = {"content-type": "multipart/form-data; boundary=x"}
    torn = intake.client.post(f"{address(intake, case)}/receipt", content=b"--y", headers=kind)
    assert torn.status_code == 422


def test_nothing_is_judged_for_a_stranger(intake: Intake, case: OutboxMessage) -> None:
    where = f"{address(intake, case)}/receipt"
    intake.client.cookies.clear()
    answer = intake.client.post(where, files={"receipt": b"1"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/sign-in")


def test_judging_is_written_down_without_what_was_handed_in(
    intake: Intake, case: OutboxMessage, papers: Stationery
) -> None:
    hand_in(intake, case, papers.receipt(case, NUMBER))
    with intake.station.database.reading() as connection:
        rows = connection.execute(select(audit).where(audit.c.act == "looked.receipt")).all()
    assert [row.subject for row in rows] == [case.message_id]


def test_an_unknown_case_is_not_found(intake: Intake, case: OutboxMessage) -> None:
    where = f"/review/cases/{intake.desk.counter}/{'0' * 36}/receipt"
    assert intake.client.post(where, files={"receipt": b"1"}).status_code == 404


def test_without_trusted_certificates_nothing_is_offered(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path / "headoffice.db"), tmp_path) as intake:
        sign_in(intake)
        case = send(intake, acceptance_no=NUMBER)
        assert 'name="receipt"' not in intake.client.get(address(intake, case)).text
        answer = hand_in(intake, case, b"%PDF-")
        assert answer.status_code == 422
        assert "没有配置受信证书" in said(answer)
