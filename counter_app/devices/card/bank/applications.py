"""Which payment applications a card has, and which of them is an account.

Source: EMV 4.3 book 1, sections 10, 11.3 and 12; EMV contactless book B, section 3.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Chip, Command, command
from counter_app.errors import CounterError, FailureCode

CONTACTLESS_LIST = b"2PAY.SYS.DDF01"
CONTACT_LIST = b"1PAY.SYS.DDF01"
UNION_PAY = bytes.fromhex("A000000333")
WALLET = bytes.fromhex("A000000333010106")
KNOWN = tuple(
    bytes.fromhex(text)
    for text in (
        "A000000333010101",
        "A000000333010102",
        "A000000333010103",
        "A0000000031010",
        "A0000000041010",
        "A0000000651010",
    )
)
COMMON_IDEOGRAPHS = frozenset(map(chr, range(0x4E00, 0xA000)))
LAST_PRIORITY = 16
MOST_DIRECTORY_RECORDS = 10
MOST_APPLICATIONS = 20


@dataclass(frozen=True, slots=True)
class Application:
    """One payment application.

    Attributes:
        identifier: As the card lists it.
        label: Preferred name, else label; may be empty.
        priority: 1 is first; 16 when the card states none.
    """

    identifier: bytes
    label: str
    priority: int

    def is_wallet(self) -> bool:
        """Say whether it holds electronic cash only and is no account."""
        return self.identifier.startswith(WALLET)


def accounts_of(chip: Chip) -> tuple[Application, ...]:
    """Return the applications that are accounts, UnionPay's first, then by priority.

    Raises:
        CounterError: CARD_WRONG_KIND, no payment application; CARD_IS_WALLET, electronic cash
            only; CARD_PROTOCOL; what the transport raises.
    """
    listed = _offered(chip)
    if not listed:
        raise CounterError(FailureCode.CARD_WRONG_KIND, card="no payment application")
    accounts = [application for application in listed if not application.is_wallet()]
    if not accounts:
        raise CounterError(FailureCode.CARD_IS_WALLET)
    return tuple(
        sorted(
            accounts,
            key=lambda found: (not found.identifier.startswith(UNION_PAY), found.priority),
        )
    )


def is_payment_card(chip: Chip) -> bool:
    """Say whether the card has a payment application, be it a wallet."""
    return bool(_offered(chip))


def _offered(chip: Chip) -> tuple[Application, ...]:
    """Return what the card lists; where it lists nothing sensible, what it answers to."""
    try:
        listed = tuple(_listed(chip))
    except CounterError as error:
        if error.code is not FailureCode.CARD_PROTOCOL:
            raise
        listed = ()
    return listed or tuple(_tried(chip))


def select(chip: Chip, name: bytes) -> bytes | None:
    """Select an application or list; return its control information, or None."""
    answer = chip.send(Command(bytes.fromhex("00A40400"), name, SHORT_ANSWER))
    return answer.data if answer.is_ok() and answer.data else None


def _listed(chip: Chip) -> Iterator[Application]:
    contactless = select(chip, CONTACTLESS_LIST)
    if contactless is not None:
        found = tlv.find(contactless, 0x6F, 0xA5, 0xBF0C) or b""
        yield from _entries(found)
        return
    contact = select(chip, CONTACT_LIST)
    if contact is None:
        return
    file = tlv.find(contact, 0x6F, 0xA5, 0x88) or b"\x01"
    for record in range(1, MOST_DIRECTORY_RECORDS + 1):
        head = f"00B2{record:02X}{file[0] << 3 & 0xF8 | 4:02X}"
        answer = chip.send(command(head, expected=SHORT_ANSWER))
        if not answer.is_ok():
            return
        yield from _entries(tlv.find(answer.data, 0x70) or b"")


def _entries(data: bytes) -> Iterator[Application]:
    for place, entry in enumerate(tlv.objects(data)):
        if entry.tag == 0x61 and place < MOST_APPLICATIONS:
            identifier = tlv.find(entry.value, 0x4F)
            if identifier:
                yield application_of(identifier, entry.value)


def application_of(identifier: bytes, data: bytes) -> Application:
    """Read label and priority of a directory entry or of control information."""
    priority = (tlv.find(data, 0x87) or b"\x00")[0] & 0x0F
    label = label_of(tlv.find(data, 0x9F12) or tlv.find(data, 0x50) or b"")
    return Application(identifier, label, priority or LAST_PRIORITY)


def label_of(data: bytes) -> str:
    """Return a label; Chinese cards write it in GB 18030 whatever code table they state.

    A few write UTF-8, which is believed where it gives nothing but ASCII and common ideographs.
    """
    text = _decoded(data, "utf-8")
    if not all(mark.isascii() or mark in COMMON_IDEOGRAPHS for mark in text):
        text = _decoded(data, "gb18030")
    return "".join(mark for mark in text if mark.isprintable()).strip()


def _decoded(data: bytes, code: str) -> str:
    try:
        return data.decode(code)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _tried(chip: Chip) -> Iterator[Application]:
    for identifier in (*KNOWN, WALLET):
        data = select(chip, identifier)
        if data is not None:
            yield application_of(identifier, tlv.find(data, 0x6F, 0xA5) or b"")
