"""A day of invented people, then every byte of the data folder is searched for them."""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.account import Account, Role
from counter_app.domain.submission import Verdict
from counter_app.ports.stored import (
    AgentVisit,
    CaseSummary,
    LetterUse,
    PhoneBinding,
    Retention,
    StoredPaper,
)
from counter_app.storage.accounts import SqlAccounts
from counter_app.storage.backup import make_backup
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.purge import purge_folder
from tests.canaries import CANARIES
from tests.contract.store.builders import NOW, PLACE, accepted, decision, draft, message
from tests.faults.store.test_damage import QUICK, opened

WRITTEN = "；".join(CANARIES)


def a_day(data: DataFolder, cases: int) -> None:
    body = ('{"people":"' + WRITTEN + '"}').encode()
    summary = CaseSummary("102110054990001", CANARIES[3], "N500W00012345", CANARIES[4])
    for number in range(cases):
        case = f"case-{number}"
        data.vault.put(WRITTEN.encode() + bytes([number]) * 5000, "id_front", case, NOW)
        with data.store.begin() as unit:
            unit.save_draft(draft(case, body=body, summary=summary), NOW)
            accepted(unit, case)
            lane = f"10211005499{number:04d}"
            unit.add_message(message(f"m-{number}", case, lane=lane))
            pdf = body + os.urandom(2000)
            unit.put_paper(StoredPaper(case, "receipt", body, pdf, NOW), "c01")
            day = NOW.date()
            unit.record_letter(LetterUse(f"digest-{number}", None, case, day), NOW, "c01")
            unit.record_agent(AgentVisit(CANARIES[1], CANARIES[0], lane, day))
            unit.record_phone(PhoneBinding(CANARIES[6], CANARIES[0], lane, day))
    accounts = SqlAccounts(data.database, PLACE, Ed25519PrivateKey.generate().public_key())
    clerk = Account("c01", CANARIES[3], frozenset({Role.CLERK}), CANARIES[5])
    accounts.add(clerk, "a long password", NOW)


def found_in(folder: Path) -> list[str]:
    """Return which canaries stand anywhere in the folder's files or file names, in any spelling."""
    content = b"".join(
        path.name.encode() + b"\0" + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )
    return [canary for canary in CANARIES if any(way in content for way in _spellings(canary))]


def _spellings(canary: str) -> list[bytes]:
    plain = canary.encode()
    return [
        plain,
        canary.encode("utf-16-le"),
        canary.encode("utf-16-be"),
        canary.encode("gb18030"),
        plain.hex().encode(),
        base64.b64encode(plain).rstrip(b"="),
        hashlib.sha256(plain).hexdigest().encode(),
        hashlib.sha256(plain).digest(),
    ]


def test_the_search_itself_finds_what_is_in_the_clear(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x" + CANARIES[3] + CANARIES[0], encoding="utf-16-le")
    assert found_in(tmp_path) == [CANARIES[0], CANARIES[3]]


def test_a_day_leaves_nothing_in_the_clear(tmp_path: Path) -> None:
    data = opened(tmp_path / "data")
    a_day(data, 50)
    assert found_in(tmp_path / "data") == []
    data.database.checkpoint()
    assert found_in(tmp_path / "data") == []
    make_backup(data, tmp_path / "backup", "a passphrase", NOW, QUICK)
    assert found_in(tmp_path / "backup") == []
    data.close()


def test_what_is_purged_is_gone_even_for_who_has_the_key(tmp_path: Path) -> None:
    data = opened(tmp_path / "data")
    a_day(data, 3)
    with data.store.begin() as unit:
        answers = [decision(n + 1, Verdict.APPLIED, f"m-{n}", f"case-{n}") for n in range(3)]
        unit.store_decisions(answers, 3, NOW)
    done = purge_folder(data, Retention(), NOW + timedelta(days=36))
    assert (done.cases, done.images, done.payloads) == (3, 3, 3)
    assert list((tmp_path / "data" / "vault").iterdir()) == []
    assert (tmp_path / "data" / "store.db-wal").stat().st_size == 0
    with data.database.raw() as connection:
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
        connection.execute("DELETE FROM accounts")
        plain = tmp_path / "plain.db"
        connection.execute("ATTACH ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute("DETACH plain")
    content = plain.read_bytes()
    assert b"APPLIED" in content
    assert [canary for canary in CANARIES if canary.encode() in content] == []
    data.close()


def test_nothing_is_purged_that_head_office_may_still_need(tmp_path: Path) -> None:
    data = opened(tmp_path / "data")
    a_day(data, 2)
    done = purge_folder(data, Retention(), NOW + timedelta(days=900))
    assert (done.cases, done.images, done.payloads) == (0, 0, 0)
    assert len(data.vault.images("case-1")) == 1
    data.close()


def test_a_file_that_a_power_cut_left_without_a_key_goes_with_the_next_purge(
    tmp_path: Path,
) -> None:
    data = opened(tmp_path / "data")
    a_day(data, 1)
    kept = {path.name for path in (tmp_path / "data" / "vault").iterdir()}
    for name in ("0" * 32 + ".bin", "half.new"):
        (tmp_path / "data" / "vault" / name).write_bytes(b"left behind")
    purge_folder(data, Retention(), NOW)
    assert {path.name for path in (tmp_path / "data" / "vault").iterdir()} == kept
    data.close()
