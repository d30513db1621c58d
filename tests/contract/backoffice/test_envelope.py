from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OctKey

from counter_app.domain.submission import MessageType
from counter_app.wire.envelope import (
    SealBrokenError,
    blob_hash,
    counter_of,
    open_blob,
    open_message,
    read_envelope,
    seal_blob,
)
from counter_app.wire.jose import canonical, signer_of
from counter_app.wire.keys import new_institution_key, new_signing_key, public_half
from counter_app.wire.version import read_wire_type, wire_type
from tests.canaries import CANARIES
from tests.contract.backoffice.messages import INSTITUTION_KEY, LANE, PNG, Desk


def test_what_was_sealed_is_what_head_office_reads() -> None:
    desk = Desk()
    message = desk.message(images=(PNG,))
    opened = open_message(message.payload, public_half(desk.signing_key), INSTITUTION_KEY)
    assert opened.case.merchant_no == LANE
    assert opened.case.images[0].sha256 == sha256(PNG).hexdigest()
    assert opened.personal is not None
    assert opened.personal.new_phone == "13900000002"
    assert counter_of(opened.envelope) == "110199-07"
    assert opened.envelope.id == message.message_id


def test_a_relay_sees_nobody() -> None:
    payload = Desk().message(images=(PNG,)).payload.decode()
    seen = payload + json.dumps(json.loads(payload), ensure_ascii=True)
    assert not [canary for canary in CANARIES if canary in seen]


def test_without_the_reading_key_the_signature_is_still_checked() -> None:
    desk = Desk()
    opened = open_message(desk.message().payload, public_half(desk.signing_key), None)
    assert opened.personal is None
    assert opened.case.reason == "02"


def test_messages_of_a_lane_name_the_one_before() -> None:
    desk = Desk()
    first, second = desk.message(), desk.message()
    assert read_envelope(first.payload).prev is None
    assert read_envelope(second.payload).prev == first.message_id


def _case(value: dict[str, Any]) -> None:
    value["data"]["case"]["terminal_sn"] = "N500W00099999"


def _image(value: dict[str, Any]) -> None:
    value["data"]["case"]["images"][0]["sha256"] = "0" * 64


def _lane(value: dict[str, Any]) -> None:
    value["lane"] = "102110054990002"


def _prev(value: dict[str, Any]) -> None:
    del value["prev"]


def _clerk(value: dict[str, Any]) -> None:
    value["clerk"] = "c02"


def _personal(value: dict[str, Any]) -> None:
    other = Desk().message()
    value["data"]["personal"] = json.loads(other.payload)["data"]["personal"]


def _manifest(value: dict[str, Any]) -> None:
    other = Desk().message()
    value["data"]["manifest"] = json.loads(other.payload)["data"]["manifest"]


@pytest.mark.parametrize("alter", [_case, _image, _lane, _prev, _clerk, _personal, _manifest])
def test_nothing_can_be_altered_on_the_way(alter: Callable[[dict[str, Any]], None]) -> None:
    desk = Desk()
    desk.message()
    value = json.loads(desk.message(images=(PNG,)).payload)
    alter(value)
    with pytest.raises(SealBrokenError):
        open_message(canonical(value), public_half(desk.signing_key), INSTITUTION_KEY)


def test_another_counters_key_does_not_open_it() -> None:
    with pytest.raises(SealBrokenError):
        open_message(Desk().message().payload, public_half(new_signing_key()), INSTITUTION_KEY)


def test_another_institution_cannot_read_it() -> None:
    desk = Desk()
    with pytest.raises(SealBrokenError):
        open_message(desk.message().payload, public_half(desk.signing_key), new_institution_key())


def test_a_signature_by_another_algorithm_is_refused() -> None:
    desk = Desk()
    value = json.loads(desk.message().payload)
    payload = jws.extract_compact(value["data"]["manifest"].encode()).payload
    secret = OctKey.import_key(b"k" * 32)
    value["data"]["manifest"] = jws.serialize_compact(
        {"alg": "HS256", "kid": desk.counter}, payload, secret, algorithms=["HS256"]
    )
    with pytest.raises(SealBrokenError):
        open_message(canonical(value), public_half(desk.signing_key), INSTITUTION_KEY)


@pytest.mark.parametrize(
    "junk", [b"", b"{}", b"[]", b"\xff\xfe", b"null", b'{"specversion":"1.0"}']
)
def test_junk_is_not_an_envelope(junk: bytes) -> None:
    with pytest.raises(SealBrokenError):
        read_envelope(junk)


def test_the_signer_is_the_counter() -> None:
    value = json.loads(Desk().message().payload)
    assert signer_of(value["data"]["manifest"]) == "110199-07"


def test_an_image_is_read_only_under_its_own_hash() -> None:
    sealed = seal_blob(PNG, public_half(INSTITUTION_KEY))
    digest = sha256(PNG).hexdigest()
    assert PNG not in sealed
    assert blob_hash(sealed) == digest
    assert open_blob(sealed, digest, INSTITUTION_KEY) == PNG
    with pytest.raises(SealBrokenError):
        open_blob(sealed, "0" * 64, INSTITUTION_KEY)


def test_an_image_of_full_size_survives() -> None:
    data = bytes(8 * 1024 * 1024)
    sealed = seal_blob(data, public_half(INSTITUTION_KEY))
    assert open_blob(sealed, sha256(data).hexdigest(), INSTITUTION_KEY) == data
    with pytest.raises(ValueError, match="too large"):
        seal_blob(data + b"x", public_half(INSTITUTION_KEY))


def test_the_version_is_part_of_the_type() -> None:
    for kind in MessageType:
        assert read_wire_type(wire_type(kind, 3)) == (kind, 3)
    with pytest.raises(ValueError, match="contract"):
        read_wire_type("counter.case.phone-rebind")
