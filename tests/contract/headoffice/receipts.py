"""Receipts of invented cases, sealed by a demonstration branch."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from counter_app.domain.paper import NoticeRecord, ReceiptRecord
from counter_app.domain.submission import OutboxMessage
from counter_app.receipt.code import CodeSigner
from counter_app.receipt.demo_pki import make_demo_pki
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.keys import load_code_key, load_seal_key
from counter_app.receipt.maker import ReceiptMaker
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.verify import codes_in
from tests.contract.receipt.conftest import FONTS, FixedClock
from tests.contract.receipt.forgeries import flipped
from tests.unit.receipt.records import BRANCH, NOW, delegated_receipt


@dataclass(frozen=True)
class Stationery:
    """What a branch makes receipts with; `trust` is the folder to believe it by."""

    maker: ReceiptMaker
    seal: PadesSeal
    trust: Path

    def sealed(self, record: ReceiptRecord | NoticeRecord) -> bytes:
        """Seal in a thread of its own: a browser's test holds this one's event loop."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(self.seal.seal, self.maker.make(record).pdf).result()

    def receipt(self, case: OutboxMessage, number: str, **changes: str) -> bytes:
        values = {
            "acceptance_no": number.replace("-", ""),
            "case_id": case.case_id,
            "merchant_no": case.lane,
            "terminal_sn_tail": "012345",
            **changes,
        }
        return self.sealed(delegated_receipt(**values))

    def tampered(self, case: OutboxMessage, number: str) -> bytes:
        good = self.receipt(case, number)
        return flipped(good, good.index(b"stream\n") + 40)

    def photo(self, case: OutboxMessage, number: str) -> bytes:
        """Draw the page as a camera would bring it."""
        with pypdfium2.PdfDocument(self.receipt(case, number)) as document:
            image = document[0].render(scale=2.2).to_pil().convert("RGB")
        made = io.BytesIO()
        image.save(made, "JPEG", quality=80)
        return made.getvalue()

    def code(self, case: OutboxMessage, number: str) -> str:
        return next(one for one in codes_in(self.photo(case, number)) if one.startswith("PR1:"))


def stationery(folder: Path) -> Stationery:
    """Make a branch's keys in a folder."""
    pki = make_demo_pki(folder, BRANCH, NOW, "demonstration")
    signer = CodeSigner(load_code_key(pki.code_file, pki.passphrase))
    seal = PadesSeal(load_seal_key(pki.seal_file, pki.passphrase), FixedClock())
    return Stationery(ReceiptMaker(FontBook(FONTS), signer), seal, pki.trust_folder)
