"""Invented visits for tests of the rules (DOMAIN §8), and how to ask the rules about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path

from counter_app.domain.assessment import Assessment
from counter_app.domain.checks import Severity
from counter_app.domain.counter_facts import CounterFacts
from counter_app.domain.delegation_letter import (
    Letter,
    LetterKind,
    LetterPrincipal,
    Matter,
    NamedAgent,
    Notary,
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
    Licence,
    Lookup,
    NewNumber,
    NumberHolder,
    OldNumberOutcome,
    PresenterRole,
    Review,
    ReviewDecision,
)
from counter_app.domain.identity_document import (
    CaptureMethod,
    IdentityDocument,
    Owner,
    PoliceCheck,
)
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantRecord,
    MerchantType,
    Principal,
    Settlement,
    SettlementKind,
    Terminal,
)
from counter_app.domain.phone import SegmentTable
from counter_app.domain.provider_rules import RulePack
from counter_app.flow.state import Desk
from counter_app.rulebook.rulebook import Rulebook, read_unsigned

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

PRINCIPAL_ID = "110199199003070017"
AGENT_ID = "110199198811020021"
ELDER_ID = "110199194001010034"
EIGHTEEN_TODAY = "110199200811230010"
ONE_DAY_SHORT = "110199200811240016"
SIXTEEN = "110199201003010014"
FOURTEEN = "110199201206010022"
LEAP_DAY = "110199199202290039"
HK_RESIDENCE = "810000198506150039"
TW_RESIDENCE = "830000197811200046"
NEW_PERMANENT_RESIDENCE = "931840198001010017"
ENTERPRISE_USCC = "91110199MA00ABCD4Y"
SHOP_USCC = "92110199MA00ABCD4U"
SHOP_NO = "102110054990001"
SHOP_SN = "N500W00012345"
OTHER_SN = "N500W00054321"
TERMINAL_SIM = "1440012345678"
ACCOUNT = "6222020000000000018"
OLD_NUMBER = "13900000001"
NEW_NUMBER = "13900000002"

PACK = RulePack(
    provider="lakala",
    title="拉卡拉",
    version="test",
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 12, 31),
    basis="-",
    served=frozenset(MerchantType),
    licence_for=frozenset({MerchantType.ENTERPRISE, MerchantType.SOLE_PROPRIETOR}),
    seal_for=frozenset({MerchantType.ENTERPRISE}),
    cut_off=time(17, 0),
)


@cache
def rulebook() -> Rulebook:
    """Return the rules that ship."""
    return read_unsigned(Path(str(files("counter_app") / "_resources" / "providers")))


def segments() -> SegmentTable:
    """Return the number segments that ship."""
    return rulebook().segments


def facts(now: datetime = NOW, **changes: object) -> CounterFacts:
    """Return a counter in good order."""
    return replace(CounterFacts(now), **changes)  # type: ignore[arg-type]  # field names


def desk(pack: RulePack = PACK, now: datetime = NOW, **changes: object) -> Desk:
    """Return a desk with one pack."""
    return Desk((pack,), segments(), facts(now, **changes))


def assess(draft: Draft, pack: RulePack = PACK, now: datetime = NOW) -> Assessment:
    """Ask the rules."""
    return desk(pack, now).assess(draft)


def codes(draft: Draft, pack: RulePack = PACK, now: datetime = NOW) -> dict[str, Severity]:
    """Return the findings' codes with their severities."""
    return {finding.code.value: finding.severity for finding in assess(draft, pack, now).findings}


def signals(draft: Draft, pack: RulePack = PACK, now: datetime = NOW) -> set[str]:
    """Return the risk signals."""
    return {signal.value for signal in assess(draft, pack, now).risk.signals}


def shop(**changes: object) -> MerchantRecord:
    """Return a sole proprietor."""
    record = MerchantRecord(
        merchant_no=SHOP_NO,
        name="样本小吃店",
        provider="lakala",
        type=MerchantType.SOLE_PROPRIETOR,
        principal=Principal("样本甲", DocumentType.RESIDENT_ID, PRINCIPAL_ID),
        phone=OLD_NUMBER,
        uscc=SHOP_USCC,
        phone_changed_on=date(2024, 5, 1),
        settlement=Settlement("样本银行", ACCOUNT, SettlementKind.CARD, date(2024, 1, 1)),
        terminals=(Terminal(SHOP_SN, "10000001", sim=TERMINAL_SIM),),
    )
    return replace(record, **changes)  # type: ignore[arg-type]  # field names


def company(**changes: object) -> MerchantRecord:
    """Return an enterprise."""
    record = shop(
        name="样本商贸有限公司",
        type=MerchantType.ENTERPRISE,
        uscc=ENTERPRISE_USCC,
        settlement=Settlement("样本银行", "1100-0000-0000-9001", SettlementKind.CORPORATE),
    )
    return replace(record, **changes)  # type: ignore[arg-type]  # field names


def document(owner: object = Owner.PRINCIPAL, **changes: object) -> IdentityDocument:
    """Return a resident identity card read from its chip."""
    assert isinstance(owner, Owner)
    card = IdentityDocument(
        owner=owner,
        type=DocumentType.RESIDENT_ID,
        number=PRINCIPAL_ID,
        name="样本甲",
        captured_by=CaptureMethod.CHIP,
        born_on=date(1990, 3, 7),
        valid_from=date(2020, 1, 1),
        valid_until=date(2040, 1, 1),
        police_check=PoliceCheck.CONSISTENT,
        face_matches=True,
    )
    if owner is Owner.AGENT:
        card = replace(card, number=AGENT_ID, name="样本乙", born_on=date(1988, 11, 2))
    return replace(card, **changes)  # type: ignore[arg-type]  # field names


def principals_copy() -> IdentityDocument:
    """Return the copy of the principal's card that an agent brings."""
    return document(captured_by=CaptureMethod.CAMERA, is_original=False, face_matches=None)


def licence(**changes: object) -> Licence:
    """Return the shop's licence."""
    shown = Licence(SHOP_USCC, "样本小吃店", "样本甲", is_long_term=True)
    return replace(shown, **changes)  # type: ignore[arg-type]  # field names


def letter(**changes: object) -> Letter:
    """Return a signed letter without fault."""
    paper = Letter(
        kind=LetterKind.SIGNED,
        digest="L-1",
        principal=LetterPrincipal("样本甲", id_number=PRINCIPAL_ID),
        agents=(NamedAgent("样本乙", AGENT_ID),),
        matters=frozenset({Matter.CHANGE_PHONE}),
        merchant_no=SHOP_NO,
        new_number=NEW_NUMBER,
        starts_on=date(2026, 11, 20),
        ends_on=date(2026, 12, 20),
    )
    return replace(paper, **changes)  # type: ignore[arg-type]  # field names


def notarised(**changes: object) -> Letter:
    """Return a notarised letter without fault."""
    certificate = Notary("(2026)样证字第1号", "样本公证处", date(2026, 11, 19), is_verified=True)
    return letter(kind=LetterKind.NOTARISED, notary=replace(certificate, **changes))  # type: ignore[arg-type]  # field names


def new_number(**changes: object) -> NewNumber:
    """Return a new number that was entered twice and proved by its code."""
    number = NewNumber(
        NEW_NUMBER,
        repeated=NEW_NUMBER,
        code=CodeOutcome.PASSED,
        holder=NumberHolder.PRINCIPAL,
        bound_to=(),
    )
    return replace(number, **changes)  # type: ignore[arg-type]  # field names


def in_person(**changes: object) -> Draft:
    """Return a complete visit of the principal with nothing against it."""
    draft = Draft(
        case_id="01990000-0000-7000-8000-000000000001",
        request_no="01990000-0000-7000-8000-000000000002",
        clerk_id="c01",
        started_at=NOW,
        sn_entered=SHOP_SN,
        lookup=Lookup.FOUND,
        merchant=shop(),
        terminal=shop().terminals[0],
        presenter=PresenterRole.PRINCIPAL,
        reason=ChangeReason.OPERATOR_CHANGED,
        documents=(document(),),
        licence=licence(),
        is_settlement_confirmed=True,
        old_number=OldNumberOutcome.VERIFIED,
        new_number=new_number(),
        consents=frozenset(Consent),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # field names


def delegated(**changes: object) -> Draft:
    """Return a complete visit of an agent with nothing against it but the review it needs."""
    draft = in_person(
        presenter=PresenterRole.AGENT,
        documents=(document(Owner.AGENT), principals_copy()),
        letter=letter(),
        is_letter_looked_up=True,
        agent_history=AgentHistory(),
        callback=Callback(CallbackTo.ON_FILE, CallbackOutcome.CONFIRMED),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # field names


def company_delegated(**changes: object) -> Draft:
    """Return a complete visit of an enterprise's employee."""
    draft = delegated(
        merchant=company(),
        licence=licence(uscc=ENTERPRISE_USCC, name="样本商贸有限公司"),
        letter=letter(
            principal=LetterPrincipal(
                "样本商贸有限公司", uscc=ENTERPRISE_USCC, legal_representative="样本甲"
            )
        ),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # field names


def approved(draft: Draft, **changes: object) -> Draft:
    """Return the draft with one more act of the second person, an approval unless told else."""
    act = replace(Review("s01", ReviewDecision.APPROVE, "已核对"), **changes)  # type: ignore[arg-type]  # field names
    return replace(draft, reviews=(*draft.reviews, act))
