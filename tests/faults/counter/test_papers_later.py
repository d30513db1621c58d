"""Sealed papers are extended by the sender, a process of its own, once head office answers."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from counter_app.bootstrap.application import DEMO_PASSPHRASE, start_office, write_settings
from counter_app.bootstrap.office import start_sender
from counter_app.bootstrap.places import Places, fonts_folder
from counter_app.bootstrap.profile import profile_of
from counter_app.bootstrap.sealing import trust_folder
from counter_app.domain.paper_parts import PaperKind
from counter_app.receipt.commands import verifier
from counter_app.settings import OfficeTable
from tests.faults.counter.test_printer import accepted
from tests.faults.counter.world import Bench, BenchMaker, demo_settings


def longer(one: Bench) -> bytes:
    """Return the extended receipt of the case on the screen, or nothing."""
    with one.counter.data.store.view() as unit:
        return unit.paper(one.state.draft.case_id, PaperKind.RECEIPT.value).long_term_pdf


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_sender_extends_a_receipt_and_it_stays_good(
    bench: BenchMaker, template: Path, tmp_path: Path
) -> None:
    places = Places(tmp_path / "a" / "data")
    shutil.copytree(template, places.data)
    settings = demo_settings(f"pty:{tmp_path}/a/reader")
    with ExitStack() as stack:
        office = start_office(places.data / "headoffice", profile_of(settings).name, places)
        stack.callback(office.stop)
        settings = settings.model_copy(update={"office": OfficeTable(url=office.url)})
        one = bench(settings=write_settings(places, settings))
        accepted(one)
        sender = start_sender(places, DEMO_PASSPHRASE)
        stack.callback(sender.wait, 30)
        stack.callback(sender.terminate)
        one.clerk.wait("the sender", lambda: bool(longer(one)), 200.0)
    judge = verifier(fonts_folder(), trust_folder(settings, places), one.counter.clock)
    assert judge.verify(longer(one)).is_valid
