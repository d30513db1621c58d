"""The worked examples of ICAO Doc 9303-11 reproduce byte for byte."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from counter_app.devices.card.apdu import Chip, command
from counter_app.devices.card.crypto.domain_parameters import CURVES, GROUPS
from counter_app.devices.card.crypto.suite import Suite, odd_parity
from counter_app.devices.card.emrtd.access import open_by_basic_access, seed_of
from counter_app.devices.card.emrtd.chip_proof import is_recovered_right
from counter_app.devices.card.emrtd.pace import Chance, open_by_pace, reveal_proof, token
from counter_app.devices.card.emrtd.pace_mapping import (
    generic_generator,
    integrated_generator,
    pseudo_random,
)
from counter_app.devices.card.emrtd.secure_messaging import SessionKeys, derive_keys
from counter_app.devices.card.emrtd.security_infos import Mapping, PaceInfo
from counter_app.domain.mrz import MrzKey
from counter_app.errors import CounterError, FailureCode
from tests.contract.card.scripted import ScriptedChip, transcript

D_KEY = MrzKey("L898902C", "690806", "940623")
G_KEY = MrzKey("T22000129", "640812", "101031")
KPI = bytes.fromhex("89DED1B26624EC1E634C1989302849DD")

BASIC_ACCESS = transcript("basic_access")
PACE_GENERIC = transcript("pace_generic")
MAPPING_PRIVATE = "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99"
EPHEMERAL_PRIVATE = "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595"
PACE_AES_128 = PaceInfo(
    bytes.fromhex("04007F00070202040202"), Mapping.ECDH_GENERIC, Suite.AES_128, 13
)


def from_list(*values: str) -> Chance:
    left = list(values)
    return Chance(
        number=lambda _limit: int(left.pop(0), 16), data=lambda _n: bytes.fromhex(left.pop(0))
    )


def test_the_keys_of_basic_access_come_from_the_printed_lines() -> None:
    seed = seed_of(D_KEY)
    assert seed[:16].hex().upper() == "239AB9CB282DAF66231DC5A4DF6BFBAE"
    assert Suite.TDES.derive(seed[:16], 1).hex().upper() == "AB94FDECF2674FDFB9B391F85D7F76F2"
    assert Suite.TDES.derive(seed[:16], 2).hex().upper() == "7962D9ECE03D1ACD4C76089DCE131543"
    assert seed_of(G_KEY).hex().upper() == "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD"
    assert Suite.AES_128.derive(seed_of(G_KEY), 3) == KPI


def test_basic_access_and_secure_messaging_follow_the_transcript() -> None:
    script = ScriptedChip(BASIC_ACCESS)
    chip = Chip(script.transmit)
    chance = from_list("781723860C06C226", "0B795240CB7049B01C19B33E32804F0B")
    open_by_basic_access(chip, D_KEY, chance.data)
    assert chip.send(command("00A4020C", bytes.fromhex("011E"))).is_ok()
    assert chip.need(command("00B00000", expected=4), "read") == bytes.fromhex("60145F01")
    assert chip.need(command("00B00004", expected=18), "read") == bytes.fromhex(
        "04303130365F36063034303030305C026175"
    )
    assert script.is_done()


@pytest.mark.parametrize("place", [0, 1, 2, 5, 11, 12, 14, 20, 24])
def test_a_changed_answer_is_refused(place: int) -> None:
    changed = bytearray.fromhex(BASIC_ACCESS[3][1])
    changed[place] ^= 1
    script = ScriptedChip([*BASIC_ACCESS[:3], (BASIC_ACCESS[3][0], changed.hex())])
    chip = Chip(script.transmit)
    chance = from_list("781723860C06C226", "0B795240CB7049B01C19B33E32804F0B")
    open_by_basic_access(chip, D_KEY, chance.data)
    chip.send(command("00A4020C", bytes.fromhex("011E")))
    with pytest.raises(CounterError) as caught:
        chip.send(command("00B00000", expected=4))
    assert caught.value.code is FailureCode.CARD_PROTOCOL


def test_a_chip_that_refuses_the_key_says_access_denied() -> None:
    script = ScriptedChip([BASIC_ACCESS[0], (BASIC_ACCESS[1][0], "6300")])
    chance = from_list("781723860C06C226", "0B795240CB7049B01C19B33E32804F0B")
    with pytest.raises(CounterError) as caught:
        open_by_basic_access(Chip(script.transmit), D_KEY, chance.data)
    assert caught.value.code is FailureCode.CARD_ACCESS_DENIED


def test_pace_with_generic_mapping_follows_the_transcript() -> None:
    script = ScriptedChip(PACE_GENERIC)
    chip = Chip(script.transmit)
    open_by_pace(chip, PACE_AES_128, G_KEY, from_list(MAPPING_PRIVATE, EPHEMERAL_PRIVATE))
    assert script.is_done()
    assert chip.guard is not None


def test_a_chip_that_refuses_to_be_told_its_parameters_is_not_told() -> None:
    short = "0022C1A40F800A04007F00070202040202830101"
    refused = [(PACE_GENERIC[0][0], "6A80"), (short, "9000"), *PACE_GENERIC[1:]]
    script = ScriptedChip(refused)
    chance = from_list(MAPPING_PRIVATE, EPHEMERAL_PRIVATE)
    open_by_pace(Chip(script.transmit), PACE_AES_128, G_KEY, chance)
    assert script.is_done()


def test_a_wrong_token_of_the_chip_is_refused() -> None:
    answer = PACE_GENERIC[-1][1].replace("3ABB", "3ABC")
    script = ScriptedChip([*PACE_GENERIC[:-1], (PACE_GENERIC[-1][0], answer)])
    with pytest.raises(CounterError, match="pace token"):
        open_by_pace(
            Chip(script.transmit),
            PACE_AES_128,
            G_KEY,
            from_list(MAPPING_PRIVATE, EPHEMERAL_PRIVATE),
        )


def test_a_chip_that_sends_our_own_key_back_is_refused() -> None:
    echo = PACE_GENERIC[3][0].replace("10860000457C438341", "7C438441")[:-2] + "9000"
    script = ScriptedChip([*PACE_GENERIC[:3], (PACE_GENERIC[3][0], echo)])
    with pytest.raises(CounterError) as caught:
        open_by_pace(
            Chip(script.transmit),
            PACE_AES_128,
            G_KEY,
            from_list(MAPPING_PRIVATE, EPHEMERAL_PRIVATE),
        )
    assert caught.value.code is FailureCode.CARD_PROTOCOL


def test_the_chips_static_key_is_proven_by_chip_authentication_mapping() -> None:
    """Appendix I of the eighth edition."""
    keys = SessionKeys(
        Suite.AES_128,
        bytes.fromhex("0A9DA4DB03BDDE39FC5202BC44B2E89E"),
        bytes.fromhex("4B1C06491ED5140CA2B537D344C6C0B1"),
    )
    hidden = bytes.fromhex(
        "1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD"
        "10CBA372B42BE0B9B5F28AA8DE2F4F92"
    )
    proof = reveal_proof(keys, hidden)
    assert proof == int("85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3", 16)
    static = bytes.fromhex(
        "041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610D"
        "C884D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F"
    )
    mapped = bytes.fromhex(
        "04A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
        "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E23"
    )
    assert CURVES[13].multiply(proof, static) == mapped
    info = PaceInfo(
        bytes.fromhex("04007F00070202040602"), Mapping.ECDH_CHIP_AUTHENTICATION, Suite.AES_128, 13
    )
    chips = bytes.fromhex(
        "0402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA993333111C3B9B4C2287789BD137E"
        "7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E1"
    )
    assert token(info, keys, chips) == bytes.fromhex("E86BD06018A1CD3B")


class Vectors:
    def __init__(self, path: Path) -> None:
        text = path.read_text("utf-8")
        self.values = {
            name.strip(): bytes.fromhex(value)
            for name, value in re.findall(r"^([DGHF][^=\n]*)= ([0-9A-F]+)$", text, re.MULTILINE)
        }
        self._text = text

    def input(self, section: str, label: str) -> bytes:
        start = self._text.index(f"\n{section}:")
        found = re.search(rf"{re.escape(label)}[ =]([0-9A-F]+)", self._text[start:])
        assert found, label
        return bytes.fromhex(found[1])

    def keys(self, section: str) -> SessionKeys:
        return SessionKeys(
            Suite.AES_128, self.values[f"{section} KSEnc"], self.values[f"{section} KSMAC"]
        )


@pytest.fixture
def vectors(shared_data: Path) -> Vectors:
    return Vectors(shared_data / "cards" / "icao9303_vectors.md")


def number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def test_generic_mapping_over_numbers_reproduces(vectors: Vectors) -> None:
    """G.2."""
    group, values = GROUPS[0], vectors.values
    nonce = Suite.AES_128.decrypt(KPI, vectors.input("G.2", "z"))
    assert nonce == values["G.2 nonce s"]
    private = number(vectors.input("G.2", "terminal mapping priv"))
    assert group.multiply(private, group.base()) == values["G.2 terminal mapping public"]
    chip = group.multiply(number(vectors.input("G.2", "chip mapping priv")), group.base())
    agreed = group.multiply(private, chip)
    assert agreed == values["G.2 shared H"]
    generator = generic_generator(group, nonce, agreed)
    assert generator == values["G.2 mapped generator"]
    ephemeral = number(vectors.input("G.2", "terminal ephemeral priv"))
    ours = group.multiply(ephemeral, generator)
    assert ours == values["G.2 terminal ephemeral public"]
    theirs = vectors.input("G.2", "chip ephemeral pub")
    secret = group.multiply(ephemeral, theirs)
    assert secret == values["G.2 shared secret K"]
    assert derive_keys(Suite.AES_128, secret) == vectors.keys("G.2")
    info = PaceInfo(bytes.fromhex("04007F00070202040102"), Mapping.DH_GENERIC, Suite.AES_128, 0)
    assert token(info, vectors.keys("G.2"), theirs) == values["G.2 TIFD"]
    assert token(info, vectors.keys("G.2"), ours) == values["G.2 TIC"]


@pytest.mark.parametrize(
    ("section", "oid", "private"),
    [
        ("H.1", "04007F00070202040402", EPHEMERAL_PRIVATE),
        ("H.2", "04007F00070202040302", None),
    ],
)
def test_integrated_mapping_reproduces(
    vectors: Vectors, section: str, oid: str, private: str | None
) -> None:
    domain = CURVES[13] if section == "H.1" else GROUPS[0]
    values = vectors.values
    password = bytes.fromhex("591468CDA83D65219CCCB8560233600F")
    nonce = Suite.AES_128.decrypt(password, vectors.input(section, "z"))
    assert nonce == values[f"{section} nonce s"]
    terminal = vectors.input(section, "t")
    stream = pseudo_random(Suite.AES_128, nonce, terminal, domain.prime)
    assert stream == values[f"{section} R(s,t)"]
    generator = integrated_generator(domain, Suite.AES_128, nonce, terminal)
    assert generator == values[f"{section} mapped generator"]
    scalar = int(private, 16) if private else number(vectors.input(section, "terminal priv"))
    ours = domain.multiply(scalar, generator)
    assert ours == values[f"{section} terminal public"]
    theirs = vectors.input(section, "chip pub")
    secret = domain.secret(domain.multiply(scalar, theirs))
    assert secret == values[f"{section} shared secret K"]
    keys = derive_keys(Suite.AES_128, secret)
    assert keys == vectors.keys(section)
    mapping = Mapping.ECDH_INTEGRATED if section == "H.1" else Mapping.DH_INTEGRATED
    info = PaceInfo(bytes.fromhex(oid), mapping, Suite.AES_128, 13)
    assert token(info, keys, theirs) == values[f"{section} TIFD"]
    assert token(info, keys, ours) == values[f"{section} TIC"]


def test_the_remaining_values_of_the_first_example_reproduce(vectors: Vectors) -> None:
    """G.1, beyond what the transcript shows."""
    curve, values = CURVES[13], vectors.values
    nonce = Suite.AES_128.decrypt(KPI, vectors.input("G.1", "z"))
    assert nonce == values["G.1 nonce s"]
    chip = vectors.input("G.1", "chip mapping pub")
    agreed = curve.multiply(int(MAPPING_PRIVATE, 16), chip)
    assert agreed == values["G.1 shared H"]
    assert generic_generator(curve, nonce, agreed) == values["G.1 mapped generator"]
    secret = curve.secret(
        curve.multiply(int(EPHEMERAL_PRIVATE, 16), vectors.input("G.1", "chip ephemeral pub"))
    )
    assert secret == values["G.1 shared secret K"]
    assert derive_keys(Suite.AES_128, secret) == vectors.keys("G.1")


def test_every_bit_of_a_des_key_has_odd_parity() -> None:
    key = odd_parity(hashlib.sha256(b"any").digest())
    assert all(byte.bit_count() % 2 for byte in key)


def test_the_message_of_active_authentication_is_recovered(vectors: Vectors) -> None:
    """Appendix F, the opened signature; no key pair is given."""
    opened, challenge = vectors.values["F F"], bytes.fromhex("F173589974BF40C6")
    assert is_recovered_right(opened, challenge)
    assert not is_recovered_right(opened, challenge[::-1])
    assert not is_recovered_right(b"\x6b" + opened[1:], challenge)
    assert not is_recovered_right(opened[:-1] + b"\xbd", challenge)
    assert vectors.values["F H(M)"] in opened
