"""The ports' readers over PC/SC."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import cache

from counter_app.devices.card.apdu import Chip
from counter_app.devices.card.bank.account import read_bank_card
from counter_app.devices.card.bank.applications import is_payment_card
from counter_app.devices.card.choosing import CardChooser, OnPassedOver
from counter_app.devices.card.emrtd.opening import is_travel_document
from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.trust import TrustStore, bundled_trust
from counter_app.devices.card.simulator.card import PRODUCTION
from counter_app.domain.bank_card import BankCard
from counter_app.domain.mrz import MrzKey
from counter_app.domain.travel_document import TravelDocumentChip
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.ports.stop import Stop
from counter_app.ports.travel_document import ChipPhase, ChipProgress

SHANGHAI = timezone(timedelta(hours=8))
SALT_BYTES = 16

_log = logging.getLogger(__name__)


@cache
def trust_of(environment: str) -> TrustStore:
    """Return the authorities to believe, read once.

    Args:
        environment: Everywhere but in "production" the demonstration authority is believed too.
    """
    if environment == PRODUCTION:
        return bundled_trust()
    from counter_app.devices.card.simulator.demo_issuer import demo_authority

    return bundled_trust().with_also(demo_authority())


class PcscTravelDocumentReader:
    """Implements `TravelDocumentReader`."""

    def __init__(self, environment: str, reader: str = "") -> None:
        """Prepare to read.

        Args:
            environment: The counter's environment; decides whose signature is believed.
            reader: Only this reader; any when empty.
        """
        self._environment = environment
        self._reader = reader

    def read(
        self, key: MrzKey, stop: Stop, on_progress: Callable[[ChipProgress], None]
    ) -> TravelDocumentChip:
        """Wait for a travel document and read it; see the port."""
        trust = trust_of(self._environment)
        chooser = CardChooser(is_travel_document, stop, self._reader)
        link = chooser.wait(
            lambda cards: on_progress(ChipProgress(ChipPhase.WAITING, passed_over=cards))
        )
        begun = time.monotonic()
        try:
            chip = read_travel_document(link, key, trust, _watched(on_progress, stop))
        finally:
            link.close()
        _log.info(
            "travel document read: access=%s bytes=%d ms=%d",
            chip.access.value,
            chip.bytes_read,
            int((time.monotonic() - begun) * 1000),
        )
        return chip


def _watched(
    on_progress: Callable[[ChipProgress], None], stop: Stop
) -> Callable[[ChipProgress], None]:
    def watch(progress: ChipProgress) -> None:
        if stop.is_set():
            raise CounterError(FailureCode.STOPPED)
        on_progress(progress)

    return watch


class PcscBankCardReader:
    """Implements `BankCardReader`."""

    def __init__(
        self,
        clock: Clock,
        reader: str = "",
        on_passed_over: OnPassedOver = lambda _cards: None,
    ) -> None:
        """Prepare to read.

        Args:
            clock: Tells the day of the transaction.
            reader: Only this reader; any when empty.
            on_passed_over: Told when the set of cards that are no bank cards changes.
        """
        self._on_passed_over = on_passed_over
        self._clock = clock
        self._reader = reader

    def read(self, stop: Stop) -> BankCard:
        """Wait for a bank card and read it once; see the port."""
        chooser = CardChooser(lambda link: is_payment_card(Chip(link.transmit)), stop, self._reader)
        link = chooser.wait(self._on_passed_over)
        try:
            chip = Chip(link.transmit)
            card = read_bank_card(chip, _day(self._clock.now()), secrets.token_bytes(SALT_BYTES))
        finally:
            link.close()
        _log.info("bank card read: application=%s", card.application)
        return card


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()
