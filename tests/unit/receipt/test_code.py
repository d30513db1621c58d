"""The code on paper: small, signed, without personal data; read by an independent COSE library."""

from __future__ import annotations

import cbor2
import cwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.paper import record_sha256
from counter_app.receipt import base45
from counter_app.receipt.code import PREFIX, CodeSigner, is_signed_by, read_code
from tests.canaries import CANARIES
from tests.unit.receipt.keys import CODE_KEY
from tests.unit.receipt.records import receipt

SIGNER = CodeSigner(CODE_KEY)
KEYS = {SIGNER.key_id: CODE_KEY.public_key()}
NUMBER, DIGEST = receipt().number, record_sha256(receipt())
TEXT = SIGNER.text(NUMBER, DIGEST, "receipt")


def test_an_independent_library_verifies_it() -> None:
    key = cwt.COSEKey.from_pem(_public_pem(), kid=bytes.fromhex(SIGNER.key_id))
    payload = cwt.COSE.new().decode(base45.decode(TEXT.removeprefix(PREFIX)), key)
    assert cbor2.loads(payload) == {1: NUMBER, 2: bytes.fromhex(DIGEST), 3: "receipt"}


def test_it_reads_back_and_its_signature_holds() -> None:
    content = read_code(TEXT)
    assert (content.number, content.record_sha256, content.kind) == (NUMBER, DIGEST, "receipt")
    assert is_signed_by(content, KEYS)


def test_it_is_the_same_each_time_and_short() -> None:
    assert SIGNER.text(NUMBER, DIGEST, "receipt") == TEXT
    assert len(TEXT) < 270


def test_it_holds_nothing_personal() -> None:
    raw = base45.decode(TEXT.removeprefix(PREFIX))
    assert not any(canary.encode() in raw for canary in CANARIES)


def test_no_changed_bit_survives() -> None:
    raw = base45.decode(TEXT.removeprefix(PREFIX))
    for bit in range(0, len(raw) * 8, 7):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        assert not _holds(PREFIX + base45.encode(bytes(changed))), bit


def test_another_key_does_not_pass() -> None:
    other = CodeSigner(ec.generate_private_key(ec.SECP256R1()))
    content = read_code(other.text(NUMBER, DIGEST, "receipt"))
    assert content.key_id not in KEYS
    assert not is_signed_by(content, {content.key_id: CODE_KEY.public_key()})


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_rubbish_is_refused_without_a_crash(data: bytes) -> None:
    with pytest.raises(ValueError, match="code"):
        read_code(PREFIX + base45.encode(data))


@pytest.mark.parametrize("text", ["", "PR1:", "HC1:ABC", "PR1:" + "0" * 2000, "PR1:äöü"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"code|base45"):
        read_code(text)


def _holds(text: str) -> bool:
    try:
        content = read_code(text)
    except ValueError:
        return False
    return content.key_id in KEYS and is_signed_by(content, KEYS)


def _public_pem() -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return CODE_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
