"""The records behind the papers: canonical, masked, strict."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.domain import paper_codec
from counter_app.domain.paper import PaperKind, ReceiptRecord, read_record, record_sha256
from tests.unit.receipt.records import NOW, delegated_receipt, letter, notice, receipt


def test_a_receipt_survives_the_way_to_json_and_back() -> None:
    record = delegated_receipt(merchant_name="𠅤记𬭎行")
    assert ReceiptRecord.from_json(record.to_json()) == record
    assert read_record(record.to_json()) == record


def test_every_notice_survives_the_way_to_json_and_back() -> None:
    for kind in set(PaperKind) - {PaperKind.RECEIPT, PaperKind.LETTER_FORM}:
        record = notice(kind)
        assert read_record(record.to_json()) == record


def test_equal_records_have_equal_bytes_and_hashes() -> None:
    assert receipt().to_json() == receipt().to_json()
    assert record_sha256(receipt()) != record_sha256(receipt(counter="02"))
    assert letter().to_json() == letter().to_json()


@pytest.mark.parametrize(
    "text",
    ["13900000001", "139 0000 0001", "139-0000-0001", "11019919900307001X", "6222020000000000018"],
)
def test_a_whole_number_never_gets_into_a_record(text: str) -> None:
    with pytest.raises(ValueError, match="whole personal number"):
        receipt(merchant_name=f"样本{text}店")
    base = notice(PaperKind.REFUSAL)
    with pytest.raises(ValueError, match="whole personal number"):
        replace(base, lines=(replace(base.lines[0], value=text),))


def test_an_unmasked_number_field_is_refused() -> None:
    for number in ("13900000001", "139000", "(139)"):
        with pytest.raises(ValueError, match="number"):
            receipt(new_number=number)


def test_tails_are_tails() -> None:
    with pytest.raises(ValueError, match="tail"):
        receipt(terminal_sn_tail="0012345")


def test_numbers_of_cases_and_merchants_are_not_taken_for_personal_numbers() -> None:
    assert receipt(acceptance_no="139000000010000000", merchant_no="139000000010000").number


@pytest.mark.parametrize("number", ["8600123456789012", "15012345678", "00000304100012345678"])
def test_a_serial_number_of_digits_and_the_branchs_own_number_are_printed_whole(
    number: str,
) -> None:
    base = notice(PaperKind.SWAP_SLIP)
    for code in ("terminal", "old_terminal", "new_terminal", "branch_phone"):
        line = replace(base.lines[0], code=code, value=number)
        assert replace(base, heading=(line,)).heading[0].value == number
    branch = replace(base.branch, phone="13900000001")
    assert replace(base, branch=branch, complaint="13900000001").branch.phone == "13900000001"
    assert receipt(branch=branch, enquiry="13900000001", complaint="13900000001").enquiry


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        receipt(accepted_at=NOW.replace(tzinfo=None))


def test_other_spellings_of_the_same_record_are_refused() -> None:
    raw = receipt().to_json()
    plain = json.loads(raw)
    spellings = [
        json.dumps(plain).encode(),
        raw + b"\n",
        json.dumps({**plain, "extra": 1}, sort_keys=True, separators=(",", ":")).encode(),
        json.dumps({**plain, "copies": "2"}, sort_keys=True, separators=(",", ":")).encode(),
        json.dumps({**plain, "branch": 1}, sort_keys=True, separators=(",", ":")).encode(),
        json.dumps({**plain, "documents": 1}, sort_keys=True, separators=(",", ":")).encode(),
        json.dumps({**plain, "schema": 2}).encode(),
        raw.replace(b'"copies":2,', b""),
        b"[" * 100_000,
        b'{"schema":1}',
        b'{"kind":1,"schema":1}',
        b" " * 300_000,
        b"\xff",
    ]
    for spelling in spellings:
        with pytest.raises(ValueError):  # noqa: PT011 - each is refused at another place
            read_record(spelling)


def test_a_notice_cannot_pass_for_a_receipt() -> None:
    with pytest.raises(ValueError, match="not a receipt"):
        ReceiptRecord.from_json(notice(PaperKind.REFUSAL).to_json())
    with pytest.raises(ValueError, match="contradicts"):
        read_record(
            notice(PaperKind.REFUSAL).to_json().replace(b'"kind":"refusal"', b'"kind":"hand_over"')
        )
    with pytest.raises(ValueError, match="of its own"):
        notice(PaperKind.RECEIPT)


def test_no_name_or_number_shows_when_a_record_is_printed_by_a_programmer() -> None:
    text = repr(delegated_receipt()) + repr(notice(PaperKind.REFUSAL))
    assert not any(value in text for value in ("样本乙", "样本小吃店", "139****0002", "0021"))


def test_only_records_can_be_written_and_read() -> None:
    with pytest.raises(TypeError):
        paper_codec.encode("text", "receipt")
    with pytest.raises(TypeError):
        paper_codec.decode(str, receipt().to_json())
