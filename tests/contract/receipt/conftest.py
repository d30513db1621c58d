"""A branch with its demonstration keys, made once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counter_app.receipt.code import CodeSigner
from counter_app.receipt.demo_pki import DemoPki, make_demo_pki
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.keys import load_code_key, load_seal_key
from counter_app.receipt.maker import ReceiptMaker
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.unit.receipt.records import BRANCH, NOW

if TYPE_CHECKING:
    from tests.contract.receipt.soft_token import Token

FONTS = Path(__file__).resolve().parents[3] / "counter_app" / "_resources" / "fonts"


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Desk:
    """Everything that makes, seals and judges papers at one branch."""

    pki: DemoPki
    book: FontBook
    maker: ReceiptMaker
    seal: PadesSeal
    verifier: PaperVerifier


@pytest.fixture(scope="session")
def book() -> FontBook:
    return FontBook(FONTS)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, book: FontBook) -> Desk:
    pki = make_demo_pki(tmp_path_factory.mktemp("pki"), BRANCH, NOW, "demonstration")
    signer = CodeSigner(load_code_key(pki.code_file, pki.passphrase))
    seal = PadesSeal(load_seal_key(pki.seal_file, pki.passphrase), FixedClock())
    verifier = PaperVerifier(load_trust(pki.trust_folder), book, FixedClock())
    return Desk(pki, book, ReceiptMaker(book, signer), seal, verifier)


@pytest.fixture(scope="session")
def token(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    """A token with a branch's key."""
    from tests.contract.receipt.soft_token import soft_token

    yield from soft_token(desk, tmp_path_factory)
