"""Rules are taken over whole and signed, or not at all; the last good ones stay."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.checks import FindingCode, Severity
from counter_app.domain.phone import PhoneClass
from counter_app.errors import CounterError, FailureCode
from counter_app.rulebook import rulebook as rb
from counter_app.rulebook.pack_file import parse_pack, parse_segments
from counter_app.rulebook.signing import (
    read_private_key,
    read_public_key,
    sign,
    signature_path,
    verify,
)
from counter_app.rulebook.succession import Refused, note_refusal, refusal_noted

SHIPPED = Path(str(files("counter_app") / "_resources" / "providers"))
PACK = (SHIPPED / "lakala.toml").read_text("utf-8")
SEGMENTS = (SHIPPED / "segments.toml").read_text("utf-8")
KEY = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"\2" * 32)


def _signed(folder: Path, key: Ed25519PrivateKey = KEY) -> Path:
    for path in folder.glob("*.toml"):
        signature_path(path).write_text(sign(path.read_bytes(), key), encoding="ascii")
    return folder


def _folder(place: Path, version: str = "1") -> Path:
    place.mkdir()
    text = PACK.replace('version = "2026.11.1"', f'version = "{version}"')
    (place / "lakala.toml").write_text(text, encoding="utf-8")
    (place / "segments.toml").write_text(SEGMENTS, encoding="utf-8")
    return _signed(place)


def _version(folder: Path) -> str:
    return rb.read_signed(folder, KEY.public_key()).packs[0].version


TODAY = date(2026, 11, 23)


def _take_over(incoming: Path, current: Path) -> rb.Rulebook:
    before = rb.read_signed(current, KEY.public_key()) if current.exists() else None
    return rb.take_over(incoming, current, KEY.public_key(), before, TODAY)


def _refused(incoming: Path, current: Path) -> CounterError:
    with pytest.raises(CounterError) as caught:
        _take_over(incoming, current)
    assert _version(current) == "1"
    assert sorted(path.name for path in current.parent.iterdir()) == ["current", "incoming"]
    return caught.value


@pytest.fixture
def current(tmp_path: Path) -> Path:
    """Rules in force, version 1."""
    return _folder(tmp_path / "current")


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    """Rules that arrive, version 2."""
    return _folder(tmp_path / "incoming", "2")


def test_the_shipped_rules_are_sound() -> None:
    rules = rb.read_unsigned(SHIPPED)
    assert {pack.provider for pack in rules.packs} == {
        "allinpay",
        "chinaums",
        "lakala",
        "shengpay",
    }
    assert rules.age_days(date(2026, 1, 31)) == 30


def test_new_rules_come_into_force_whole(incoming: Path, current: Path) -> None:
    taken = _take_over(incoming, current)
    assert (taken.packs[0].version, _version(current)) == ("2", "2")
    assert _version(rb.last_good(current)) == "1"


def test_the_first_rules_need_none_before_them(incoming: Path, tmp_path: Path) -> None:
    _take_over(incoming, tmp_path / "data" / "rules")
    assert _version(tmp_path / "data" / "rules") == "2"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("[served]", "[served]\nunheard_of = 1", "served.unheard_of (unknown key)"),
        ("fee_fen = 0", 'fee_fen = "free"', "service.fee_fen"),
        ("fee_fen = 0", "fee_fen = -1", "service.fee_fen"),
        ("shared_limit = 2", "", "phones.shared_limit"),
        ("working_days = 3", "working_days = 61", "service.working_days"),
        ("tries = 5", "tries = 0", "code.tries"),
        ("valid_until = 2027-12-31", "valid_until = 2025-12-31", "-"),
        ("valid_from = 2026-01-01", 'valid_from = "soon"', "valid_from"),
        ("high_from = 60", "high_from = 30", "risk"),
        ('kinds = ["signed", "notarised"]', 'kinds = ["spoken"]', "letters.kinds"),
        ('provider = "lakala"', 'provider = "La Kala"', "provider"),
        ("[hotline]", '[severities]\n"ID.expired" = "warn"\n[hotline]', "-"),
        ("[hotline]", '[severities]\n"ID.unheard_of" = "warn"\n[hotline]', "severities"),
        ("[hotline]", '[severities]\n"ID.expired" = "stop"\n[hotline]', "severities.ID.expired"),
        ("[served]", "[served", "served"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_place(
    old: str, new: str, key: str, incoming: Path, current: Path
) -> None:
    path = incoming / "lakala.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _signed(incoming)
    error = _refused(incoming, current)
    assert error.code is FailureCode.RULES_INVALID
    assert error.facts["file"] == "lakala.toml"
    assert str(error.facts["key"]).startswith(key)
    assert int(error.facts["line"]) >= 1
    assert error.facts["allowed"]


@pytest.mark.parametrize(
    "code", ["ID.weak_capture", "MATERIAL.phone_proof_missing", "PHONE.otp_not_sent"]
)
def test_only_marked_severities_may_be_lowered(code: str) -> None:
    text = PACK.replace("[hotline]", f'[severities]\n"{code}" = "warn"\n[hotline]')
    assert parse_pack("x", text).severities[FindingCode(code)] is Severity.WARN


def test_a_severity_may_be_raised() -> None:
    text = PACK.replace("[hotline]", '[severities]\n"A3.unclear" = "block"\n[hotline]')
    assert parse_pack("x", text).severities[FindingCode.A3_UNCLEAR] is Severity.BLOCK


def test_wrong_segments_are_refused(incoming: Path, current: Path) -> None:
    path = incoming / "segments.toml"
    path.write_text(SEGMENTS.replace("listed_on", "listed", 1), encoding="utf-8")
    _signed(incoming)
    assert _refused(incoming, current).code is FailureCode.RULES_INVALID


def test_a_prefix_is_digits() -> None:
    assert parse_segments("segments.toml", SEGMENTS).classify("13900000000") is PhoneClass.MOBILE
    with pytest.raises(CounterError) as caught:
        parse_segments("segments.toml", SEGMENTS.replace("prefixes = [", 'prefixes = ["abc", ', 1))
    assert str(caught.value.facts["key"]).startswith("mobile.prefixes")


def test_a_changed_byte_breaks_the_signature(incoming: Path, current: Path) -> None:
    path = incoming / "lakala.toml"
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    error = _refused(incoming, current)
    assert (error.code, error.facts["file"]) == (FailureCode.RULES_SIGNATURE, "lakala.toml")


@pytest.mark.parametrize("signature", ["", "AAAA", "§", "not base64 at all"])
def test_a_garbled_signature_is_none(signature: str, incoming: Path, current: Path) -> None:
    (incoming / "lakala.toml.sig").write_text(signature, encoding="utf-8")
    assert _refused(incoming, current).code is FailureCode.RULES_SIGNATURE


def test_another_key_is_not_head_offices(incoming: Path, current: Path) -> None:
    _signed(incoming, OTHER_KEY)
    assert _refused(incoming, current).code is FailureCode.RULES_SIGNATURE


def test_a_missing_signature_is_refused(incoming: Path, current: Path) -> None:
    (incoming / "segments.toml.sig").unlink()
    error = _refused(incoming, current)
    assert (error.code, error.facts["file"]) == (FailureCode.RULES_SIGNATURE, "segments.toml")


@pytest.mark.parametrize("name", ["segments.toml", "lakala.toml"])
def test_a_missing_part_is_refused(name: str, incoming: Path, current: Path) -> None:
    (incoming / name).unlink()
    assert _refused(incoming, current).code is FailureCode.RULES_MISSING


def test_what_is_no_text_is_refused(incoming: Path, current: Path) -> None:
    (incoming / "lakala.toml").write_bytes(b"\xff\xfe")
    _signed(incoming)
    error = _refused(incoming, current)
    assert (error.code, error.facts["allowed"]) == (FailureCode.RULES_INVALID, "UTF-8 text")


def test_a_full_disk_leaves_the_last_good_rules(
    incoming: Path, current: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    assert _refused(incoming, current).code is FailureCode.DISK_FULL


def test_an_exchange_that_a_power_cut_stopped_is_taken_back(current: Path) -> None:
    current.rename(current.with_name("current.old"))
    rb.recover(current)
    assert _version(current) == "1"
    rb.recover(current)
    assert _version(current) == "1"


def test_leftovers_of_an_earlier_exchange_do_no_harm(incoming: Path, current: Path) -> None:
    shutil.copytree(current, current.with_name("current.old"))
    rb.recover(current)
    _take_over(incoming, current)
    assert _version(current) == "2"


def test_keys_are_read_from_pem_and_of_one_kind_only() -> None:
    pem = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    verify("x", b"text", sign(b"text", read_private_key(pem)), read_public_key(public))
    curve = generate_private_key(SECP256R1())
    other = curve.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    other_public = curve.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for wrong in (b"", b"x", other, other_public):
        with pytest.raises(CounterError) as caught:
            read_private_key(wrong)
        assert caught.value.code is FailureCode.RULES_SIGNATURE
        with pytest.raises(CounterError) as caught:
            read_public_key(wrong)
        assert caught.value.code is FailureCode.RULES_SIGNATURE


def test_a_pack_is_in_force_from_its_first_to_its_last_day() -> None:
    pack = replace(parse_pack("x", PACK), valid_from=date(2026, 1, 2), valid_until=date(2026, 1, 3))
    days = [pack.is_valid_on(date(2026, 1, day)) for day in (1, 2, 3, 4)]
    assert days == [False, True, True, False]


def _edited(folder: Path, old: str, new: str) -> None:
    path = folder / "lakala.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    _signed(folder)


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("valid_until = 2027-12-31", "valid_until = 2026-11-22", "valid_until", 7),
        ("valid_from = 2026-01-01", "valid_from = 2026-11-24", "valid_from", 6),
        ('version = "2"', 'version = "0.9"', "version", 5),
        ('version = "2"', 'version = "1"\n# the same', "", 0),
        ("fee_fen = 0", "fee_fen = 1", "", 0),
    ],
)
def test_a_pack_of_another_day_or_an_older_version_does_not_follow(
    old: str, new: str, key: str, line: int, incoming: Path, current: Path
) -> None:
    _edited(incoming, old, new)
    if not key:
        _take_over(incoming, current)
        return
    error = _refused(incoming, current)
    assert error.code is FailureCode.RULES_INVALID
    assert (error.facts["file"], error.facts["key"]) == ("lakala.toml", key)
    assert error.facts["line"] == line


def test_other_rules_under_the_same_version_do_not_follow(incoming: Path, current: Path) -> None:
    _edited(incoming, 'version = "2"', 'version = "1"')
    _edited(incoming, "fee_fen = 0", "fee_fen = 100")
    assert _refused(incoming, current).facts["allowed"] == "newer than 1"


def test_the_first_and_the_last_day_are_in_force(incoming: Path, current: Path) -> None:
    _edited(incoming, "valid_until = 2027-12-31", "valid_until = 2026-11-23")
    _edited(incoming, "valid_from = 2026-01-01", "valid_from = 2026-11-23")
    assert _take_over(incoming, current).packs[0].valid_from == TODAY


def test_versions_are_compared_as_numbers(incoming: Path, current: Path) -> None:
    _edited(current, 'version = "1"', 'version = "2026.9.1"')
    _edited(incoming, 'version = "2"', 'version = "2026.11.1"')
    assert _take_over(incoming, current).packs[0].version == "2026.11.1"


def test_two_packs_of_one_provider_are_refused(incoming: Path, current: Path) -> None:
    shutil.copyfile(incoming / "lakala.toml", incoming / "lakala2.toml")
    _signed(incoming)
    error = _refused(incoming, current)
    assert (error.facts["file"], error.facts["key"]) == ("lakala2.toml", "provider")


def test_a_refusal_is_remembered_with_its_time_and_place(tmp_path: Path) -> None:
    note, now = tmp_path / "note.json", datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert refusal_noted(note) is None
    note_refusal(note, CounterError(FailureCode.RULES_SIGNATURE, file="lakala.toml"), now)
    refused = refusal_noted(note)
    assert refused is not None
    assert refused.as_json() == {
        "at": "2026-11-23T02:00:00+00:00",
        "code": "RULES_SIGNATURE",
        "facts": {"file": "lakala.toml"},
    }
    assert Refused(FailureCode.RULES_SIGNATURE).as_json()["at"] is None
    for damaged in ("", "[]", "{}", '{"at": "x", "code": "RULES_SIGNATURE", "facts": {}}'):
        note.write_text(damaged, "utf-8")
        assert refusal_noted(note) is None
    with pytest.raises(CounterError) as caught:
        note_refusal(tmp_path / "no" / "note", CounterError(FailureCode.RULES_MISSING), now)
    assert caught.value.code is FailureCode.DISK_FULL
