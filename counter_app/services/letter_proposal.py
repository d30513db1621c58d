"""Turns what the camera read of a delegation letter into a proposed letter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from counter_app.domain.delegation_letter import (
    Alterations,
    Letter,
    LetterKind,
    LetterPrincipal,
    Matter,
    NamedAgent,
    Notary,
    Relation,
)
from counter_app.domain.phone import normalised
from counter_app.domain.reading import (
    FieldName,
    LetterPhrase,
    MarkName,
    Notice,
    Reading,
    TickName,
)
from counter_app.domain.uscc import is_valid_uscc

RELATIONS = (
    (TickName.RELATION_EMPLOYEE, Relation.EMPLOYEE),
    (TickName.RELATION_RELATIVE, Relation.RELATIVE),
)
MATTER_TICKS = (
    (TickName.CHANGE_PHONE, Matter.CHANGE_PHONE),
    (TickName.COLLECT_TERMINAL, Matter.COLLECT_TERMINAL),
    (TickName.COLLECT_RECEIPT, Matter.COLLECT_RECEIPT),
)
MATTER_PHRASES = (
    (LetterPhrase.CHANGE_PHONE, Matter.CHANGE_PHONE),
    (LetterPhrase.EVERYTHING, Matter.EVERYTHING),
)


def blank_letter() -> Letter:
    """Return a letter of which nothing is known yet: nothing signed, nothing allowed."""
    return Letter(
        kind=LetterKind.SIGNED,
        digest="",
        principal=LetterPrincipal(name=""),
        agents=(),
        matters=frozenset(),
        is_signed=False,
        has_company_seal=False,
        is_signed_by_legal_representative=False,
    )


def proposed_letter(reading: Reading, image: str) -> Letter:
    """Return the letter as the camera read it; the clerk confirms or corrects every fact.

    Args:
        reading: Of a picture of kind LETTER.
        image: SHA-256 (hex) of the rectified picture in the vault.
    """
    is_notarised = LetterPhrase.NOTARISED in reading.phrases or bool(
        reading.text(FieldName.NOTARY_NUMBER)
    )
    principal = _principal(reading)
    return Letter(
        kind=LetterKind.NOTARISED if is_notarised else LetterKind.SIGNED,
        digest=image,
        principal=principal,
        agents=tuple(_agents(reading)),
        matters=frozenset(_matters(reading)),
        is_joint=LetterPhrase.EACH_ALONE not in reading.phrases,
        letter_no=reading.text(FieldName.LETTER_NUMBER),
        merchant_no=reading.text(FieldName.MERCHANT_NUMBER) or None,
        new_number=normalised(reading.text(FieldName.NEW_PHONE)) or None,
        starts_on=day_in(reading.text(FieldName.TERM_FROM)),
        ends_on=day_in(reading.text(FieldName.TERM_UNTIL)),
        is_signed=reading.has_mark(MarkName.PRINCIPAL_SIGNATURE) or _has_signed(reading, principal),
        has_company_seal=reading.has_mark(MarkName.SEAL) or _has_sealed(reading, principal),
        is_signed_by_legal_representative=_is_signed_by_representative(reading, principal),
        allows_substitution=_allows_substitution(reading),
        allows_third_party_number=LetterPhrase.THIRD_PARTY_NUMBER in reading.phrases,
        alterations=_alterations(reading),
        is_original=Notice.WATERMARKED_COPY not in reading.notices,
        notary=_notary(reading) if is_notarised else None,
        image=image,
    )


def identified(letter: Letter) -> Letter:
    """Return the letter with a digest, so that the same paper is known when it comes again.

    The picture's digest stays; without a picture the letter's own number serves, and without
    that a digest of who gave which authority to whom until when.
    """
    if letter.digest:
        return letter
    return replace(letter, digest=letter.letter_no or _content_digest(letter))


def day_in(text: str) -> date | None:
    """Return the day of a text in the form YYYY-MM-DD (also YYYYMMDD), or None."""
    plain = text.strip().replace("/", "-").replace(".", "-")
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None


def _content_digest(letter: Letter) -> str:
    agents = ",".join(f"{agent.name}/{agent.id_number}" for agent in letter.agents)
    principal = letter.principal
    who = principal.id_number or principal.uscc or ""
    term = f"{letter.starts_on}..{letter.ends_on}"
    told = "|".join((principal.name, who, agents, letter.new_number or "", term))
    return hashlib.sha256(told.encode()).hexdigest()


def _principal(reading: Reading) -> LetterPrincipal:
    number = reading.text(FieldName.PRINCIPAL_DOCUMENT)
    is_entity = reading.is_ticked(TickName.PRINCIPAL_IS_ENTITY) or is_valid_uscc(number)
    return LetterPrincipal(
        name=reading.text(FieldName.PRINCIPAL_NAME),
        id_number=None if is_entity else number or None,
        uscc=number or None if is_entity else None,
        legal_representative=reading.text(FieldName.PRINCIPAL_REPRESENTATIVE) or None,
    )


def _agents(reading: Reading) -> Iterator[NamedAgent]:
    names = [field.text for field in reading.all(FieldName.AGENT_NAME)]
    numbers = [field.text for field in reading.all(FieldName.AGENT_DOCUMENT)]
    ticked = (relation for tick, relation in RELATIONS if reading.is_ticked(tick))
    relation = next(ticked, Relation.OTHER)
    for name, number in zip_longest(names, numbers, fillvalue=""):
        yield NamedAgent(name, number, relation)


def _matters(reading: Reading) -> Iterator[Matter]:
    for tick, matter in MATTER_TICKS:
        if reading.is_ticked(tick):
            yield matter
    if not reading.ticks:
        yield from (matter for phrase, matter in MATTER_PHRASES if phrase in reading.phrases)
    elif LetterPhrase.EVERYTHING in reading.phrases:
        yield Matter.EVERYTHING


def _is_signed_by_representative(reading: Reading, principal: LetterPrincipal) -> bool:
    """An entity's signature is its representative's; a person has none."""
    is_signed = principal.uscc is not None and reading.has_mark(MarkName.PRINCIPAL_SIGNATURE)
    return is_signed or reading.has_mark(MarkName.REPRESENTATIVE_SEAL)


def _has_signed(reading: Reading, principal: LetterPrincipal) -> bool:
    """Say whether the certificate of a good electronic signature names the principal."""
    names = (principal.name, principal.legal_representative)
    return reading.signer is not None and any(_names(reading.signer, name) for name in names)


def _has_sealed(reading: Reading, principal: LetterPrincipal) -> bool:
    """A company's own certificate stands for its seal."""
    is_entity = principal.uscc is not None and reading.signer is not None
    return is_entity and _names(reading.signer or "", principal.name)


def _names(signer: str, name: str | None) -> bool:
    return bool(name) and "".join(signer.split()) == "".join((name or "").split())


def _allows_substitution(reading: Reading) -> bool:
    is_denied = LetterPhrase.SUBDELEGATION_DENIED in reading.phrases
    return LetterPhrase.SUBDELEGATION_ALLOWED in reading.phrases and not is_denied


def _alterations(reading: Reading) -> Alterations:
    is_altered = bool(reading.alterations) or Notice.ALTERATION in reading.notices
    return Alterations.PLAIN if is_altered else Alterations.NONE


def _notary(reading: Reading) -> Notary:
    return Notary(
        number=reading.text(FieldName.NOTARY_NUMBER),
        office=reading.text(FieldName.NOTARY_OFFICE),
        on=day_in(reading.text(FieldName.NOTARY_DATE)),
        purpose_covers=LetterPhrase.CHANGE_PHONE in reading.phrases
        or reading.is_ticked(TickName.CHANGE_PHONE),
    )
