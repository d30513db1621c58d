"""One reading of a travel document's chip, from the key to the verdicts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER
from counter_app.devices.card.crypto.certificate import Certificate
from counter_app.devices.card.emrtd import passive
from counter_app.devices.card.emrtd.chip_authentication import check_chip
from counter_app.devices.card.emrtd.chip_proof import (
    check_active,
    check_mapping,
    new_challenge,
    verdict,
)
from counter_app.devices.card.emrtd.data_groups import (
    DocumentDetails,
    PersonalDetails,
    groups_of_com,
    parse_group1,
    parse_group11,
    parse_group12,
)
from counter_app.devices.card.emrtd.files import (
    COM,
    LONGEST_PART,
    SECURITY_OBJECT,
    Files,
    group_file,
)
from counter_app.devices.card.emrtd.opening import Opened, open_chip
from counter_app.devices.card.emrtd.pace import MappingProof
from counter_app.devices.card.emrtd.photo import parse_group2
from counter_app.devices.card.emrtd.security_infos import SecurityInfos, parse_security_infos
from counter_app.devices.card.emrtd.signed_data import CHIP_SECURITY_OBJECT, parse_signed_content
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.devices.card.link import CardLink
from counter_app.domain.mrz import MrzKey
from counter_app.domain.travel_document import (
    CheckReason,
    CheckState,
    CheckVerdict,
    ChipCheck,
    TravelDocumentChip,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.travel_document import ChipPhase, ChipProgress

SHORTER_PARTS, SHORTEST_PART = (0xDF, 0x70), 0x38
SMALL_GROUPS, PHOTO_GROUP = (1, 14, 15, 11, 12), 2
Watch = Callable[[ChipProgress], None]
Parsed = TypeVar("Parsed")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Content:
    """Files read so far."""

    groups: dict[int, bytes] = field(default_factory=dict, repr=False)
    done_bytes: int = 0


def read_travel_document(
    link: CardLink, key: MrzKey, trust: TrustStore, on_progress: Watch
) -> TravelDocumentChip:
    """Open, read and check a chip.

    A session that is lost in the middle is opened again, with shorter answers each time.

    Args:
        link: A connected card.
        key: From the printed lines.
        trust: The authorities to believe.
        on_progress: Told about every part.

    Raises:
        CounterError: As `TravelDocumentReader.read`.
    """
    for longest in (LONGEST_PART, *SHORTER_PARTS):
        try:
            return _Reading(link, key, trust, on_progress, longest).run()
        except CounterError as error:
            if not _is_session_lost(error):
                raise
            _log.info("session lost, opening once more: %s", error)
            link.reset()
    return _Reading(link, key, trust, on_progress, SHORTEST_PART).run()


def _is_session_lost(error: CounterError) -> bool:
    return error.code is FailureCode.CARD_PROTOCOL and "secure_messaging" in error.facts


class _Reading:
    def __init__(
        self, link: CardLink, key: MrzKey, trust: TrustStore, on_progress: Watch, longest: int
    ) -> None:
        self._link = link
        self._key = key
        self._trust = trust
        self._on_progress = on_progress
        self._longest = longest
        self._content = _Content()

    def run(self) -> TravelDocumentChip:
        self._on_progress(ChipProgress(ChipPhase.OPENING))
        most_answer = self._link.most_answer if self._longest == LONGEST_PART else SHORT_ANSWER
        opened = open_chip(self._link, self._key, most_answer)
        files = Files(opened.chip, self._longest)
        listed = _tolerant(groups_of_com, self._read_if_sound(files, COM)) or ()
        security, broken = _security_object(self._read_if_sound(files, SECURITY_OBJECT))
        numbers = set(listed) | set(security.hashes if security else ())
        for number in (*SMALL_GROUPS, PHOTO_GROUP):
            if number in numbers or number == 1:
                self._read_group(files, number)
        done = self._content.done_bytes
        self._on_progress(ChipProgress(ChipPhase.CHECKING, done, done))
        verdicts, issuer = self._passive(security, broken)
        return self._result(opened, (*verdicts, self._original(opened)), issuer)

    def _read_group(self, files: Files, number: int) -> None:
        content = self._read_if_sound(files, group_file(number))
        if content:
            self._content.groups[number] = content

    def _read_if_sound(self, files: Files, identifier: int) -> bytes | None:
        """Return a file, empty when the chip has none, None when it cannot be made out."""
        try:
            return self._read(files, identifier)
        except CounterError as error:
            if error.code is not FailureCode.CARD_PROTOCOL or _is_session_lost(error):
                raise
            _log.info("file unreadable: file=%04X %s", identifier, error)
            return None

    def _read(self, files: Files, identifier: int) -> bytes:
        before = self._content.done_bytes

        def watch(done: int, total: int) -> None:
            self._on_progress(ChipProgress(ChipPhase.READING, before + done, before + total))

        content = files.read(identifier, watch) or b""
        self._content.done_bytes = before + len(content)
        return content

    def _passive(
        self, security: passive.SecurityObject | None, broken: CheckReason
    ) -> tuple[tuple[CheckVerdict, ...], Certificate | None]:
        if security is None:
            checks = (ChipCheck.SIGNATURE, ChipCheck.ISSUER, ChipCheck.CONTENT)
            state = CheckState.NOT_VERIFIED
            return tuple(CheckVerdict(check, state, broken) for check in checks), None
        issuer_verdict, issuer = passive.check_issuer(security.signed.signer, self._trust)
        signature = passive.check_signature(security.signed)
        content = passive.check_content(security, self._content.groups)
        return (signature, issuer_verdict, content), issuer

    def _original(self, opened: Opened) -> CheckVerdict:
        proofs = tuple(self._proofs(opened))
        for state in (CheckState.FAILED, CheckState.VERIFIED, CheckState.NOT_VERIFIED):
            for proof in proofs:
                if proof.state is state:
                    return proof
        return verdict(CheckState.NOT_VERIFIED, CheckReason.NOT_OFFERED)

    def _proofs(self, opened: Opened) -> Iterator[CheckVerdict]:
        chip, groups = opened.chip, self._content.groups
        infos = _infos(groups.get(14, b""))
        mapped = None
        if opened.mapping_proof is not None:
            proof = opened.mapping_proof
            mapped = _attempted(lambda: self._by_mapping(opened, proof))
            yield mapped
        if 15 in groups:
            yield _attempted(lambda: check_active(chip, groups[15], infos, new_challenge()))
        # Agreeing new keys ends the session when it goes wrong: last, and only when needed.
        if infos.chip_keys and (mapped is None or mapped.state is not CheckState.VERIFIED):
            yield _attempted(lambda: check_chip(chip, infos))

    def _by_mapping(self, opened: Opened, proof: MappingProof) -> CheckVerdict:
        signed = parse_signed_content(opened.card_security, CHIP_SECURITY_OBJECT)
        issuer_verdict, _ = passive.check_issuer(signed.signer, self._trust)
        for needed in (passive.check_signature(signed), issuer_verdict):
            if needed.state is not CheckState.VERIFIED:
                return verdict(needed.state, needed.reason)
        return check_mapping(proof, parse_security_infos(signed.content))

    def _result(
        self, opened: Opened, verdicts: tuple[CheckVerdict, ...], issuer: Certificate | None
    ) -> TravelDocumentChip:
        groups = self._content.groups
        if 1 not in groups:
            raise CounterError(FailureCode.CARD_RECORD_INVALID, group=1)
        mrz = parse_group1(groups[1])
        person = _tolerant(parse_group11, groups.get(11)) or PersonalDetails()
        document = _tolerant(parse_group12, groups.get(12)) or DocumentDetails()
        return TravelDocumentChip(
            access=opened.access,
            mrz=mrz,
            native_name=person.native_name or mrz.chinese_name,
            personal_number=person.personal_number,
            birth_day_in_full=person.born_on,
            issuing_authority=document.issuing_authority,
            issued_on=document.issued_on,
            photo=_tolerant(parse_group2, groups.get(2)),
            verdicts=verdicts,
            signer=f"{issuer.country} {issuer.common_name}".strip() if issuer else "",
            bytes_read=self._content.done_bytes,
        )


def _attempted(prove: Callable[[], CheckVerdict]) -> CheckVerdict:
    try:
        return prove()
    except CounterError as error:
        if error.code is not FailureCode.CARD_PROTOCOL:
            raise
        _log.info("proof of the original refused: %s", error)
        return verdict(CheckState.NOT_VERIFIED, CheckReason.CHIP_REFUSED)


def _security_object(
    file: bytes | None,
) -> tuple[passive.SecurityObject | None, CheckReason]:
    if file == b"":
        return None, CheckReason.NOT_READ
    try:
        if file is None:
            return None, CheckReason.SECURITY_OBJECT_UNREADABLE
        return passive.parse_security_object(file), CheckReason.NONE
    except CounterError:
        return None, CheckReason.SECURITY_OBJECT_UNREADABLE


def _infos(group14: bytes) -> SecurityInfos:
    try:
        return parse_security_infos(tlv.need(group14, 0x6E)) if group14 else SecurityInfos()
    except CounterError:
        return SecurityInfos()


def _tolerant(parse: Callable[[bytes], Parsed], file: bytes | None) -> Parsed | None:
    # An additional group that makes no sense costs its fields, not the reading.
    try:
        return parse(file) if file else None
    except CounterError as error:
        _log.info("additional group unreadable: %s", error)
        return None
