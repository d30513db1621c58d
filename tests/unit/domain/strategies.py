"""Drafts that say anything at all, for tests of what holds for every draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from counter_app.domain.by_picture import ByPicture
from counter_app.domain.delegation_letter import (
    Alterations,
    IssuingPlace,
    Letter,
    LetterKind,
    LetterPrincipal,
    Matter,
    NamedAgent,
    Notary,
    Relation,
)
from counter_app.domain.draft import (
    AgentHistory,
    Callback,
    CallbackOutcome,
    CallbackTo,
    ChangeReason,
    CodeOutcome,
    Consent,
    Draft,
    Knowledge,
    Licence,
    Lookup,
    NewNumber,
    NumberHolder,
    OldNumberOutcome,
    OldNumberProof,
    PresenterRole,
    RealNameCheck,
    Review,
    ReviewDecision,
)
from counter_app.domain.identity_document import (
    CaptureMethod,
    IdentityDocument,
    Owner,
    PoliceCheck,
    Printed,
)
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantRecord,
    MerchantStatus,
    MerchantType,
    Principal,
    Settlement,
    SettlementKind,
    Terminal,
)
from tests.unit.domain import cases as c

NAMES = st.one_of(
    st.sampled_from(["样本甲", "样本乙", "样\u30fb本", "样\U0002a6d7", "样\ue000", "样\ud800"]),
    st.text(st.characters(), max_size=8),
)
TEXTS = st.text(st.characters(), max_size=8)
NUMBERS = st.sampled_from([c.PRINCIPAL_ID, c.AGENT_ID, c.SIXTEEN, c.FOURTEEN, "E12345678", "", "x"])
PHONES = st.sampled_from(
    [c.NEW_NUMBER, c.OLD_NUMBER, c.TERMINAL_SIM, "17100000000", "14700000000", "17490000000", ""]
)
DAYS = st.one_of(
    st.none(),
    st.dates(date(2026, 8, 1), date(2027, 1, 31)),
    st.dates(),
)
MOMENTS = st.integers(0, 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
DOCUMENTS = st.builds(
    IdentityDocument,
    owner=st.sampled_from(Owner),
    type=st.sampled_from(DocumentType),
    number=NUMBERS,
    name=NAMES,
    captured_by=st.sampled_from(CaptureMethod),
    born_on=DAYS,
    valid_from=DAYS,
    valid_until=DAYS,
    is_long_term=st.booleans(),
    printed=st.none() | st.builds(Printed, st.none() | NAMES, st.none() | NUMBERS),
    police_check=st.sampled_from(PoliceCheck),
    face_matches=st.none() | st.booleans(),
    is_original=st.booleans(),
    nationality=TEXTS,
)
LETTERS = st.builds(
    Letter,
    kind=st.sampled_from(LetterKind),
    digest=TEXTS,
    principal=st.builds(
        LetterPrincipal,
        NAMES,
        st.none() | NUMBERS,
        st.none() | st.sampled_from([c.SHOP_USCC, c.ENTERPRISE_USCC]),
        st.none() | NAMES,
    ),
    agents=st.lists(
        st.builds(NamedAgent, NAMES, NUMBERS, st.sampled_from(Relation)), max_size=3
    ).map(tuple),
    matters=st.frozensets(st.sampled_from(Matter)),
    is_joint=st.booleans(),
    letter_no=TEXTS,
    merchant_no=st.sampled_from([None, c.SHOP_NO, "1"]),
    new_number=st.none() | PHONES,
    starts_on=DAYS,
    ends_on=DAYS,
    is_signed=st.booleans(),
    has_company_seal=st.booleans(),
    is_signed_by_legal_representative=st.booleans(),
    allows_substitution=st.booleans(),
    allows_third_party_number=st.booleans(),
    alterations=st.sampled_from(Alterations),
    is_original=st.booleans(),
    notary=st.none()
    | st.builds(
        Notary,
        TEXTS,
        TEXTS,
        DAYS,
        st.sampled_from(IssuingPlace),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
)
MERCHANTS = st.builds(
    MerchantRecord,
    merchant_no=st.just(c.SHOP_NO),
    name=NAMES,
    provider=st.just("lakala"),
    type=st.sampled_from(MerchantType),
    principal=st.builds(Principal, NAMES, st.sampled_from(DocumentType), NUMBERS),
    phone=PHONES,
    uscc=st.sampled_from([None, c.SHOP_USCC, c.ENTERPRISE_USCC]),
    phone_changed_on=DAYS,
    settlement=st.none()
    | st.builds(Settlement, TEXTS, TEXTS, st.sampled_from(SettlementKind), DAYS),
    status=st.sampled_from(MerchantStatus),
    in_flight=st.booleans(),
    operator_on_licence=st.none() | NAMES,
    address=TEXTS,
    terminals=st.just((Terminal(c.SHOP_SN, sim=c.TERMINAL_SIM),)),
)
REVIEWS = st.lists(
    st.builds(
        Review,
        by=st.sampled_from(["c01", "c00", "s01", "m01"]),
        decision=st.sampled_from(ReviewDecision),
        reason=st.sampled_from(["", " ", "已核对"]),
        is_manager=st.booleans(),
        is_fresh=st.booleans(),
        at=st.none() | MOMENTS,
    ),
    max_size=3,
).map(tuple)
FIELDS = {
    "lookup": st.sampled_from(Lookup),
    "merchant": st.none() | MERCHANTS | st.just(c.shop()),
    "presenter": st.none() | st.sampled_from(PresenterRole),
    "reason": st.none() | st.sampled_from(ChangeReason),
    "reason_text": TEXTS,
    "is_swap_wanted": st.booleans(),
    "swap_to_sn": st.sampled_from(["", c.SHOP_SN, c.OTHER_SN]),
    "is_swap_sn_known": st.none() | st.booleans(),
    "is_elder_mode": st.booleans(),
    "is_coached": st.booleans(),
    "coached_since": st.none() | st.just(c.NOW),
    "is_calmed": st.booleans(),
    "knowledge": st.sampled_from(Knowledge),
    "documents": st.lists(DOCUMENTS | st.just(c.document()), max_size=3).map(tuple),
    "principal_elsewhere": st.sampled_from([(), ("102110054990009",)]),
    "by_picture": st.sampled_from([None, ByPicture(("U+E863",), None), ByPicture((), "ab" * 32)]),
    "documents_missing": st.frozensets(st.sampled_from(Owner)),
    "chip_doubts": st.lists(st.sampled_from(Owner), unique=True, max_size=2).map(tuple),
    "letter": st.none() | LETTERS | st.just(c.letter()),
    "is_letter_missing": st.booleans(),
    "is_letter_looked_up": st.booleans(),
    "letter_used_on": DAYS,
    "letter_revoked_on": DAYS,
    "substitution_letter": st.none() | LETTERS,
    "is_substitution_looked_up": st.booleans(),
    "substitution_used_on": DAYS,
    "substitution_revoked_on": DAYS,
    "agent_history": st.none() | st.builds(AgentHistory, st.integers(0, 9), st.integers(0, 9)),
    "licence": st.none()
    | st.builds(Licence, TEXTS, NAMES, NAMES, DAYS, st.booleans(), st.booleans()),
    "is_licence_missing": st.booleans(),
    "has_phone_proof": st.booleans(),
    "is_settlement_confirmed": st.none() | st.booleans(),
    "settlement_card": st.none() | TEXTS,
    "visit_id": st.sampled_from(["", "0193576a-0000-7000-8000-000000000077"]),
    "settlement_card_matches": st.none() | st.booleans(),
    "callback": st.none()
    | st.builds(Callback, st.sampled_from(CallbackTo), st.sampled_from(CallbackOutcome)),
    "old_number": st.none() | st.sampled_from(OldNumberOutcome),
    "old_number_proof": st.sampled_from(OldNumberProof),
    "new_number": st.none()
    | st.builds(
        NewNumber,
        PHONES,
        st.none() | PHONES,
        st.none() | st.sampled_from(CodeOutcome),
        st.none() | st.sampled_from(NumberHolder),
        TEXTS,
        st.sampled_from(RealNameCheck),
        st.none() | st.lists(TEXTS, max_size=4).map(tuple),
    ),
    "consents": st.none() | st.frozensets(st.sampled_from(Consent)),
    "reviews": REVIEWS,
    "reviews_from": st.integers(0, 2),
    "rejected_reason": st.none() | st.sampled_from(ChangeReason),
    "supersedes": st.none() | TEXTS,
    "queue_ticket": TEXTS,
    "handlers": st.sampled_from([(), ("c00",)]),
}
"""Every field of a draft that a visit may set."""


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Return a good visit in which some fields say anything at all."""
    base = draw(st.sampled_from([c.in_person(), c.delegated(), c.company_delegated()]))
    names = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=len(FIELDS), unique=True))
    return replace(base, **{name: draw(FIELDS[name]) for name in names})
