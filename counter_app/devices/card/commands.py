"""What the command line offers of cards; every function returns what JSON can hold."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from counter_app.devices.card import pcsc
from counter_app.devices.card.capability import says_extended
from counter_app.devices.card.choosing import OnPassedOver
from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.readers import PcscBankCardReader, PcscTravelDocumentReader
from counter_app.devices.card.simulator.bank_card import SimulatedBankCard
from counter_app.devices.card.simulator.card import SimulatedCard, refuse_in_production
from counter_app.devices.card.simulator.demo_issuer import document_signer
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import Offer, demo_holder, demo_passport
from counter_app.devices.card.simulator.vpcd import DEFAULT_HOST, DEFAULT_PORT, insert
from counter_app.devices.card.watcher import state_of
from counter_app.domain.chip_key import key_of_text
from counter_app.domain.mrz import MrzKey, parse_mrz
from counter_app.domain.travel_document import CheckVerdict, ChipPhoto, TravelDocumentChip
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.ports.stop import Stop
from counter_app.ports.travel_document import ChipProgress
from counter_app.words.chip_checks import check_words
from counter_app.words.words import Language

Json = dict[str, object]
STANDARD_INPUT = "-"

_log = logging.getLogger(__name__)


def list_readers() -> Json:
    """Return readers, answers to reset and states for `card readers` and the doctor.

    Returns:
        `service` ("ok" or the failure's text) and `readers`: name, state, atr, extended_length,
        last_error.
    """
    try:
        context = pcsc.Context()
    except CounterError as error:
        return {"service": str(error), "readers": []}
    try:
        names = context.readers()
        seen = (context.wait([(name, 0) for name in names], 0) or ()) if names else ()
    except CounterError as error:
        return {"service": str(error), "readers": []}
    finally:
        context.release()
    rows = [
        {
            "name": now.name,
            "state": state_of(now).value,
            "atr": now.atr.hex().upper(),
            "extended_length": says_extended(now.atr),
            "last_error": "CARD_UNREADABLE" if now.state & pcsc.STATE_MUTE else "",
        }
        for now in seen
    ]
    return {"service": "ok", "readers": rows}


def key_from(mrz: str) -> MrzKey:
    """Return what opens the chip from a file with the printed lines, or from standard input.

    Args:
        mrz: Path of the file, or "-"; all printed lines, or a passport's lower line alone.

    Raises:
        CounterError: INPUT_INVALID, the file is missing or holds no machine readable zone.
    """
    try:
        is_input = mrz == STANDARD_INPUT
        text = sys.stdin.read() if is_input else Path(mrz).read_text("ascii")
        return key_of_text(text) or parse_mrz(text.splitlines()).key()
    except (OSError, ValueError) as error:
        raise CounterError(FailureCode.INPUT_INVALID, step="machine readable lines") from error


def read_card(
    *,
    environment: str,
    mrz: str,
    stop: Stop,
    reader: str = "",
    language: Language = Language.ZH,
    on_progress: Callable[[ChipProgress], None] = lambda _progress: None,
) -> Json:
    """Wait for a travel document and read it: `card read [--reader NAME] [--mrz FILE|-]`.

    Args:
        environment: The counter's environment.
        mrz: File with the printed lines, or "-".
        stop: Ends the waiting.
        reader: Only this reader; any when empty.
        language: Of the words beside each verdict.
        on_progress: Told about every part.

    Raises:
        CounterError: As `TravelDocumentReader.read`; INPUT_INVALID for the printed lines.
    """
    key = key_from(mrz)
    chip = PcscTravelDocumentReader(environment, reader).read(key, stop, on_progress)
    return describe(chip, language)


def describe(chip: TravelDocumentChip, language: Language = Language.ZH) -> Json:
    """Return a chip's fields and verdicts; the photo by its size only."""
    mrz = chip.mrz
    return {
        "access": chip.access.value,
        "document_code": mrz.document_code,
        "issuer": mrz.issuer,
        "document_number": mrz.document_number,
        "name": mrz.name(),
        "native_name": chip.native_name,
        "nationality": mrz.nationality,
        "sex": mrz.sex,
        "born": mrz.born,
        "expires": mrz.expires,
        "check_digits": {check.value: is_right for check, is_right in mrz.checks.items()},
        "issuing_authority": chip.issuing_authority,
        "issued_on": chip.issued_on.isoformat() if chip.issued_on else None,
        "photo": None if chip.photo is None else _photo(chip.photo),
        "verdicts": {one.check.value: _verdict(one, language) for one in chip.verdicts},
        "is_authentic": chip.is_authentic(),
        "is_refuted": chip.is_refuted(),
        "signer": chip.signer,
        "bytes_read": chip.bytes_read,
    }


def _photo(photo: ChipPhoto) -> Json:
    return {
        "format": photo.stored_format.value,
        "bytes": len(photo.stored),
        "width_px": photo.width_px,
        "height_px": photo.height_px,
    }


def _verdict(verdict: CheckVerdict, language: Language) -> Json:
    words = check_words(verdict, language)
    return {
        "state": verdict.state.value,
        "reason": verdict.reason.value,
        "words": " ".join(filter(None, (words.title, words.ground))),
    }


def read_bank_card(
    *,
    clock: Clock,
    stop: Stop,
    reader: str = "",
    account: str = "",
    on_passed_over: OnPassedOver = lambda _cards: None,
) -> Json:
    """Wait for a bank card and return what may be shown of it: `card bank`.

    Args:
        clock: Tells the day of the transaction.
        stop: Ends the waiting.
        reader: Only this reader; any when empty.
        account: Account on record to compare with; not compared when empty.
        on_passed_over: Told which cards are no bank cards.

    Raises:
        CounterError: As `BankCardReader.read`.
    """
    card = PcscBankCardReader(clock, reader, on_passed_over).read(stop)
    return {
        "masked": card.masked,
        "label": card.label,
        "application": card.application,
        "expires": card.expires,
        "matches": card.matches(account) if account else None,
    }


class SimulatedAccess(StrEnum):
    """How the demonstration passport is opened; either way its chip proves to be the original."""

    PACE = "pace"
    BAC = "bac"

    def offer(self) -> Offer:
        """Return what the chip can do."""
        plain = Offer(chip_authentication=Suite.AES_128)
        return plain if self is SimulatedAccess.PACE else replace(plain, pace=None)


def simulate_passport(
    *,
    environment: str,
    now: datetime,
    stop: Stop,
    on_inserted: Callable[[Json], None],
    access: SimulatedAccess = SimulatedAccess.PACE,
    address: tuple[str, int] = (DEFAULT_HOST, DEFAULT_PORT),
) -> None:
    """Keep the demonstration passport in a virtual reader: `simulate passport`.

    Args:
        environment: The counter's environment; production is refused.
        now: Aware UTC time; the document is valid for five more years.
        stop: Takes the card out.
        on_inserted: Told the printed second line, which opens the chip, once the card is in.
        access: How it is opened.
        address: Host and port of vpcd.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION; READER_MISSING, no virtual reader listens there.
    """
    refuse_in_production(environment)
    card = SimulatedPassport(demo_passport(document_signer(now), now, access.offer()))
    zone = demo_holder(now.date()).zone
    _insert(card, address, stop, environment, lambda: on_inserted({"mrz": [zone[:44], zone[44:]]}))


def simulate_bank_card(
    *,
    environment: str,
    stop: Stop,
    on_inserted: Callable[[Json], None],
    address: tuple[str, int] = (DEFAULT_HOST, DEFAULT_PORT),
) -> None:
    """Keep the demonstration bank card in a virtual reader: `simulate bank-card`.

    Args:
        environment: The counter's environment; production is refused.
        stop: Takes the card out.
        on_inserted: Told once the card is in.
        address: Host and port of vpcd.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION; READER_MISSING, no virtual reader listens there.
    """
    refuse_in_production(environment)
    card = SimulatedBankCard()
    told: Json = {"card": "bank", "reader_port": address[1]}
    _insert(card, address, stop, environment, lambda: on_inserted(told))


def _insert(
    card: SimulatedCard,
    address: tuple[str, int],
    stop: Stop,
    environment: str,
    on_inserted: Callable[[], None],
) -> None:
    insert(card, address, stop, environment, on_inserted)
    _log.info("simulated card taken out: port=%d", address[1])
