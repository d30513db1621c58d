"""Country signing authorities this program trusts: the bundled master lists.

Source: ICAO Doc 9303-12, section 9 (master lists) and section 7.1 (authority certificates).
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Iterator
from pathlib import Path

from counter_app.devices.card import tlv
from counter_app.devices.card.crypto.certificate import Certificate, parse_certificate
from counter_app.devices.card.emrtd.signed_data import MASTER_LIST, parse_signed_content
from counter_app.errors import CounterError

COUNTRY_NAME = bytes.fromhex("550406")
SEQUENCE, SET = 0x30, 0x31


class TrustStore:
    """Authority certificates by country; read only when a document of that country comes."""

    def __init__(self, certificates: Iterable[bytes]) -> None:
        """Sort the certificates.

        Args:
            certificates: DER, each an authority to be trusted; doubles do no harm.
        """
        self._by_country: dict[str, list[bytes]] = {}
        self._read: dict[str, tuple[Certificate, ...]] = {}
        for encoded in dict.fromkeys(certificates):
            self._by_country.setdefault(country_of(encoded), []).append(encoded)

    def with_also(self, certificate: bytes) -> TrustStore:
        """Return a store that believes one more authority.

        Args:
            certificate: DER.
        """
        known = (item for group in self._by_country.values() for item in group)
        return TrustStore((*known, certificate))

    def __len__(self) -> int:
        return sum(len(group) for group in self._by_country.values())

    def issuers_of(self, certificate: Certificate) -> tuple[Certificate, ...]:
        """Return the authorities that a certificate points to, by key identifier or name.

        Those whose key identifier it names come first. Where its own country has none with that
        key, all countries are looked through: some states sign for others.
        """
        found = self.of_country(certificate.country)
        wanted = certificate.issuer_key_id
        if wanted and all(issuer.key_id != wanted for issuer in found):
            every = (one for country in self._by_country for one in self.of_country(country))
            found += tuple(one for one in every if one.key_id == wanted)
        named = [issuer for issuer in found if certificate.names_as_issuer(issuer)]
        return tuple(sorted(named, key=lambda issuer: issuer.key_id != wanted))

    def of_country(self, country: str) -> tuple[Certificate, ...]:
        """Return the authorities of a country, two upper-case letters."""
        if country not in self._read:
            self._read[country] = tuple(_readable(self._by_country.get(country, [])))
        return self._read[country]


def _readable(group: Iterable[bytes]) -> Iterator[Certificate]:
    for encoded in group:
        try:
            yield parse_certificate(encoded)
        except CounterError:
            continue


def country_of(certificate: bytes) -> str:
    """Return the subject's country without reading the rest; empty when it states none."""
    try:
        body = tlv.objects(tlv.need(certificate, SEQUENCE, SEQUENCE))
        names = [item for item in body if item.tag == SEQUENCE]
        # signature algorithm, issuer, validity, subject
        for part in tlv.objects(names[3].value):
            attribute = list(tlv.objects(tlv.need(part.value, SEQUENCE)))
            if attribute[0].value == COUNTRY_NAME:
                return attribute[1].value.decode("ascii", "replace").strip().upper()
    except (CounterError, IndexError):
        return ""
    return ""


def certificates_of_master_list(encoded: bytes) -> tuple[bytes, ...]:
    """Return the authority certificates of a master list.

    Args:
        encoded: ContentInfo, DER, as published.

    Raises:
        CounterError: CARD_PROTOCOL, it is no master list.
    """
    content = parse_signed_content(encoded, MASTER_LIST).content
    items = tlv.objects(tlv.need(content, SEQUENCE, SET))
    return tuple(tlv.encode(item.tag, item.value) for item in items)


def bundled_master_lists() -> tuple[bytes, ...]:
    """Return the master lists that come with the program."""
    folder = importlib.resources.files("counter_app") / "_resources" / "cards"
    found = sorted(Path(str(folder)).glob("*.ml"))
    return tuple(path.read_bytes() for path in found)


def bundled_trust() -> TrustStore:
    """Return the authorities of all bundled master lists."""
    lists = bundled_master_lists()
    return TrustStore(item for encoded in lists for item in certificates_of_master_list(encoded))
