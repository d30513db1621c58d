"""Mobile numbers: normal form, classes by the shipped segments, and PHONE.* findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.draft import CodeOutcome, Draft, OldNumberOutcome, OldNumberProof
from counter_app.domain.merchant import Terminal
from counter_app.domain.phone import PhoneClass, grouped, normalised
from tests.unit.domain import cases as c

K = PhoneClass


@pytest.mark.parametrize(
    "text",
    [
        "13912345678",
        "+86 139-1234-5678",
        "0086 139 1234 5678",
        "86 13912345678",
        "１３９１２３４５６７８",
        "(139)1234\u20115678",
        "\u202f139 1234 5678\u3000",
    ],
)
def test_every_usual_spelling_is_the_same_number(text: str) -> None:
    assert normalised(text) == "13912345678"


def test_what_is_no_digit_stays_for_the_format_check() -> None:
    assert normalised("139x2345678") == "139x2345678"
    assert normalised("+852 9123 4567") == "+85291234567"
    assert normalised("8613912345") == "8613912345"


def test_numbers_are_read_aloud_in_groups() -> None:
    assert grouped("13912345678") == "139 1234 5678"
    assert grouped("1440012345678") == "1440012345678"


REGISTRY = {
    K.MOBILE: (
        (135, 139, 150, 152, 157, 159, 172, 178, 182, 184, 187, 188, 195, 197, 198),
        (130, 132, 155, 156, 166, 175, 176, 185, 186, 196),
        (133, 153, 173, 177, 180, 181, 189, 190, 191, 193, 199, 192),
        (1340, 1348, 1349, 17400, 17405),
    ),
    K.VIRTUAL_OPERATOR: ((165, 162, 167, 171, 1700, 1709),),
    K.DATA_ONLY: ((145, 147, 149),),
    K.SATELLITE: ((1749, 17406, 17412),),
    K.UNASSIGNED: ((154, 194),),
}


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [(str(n), kind) for kind, groups in REGISTRY.items() for group in groups for n in group],
)
def test_segments_of_the_registry(prefix: str, kind: PhoneClass) -> None:
    number = prefix.ljust(11, "0")
    assert c.segments().classify(number) is kind


@pytest.mark.parametrize(
    "number",
    [
        "",
        "12345678901",
        "1391234567",
        "139123456789",
        "+85291234567",
        "23912345678",
        "1２345678901",
    ],
)
def test_other_shapes_are_malformed(number: str) -> None:
    assert c.segments().classify(number) is K.MALFORMED


@pytest.mark.parametrize("prefix", ["1410", "1440", "1441", "146", "148", "1064", "1065"])
def test_thirteen_digits_are_a_terminals_data_card(prefix: str) -> None:
    found = c.codes(_with(number=prefix.ljust(13, "0")))
    assert found["PHONE.terminal_sim"] is Severity.BLOCK
    assert "PHONE.format" not in found


def _with(**changes: object) -> Draft:
    number = changes.get("number", c.NEW_NUMBER)
    changes.setdefault("repeated", number)
    return c.in_person(new_number=c.new_number(**changes))


def test_a_good_number_raises_nothing() -> None:
    assert not c.codes(c.in_person())


@pytest.mark.parametrize(
    ("number", "code", "severity"),
    [
        ("1391234", "PHONE.format", Severity.BLOCK),
        ("17490000000", "PHONE.satellite", Severity.BLOCK),
        (c.OLD_NUMBER, "PHONE.same_as_old", Severity.BLOCK),
        ("14700000000", "PHONE.data_only", Severity.WARN),
        ("15400000000", "PHONE.unassigned", Severity.WARN),
        ("17100000000", "PHONE.virtual_operator", Severity.WARN),
    ],
)
def test_each_class_has_its_own_words(number: str, code: str, severity: Severity) -> None:
    assert c.codes(_with(number=number)) == {code: severity}


def test_the_merchants_own_eleven_digit_data_card_is_recognised() -> None:
    merchant = c.shop(terminals=(Terminal(c.SHOP_SN, sim="139 0000 0077"),))
    draft = replace(_with(number="13900000077"), merchant=merchant)
    assert c.codes(draft) == {"PHONE.terminal_sim": Severity.BLOCK}


def test_a_terminal_without_a_card_hides_no_number() -> None:
    merchant = c.shop(terminals=(Terminal(c.SHOP_SN, sim=None), Terminal("X", sim="")))
    assert not c.codes(replace(_with(number=""), merchant=merchant)).keys() - {"PHONE.format"}


def test_the_old_number_is_recognised_in_another_spelling() -> None:
    draft = replace(_with(number=c.OLD_NUMBER), merchant=c.shop(phone="139 0000 0001"))
    assert c.codes(draft) == {"PHONE.same_as_old": Severity.BLOCK}


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        (None, Severity.WARN),
        (CodeOutcome.PASSED, Severity.WARN),
        (CodeOutcome.FAILED, Severity.BLOCK),
        (CodeOutcome.NOT_SENT, Severity.BLOCK),
    ],
)
def test_a_data_card_is_good_only_when_the_code_arrived(
    code: CodeOutcome | None, severity: Severity
) -> None:
    assert c.codes(_with(number="14700000000", code=code))["PHONE.data_only"] is severity


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        (K.DATA_ONLY, "14700000000", "PHONE.data_only"),
        (K.UNASSIGNED, "15400000000", "PHONE.unassigned"),
        (K.VIRTUAL_OPERATOR, "17100000000", "PHONE.virtual_operator"),
    ],
)
def test_a_pack_may_refuse_a_class(kind: PhoneClass, number: str, code: str) -> None:
    pack = replace(c.PACK, refused_classes=frozenset({kind}))
    assert c.codes(_with(number=number), pack)[code] is Severity.BLOCK


def test_the_second_entry_must_be_the_same() -> None:
    assert "PHONE.repeat_differs" in c.codes(_with(repeated="13900000003"))
    assert "PHONE.repeat_differs" not in c.codes(_with(repeated=None))


def test_the_staffs_own_numbers_are_refused() -> None:
    staff = c.desk(staff_phones=frozenset({c.NEW_NUMBER})).assess(c.in_person())
    assert [finding.code for finding in staff.findings] == ["PHONE.staff_number"]


@pytest.mark.parametrize(
    ("others", "reason", "severity"),
    [
        (0, "", None),
        (1, "", Severity.REVIEW),
        (2, "", Severity.REVIEW),
        (3, "", Severity.BLOCK),
        (3, "  ", Severity.BLOCK),
        (3, "一家人", Severity.REVIEW),
    ],
)
def test_sharing_is_reviewed_and_above_the_limit_explained(
    others: int, reason: str, severity: Severity | None
) -> None:
    bound_to = tuple(str(number) for number in range(others))
    found = c.codes(_with(bound_to=bound_to, shared_reason=reason))
    assert found.get("PHONE.shared") is severity


def test_a_code_that_failed_blocks_and_one_not_sent_is_reviewed() -> None:
    assert c.codes(_with(code=CodeOutcome.FAILED)) == {"PHONE.otp_failed": Severity.BLOCK}
    assert c.codes(_with(code=CodeOutcome.NOT_SENT)) == {"PHONE.otp_not_sent": Severity.REVIEW}


@pytest.mark.parametrize("outcome", list(OldNumberOutcome))
@pytest.mark.parametrize("proof", list(OldNumberProof))
def test_an_old_number_is_verified_or_its_loss_is_proved(
    outcome: OldNumberOutcome, proof: OldNumberProof
) -> None:
    found = c.codes(c.in_person(old_number=outcome, old_number_proof=proof))
    is_open = outcome is not OldNumberOutcome.VERIFIED and proof is OldNumberProof.NONE
    assert ("OLD.unreachable_without_proof" in found) is is_open


def test_an_old_number_nobody_asked_about_raises_nothing() -> None:
    assert not c.codes(c.in_person(old_number=None))
