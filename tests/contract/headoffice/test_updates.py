"""What head office publishes reaches a counter by itself: whole or as a delta, or not at all."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from typer.testing import CliRunner

from counter_app.__main__ import app
from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.bootstrap.places import Places, resource
from counter_app.bootstrap.rules import rules_in_force
from counter_app.bootstrap.updates import PublishedUpdates
from counter_app.domain.journal import JournalAction
from counter_app.headoffice import embedded
from counter_app.ports.back_office import SignedFileKind
from counter_app.ports.stop import never
from counter_app.rulebook.signing import sign, signature_path
from counter_app.settings import Environment, Settings
from counter_app.storage.data_folder import DIRECTORY_FOLDER, DataFolder, open_data_folder
from counter_app.storage.directory import SqlDirectory
from counter_app.storage.directory_file import FileKind, Header, Remove
from counter_app.wire.keys import new_institution_key, new_signing_key, public_half
from counter_app.wire.published import BundleError, rule_bundle, unpack_rules
from tests.contract.backoffice.conftest import address_of
from tests.contract.backoffice.messages import Desk
from tests.contract.store.builders import PLACE
from tests.contract.store.merchants import BARE, merchant
from tests.contract.store.test_directory import FULL, MERCHANTS, OFFICE, file_of

NOW = datetime.now(UTC)


class Now:
    def now(self) -> datetime:
        return NOW


@dataclass
class Branch:
    """A counter beside a running head office."""

    office: embedded.EmbeddedOffice
    line: HttpBackOffice
    data: DataFolder
    places: Places
    settings: Settings
    ticks: list[float] = field(default_factory=lambda: [0.0])

    def publish(self, kind: str, path: Path, *more: str) -> str:
        place = ["--folder", str(self.office.folder)]
        done = CliRunner().invoke(app, ["headoffice", "publish", kind, str(path), *place, *more])
        return done.output if done.exit_code == 0 else f"refused: {done.output}{done.stderr}"

    def fetch(self) -> None:
        """Let the sender look once, an hour later than before."""
        self.ticks[0] += 3601.0
        self.updates.run_if_due()

    @property
    def updates(self) -> PublishedUpdates:
        return PublishedUpdates(
            self.line,
            self.data,
            self.settings,
            self.places,
            Now(),
            lambda: True,
            never(),
            lambda: self.ticks[0],
        )

    def merchants(self) -> int:
        book = SqlDirectory(self.places.data / DIRECTORY_FOLDER, self.data.key, OFFICE.public_key())
        count = book.state().merchants
        book.close()
        return count

    def acts(self) -> list[str]:
        with self.data.store.view() as unit:
            return [json.loads(row.record)["action"] for row in unit.journal_rows()]


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    desk = Desk("110199-01", new_signing_key(), new_institution_key())
    options = embedded.EmbeddedOptions(counters={desk.counter: public_half(desk.signing_key)})
    office = embedded.start(tmp_path / "office", options)
    places = Places(tmp_path / "counter")
    data = open_data_folder(places.data, PLACE, passphrase="a test's own")
    public = OFFICE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    places.trust.write_bytes(public)
    settings = Settings(environment=Environment.PILOT)
    line = HttpBackOffice(address_of(desk, office.url))
    yield Branch(office, line, data, places, settings)
    line.close()
    data.close()
    office.stop()


def signed_rules(folder: Path, key: Ed25519PrivateKey = OFFICE) -> Path:
    shutil.copytree(resource("providers"), folder)
    for path in folder.glob("*.toml"):
        signature_path(path).write_text(sign(path.read_bytes(), key))
    return folder


def test_a_directory_comes_by_itself_once_and_then_only_what_changed(
    branch: Branch, tmp_path: Path
) -> None:
    branch.fetch()
    assert branch.merchants() == 0, "nothing is published yet, and that is no failure"
    assert branch.publish("directory", file_of(tmp_path, FULL, *MERCHANTS)).startswith("directory")
    branch.fetch()
    assert branch.merchants() == len(MERCHANTS)
    branch.fetch()
    assert branch.acts().count(JournalAction.DIRECTORY_LOADED) == 1
    later = Header(FileKind.FULL, 8, 0, NOW)
    delta = Header(FileKind.DELTA, 8, 7, NOW)
    whole = file_of(tmp_path, later, *MERCHANTS[:1], name="whole.jsonl")
    gone = [Remove(0, one.merchant_no) for one in MERCHANTS[1:]]
    changed = file_of(tmp_path, delta, *gone, merchant(9, "新店"), name="delta.jsonl")
    branch.publish("directory", whole, "--delta", str(changed))
    branch.fetch()
    assert branch.merchants() == 2, "the delta holds a merchant that the whole file does not"


def test_a_delta_that_fits_nothing_here_is_followed_by_the_whole_file(
    branch: Branch, tmp_path: Path
) -> None:
    branch.publish("directory", file_of(tmp_path, FULL, *MERCHANTS))
    branch.fetch()
    wrong = file_of(tmp_path, Header(FileKind.DELTA, 9, 8, NOW), BARE, name="delta.jsonl")
    whole = file_of(tmp_path, Header(FileKind.FULL, 9, 0, NOW), BARE, name="whole.jsonl")
    branch.publish("directory", whole, "--delta", str(wrong))
    branch.fetch()
    assert branch.merchants() == len(MERCHANTS)
    branch.fetch()
    assert branch.merchants() == 1


def test_a_forged_directory_is_not_taken_over_nor_asked_for_every_hour(
    branch: Branch, tmp_path: Path
) -> None:
    path = file_of(tmp_path, FULL, *MERCHANTS)
    path.write_bytes(path.read_bytes().replace("样本".encode(), "样木".encode()))
    branch.publish("directory", path)
    branch.fetch()
    assert branch.merchants() == 0
    noted = json.loads((branch.places.office / "published.json").read_text())
    assert branch.line.newer(SignedFileKind.DIRECTORY, noted["directory"], never()) is None


def test_rules_come_by_themselves_and_bad_ones_leave_the_good(
    branch: Branch, tmp_path: Path
) -> None:
    good = signed_rules(tmp_path / "good")
    assert branch.publish("rule-pack", good).startswith("rule-pack")
    branch.fetch()
    assert branch.places.rules.is_dir()
    assert branch.acts().count(JournalAction.RULES_LOADED) == 1
    forged = signed_rules(tmp_path / "forged", Ed25519PrivateKey.generate())
    branch.publish("rule-pack", forged)
    branch.fetch()
    rulebook = rules_in_force(branch.settings, branch.places)
    assert rulebook.refused is None, "the good ones are still in force"
    assert branch.places.rules_refused.exists()
    assert not list(branch.places.data.glob("incoming-*"))


def test_what_is_not_signed_is_not_published(branch: Branch, tmp_path: Path) -> None:
    unsigned = tmp_path / "plain.jsonl"
    unsigned.write_text('{"schema":1}\n')
    assert "plain.jsonl is not signed" in branch.publish("directory", unsigned)
    rules = signed_rules(tmp_path / "rules")
    next(iter(rules.glob("*.sig"))).unlink()
    assert "is not signed" in branch.publish("rule-pack", rules)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no *.toml" in branch.publish("rule-pack", empty)


@pytest.mark.parametrize("name", ["../evil.toml", "/evil.toml", "a/b.toml", "run.sh", ""])
def test_a_bundle_with_other_names_is_not_unpacked(tmp_path: Path, name: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        if name:
            archive.writestr(name, b"x")
    (tmp_path / "in").mkdir()
    with pytest.raises(BundleError):
        unpack_rules(packed.getvalue(), tmp_path / "in")
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]


@pytest.mark.parametrize("cut", [0, 10, -10])
def test_a_damaged_bundle_is_not_unpacked(tmp_path: Path, cut: int) -> None:
    content = rule_bundle(signed_rules(tmp_path / "rules"))
    assert content == rule_bundle(tmp_path / "rules"), "the same files give the same bytes"
    (tmp_path / "in").mkdir()
    with pytest.raises(BundleError):
        unpack_rules(content[:cut] if cut else b"", tmp_path / "in")


def test_offline_nothing_is_asked(branch: Branch) -> None:
    asked = replace(branch.updates, is_online=lambda: False)
    asked.run_if_due()
    assert not (branch.places.office / "published.json").exists()
    assert NOW - FULL.issued_at < timedelta(days=365)
