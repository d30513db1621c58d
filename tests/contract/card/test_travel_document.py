"""Whole readings of simulated chips, in-process."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from counter_app.devices.card import tlv
from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.emrtd.files import COM, SECURITY_OBJECT
from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.security_infos import Mapping
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.devices.card.simulator import passport_data as data
from counter_app.devices.card.simulator.card import SimulatedLink
from counter_app.devices.card.simulator.demo_issuer import (
    DocumentSigner,
    demo_authority,
    document_signer,
)
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import (
    ActiveKind,
    Offer,
    PassportContent,
    demo_holder,
    demo_passport,
    make_passport,
)
from counter_app.domain.mrz import MrzKey
from counter_app.domain.mrz_permit import encode_chinese_name
from counter_app.domain.travel_document import (
    AccessProtocol,
    CheckReason,
    CheckState,
    ChipCheck,
    PhotoFormat,
    TravelDocumentChip,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.travel_document import ChipPhase, ChipProgress

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOLDER = demo_holder(NOW.date())
KEY = HOLDER.key()
BASIC_ONLY = Offer(pace=None)


@pytest.fixture(scope="module")
def signer() -> DocumentSigner:
    return document_signer(NOW)


@pytest.fixture(scope="module")
def trust() -> TrustStore:
    return TrustStore([demo_authority()])


def read(
    content: PassportContent,
    trust: TrustStore,
    key: MrzKey = KEY,
    most_answer: int = 256,
    seen: list[ChipProgress] | None = None,
) -> TravelDocumentChip:
    link = SimulatedLink(SimulatedPassport(content), most_answer)
    watch = seen.append if seen is not None else lambda _progress: None
    return read_travel_document(link, key, trust, watch)


@pytest.mark.parametrize(
    ("offer", "access"),
    [
        (BASIC_ONLY, AccessProtocol.BAC),
        (Offer(), AccessProtocol.PACE_GENERIC),
        (Offer((Mapping.ECDH_GENERIC, Suite.TDES, 12)), AccessProtocol.PACE_GENERIC),
        (Offer((Mapping.ECDH_GENERIC, Suite.AES_192, 15)), AccessProtocol.PACE_GENERIC),
        (Offer((Mapping.ECDH_GENERIC, Suite.AES_256, 18)), AccessProtocol.PACE_GENERIC),
        (Offer((Mapping.ECDH_GENERIC, Suite.AES_128, 10)), AccessProtocol.PACE_GENERIC),
        (Offer((Mapping.DH_GENERIC, Suite.AES_128, 2)), AccessProtocol.PACE_GENERIC),
        (Offer((Mapping.ECDH_INTEGRATED, Suite.AES_256, 16)), AccessProtocol.PACE_INTEGRATED),
        (Offer((Mapping.ECDH_INTEGRATED, Suite.TDES, 13)), AccessProtocol.PACE_INTEGRATED),
        (Offer((Mapping.DH_INTEGRATED, Suite.AES_192, 0)), AccessProtocol.PACE_INTEGRATED),
        (
            Offer((Mapping.ECDH_CHIP_AUTHENTICATION, Suite.AES_128, 13)),
            AccessProtocol.PACE_CHIP_AUTHENTICATION,
        ),
    ],
    ids=lambda value: value.pace[0].name + value.pace[1].name if getattr(value, "pace", 0) else "",
)
def test_every_way_in_reads_the_whole_document(
    offer: Offer, access: AccessProtocol, signer: DocumentSigner, trust: TrustStore
) -> None:
    chip = read(demo_passport(signer, NOW, offer), trust)
    assert chip.access is access
    assert chip.mrz.document_number == "E00000003"
    assert chip.mrz.born_on(NOW.date()) == date(1985, 5, 6)
    assert chip.mrz.is_consistent()
    assert chip.native_name == "样本丙"
    assert chip.issuing_authority == "UTOPIA PASSPORT OFFICE"
    assert chip.issued_on == date(2021, 11, 1)
    assert chip.photo is not None
    assert chip.photo.picture == HOLDER.photo
    assert chip.is_authentic()
    assert chip.signer == "UT Demonstration CSCA"


def test_a_document_that_knows_pace_only_is_read(signer: DocumentSigner, trust: TrustStore) -> None:
    content = demo_passport(signer, NOW, Offer(has_basic_access=False))
    assert read(content, trust).access is AccessProtocol.PACE_GENERIC


def test_a_chip_whose_pace_is_faulty_is_opened_by_basic_access(
    signer: DocumentSigner, trust: TrustStore
) -> None:
    content = demo_passport(signer, NOW)
    assert content.pace_info is not None
    faulty = replace(content, pace_info=replace(content.pace_info, identifier=b"\x01"))
    assert read(faulty, trust).access is AccessProtocol.BAC


@pytest.mark.parametrize("offer", [BASIC_ONLY, Offer(), Offer(has_basic_access=False)])
def test_a_wrong_key_is_told_as_access_denied(
    offer: Offer, signer: DocumentSigner, trust: TrustStore
) -> None:
    with pytest.raises(CounterError) as caught:
        read(demo_passport(signer, NOW, offer), trust, MrzKey("E00000004", "850506", "311101"))
    assert caught.value.code is FailureCode.CARD_ACCESS_DENIED


def test_a_travel_permit_is_read_by_its_own_line(signer: DocumentSigner, trust: TrustStore) -> None:
    names = encode_chinese_name("样本甲") + "YANGBEN<<JIA".ljust(18, "<") + "M"
    zone = data.permit_zone("C00000001", date(1990, 3, 7), date(2031, 1, 1), names)
    holder = replace(HOLDER, zone=zone, native_name="")
    chip = read(make_passport(holder, signer), trust, holder.key())
    assert chip.native_name == "样本甲"
    assert chip.mrz.document_code == "CS"
    assert chip.is_authentic()


def test_a_photo_in_jpeg_2000_comes_as_a_picture_any_viewer_shows(
    signer: DocumentSigner, trust: TrustStore
) -> None:
    holder = replace(HOLDER, photo=data.demo_photo(kind="JPEG2000"))
    photo = read(make_passport(holder, signer), trust).photo
    assert photo is not None
    assert photo.stored_format is PhotoFormat.JPEG_2000
    assert photo.picture.startswith(b"\x89PNG")
    assert (photo.width_px, photo.height_px) == data.PHOTO_SIDE_PX


def test_progress_counts_bytes_up_to_the_whole(signer: DocumentSigner, trust: TrustStore) -> None:
    seen: list[ChipProgress] = []
    chip = read(demo_passport(signer, NOW), trust, seen=seen)
    assert seen[0].phase is ChipPhase.OPENING
    assert seen[-1] == ChipProgress(ChipPhase.CHECKING, chip.bytes_read, chip.bytes_read)
    counts = [step.done_bytes for step in seen if step.phase is ChipPhase.READING]
    assert counts == sorted(counts)
    assert all(step.done_bytes <= step.total_bytes for step in seen)


@pytest.mark.parametrize("identifier", [0x0101, 0x0102, 0x010B])
def test_a_changed_data_group_fails_the_content_check(
    identifier: int, signer: DocumentSigner, trust: TrustStore
) -> None:
    content = demo_passport(signer, NOW)
    file = content.files[identifier]
    content.files[identifier] = file[:-1] + bytes([file[-1] ^ 1])
    if identifier == 0x0101:
        content.files[identifier] = file.replace(b"YANGBEN<<BING", b"YANGBEN<<DING")
    chip = read(content, trust)
    verdict = chip.verdict(ChipCheck.CONTENT)
    assert (verdict.state, verdict.reason) == (CheckState.FAILED, CheckReason.HASH_WRONG)
    assert chip.is_refuted()


def test_an_added_data_group_fails_the_content_check(
    signer: DocumentSigner, trust: TrustStore
) -> None:
    holder = replace(HOLDER, native_name="")
    content = make_passport(holder, signer)
    content.files[0x010B] = data.group11("另一人")
    content.files[COM] = data.list_of_groups([1, 2, 11, 12])
    verdict = read(content, trust).verdict(ChipCheck.CONTENT)
    assert (verdict.state, verdict.reason) == (CheckState.FAILED, CheckReason.GROUP_NOT_LISTED)


def test_changed_hashes_fail_the_signature(signer: DocumentSigner, trust: TrustStore) -> None:
    content = demo_passport(signer, NOW)
    security = content.files[SECURITY_OBJECT]
    place = security.index(b"\x02\x01\x01\x04\x20") + 6
    content.files[SECURITY_OBJECT] = (
        security[:place] + bytes([security[place] ^ 1]) + security[place + 1 :]
    )
    verdict = read(content, trust).verdict(ChipCheck.SIGNATURE)
    assert (verdict.state, verdict.reason) == (CheckState.FAILED, CheckReason.SIGNATURE_WRONG)


def test_an_unknown_authority_leaves_the_issuer_unverified(signer: DocumentSigner) -> None:
    chip = read(demo_passport(signer, NOW), TrustStore([]))
    verdict = chip.verdict(ChipCheck.ISSUER)
    assert (verdict.state, verdict.reason) == (
        CheckState.NOT_VERIFIED,
        CheckReason.ISSUER_UNKNOWN,
    )
    assert not chip.is_authentic()
    assert not chip.is_refuted()


def test_a_signer_from_before_its_authority_is_not_believed(trust: TrustStore) -> None:
    early = document_signer(datetime(2019, 1, 1, tzinfo=UTC))
    verdict = read(demo_passport(early, NOW), trust).verdict(ChipCheck.ISSUER)
    assert verdict.reason is CheckReason.ISSUER_NOT_VALID_AT_SIGNING


@pytest.mark.parametrize(
    ("broken", "reason"),
    [(None, CheckReason.NOT_READ), (b"\x77\x02\x30\x00", CheckReason.SECURITY_OBJECT_UNREADABLE)],
)
def test_without_a_security_object_the_fields_come_unverified(
    broken: bytes | None, reason: CheckReason, signer: DocumentSigner, trust: TrustStore
) -> None:
    content = demo_passport(signer, NOW)
    del content.files[SECURITY_OBJECT]
    if broken is not None:
        content.files[SECURITY_OBJECT] = broken
    chip = read(content, trust)
    assert chip.mrz.document_number == "E00000003"
    assert chip.verdict(ChipCheck.SIGNATURE).reason is reason
    assert not chip.is_authentic()


@pytest.mark.parametrize("kind", [ActiveKind.RSA, ActiveKind.ELLIPTIC])
def test_active_authentication_proves_the_original(
    kind: ActiveKind, signer: DocumentSigner, trust: TrustStore
) -> None:
    chip = read(demo_passport(signer, NOW, Offer(active=kind)), trust)
    assert chip.verdict(ChipCheck.ORIGINAL).state is CheckState.VERIFIED


@pytest.mark.parametrize("kind", [ActiveKind.RSA, ActiveKind.ELLIPTIC])
def test_a_copy_without_the_key_fails_active_authentication(
    kind: ActiveKind, signer: DocumentSigner, trust: TrustStore
) -> None:
    offer = Offer(active=kind)
    original, other = demo_passport(signer, NOW, offer), demo_passport(signer, NOW, offer)
    verdict = read(replace(original, active_key=other.active_key), trust).verdict(
        ChipCheck.ORIGINAL
    )
    assert (verdict.state, verdict.reason) == (CheckState.FAILED, CheckReason.PROOF_WRONG)


@pytest.mark.parametrize("suite", list(Suite))
def test_chip_authentication_proves_the_original(
    suite: Suite, signer: DocumentSigner, trust: TrustStore
) -> None:
    chip = read(demo_passport(signer, NOW, Offer(chip_authentication=suite)), trust)
    assert chip.verdict(ChipCheck.ORIGINAL).state is CheckState.VERIFIED


@pytest.mark.parametrize(
    "offer",
    [
        Offer(chip_authentication=Suite.AES_128),
        Offer((Mapping.ECDH_CHIP_AUTHENTICATION, Suite.AES_128, 13)),
    ],
)
def test_a_copy_without_the_key_fails_chip_authentication(
    offer: Offer, signer: DocumentSigner, trust: TrustStore
) -> None:
    original, other = demo_passport(signer, NOW, offer), demo_passport(signer, NOW, offer)
    chip = read(replace(original, chip_key=other.chip_key), trust)
    verdict = chip.verdict(ChipCheck.ORIGINAL)
    assert (verdict.state, verdict.reason) == (CheckState.FAILED, CheckReason.PROOF_WRONG)
    assert chip.is_refuted()


def test_chip_authentication_mapping_proves_the_original(
    signer: DocumentSigner, trust: TrustStore
) -> None:
    offer = Offer((Mapping.ECDH_CHIP_AUTHENTICATION, Suite.AES_256, 13))
    chip = read(demo_passport(signer, NOW, offer), trust)
    assert chip.verdict(ChipCheck.ORIGINAL).state is CheckState.VERIFIED


def test_a_chip_that_offers_no_proof_says_so(signer: DocumentSigner, trust: TrustStore) -> None:
    verdict = read(demo_passport(signer, NOW), trust).verdict(ChipCheck.ORIGINAL)
    assert (verdict.state, verdict.reason) == (CheckState.NOT_VERIFIED, CheckReason.NOT_OFFERED)


@pytest.mark.parametrize(("most_answer", "longest"), [(65536, 65536), (65536, 1000), (256, 120)])
def test_parts_are_as_long_as_chip_and_reader_carry(
    most_answer: int, longest: int, signer: DocumentSigner, trust: TrustStore
) -> None:
    holder = replace(HOLDER, photo=data.demo_photo(noise=9000))
    content = make_passport(holder, signer, Offer(longest_answer=longest))
    chip = read(content, trust, most_answer=most_answer)
    assert chip.photo is not None
    assert chip.photo.stored == holder.photo


def test_a_file_beyond_32_kilobytes_is_read_with_its_long_offset(
    signer: DocumentSigner, trust: TrustStore
) -> None:
    holder = replace(HOLDER, photo=HOLDER.photo + b"\x00" * 40000)
    chip = read(make_passport(holder, signer), trust)
    assert chip.photo is not None
    assert chip.photo.stored == holder.photo
    assert chip.is_authentic()


class Interrupting:
    """Loses the session once, as a chip at the edge of the field does."""

    def __init__(self, content: PassportContent, after: int) -> None:
        self._link = SimulatedLink(SimulatedPassport(content))
        self._left = after
        self.most_answer = 65536

    def transmit(self, sent: bytes) -> bytes:
        self._left -= 1
        if self._left == 0:
            return bytes.fromhex("6988")
        return self._link.transmit(sent)

    def reset(self) -> None:
        self._link.reset()


def test_a_session_that_is_lost_once_is_opened_again(
    signer: DocumentSigner, trust: TrustStore
) -> None:
    link = Interrupting(demo_passport(signer, NOW), after=20)
    assert read_travel_document(link, KEY, trust, lambda _step: None).is_authentic()


def test_a_card_of_another_kind_is_told(trust: TrustStore) -> None:
    class OtherCard:
        most_answer = 256

        def transmit(self, _sent: bytes) -> bytes:
            return bytes.fromhex("6A82")

        def reset(self) -> None:
            pass

    with pytest.raises(CounterError) as caught:
        read_travel_document(OtherCard(), KEY, trust, lambda _step: None)
    assert caught.value.code is FailureCode.CARD_WRONG_KIND


def test_no_field_of_the_holder_is_in_the_results_text(
    signer: DocumentSigner, trust: TrustStore
) -> None:
    text = repr(read(demo_passport(signer, NOW), trust))
    assert "E00000003" not in text
    assert "YANGBEN" not in text
    assert "样本" not in text


def test_the_simulated_files_are_proper_data_objects(signer: DocumentSigner) -> None:
    for content in demo_passport(signer, NOW, Offer(active=ActiveKind.ELLIPTIC)).files.values():
        assert len(list(tlv.objects(content))) == 1
