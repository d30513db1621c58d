"""The delegation engine: both sides of every condition of A1 to A6."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.delegation_letter import (
    LetterPrincipal,
    Matter,
    NamedAgent,
)
from counter_app.domain.identity_document import Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import MerchantType
from tests.unit.domain import cases as c

BLOCK, REVIEW = Severity.BLOCK, Severity.REVIEW
DAY = timedelta(days=1)


def _of(**letter: object) -> dict[str, Severity]:
    return c.codes(c.delegated(letter=c.letter(**letter)))


def test_a_letter_without_fault_raises_nothing() -> None:
    assert not c.codes(c.delegated())
    assert not c.codes(c.company_delegated())
    assert not c.codes(c.delegated(letter=c.notarised()))


def test_a_letter_does_not_matter_when_the_principal_came() -> None:
    wrong = c.letter(agents=(), is_signed=False, ends_on=None, is_original=False)
    assert not c.codes(c.in_person(letter=wrong, is_letter_missing=True))


# A1


@pytest.mark.parametrize(
    ("named", "is_other"),
    [
        (LetterPrincipal("样本甲", id_number=c.PRINCIPAL_ID), False),
        (LetterPrincipal("样本甲", id_number=c.PRINCIPAL_ID, uscc=c.SHOP_USCC), False),
        (LetterPrincipal("样本甲", id_number=c.PRINCIPAL_ID, uscc=c.ENTERPRISE_USCC), True),
        (LetterPrincipal("样本丙", id_number=c.PRINCIPAL_ID), True),
        (LetterPrincipal("样本甲", id_number=c.AGENT_ID), True),
        (LetterPrincipal("样本小吃店", uscc=c.SHOP_USCC), False),
        (LetterPrincipal("样本甲", uscc=c.SHOP_USCC), False),
        (LetterPrincipal("样本大吃店", uscc=c.SHOP_USCC), True),
        (LetterPrincipal("样本甲"), True),
        (LetterPrincipal("样本小吃店"), True),
    ],
)
def test_a1_a_letter_names_the_principal_on_record(named: LetterPrincipal, is_other: bool) -> None:
    assert _of(principal=named) == ({"A1.principal_mismatch": BLOCK} if is_other else {})


@pytest.mark.parametrize(
    ("named", "is_other"),
    [
        (LetterPrincipal("样本商贸有限公司", uscc=c.ENTERPRISE_USCC), False),
        (LetterPrincipal("样本甲", uscc=c.ENTERPRISE_USCC), False),
        (
            LetterPrincipal(
                "样本商贸有限公司", uscc=c.ENTERPRISE_USCC, legal_representative="样本丙"
            ),
            True,
        ),
        (LetterPrincipal("样本商贸有限公司", uscc=c.SHOP_USCC), True),
        (LetterPrincipal("样本贸易有限公司", uscc=c.ENTERPRISE_USCC), True),
        (LetterPrincipal("样本甲", id_number=c.PRINCIPAL_ID), True),
    ],
)
def test_a1_an_enterprise_is_named_by_its_credit_code(
    named: LetterPrincipal, is_other: bool
) -> None:
    draft = c.company_delegated(letter=c.letter(principal=named))
    assert c.codes(draft) == ({"A1.principal_mismatch": BLOCK} if is_other else {})


@pytest.mark.parametrize("kind", [MerchantType.MICRO, MerchantType.INDIVIDUAL])
def test_a1_a_merchant_without_a_code_cannot_be_named_by_one(kind: MerchantType) -> None:
    merchant = c.shop(type=kind, uscc=None)
    draft = c.delegated(merchant=merchant, licence=None)
    assert not c.codes(draft)
    named = c.letter(principal=LetterPrincipal("样本小吃店", uscc=c.SHOP_USCC))
    assert c.codes(replace(draft, letter=named)) == {"A1.principal_mismatch": BLOCK}


# A2, A9


@pytest.mark.parametrize(
    ("named", "is_other"),
    [
        (NamedAgent("样本乙", c.AGENT_ID), False),
        (NamedAgent("样本丙", c.AGENT_ID), True),
        (NamedAgent("样本乙", c.ELDER_ID), True),
    ],
)
def test_a2_the_presenter_is_a_named_agent(named: NamedAgent, is_other: bool) -> None:
    expected = {"A2.agent_mismatch": BLOCK, "A9.no_substitution": BLOCK}
    assert _of(agents=(named,)) == (expected if is_other else {})


def test_a2_an_agents_passport_may_be_written_small() -> None:
    agent = c.document(
        Owner.AGENT, number="E12345678", type=DocumentType.PASSPORT, born_on=date(1988, 11, 2)
    )
    draft = c.delegated(
        documents=(agent, c.principals_copy()),
        letter=c.letter(agents=(NamedAgent("样本乙", "e1234 5678"),)),
    )
    assert not c.codes(draft)


def test_a2_an_agent_without_a_document_is_not_judged_yet() -> None:
    assert not c.codes(c.delegated(documents=(c.principals_copy(),)))


# A3

M = Matter


@pytest.mark.parametrize(
    ("matters", "is_swap", "expected"),
    [
        ({M.CHANGE_PHONE}, False, {}),
        ({M.CHANGE_PHONE, M.EVERYTHING}, False, {}),
        ({M.COLLECT_RECEIPT}, False, {"A3.not_covered": BLOCK}),
        (set(), False, {"A3.not_covered": BLOCK}),
        ({M.EVERYTHING}, False, {"A3.unclear": REVIEW}),
        ({M.EVERYTHING, M.COLLECT_TERMINAL}, False, {"A3.unclear": REVIEW}),
        ({M.CHANGE_PHONE}, True, {"A3.not_covered": BLOCK}),
        ({M.CHANGE_PHONE, M.COLLECT_TERMINAL}, True, {}),
        ({M.COLLECT_TERMINAL}, True, {"A3.not_covered": BLOCK}),
        ({M.CHANGE_PHONE, M.EVERYTHING}, True, {"A3.unclear": REVIEW}),
    ],
)
def test_a3_the_matter_is_in_the_letter(
    matters: set[Matter], is_swap: bool, expected: dict[str, Severity]
) -> None:
    draft = c.delegated(
        letter=c.letter(matters=frozenset(matters)),
        is_swap_wanted=is_swap,
        swap_to_sn=c.OTHER_SN,
        is_swap_sn_known=False,
    )
    assert c.codes(draft) == expected


@pytest.mark.parametrize(
    ("number", "is_other"), [(c.SHOP_NO, False), (None, False), ("102110054990009", True)]
)
def test_a3_a_letter_for_another_merchant_covers_nothing(
    number: str | None, is_other: bool
) -> None:
    expected = {"A3.not_covered": BLOCK} if is_other else {}
    assert _of(merchant_no=number) == expected
    everything = _of(merchant_no=number, matters=frozenset({Matter.EVERYTHING}))
    assert everything == (expected or {"A3.unclear": REVIEW})


# A4


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a4_the_letter_states_the_new_number(blank: str | None) -> None:
    assert _of(new_number=blank) == {"A4.number_missing": BLOCK}


@pytest.mark.parametrize(
    ("stated", "is_other"),
    [
        (c.NEW_NUMBER, False),
        ("+86 139 0000 0002", False),
        ("１３９０００００００２", False),
        ("13900000003", True),
    ],
)
def test_a4_it_is_the_number_that_is_bound(stated: str, is_other: bool) -> None:
    assert _of(new_number=stated) == ({"A4.number_differs": BLOCK} if is_other else {})


def test_a4_nothing_is_compared_before_a_number_was_entered() -> None:
    draft = c.delegated(letter=c.letter(new_number="13900000003"), new_number=None)
    assert not c.codes(draft)


# A5


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (c.TODAY, c.TODAY, {}),
        (c.TODAY + DAY, c.TODAY + DAY, {"A5.not_started": BLOCK}),
        (c.TODAY - DAY, c.TODAY - DAY, {"A5.expired": BLOCK}),
        (None, c.TODAY, {}),
        (c.TODAY, None, {"A5.no_end": BLOCK}),
        (c.TODAY + DAY, None, {"A5.not_started": BLOCK, "A5.no_end": BLOCK}),
    ],
)
def test_a5_today_lies_within_the_term_and_the_last_day_counts(
    start: date | None, end: date | None, expected: dict[str, Severity]
) -> None:
    assert _of(starts_on=start, ends_on=end) == expected


def test_a5_a_notarised_letter_without_an_end_is_reviewed() -> None:
    draft = c.delegated(letter=replace(c.notarised(), ends_on=None))
    assert c.codes(draft) == {"A5.no_end": REVIEW}


# A6


def test_a6_a_person_signs() -> None:
    assert _of(is_signed=False) == {"A6.unsigned": BLOCK}
    assert not _of(has_company_seal=False, is_signed_by_legal_representative=False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"is_signed": False}, set()),
        ({"has_company_seal": False}, {"A6.seal_missing"}),
        ({"is_signed_by_legal_representative": False}, {"A6.legal_representative_missing"}),
        (
            {"has_company_seal": False, "is_signed_by_legal_representative": False},
            {"A6.seal_missing", "A6.legal_representative_missing"},
        ),
    ],
)
def test_a6_an_enterprise_seals_and_its_representative_signs(
    changes: dict[str, object], expected: set[str]
) -> None:
    draft = c.company_delegated()
    assert draft.letter is not None
    found = c.codes(replace(draft, letter=replace(draft.letter, **changes)))  # type: ignore[arg-type]  # field names
    assert set(found) == expected
    assert set(found.values()) <= {BLOCK}
