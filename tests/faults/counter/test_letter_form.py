"""The letter form that a refused agent takes home, drawn and printed for real."""

from __future__ import annotations

import shutil
from pathlib import Path

from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.bootstrap.counter import open_counter
from counter_app.bootstrap.places import Places
from counter_app.domain.paper_parts import PaperKind
from tests.faults.counter.test_canary_day import play_text
from tests.faults.counter.world import demo_settings

REFUSED = Path(__file__).parents[2] / "rehearsals" / "a01_other_principal.toml"


def test_a_refused_agent_takes_home_the_list_and_a_letter_to_fill_in(
    template: Path, tmp_path: Path
) -> None:
    shutil.copytree(template, tmp_path / "data")
    counter = open_counter(demo_settings("pty:/none"), Places(tmp_path / "data"), DEMO_PASSPHRASE)
    state = play_text(counter, REFUSED.read_text("utf-8"))
    counter.close()
    kinds = (PaperKind.MISSING_LIST, PaperKind.LETTER_FORM)
    assert [(line.kind, line.failure) for line in state.papers] == [(kind, None) for kind in kinds]
    assert len(list((tmp_path / "data" / "prints").glob("*.pdf"))) == len(kinds)
