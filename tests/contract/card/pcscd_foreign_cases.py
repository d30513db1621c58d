"""Run by test_pcscd.py beside pcscd_cases.py: cards of other makers behind a real reader."""

from __future__ import annotations

import pytest

from counter_app.devices.card.readers import PcscBankCardReader, PcscTravelDocumentReader
from counter_app.domain.travel_document import AccessProtocol
from counter_app.ports.stop import never
from tests.contract.card.foreign import document as doc
from tests.contract.card.foreign.bank import DEBIT, PPSE, PSE, ForeignBankCard
from tests.contract.card.foreign.pace import GenericMapping
from tests.contract.card.foreign.passport import ForeignPassport, Habits
from tests.contract.card.pcscd_cases import FixedClock
from tests.contract.card.pcscd_world import Pcscd, card_in
from tests.contract.card.test_foreign_bank_cards import APPLICATIONS, DIRECTORY, LIST, NUMBER
from tests.contract.card.test_foreign_passports import PRINTED, files, offering

BYTE_WISE = bytes.fromhex("3B6500000102030405")
BLOCK_WISE = bytes.fromhex("3B80800101")

PASSPORTS = {
    "byte-wise, basic access": ForeignPassport(
        files(), doc.KEY, Habits(fetched=True), atr=BYTE_WISE
    ),
    "byte-wise, 6C": ForeignPassport(
        files(), doc.KEY, Habits(fetched=True, most=0x80, too_long=0x6C80), atr=BYTE_WISE
    ),
    "block-wise, pace only": ForeignPassport(
        files(),
        doc.KEY,
        access=offering((2, 4, 17)),
        pace=lambda _card: GenericMapping(doc.KEY, 2, 4, 17),
        has_basic=False,
        atr=BLOCK_WISE,
    ),
    "block-wise, loses its session": ForeignPassport(
        files(), doc.KEY, Habits(most=0x80, loses_session=True), atr=BLOCK_WISE
    ),
}


@pytest.mark.parametrize("card", PASSPORTS.values(), ids=PASSPORTS)
def test_a_passport_of_another_maker_is_read(pcscd: Pcscd, card: ForeignPassport) -> None:
    card.reset()
    with card_in(card):
        chip = PcscTravelDocumentReader("training").read(PRINTED, never(), lambda _step: None)
    assert chip.mrz.document_number == PRINTED.document_number
    assert chip.photo is not None
    is_pace = not card.has_basic
    assert chip.access is (AccessProtocol.PACE_GENERIC if is_pace else AccessProtocol.BAC)


@pytest.mark.parametrize("is_byte_wise", [True, False])
@pytest.mark.parametrize("application", ["track only", "format 1", "a broken record before"])
def test_a_bank_card_of_another_maker_is_read(
    pcscd: Pcscd, application: str, is_byte_wise: bool
) -> None:
    lists = {PSE: DIRECTORY} if is_byte_wise else {PPSE: LIST}
    atr = BYTE_WISE if is_byte_wise else BLOCK_WISE
    card = ForeignBankCard({**lists, DEBIT: APPLICATIONS[application]}, is_byte_wise, atr)
    card.reset()
    with card_in(card):
        assert PcscBankCardReader(FixedClock()).read(never()).matches(NUMBER)
