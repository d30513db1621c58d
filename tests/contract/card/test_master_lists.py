"""The bundled master lists are what their publishers signed, and their certificates verify."""

from __future__ import annotations

import pytest

from counter_app.devices.card.crypto.certificate import Certificate, parse_certificate
from counter_app.devices.card.crypto.signatures import UnknownAlgorithmError
from counter_app.devices.card.emrtd.signed_data import MASTER_LIST, parse_signed_content
from counter_app.devices.card.emrtd.trust import (
    TrustStore,
    bundled_master_lists,
    bundled_trust,
    certificates_of_master_list,
)
from counter_app.errors import CounterError, FailureCode

ABSENT = "the key it names as its issuer's is on no list"
NAMELESS = "it names no key and no certificate on the lists bears its issuer's name"
UNVERIFIED = {
    ("LV", "CSCA Latvia"): NAMELESS,
    ("CY", "CSCA-CYPRUS"): ABSENT,
    ("AE", "UAE CSCA 01"): ABSENT,
    ("UZ", "CSCA-UZBEKISTAN"): ABSENT,
    ("LB", "LEBANON CSCA"): ABSENT,
    ("AT", "CSCA-AUSTRIA"): ABSENT,
    ("HU", "ID-CSCA-HUNGARY 02"): ABSENT,
    ("BG", "CSCA"): ABSENT,
    ("TR", "CSCA Turkey"): ABSENT,
    ("MA", "CSCA-MAROC"): ABSENT,
    ("PH", "CSCA01005"): ABSENT,
    ("MD", "ePassport CSCA"): ABSENT,
}
"""Link certificates whose issuer's own certificate is older than the lists: all that remain."""


@pytest.fixture(scope="module")
def lists() -> dict[str, bytes]:
    found = bundled_master_lists()
    assert len(found) == 2
    german, dutch = sorted(found, key=len, reverse=True)
    return {"DE": german, "NL": dutch}


def is_verified(certificate: Certificate, trust: TrustStore) -> bool:
    for issuer in trust.issuers_of(certificate):
        try:
            if certificate.is_issued_by(issuer):
                return True
        except UnknownAlgorithmError:
            continue
    return False


@pytest.mark.parametrize(("country", "count", "verified"), [("NL", 411, 411), ("DE", 588, 576)])
def test_every_certificate_verifies_or_its_issuer_is_known_to_be_absent(
    country: str, count: int, verified: int, lists: dict[str, bytes]
) -> None:
    encoded = certificates_of_master_list(lists[country])
    trust = TrustStore(encoded)
    certificates = [parse_certificate(one) for one in encoded]
    assert len(certificates) == count
    remaining = [one for one in certificates if not is_verified(one, trust)]
    assert count - len(remaining) == verified
    keys = {one.key_id for one in certificates}
    for one in remaining:
        reason = UNVERIFIED[(one.country, one.common_name)]
        if reason == ABSENT:
            assert one.issuer_key_id
            assert one.issuer_key_id not in keys
        else:
            assert not one.issuer_key_id
            assert not any(one.issuer == other.subject for other in certificates)


@pytest.mark.parametrize("country", ["NL", "DE"])
def test_each_list_is_signed_by_an_authority_on_it(country: str, lists: dict[str, bytes]) -> None:
    signed = parse_signed_content(lists[country], MASTER_LIST)
    assert signed.is_signed()
    trust = TrustStore(certificates_of_master_list(lists[country]))
    assert any(signed.signer.is_issued_by(issuer) for issuer in trust.issuers_of(signed.signer))


def test_a_changed_list_is_not_signed(lists: dict[str, bytes]) -> None:
    changed = bytearray(lists["NL"])
    place = lists["NL"].index(certificates_of_master_list(lists["NL"])[5]) + 60
    changed[place] ^= 1
    assert not parse_signed_content(bytes(changed), MASTER_LIST).is_signed()


def test_the_hong_kong_authorities_with_explicit_parameters_are_among_them() -> None:
    trust = bundled_trust()
    hong_kong = [one for one in trust.of_country("CN") if "Hong Kong" in one.common_name]
    explicit = [one for one in hong_kong if len(one.public_key) > 200 and is_elliptic(one)]
    assert len(explicit) == 3
    assert all(one.is_issued_by(other) for one in explicit for other in [root_of(one, explicit)])


def is_elliptic(one: Certificate) -> bool:
    return bytes.fromhex("2A8648CE3D0201") in one.public_key[:40]


def root_of(one: Certificate, others: list[Certificate]) -> Certificate:
    return next(other for other in others if one.issuer_key_id in (other.key_id, b""))


def test_what_is_no_master_list_is_refused() -> None:
    with pytest.raises(CounterError) as caught:
        certificates_of_master_list(b"\x30\x03\x02\x01\x00")
    assert caught.value.code is FailureCode.CARD_PROTOCOL
