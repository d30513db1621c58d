"""Chips as others make them: other layouts, lengths, errors and signatures than our simulator's."""

from __future__ import annotations

from functools import cache

import pytest

from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.devices.card.simulator.card import SimulatedLink
from counter_app.domain.mrz import parse_mrz
from counter_app.domain.travel_document import (
    AccessProtocol,
    CheckReason,
    CheckState,
    ChipCheck,
    PhotoFormat,
    TravelDocumentChip,
)
from counter_app.errors import CounterError, FailureCode
from tests.contract.card.foreign import document as doc
from tests.contract.card.foreign.pace import GenericMapping, info
from tests.contract.card.foreign.passport import ForeignPassport, Habits
from tests.contract.card.foreign.secure import ber
from tests.contract.card.foreign.signing import (
    PSS,
    Manner,
    authority,
    curve,
    rsa,
    security_object,
)

PRINTED = parse_mrz((doc.zone()[:44], doc.zone()[44:])).key()
PLAIN = Manner(curve("prime256v1"))
TAGS = {1: "61", 2: "75", 11: "6B", 12: "6C", 14: "6E", 15: "6F"}


@cache
def groups() -> dict[int, bytes]:
    picture = doc.group2(doc.template(doc.record(doc.jpeg())))
    return {1: doc.group1(), 2: picture, 11: doc.group11(), 12: doc.group12()}


def files(
    changed: dict[int, bytes] | None = None, manner: Manner = PLAIN, without: tuple[int, ...] = ()
) -> dict[int, bytes]:
    held = {**groups(), **(changed or {})}
    made = {0x0100 + number: data for number, data in held.items()}
    made[0x011D] = security_object(manner, held)
    made[0x011E] = doc.index(*(TAGS[number] for number in sorted(held)))
    return {name: data for name, data in made.items() if name not in without}


def offering(*offers: tuple[int, int, int]) -> dict[int, bytes]:
    """Return EF.CardAccess with some ways of PACE: mapping, cipher, parameters."""
    other = bytes.fromhex("300D060804007F0007020202020101")
    return {0x011C: ber("31", *(info(*offer) for offer in offers), other)}


def read(
    card: ForeignPassport, manner: Manner = PLAIN, most_answer: int = 256
) -> TravelDocumentChip:
    trust = TrustStore([authority(manner)])
    return read_travel_document(
        SimulatedLink(card, most_answer), PRINTED, trust, lambda _progress: None
    )


def assert_whole(chip: TravelDocumentChip, access: AccessProtocol = AccessProtocol.BAC) -> None:
    states = {one.check: one.state for one in chip.verdicts}
    del states[ChipCheck.ORIGINAL]
    assert chip.mrz.document_number == "X00000017"
    assert chip.photo is not None
    assert chip.native_name == "样本 戊"
    assert chip.issued_on is not None
    assert set(states.values()) == {CheckState.VERIFIED}, chip.verdicts
    assert chip.access is access


HABITS = {
    "plain": Habits(),
    "refuses long answers": Habits(most=0xE7),
    "carries little": Habits(most=0x80),
    "carries very little": Habits(most=0x40),
    "gives what fits": Habits(most=0x60, too_long=0),
    "6C for long answers": Habits(most=0x80, too_long=0x6C80),
    "loses the session when asked for much": Habits(most=0x80, loses_session=True),
    "loses the session when asked for anything usual": Habits(most=0x60, loses_session=True),
    "refuses to read past the end": Habits(past_end=0),
    "9000 past the end": Habits(past_end=0x9000),
    "answers are fetched": Habits(fetched=True),
    "selects with an answer": Habits(select_control=0),
    "selects without path control": Habits(select_control=0x0C),
    "short names, function not supported": Habits(by_name_only=0x6A81),
    "short names, instruction unknown": Habits(by_name_only=0x6D00),
    "short names, wrong parameters": Habits(by_name_only=0x6A86),
    "short names, file not found": Habits(by_name_only=0x6A82),
}


@pytest.mark.parametrize("habits", HABITS.values(), ids=HABITS)
def test_a_chip_with_habits_of_its_own_is_read_by_basic_access(habits: Habits) -> None:
    assert_whole(read(ForeignPassport(files(), doc.KEY, habits)))


@pytest.mark.parametrize("habits", HABITS.values(), ids=HABITS)
def test_a_chip_with_habits_of_its_own_is_read_by_pace(habits: Habits) -> None:
    card = ForeignPassport(
        files(),
        doc.KEY,
        habits,
        access=offering((2, 4, 13)),
        pace=lambda _card: GenericMapping(doc.KEY, 2, 4, 13),
        has_basic=False,
    )
    assert_whole(read(card), AccessProtocol.PACE_GENERIC)


@pytest.mark.parametrize("most", [300, 1000, 4000, 65536])
@pytest.mark.parametrize("limit", [256, 261, 1000, 65536])
def test_long_answers_are_used_where_they_work_and_given_up_where_not(
    most: int, limit: int
) -> None:
    card = ForeignPassport(files(), doc.KEY, Habits(most=limit, loses_session=True))
    assert_whole(read(card, most_answer=most))


@pytest.mark.parametrize("cipher", [1, 2, 3, 4])
@pytest.mark.parametrize(("arc", "number"), [(1, 0), (1, 2), (2, 8), (2, 11), (2, 17), (2, 18)])
def test_every_cipher_and_size_of_pace_opens(arc: int, cipher: int, number: int) -> None:
    card = ForeignPassport(
        files(),
        doc.KEY,
        access=offering((arc, cipher, number)),
        pace=lambda _card: GenericMapping(doc.KEY, arc, cipher, number),
        has_basic=False,
    )
    assert_whole(read(card), AccessProtocol.PACE_GENERIC)


@pytest.mark.parametrize(
    "habits",
    [
        Habits(needs_master=True),
        Habits(parameter_refused=0x6A80),
        Habits(parameter_refused=0x6A88),
        Habits(parameter_refused=0x6A86),
        Habits(by_name_only=0x6A82, needs_master=True),
    ],
    ids=str,
)
def test_pace_begins_in_the_manner_the_chip_wants(habits: Habits) -> None:
    card = ForeignPassport(
        files(),
        doc.KEY,
        habits,
        access=offering((2, 2, 12)),
        pace=lambda _card: GenericMapping(doc.KEY, 2, 2, 12),
        has_basic=False,
    )
    assert_whole(read(card), AccessProtocol.PACE_GENERIC)


def test_of_two_ways_of_pace_the_one_that_works_is_found() -> None:
    card = ForeignPassport(
        files(),
        doc.KEY,
        access=offering((6, 2, 12), (2, 2, 13), (1, 2, 2)),
        pace=lambda _card: GenericMapping(doc.KEY, 2, 2, 13),
        has_basic=False,
    )
    assert_whole(read(card), AccessProtocol.PACE_GENERIC)


def test_pace_that_is_offered_but_never_works_leaves_basic_access() -> None:
    card = ForeignPassport(files(), doc.KEY, access=offering((2, 2, 13)))
    assert_whole(read(card))


def test_unknown_parameters_leave_basic_access() -> None:
    card = ForeignPassport(files(), doc.KEY, access=offering((2, 2, 31), (4, 9, 13)))
    assert_whole(read(card))


def test_a_chip_without_access_control_is_read() -> None:
    card = ForeignPassport(files(), doc.KEY, Habits(is_open=True))
    assert_whole(read(card), AccessProtocol.NONE)


def test_the_wrong_printed_lines_are_said_to_be_wrong() -> None:
    other = doc.zone("X00000018")
    key = "".join(one + doc.digit(one) for one in ("X00000018", "900307", "301231"))
    for has_basic in (True, False):
        card = ForeignPassport(
            files({1: doc.group1(other)}),
            key,
            access=offering((2, 2, 12)),
            pace=lambda _card: GenericMapping(key, 2, 2, 12),
            has_basic=has_basic,
        )
        with pytest.raises(CounterError) as failure:
            read(card)
        assert failure.value.code is FailureCode.CARD_ACCESS_DENIED


# What is in the files


@pytest.mark.parametrize("missing", [(0x011E,), (0x010B, 0x010C), (0x0102,)])
def test_missing_files_cost_only_what_they_hold(missing: tuple[int, ...]) -> None:
    chip = read(ForeignPassport(files(without=missing), doc.KEY))
    assert chip.is_authentic()
    assert chip.mrz.document_number == "X00000017"
    assert (chip.photo is None) == (0x0102 in missing)


@pytest.mark.parametrize("broken", [0x011E, 0x010B, 0x010C, 0x0102, 0x011D])
@pytest.mark.parametrize("content", [b"", b"\x00" * 12, b"\x60\x81", bytes.fromhex("6003FFFFFF")])
def test_a_broken_file_costs_only_what_it_holds(broken: int, content: bytes) -> None:
    chip = read(ForeignPassport({**files(), broken: content}, doc.KEY))
    assert chip.mrz.document_number == "X00000017"


def test_files_padded_after_their_end_are_cut() -> None:
    padded = {name: data + bytes(300) for name, data in files().items()}
    assert_whole(read(ForeignPassport(padded, doc.KEY)))


def test_a_chip_without_security_object_is_not_verified() -> None:
    chip = read(ForeignPassport(files(without=(0x011D,)), doc.KEY))
    verdict = chip.verdict(ChipCheck.SIGNATURE)
    assert (verdict.state, verdict.reason) == (CheckState.NOT_VERIFIED, CheckReason.NOT_READ)


PICTURES = {
    "two portraits": doc.group2(doc.template(doc.record(doc.jpeg(), doc.jpeg(60)))),
    "two templates": doc.group2(
        doc.template(doc.record(doc.jpeg())), doc.template(doc.record(doc.jpeg(60)))
    ),
    "with feature points": doc.group2(doc.template(doc.record(doc.jpeg(), points=12))),
    "constructed tag": doc.group2(doc.template(doc.record(doc.jpeg()), "7F2E")),
    "constructed and wrapped": doc.group2(
        doc.template(ber("5F2E", doc.record(doc.jpeg())), "7F2E")
    ),
    "iso 39794": doc.group2(
        doc.template(ber("A1", ber("80", b"\x03"), ber("A1", ber("81", doc.jpeg()))), "7F2E")
    ),
    "picture without record": doc.group2(doc.template(doc.jpeg())),
    "wrong length in the record": doc.group2(
        doc.template(doc.record(doc.jpeg()).replace(b"\x00\x01\x00\x00", b"\x00\x01\x7f\x00", 1))
    ),
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_portraits_are_found_however_they_are_wrapped(picture: bytes) -> None:
    chip = read(ForeignPassport(files({2: picture}), doc.KEY))
    assert chip.photo is not None
    assert chip.photo.width_px == 120
    assert chip.photo.stored.startswith(b"\xff\xd8")


@pytest.mark.parametrize("bare", [False, True])
def test_a_jpeg_2000_portrait_is_shown(bare: bool) -> None:
    picture = doc.group2(doc.template(doc.record(doc.jpeg_2000(bare=bare))))
    chip = read(ForeignPassport(files({2: picture}), doc.KEY))
    assert chip.photo is not None
    assert (chip.photo.stored_format, chip.photo.width_px) == (PhotoFormat.JPEG_2000, 100)


MANNERS = {
    "ecdsa sha512 over p-521": Manner(curve("secp521r1"), "sha512", lists="sha512"),
    "ecdsa brainpool 512": Manner(curve("brainpoolP512r1"), "sha512", lists="sha384"),
    "ecdsa brainpool 224, sha224": Manner(curve("brainpoolP224r1"), "sha224", lists="sha224"),
    "ecdsa explicit parameters": Manner(curve("secp384r1", explicit=True), "sha384"),
    "ecdsa explicit brainpool": Manner(curve("brainpoolP384r1", explicit=True), "sha256"),
    "rsa 2048, old lists": Manner(rsa(2048), "sha256", lists="sha1"),
    "rsa 3072 sha512": Manner(rsa(3072), "sha512"),
    "rsa pss": Manner(rsa(2048), "sha256", options=PSS),
    "rsa pss sha512": Manner(rsa(3072), "sha512", options=PSS),
    "by key identifier": Manner(curve("prime256v1"), options=("-keyid",)),
    "without attributes": Manner(curve("prime256v1"), options=("-noattr",)),
}


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_signatures_that_states_use_are_verified(manner: Manner) -> None:
    chip = read(ForeignPassport(files(manner=manner), doc.KEY), manner)
    assert_whole(chip)


@pytest.mark.parametrize("number", [1, 2, 11])
def test_a_changed_file_fails_the_content_check(number: int) -> None:
    held = files()
    name = 0x0100 + number
    held[name] = held[name][:-3] + b"<<<"
    chip = read(ForeignPassport(held, doc.KEY))
    assert chip.verdict(ChipCheck.CONTENT).reason is CheckReason.HASH_WRONG
    assert chip.is_refuted()
