"""Throws changed data at the card readers for as long as asked.

`python -m tests.bench.card_fuzz [seconds]`: half the time spoils answers of whole readings, half
changes files. Ends with status 1 and the seed when something else than a CounterError comes out.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import Chip
from counter_app.devices.card.bank.account import read_bank_card
from counter_app.devices.card.emrtd.data_groups import parse_group1, parse_group11, parse_group12
from counter_app.devices.card.emrtd.files import SECURITY_OBJECT
from counter_app.devices.card.emrtd.passive import (
    check_content,
    check_issuer,
    check_signature,
    parse_security_object,
)
from counter_app.devices.card.emrtd.photo import parse_group2
from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.security_infos import parse_security_infos
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.devices.card.simulator.bank_card import SimulatedBankCard
from counter_app.devices.card.simulator.card import SimulatedCard, SimulatedLink
from counter_app.devices.card.simulator.demo_issuer import demo_authority, document_signer
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import Offer, demo_holder, demo_passport
from counter_app.errors import CounterError

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DEFAULT_S = 300.0
SLOWEST_S = 5.0
PASSPORTS = [demo_passport(document_signer(NOW), NOW, offer) for offer in (Offer(), Offer(None))]
FILES = list(PASSPORTS[0].files.values())
TRUST = TrustStore([demo_authority()])


class Spoiling:
    """Spoils some answers of a card."""

    most_answer = 256

    def __init__(self, card: SimulatedCard, chance: random.Random) -> None:
        self._link = SimulatedLink(card)
        self._chance = chance
        self._rate = chance.choice([0.005, 0.02, 0.2])

    def transmit(self, sent: bytes) -> bytes:
        answer = self._link.transmit(sent)
        return changed(answer, self._chance) if self._chance.random() < self._rate else answer

    def reset(self) -> None:
        self._link.reset()


def changed(whole: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few changed, cut or put in."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data) + 1)
        width = chance.randint(0, 6)
        data[place : place + width] = chance.randbytes(chance.randint(0, 6))
    return bytes(data)


def spoil_passport(chance: random.Random) -> None:
    link = Spoiling(SimulatedPassport(chance.choice(PASSPORTS)), chance)
    read_travel_document(link, demo_holder(NOW.date()).key(), TRUST, lambda _step: None)


def spoil_bank_card(chance: random.Random) -> None:
    link = Spoiling(SimulatedBankCard(), chance)
    read_bank_card(Chip(link.transmit), date(2026, 11, 23), bytes(16))


def change_files(chance: random.Random) -> None:
    whole = changed(chance.choice(FILES), chance)
    parsers: list[Callable[[bytes], object]] = [
        parse_group1,
        parse_group2,
        parse_group11,
        parse_group12,
        parse_security_infos,
        lambda data: list(tlv.objects(data)),
    ]
    chance.choice(parsers)(whole)


def change_security_object(chance: random.Random) -> None:
    security = parse_security_object(changed(PASSPORTS[0].files[SECURITY_OBJECT], chance))
    check_signature(security.signed)
    check_issuer(security.signed.signer, TRUST)
    check_content(security, {1: FILES[0]})


TARGETS = (spoil_passport, spoil_bank_card, change_files, change_security_object)


def main() -> None:
    """Run for the time given on the command line."""
    budget_s = float(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_S
    for target in TARGETS:
        until, seed, slowest_s = time.monotonic() + budget_s / len(TARGETS), 0, 0.0
        while time.monotonic() < until:
            seed += 1
            started = time.monotonic()
            try:
                target(random.Random(seed))
            except CounterError:
                pass
            except BaseException:
                sys.stderr.write(f"card fuzz: {target.__name__} seed {seed}\n")
                raise
            slowest_s = max(slowest_s, time.monotonic() - started)
        sys.stdout.write(
            f"card fuzz: {target.__name__} {seed} runs, slowest {slowest_s * 1e3:.0f} ms\n"
        )
        assert slowest_s < SLOWEST_S, "a run took too long"


if __name__ == "__main__":
    main()
