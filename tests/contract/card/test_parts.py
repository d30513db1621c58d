"""Small parts of the card adapters: lengths, data objects, movements, commands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from counter_app.devices.card import pcsc, tlv
from counter_app.devices.card.apdu import Chip, Command, command
from counter_app.devices.card.capability import longest_answer, says_extended
from counter_app.devices.card.commands import (
    key_from,
    simulate_bank_card,
    simulate_passport,
)
from counter_app.devices.card.connection import without_expected
from counter_app.devices.card.crypto.signatures import (
    Algorithm,
    UnknownAlgorithmError,
    is_signed_by,
)
from counter_app.devices.card.readers import trust_of
from counter_app.devices.card.simulator.card import parse_command
from counter_app.devices.card.simulator.demo_issuer import demo_authority, document_signer
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import Offer, demo_passport
from counter_app.devices.card.watcher import movements, state_of
from counter_app.domain.mrz import MrzKey
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from counter_app.ports.travel_document import CardInserted, CardTakenAway, ReaderState
from tests.contract.card.scripted import ScriptedChip

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ABSENT, PRESENT = pcsc.STATE_EMPTY, pcsc.STATE_PRESENT


@pytest.mark.parametrize(
    ("sent", "encoded"),
    [
        (command("00A4040C", b"\x01\x02"), "00A4040C020102"),
        (command("00B00000", expected=256), "00B0000000"),
        (command("00B00000", expected=4), "00B0000004"),
        (command("00860000", b"\x01", expected=256), "00860000010100"),
        (command("00B00000", expected=257), "00B00000000101"),
        (command("00B00000", expected=65536), "00B00000000000"),
        (command("00860000", b"\x01", expected=300), "00860000000001" + "01" + "012C"),
    ],
)
def test_commands_have_short_lengths_where_they_do(sent: Command, encoded: str) -> None:
    assert sent.encode().hex().upper() == encoded
    assert parse_command(bytes.fromhex(encoded)) == sent


def test_an_answer_in_parts_is_put_together() -> None:
    script = ScriptedChip(
        [
            ("00A40400013F00", "6103"),
            ("00C0000003", "6C02"),
            ("00C0000002", "01026101"),
            ("00C0000001", "039000"),
        ]
    )
    answer = Chip(script.transmit).send(command("00A40400", b"\x3f", expected=256))
    assert (answer.data, answer.status) == (b"\x01\x02\x03", 0x9000)
    assert script.is_done()


def test_a_wrong_length_is_corrected_once() -> None:
    script = ScriptedChip([("00B2010C00", "6C05"), ("00B2010C05", "01020304059000")])
    assert len(Chip(script.transmit).need(command("00B2010C", expected=256), "read")) == 5


def test_a_card_that_always_has_more_is_given_up() -> None:
    with pytest.raises(CounterError, match="get response"):
        Chip(lambda _sent: b"\x00\x61\x00").send(command("00B00000", expected=256))


@pytest.mark.parametrize("raw", [b"", b"\x90"])
def test_less_than_a_status_word_is_no_answer(raw: bytes) -> None:
    with pytest.raises(CounterError) as caught:
        Chip(lambda _sent: raw).send(command("00B00000", expected=4))
    assert caught.value.code is FailureCode.CARD_PROTOCOL


def test_with_byte_wise_cards_the_expected_length_is_left_out() -> None:
    assert without_expected(bytes.fromhex("00A4040002010200")).hex() == "00a40400020102"
    assert without_expected(bytes.fromhex("00A404000201FF")).hex() == "00a404000201ff"
    assert without_expected(bytes.fromhex("00B0000000")).hex() == "00b0000000"


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 70000])
def test_a_data_object_is_read_as_it_was_written(size: int) -> None:
    encoded = tlv.encode(0x5F2E, bytes(size))
    assert list(tlv.objects(b"\x00\xff" + encoded)) == [tlv.Tlv(0x5F2E, bytes(size))]


@pytest.mark.parametrize(
    "broken", ["30", "3080", "3085", "300201", "1F", "1F8181818181", "5F2E84FFFFFFFF00", "3083FFFF"]
)
def test_a_broken_data_object_is_told(broken: str) -> None:
    with pytest.raises(CounterError) as caught:
        list(tlv.objects(bytes.fromhex(broken)))
    assert caught.value.code is FailureCode.CARD_PROTOCOL


def test_extended_length_needs_card_and_reader() -> None:
    extended = SimulatedPassport(demo_passport(document_signer(NOW), NOW, Offer(extended=True)))
    plain = SimulatedPassport(demo_passport(document_signer(NOW), NOW))
    assert says_extended(extended.atr)
    assert not says_extended(plain.atr)
    assert not says_extended(b"")
    assert not says_extended(bytes.fromhex("3BFF"))
    answers = {0x42000000 + 3400: "120442000DCA", 0x42000DCA: "0A0400000100"}

    def control(code: int) -> bytes:
        return bytes.fromhex(answers.get(code, ""))

    assert longest_answer(control, extended.atr) == 65536
    assert longest_answer(control, plain.atr) == 256
    assert longest_answer(lambda _code: b"", extended.atr) == 256


def seen(state: int, moves: int, atr: bytes = b"\x3b\x00") -> pcsc.Seen:
    return pcsc.Seen("reader", moves << 16 | state, atr)


def test_movements_between_two_looks_are_told() -> None:
    inserted, away = CardInserted("reader", "3B00"), CardTakenAway("reader")
    assert movements(seen(ABSENT, 0), seen(PRESENT, 1)) == (inserted,)
    assert movements(seen(PRESENT, 1), seen(ABSENT, 2)) == (away,)
    assert movements(seen(PRESENT, 1), seen(PRESENT, 1)) == ()
    assert movements(seen(ABSENT, 1), seen(ABSENT, 1)) == ()


def test_a_swap_within_100_ms_is_told_by_the_services_counter() -> None:
    both = (CardTakenAway("reader"), CardInserted("reader", "3B00"))
    assert movements(seen(PRESENT, 1), seen(PRESENT, 3)) == both
    assert movements(seen(PRESENT, 65535), seen(PRESENT, 1)) == both
    assert movements(seen(PRESENT, 1, b"\x3b\x01"), seen(PRESENT, 1)) == both


@pytest.mark.parametrize(
    ("state", "meaning"),
    [
        (ABSENT, ReaderState.EMPTY),
        (PRESENT, ReaderState.CARD),
        (PRESENT | pcsc.STATE_MUTE, ReaderState.MUTE_CARD),
        (PRESENT | pcsc.STATE_EXCLUSIVE, ReaderState.IN_USE),
        (pcsc.STATE_UNAVAILABLE, ReaderState.GONE),
    ],
)
def test_states_have_names_for_the_diagnostics(state: int, meaning: ReaderState) -> None:
    assert state_of(seen(state, 0)) is meaning


def test_the_key_comes_from_a_file_with_the_printed_lines(tmp_path: Path) -> None:
    file = tmp_path / "mrz.txt"
    file.write_text(
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
    )
    assert key_from(str(file)) == MrzKey("L898902C3", "740812", "120415")
    file.write_text("nothing of the kind")
    for name in (str(file), str(tmp_path / "absent")):
        with pytest.raises(CounterError) as caught:
            key_from(name)
        assert caught.value.code is FailureCode.INPUT_INVALID


def test_simulators_refuse_production() -> None:
    for simulate in (
        lambda: simulate_passport(
            environment="production", now=NOW, stop=never(), on_inserted=lambda _told: None
        ),
        lambda: simulate_bank_card(
            environment="production", stop=never(), on_inserted=lambda _told: None
        ),
    ):
        with pytest.raises(CounterError) as caught:
            simulate()
        assert caught.value.code is FailureCode.SIMULATOR_IN_PRODUCTION


def test_without_a_virtual_reader_the_simulator_says_so() -> None:
    with pytest.raises(CounterError) as caught:
        simulate_bank_card(
            environment="training",
            stop=never(),
            on_inserted=lambda _told: None,
            address=("127.0.0.1", 9),
        )
    assert caught.value.code is FailureCode.READER_MISSING


def test_the_demonstration_authority_is_believed_everywhere_but_in_production() -> None:
    signer = document_signer(NOW)
    whole = signer.certificate.public_bytes(serialization.Encoding.DER)
    from counter_app.devices.card.crypto.certificate import parse_certificate

    certificate = parse_certificate(whole)
    assert trust_of("training").issuers_of(certificate)
    assert not trust_of("production").issuers_of(certificate)
    assert demo_authority() != demo_authority()  # made anew, with the same key


@pytest.mark.parametrize(
    "curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1(), ec.BrainpoolP256R1()]
)
def test_own_ecdsa_agrees_with_the_kept_library(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signature = key.sign(b"message", ec.ECDSA(hashes.SHA512()))
    algorithm = Algorithm("ecdsa", "sha512")
    assert is_signed_by(public, algorithm, b"message", signature)
    assert not is_signed_by(public, algorithm, b"massage", signature)
    assert not is_signed_by(public, algorithm, b"message", signature[:-1])


def test_a_curve_outside_the_standards_is_unknown() -> None:
    key = ec.generate_private_key(ec.SECP256K1())
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(UnknownAlgorithmError):
        is_signed_by(public, Algorithm("ecdsa", "sha256"), b"", b"\x30\x00")
