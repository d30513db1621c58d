"""From the tables of a rehearsal file to the values of the domain."""

from __future__ import annotations

from datetime import date

from counter_app.domain.delegation_letter import (
    Letter,
    LetterPrincipal,
    NamedAgent,
    Notary,
)
from counter_app.domain.draft import Licence
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument
from counter_app.domain.merchant import (
    MerchantRecord,
    Ownership,
    Principal,
    Settlement,
    Terminal,
)
from counter_app.domain.phone import normalised
from counter_app.rehearsal.file import MerchantTable, TerminalTable
from counter_app.rehearsal.visit_tables import DocumentTable, LetterTable, LicenceTable

OWNERSHIP = {
    "leased": Ownership.LEASED,
    "rented": Ownership.LEASED,
    "bought": Ownership.BOUGHT,
    "purchased": Ownership.BOUGHT,
    "owned": Ownership.BOUGHT,
    "deposit": Ownership.DEPOSIT,
}


def merchant_of(table: MerchantTable) -> MerchantRecord:
    """Return a merchant of the directory."""
    settlement = table.settlement
    return MerchantRecord(
        merchant_no=table.merchant_no,
        name=table.name,
        provider=table.provider,
        type=table.type,
        principal=Principal(**table.principal.model_dump()),
        phone=table.phone,
        uscc=table.uscc,
        phone_changed_on=table.phone_changed_on,
        settlement=Settlement(**settlement.model_dump()) if settlement else None,
        status=table.status,
        in_flight=table.in_flight,
        operator_on_licence=table.operator_on_licence,
        terminals=tuple(_terminal(terminal) for terminal in table.terminals),
    )


def _terminal(table: TerminalTable) -> Terminal:
    ownership = OWNERSHIP[table.ownership]
    return Terminal(table.sn, table.terminal_id, ownership, table.sim)


def document_of(table: DocumentTable, captured_by: CaptureMethod) -> IdentityDocument:
    """Return a document as the reader, the camera or the clerk's typing gives it."""
    until, is_long_term = _until(table.valid_until)
    return IdentityDocument(
        owner=table.owner,
        type=table.type,
        number=table.number,
        name=table.name,
        captured_by=captured_by,
        born_on=table.born_on,
        valid_from=table.valid_from,
        valid_until=until,
        is_long_term=is_long_term,
        is_original=table.original,
        reader="rehearsal" if captured_by is CaptureMethod.CHIP else "",
    )


def letter_of(table: LetterTable) -> Letter:
    """Return a letter as the clerk confirmed it."""
    number = table.new_number
    return Letter(
        kind=table.kind,
        digest=table.digest,
        letter_no=table.letter_no,
        principal=LetterPrincipal(**table.principal.model_dump()),
        agents=tuple(NamedAgent(**agent.model_dump()) for agent in table.agents),
        matters=table.matters,
        is_joint=table.jointly,
        merchant_no=table.merchant_no,
        new_number=normalised(number) if number is not None else None,
        starts_on=table.starts_on,
        ends_on=table.ends_on,
        is_signed=table.principal_signed,
        has_company_seal=table.company_seal,
        is_signed_by_legal_representative=table.legal_representative_signed,
        allows_substitution=table.substitution_allowed,
        allows_third_party_number=table.third_party_number_allowed,
        alterations=table.alterations,
        is_original=table.original,
        notary=_notary(table),
    )


def _notary(table: LetterTable) -> Notary | None:
    notary = table.notary
    if notary is None:
        return None
    return Notary(
        number=notary.number,
        office=notary.office,
        on=notary.on,
        issued_in=notary.issued_in,
        purpose_covers=notary.purpose_covers,
        is_verified=notary.verified,
        has_channel=notary.channel,
    )


def licence_of(table: LicenceTable) -> Licence:
    """Return a licence as shown."""
    until, is_long_term = _until(table.valid_until)
    return Licence(
        uscc=table.uscc,
        name=table.name,
        operator=table.operator,
        valid_until=until,
        is_long_term=is_long_term,
        has_seal=table.seal_present,
    )


def _until(value: date | str | None) -> tuple[date | None, bool]:
    if isinstance(value, date):
        return value, False
    return None, value is not None
