"""The review page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    FilePayload,
    Page,
    expect,
    sync_playwright,
)

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.domain.submission import OutboxMessage, Verdict
from counter_app.headoffice import manage
from counter_app.ports.stop import never
from tests.contract.backoffice.conftest import address_of
from tests.contract.headoffice.office import EVIL, PASSWORD, REVIEWER, Filled, fill

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    made = fill(tmp_path_factory.mktemp("review"), count=8)
    made.age(made.sent[0], timedelta(hours=30))
    made.age(made.sent[1], timedelta(hours=6))
    yield made
    made.database.close()
    made.office.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, filled: Filled) -> Iterator[Page]:
    """A signed-in page; any error the browser reports fails the test."""
    context = browser.new_context(
        base_url=filled.office.url, viewport={"width": 1360, "height": 860}
    )
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda line: errors.append(line.text) if _is_error(line) else None)
    _sign_in(made, PASSWORD)
    expect(made.locator("table.list")).to_be_visible()
    made.wait_for_load_state("load")
    yield made
    context.close()
    assert not errors


def _is_error(line: ConsoleMessage) -> bool:
    return line.type == "error" and "status of 422" not in line.text


def _sign_in(page: Page, password: str) -> None:
    page.goto("/review")
    page.get_by_label("账号").fill(REVIEWER)
    page.get_by_label("密码").fill(password)
    page.keyboard.press("Enter")


def _open(page: Page, message: OutboxMessage) -> None:
    page.goto(f"/review/cases/110199-07/{message.message_id}")


def _answers(filled: Filled, message: OutboxMessage) -> list[tuple[Verdict, str]]:
    office = HttpBackOffice(address_of(filled.desk, filled.office.url))
    found = office.decisions(0, never(), 0.0).decisions
    office.close()
    return [(one.verdict, one.reason_code) for one in found if one.message_id == message.message_id]


def test_the_longest_waiting_comes_first_and_is_red(page: Page, filled: Filled) -> None:
    rows = page.locator("table.list tbody tr")
    assert rows.count() >= 4
    expect(rows.first.locator(".age")).to_have_class("age red")
    expect(rows.nth(1).locator(".age")).to_have_class("age amber")
    expect(rows.first).to_contain_text("样本小吃店")


def test_a_name_that_is_a_script_is_only_a_name(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[1])
    expect(page.locator(".name").first).to_have_text(EVIL)
    assert "owned" not in page.title()
    assert page.locator("main img").count() == 3


def test_the_images_stand_beside_the_fields(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[4])
    widths = page.locator("figure img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert widths == [640, 640, 420]
    facts = page.locator(".facts").bounding_box()
    images = page.locator(".images").bounding_box()
    assert facts is not None
    assert images is not None
    assert images["x"] > facts["x"] + facts["width"]
    expect(page.locator(".good")).to_be_visible()


def test_what_was_proved_of_each_chip_is_told_in_words(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[6])
    proofs = page.locator(".proof")
    expect(proofs).to_have_text(
        [
            "签名：已验证",
            "签发机关：未能验证 · 签发机关不在本机的名单上",
            "原件：未通过 · 芯片没有原件的密钥",
            "iris verified none",
        ]
    )
    expect(page.locator(".proof.failed")).to_have_count(1)
    expect(page.get_by_text("芯片核验 代办")).to_have_count(1)
    _open(page, filled.sent[5])
    expect(page.locator(".proof")).to_have_count(0)


def test_the_letters_sixteen_checks_are_told_line_by_line(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[4])
    rows = page.locator("ol.letter li")
    expect(rows).to_have_count(16)
    expect(rows.nth(9)).to_contain_text("▲A10号码归属新号码属于受托人、员工或第三人")
    expect(rows.nth(4)).to_have_text("✓A5期限在期限内")
    expect(rows.nth(15).get_by_role("img", name="须留意")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(rows.nth(4)).to_have_text("✓A5TermWithin its term")


def test_a_receipt_that_was_brought_is_judged_beside_the_case(page: Page, filled: Filled) -> None:
    case, number = filled.sent[4], "110199-20261123-07-0005"
    kept = filled.papers.receipt(case, number)
    _open(page, case)
    _hand_in(page, kept)
    verdict = page.locator(".verdict")
    expect(verdict).to_be_in_viewport()
    expect(verdict).to_contain_text("属于本件")
    expect(verdict).to_have_class("verdict is-good")
    _hand_in(page, filled.papers.tampered(case, number))
    expect(verdict).to_contain_text("文件被篡改")
    expect(verdict).to_have_class("verdict is-bad")
    _open(page, filled.sent[2])
    _hand_in(page, kept)
    expect(verdict).to_contain_text("不属于本件")
    _hand_in(page, bytes(12 * 1024 * 1024))
    expect(page.get_by_role("alert")).to_contain_text("文件超过 10 MB")


def test_a_code_is_typed_in_and_judged_with_keys_alone(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[4])
    page.keyboard.press("v")
    expect(page.locator("#receipt_code")).to_be_focused()
    page.keyboard.insert_text(filled.papers.code(filled.sent[4], "110199-20261123-07-0005"))
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("受理编号与本件一致")


def _hand_in(page: Page, data: bytes) -> None:
    kept: FilePayload = {"name": "receipt.pdf", "mimeType": "application/pdf", "buffer": data}
    page.locator("#receipt_file").set_input_files(kept)
    page.locator("#judge").click()


def test_an_image_that_is_not_there_yet_is_said_so(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[2])
    expect(page.locator(".absent")).to_have_count(1)
    assert page.locator("figure img").count() == 2


def test_a_case_is_approved_and_applied_with_keys_alone(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[5])
    page.keyboard.press("a")
    expect(page.locator("table.list")).to_be_visible()
    _open(page, filled.sent[5])
    page.keyboard.press("e")
    expect(page.locator("table.list, .empty")).to_be_visible()
    verdicts = [verdict for verdict, _ in _answers(filled, filled.sent[5])]
    assert verdicts == [Verdict.IN_PROCESS, Verdict.APPLIED]
    _open(page, filled.sent[5])
    assert page.locator("form.decide").count() == 0


def test_a_rejection_needs_its_reason(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[6])
    page.keyboard.press("r")
    expect(page.locator("#reason_code")).to_be_focused()
    page.locator("#reject").click()
    expect(page.get_by_role("alert")).to_contain_text("必须选择理由")
    assert _answers(filled, filled.sent[6]) == []
    page.locator("#reason_code").select_option("LETTER_INCOMPLETE")
    page.locator("#reason_text").fill("缺授权期限")
    page.locator("#reject").click()
    expect(page.locator("table.list")).to_be_visible()
    assert _answers(filled, filled.sent[6]) == [(Verdict.REJECTED, "LETTER_INCOMPLETE")]


def test_more_can_be_asked_for_and_the_case_stays_open(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[7])
    page.locator("#reason_code").select_option("UNCLEAR")
    page.locator("#reason_text").fill("反光")
    page.locator("#deadline").fill("")
    page.locator("#need_more").click()
    expect(page.get_by_role("alert")).to_contain_text("补件时请填写期限")
    expect(page.locator("#reason_text")).to_have_value("反光")
    expect(page.locator("#reason_code")).to_have_value("UNCLEAR")
    page.locator("h1").click()
    page.keyboard.press("5")
    expect(page.get_by_label("授权委托书")).to_be_checked()
    page.keyboard.press("n")
    expect(page.locator("table.list")).to_be_visible()
    assert _answers(filled, filled.sent[7]) == [(Verdict.NEED_MORE, "UNCLEAR")]
    _open(page, filled.sent[7])
    expect(page.locator("form.decide")).to_be_visible()


def test_an_upload_that_is_far_too_large_is_told_in_words(
    page: Page, filled: Filled, tmp_path: Path
) -> None:
    huge = tmp_path / "huge.pdf"
    huge.write_bytes(bytes(48 * 1024 * 1024))
    _open(page, filled.sent[4])
    page.locator("#receipt_file").set_input_files(huge)
    page.locator("#judge").click()
    expect(page.locator(".alert")).to_contain_text("10 MB")


def test_messages_of_one_case_lead_to_each_other(page: Page, filled: Filled) -> None:
    _open(page, filled.sent[3])
    page.locator(".note a").click()
    expect(page.locator("h1")).to_contain_text("0008")


def test_the_list_is_walked_with_keys(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("a.open").nth(1)
    expect(second).to_be_focused()
    number = second.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(number)
    page.keyboard.press("u")
    expect(page.locator("table.list")).to_be_visible()


def test_cases_are_found_by_number(page: Page, filled: Filled) -> None:
    page.keyboard.press("/")
    page.keyboard.type("110199-20261123-07-0003")
    page.keyboard.press("Enter")
    expect(page.locator("a.open")).to_have_count(1)
    page.goto("/review/cases?text=%25")
    expect(page.locator(".empty")).to_be_visible()


def test_the_page_speaks_english_too(page: Page, filled: Filled) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("Acceptance no.", exact=True)).to_be_visible()
    _open(page, filled.sent[4])
    text = page.locator("main").inner_text()
    assert "Signature holds" in text
    assert not re.search("[一-鿿]", re.sub("样本(甲|小吃店)", "", text))
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_text("签名有效")).to_be_visible()


def test_a_wrong_password_is_refused_and_five_lock_the_account(
    browser: Browser, filled: Filled
) -> None:
    now = datetime.now(UTC)
    manage.add_reviewer(filled.database, "lock", PASSWORD, now)
    with httpx2.Client(base_url=filled.office.url) as client:
        for _ in range(5):
            assert _post_sign_in(client, "lock", "wrong").status_code == 403
        assert _post_sign_in(client, "lock", PASSWORD).status_code == 403
        assert _post_sign_in(client, "nobody", PASSWORD).status_code == 403


def _post_sign_in(client: httpx2.Client, name: str, password: str) -> httpx2.Response:
    form = re.search(r'name="form" value="([^"]+)"', client.get("/review/sign-in").text)
    assert form
    data = {"name": name, "password": password, "form": form[1]}
    return client.post("/review/sign-in", data=data)


def test_nothing_is_shown_without_signing_in(filled: Filled) -> None:
    message = filled.sent[0]
    case = f"/review/cases/110199-07/{message.message_id}"
    with httpx2.Client(base_url=filled.office.url) as client:
        for path in ("/review/cases", case, f"{case}/images/{message.blobs[0]}"):
            answer = client.get(path)
            assert answer.status_code == 303
            assert answer.headers["location"] == "/review/sign-in"
        assert client.post(f"{case}/decision", data={"act": "apply"}).status_code == 303
    assert _answers(filled, message) == []


def test_a_planted_session_is_worth_nothing(filled: Filled) -> None:
    with httpx2.Client(base_url=filled.office.url, cookies={"review": "planted"}) as client:
        assert _post_sign_in(client, REVIEWER, PASSWORD).status_code == 303
        tokens = {cookie.value for cookie in client.cookies.jar if cookie.name == "review"}
        assert tokens - {"planted"}
        client.cookies.clear()
        client.cookies.set("review", "planted")
        assert client.get("/review/cases").status_code == 303


def test_a_form_from_elsewhere_decides_nothing(filled: Filled) -> None:
    message = filled.sent[4]
    case = f"/review/cases/110199-07/{message.message_id}"
    with httpx2.Client(base_url=filled.office.url) as client:
        _post_sign_in(client, REVIEWER, PASSWORD)
        answer = client.post(f"{case}/decision", data={"act": "apply", "csrf": "guessed"})
        assert answer.status_code == 422
        forged = client.post("/review/sign-in", data={"name": REVIEWER, "password": PASSWORD})
        assert forged.status_code == 403
    assert _answers(filled, message) == []


def test_the_browser_is_told_to_run_nothing_foreign(filled: Filled) -> None:
    answer = httpx2.get(f"{filled.office.url}/review/sign-in")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "..%2f..%2fheadoffice.db", "%2e%2e/case.html"]
)
def test_paths_lead_nowhere(filled: Filled, path: str) -> None:
    with httpx2.Client(base_url=filled.office.url) as client:
        _post_sign_in(client, REVIEWER, PASSWORD)
        for start in (
            "/review/static/",
            f"/review/cases/110199-07/{'0' * 36}/images/",
            "/v1/blobs/",
        ):
            assert client.get(start + path).status_code in {400, 404, 405}
