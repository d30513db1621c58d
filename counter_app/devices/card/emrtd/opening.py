"""Opening a travel document's chip: PACE first, Basic Access Control where it has none.

Source: ICAO Doc 9303-11, section 4.2 and appendix J.1.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from counter_app.devices.card.apdu import Chip, command
from counter_app.devices.card.emrtd.access import open_by_basic_access, select_application
from counter_app.devices.card.emrtd.files import CARD_ACCESS, CARD_SECURITY, Files
from counter_app.devices.card.emrtd.pace import MappingProof, open_by_pace, usable
from counter_app.devices.card.emrtd.security_infos import (
    Mapping,
    PaceInfo,
    SecurityInfos,
    parse_security_infos,
)
from counter_app.devices.card.link import CardLink
from counter_app.domain.mrz import MrzKey
from counter_app.domain.travel_document import AccessProtocol
from counter_app.errors import CounterError, FailureCode

MASTER_FILE = bytes.fromhex("3F00")
MOST_OFFERS = 3
APPLICATION_LOCKED = (0x6982, 0x6985, 0x6988)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A chip whose application is selected and readable.

    Attributes:
        mapping_proof: What PACE with chip authentication mapping brought, or None.
        card_security: EF.CardSecurity, read for that proof only; empty otherwise.
    """

    chip: Chip = field(repr=False)
    access: AccessProtocol
    mapping_proof: MappingProof | None = None
    card_security: bytes = field(default=b"", repr=False)


def is_travel_document(link: CardLink) -> bool:
    """Say whether the card has a travel document's application or offers PACE for one."""
    chip = Chip(link.transmit)
    status = select_application(chip).status
    if status == 0x9000 or status >> 8 == 0x61 or status in APPLICATION_LOCKED:
        return True
    return bool(card_access(chip).pace)


def card_access(chip: Chip) -> SecurityInfos:
    """Read EF.CardAccess; what is absent or broken offers nothing.

    Some chips have it only after their master file was selected.
    """
    found = _read_access(chip)
    if found.pace or not chip.send(command("00A4000C", MASTER_FILE)).is_ok():
        return found
    return _read_access(chip)


def _read_access(chip: Chip) -> SecurityInfos:
    try:
        found = Files(chip).read(CARD_ACCESS, _unwatched)
        return parse_security_infos(found) if found else SecurityInfos()
    except CounterError as error:
        if error.code is not FailureCode.CARD_PROTOCOL:
            raise
        return SecurityInfos()


def open_chip(link: CardLink, key: MrzKey, most_answer: int) -> Opened:
    """Open the chip in the best way it offers.

    Args:
        link: Just connected or reset.
        key: From the printed lines.
        most_answer: Bytes of the longest answer to ask for.

    Raises:
        CounterError: CARD_ACCESS_DENIED; CARD_WRONG_KIND; CARD_PROTOCOL; what the link raises.
    """
    chip = Chip(link.transmit, most_answer)
    refused: CounterError | None = None
    for info in usable(card_access(chip).pace)[:MOST_OFFERS]:
        try:
            return _by_pace(chip, info, key)
        except CounterError as error:
            if error.code not in (FailureCode.CARD_PROTOCOL, FailureCode.CARD_ACCESS_DENIED):
                raise
            _log.info("pace refused, trying the next way: %s", error)
            refused = error
            link.reset()
            chip = Chip(link.transmit, most_answer)
            if error.code is FailureCode.CARD_ACCESS_DENIED:
                break
    return _by_basic_access(chip, key, refused)


def _by_pace(chip: Chip, info: PaceInfo, key: MrzKey) -> Opened:
    proof = open_by_pace(chip, info, key)
    security = None
    if info.mapping is Mapping.ECDH_CHIP_AUTHENTICATION:
        security = Files(chip).read(CARD_SECURITY, _unwatched)
    if not select_application(chip).is_ok():
        raise CounterError(FailureCode.CARD_PROTOCOL, step="select after pace")
    return Opened(chip, info.mapping.protocol, proof, security or b"")


def _by_basic_access(chip: Chip, key: MrzKey, earlier: CounterError | None) -> Opened:
    selected = select_application(chip)
    if not selected.is_ok() and selected.status >> 8 != 0x61:
        if earlier is not None:
            raise earlier
        raise CounterError(FailureCode.CARD_WRONG_KIND, status=f"{selected.status:04X}")
    try:
        open_by_basic_access(chip, key)
    except CounterError as error:
        if error.code is not FailureCode.CARD_PROTOCOL:
            raise
        if earlier is not None:
            raise earlier from error
        return _unlocked(chip, error)
    return Opened(chip, AccessProtocol.BAC)


def _unlocked(chip: Chip, refused: CounterError) -> Opened:
    # The oldest documents have no access control: their files are readable at once.
    if not chip.send(command("00B09E00", expected=4)).is_ok():
        raise refused
    return Opened(chip, AccessProtocol.NONE)


def _unwatched(_done: int, _total: int) -> None:
    """Short files need no progress."""
