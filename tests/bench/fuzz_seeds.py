"""What guided fuzzing begins with: sound inputs of each kind."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.devices.id_reader.frame import encode_frame
from counter_app.devices.id_reader.simulator.people import PEOPLE
from counter_app.domain.resident_record import encode_appended, encode_record
from tests.contract.card.foreign import document as doc
from tests.contract.card.foreign.bank import PPSE, contactless_list, control, entry
from tests.contract.card.foreign.pace import info
from tests.contract.card.foreign.secure import ber
from tests.contract.card.foreign.signing import Manner, curve, rsa, security_object

OFFERS = ber("31", info(2, 4, 13), info(6, 2, 12))
DEBIT = bytes.fromhex("A000000333010101")


def told(*answers: bytes) -> bytes:
    """Return answers of a card as the targets read them."""
    return b"".join(bytes([len(one)]) + one for one in answers if len(one) < 256)


def seeds_of(target: str) -> list[bytes]:
    """Return the first inputs of a target."""
    made: dict[str, Callable[[], list[bytes]]] = {
        "frames": frames,
        "record": records,
        "zones": lambda: [doc.zone().encode(), f"{doc.zone()[:44]}\n{doc.zone()[44:]}".encode()],
        "security": security,
        "groups": groups,
        "objects": groups,
        "passports": lambda: [told(b"", b"", doc.group1()), told(OFFERS, b"", b"", doc.group1())],
        "bank_cards": bank_cards,
    }
    return made[target]()


def records() -> list[bytes]:
    """Return a text record of every kind."""
    return [encode_record(person) for person in PEOPLE.values()]


def frames() -> list[bytes]:
    """Return whole answers of a reader."""
    reading = b"\x01\x00\x00\x08" + records()[0] + b"portrait"
    address = encode_appended(["样本路 1 号"])
    bodies = (b"\0\0\x9f" + bytes(4), b"\0\0\x90" + reading, b"\0\0\x90" + address)
    return [encode_frame(body) for body in bodies]


def groups() -> list[bytes]:
    """Return data groups and an EF.CardAccess."""
    picture = doc.group2(doc.template(doc.record(doc.jpeg(8))))
    return [doc.group1(), doc.group11(), doc.group12(), picture, OFFERS]


def security() -> list[bytes]:
    """Return security objects, signed in two ways."""
    held = {1: doc.group1()}
    return [security_object(Manner(key), held) for key in (curve("prime256v1"), rsa(1024))]


def bank_cards() -> list[bytes]:
    """Return what payment cards answer."""
    record = ber("70", ber("5A", bytes.fromhex("6222980000000000016F")))
    options = ber("77", ber("94", bytes.fromhex("08010100")))
    listed = contactless_list(entry(DEBIT))
    return [told(listed, control(DEBIT), options, record), told(control(PPSE), record)]
