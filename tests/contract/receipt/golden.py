"""Makes the golden pictures anew: look at every one before you commit it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from counter_app.receipt.code import CodeSigner
from counter_app.receipt.demo_pki import make_demo_pki
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.keys import load_code_key, load_seal_key
from counter_app.receipt.maker import ReceiptMaker
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.contract.receipt.conftest import FONTS, Desk, FixedClock
from tests.contract.receipt.test_layout import GOLDEN, PAPERS, golden_pages
from tests.unit.receipt.records import BRANCH, NOW


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pki = make_demo_pki(Path(folder), BRANCH, NOW, "demonstration")
        book = FontBook(FONTS)
        maker = ReceiptMaker(book, CodeSigner(load_code_key(pki.code_file, pki.passphrase)))
        seal = PadesSeal(load_seal_key(pki.seal_file, pki.passphrase), FixedClock())
        verifier = PaperVerifier(load_trust(pki.trust_folder), book, FixedClock())
        desk = Desk(pki, book, maker, seal, verifier)
        GOLDEN.mkdir(exist_ok=True)
        for name in PAPERS:
            for number, page in enumerate(golden_pages(desk, name)):
                page.quantize(16).save(GOLDEN / f"{name}-{number}.png", optimize=True)


if __name__ == "__main__":
    main()
