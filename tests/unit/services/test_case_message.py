"""What the message to head office says of the documents."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.rehearsal.stage import PROFILE
from counter_app.services.case_message import AcceptedCase, case_data
from counter_app.wire.case_data import ChipProof
from tests.unit.domain import cases as c

UNKNOWN = CheckVerdict(ChipCheck.ISSUER, CheckState.NOT_VERIFIED, CheckReason.ISSUER_UNKNOWN)
WHOLE = CheckVerdict(ChipCheck.CONTENT, CheckState.VERIFIED)


def test_head_office_is_told_what_was_proved_of_each_documents_chip() -> None:
    read = replace(c.document(), chip_checks=(WHOLE, UNKNOWN))
    draft = c.in_person(documents=(read,))
    case = AcceptedCase(draft, c.assess(draft), c.PACK, "110199-20261123-07-0001", c.NOW)
    assert case_data(case, PROFILE).chip_proofs == (
        ChipProof(owner="principal", check="content", state="verified"),
        ChipProof(owner="principal", check="issuer", state="not_verified", reason="issuer_unknown"),
    )
