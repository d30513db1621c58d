from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.merchant import MerchantRecord, Terminal
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.directory import DirectoryState, MerchantDirectory
from counter_app.storage.directory import _OF_PRINCIPAL, SqlDirectory
from counter_app.storage.directory_file import (
    Bind,
    Change,
    FileKind,
    Header,
    Remove,
    write_directory,
)
from counter_app.storage.memory_directory import MemoryDirectory
from counter_app.storage.signed_file import Purpose, sign_file, with_signature
from tests.contract.store.builders import NOW
from tests.contract.store.conftest import KEY
from tests.contract.store.merchants import BARE, FULLEST, merchant

OFFICE = Ed25519PrivateKey.from_private_bytes(b"head office for testing only !!!")
PARTY = "91110199MA00ABCD4Y"
MERCHANTS = (
    FULLEST,
    BARE,
    merchant(3, "样本小吃店二店", uscc=PARTY),
    merchant(4, "赵䶮的店", phone="13900000001", uscc=PARTY),
    merchant(5, "样本"),
    replace(merchant(7, "同号商户"), terminals=(Terminal("SN-000003"),)),
)
BINDINGS = {"13900000003": ("102110054900002", "102110054900003")}
FULL = Header(FileKind.FULL, 7, 0, NOW)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[SqlDirectory]:
    directory = SqlDirectory(tmp_path / "directory", KEY, OFFICE.public_key())
    yield directory
    directory.close()


def file_of(
    tmp_path: Path, header: Header, *changes: Change | MerchantRecord, name: str = "file.jsonl"
) -> Path:
    path = tmp_path / name
    write_directory(path, header, changes)
    sign_file(path, Purpose.DIRECTORY, OFFICE)
    return path


def everything(tmp_path: Path) -> Path:
    binds = [Bind(0, phone, merchants) for phone, merchants in BINDINGS.items()]
    return file_of(tmp_path, FULL, *MERCHANTS, *binds)


@pytest.fixture(params=["sqlcipher", "memory"])
def directory(
    request: pytest.FixtureRequest, empty: SqlDirectory, tmp_path: Path
) -> MerchantDirectory:
    if request.param == "memory":
        return MemoryDirectory(MERCHANTS, BINDINGS, NOW)
    empty.load(everything(tmp_path), NOW)
    return empty


def test_a_merchant_comes_back_whole_by_each_of_its_terminals(directory: MerchantDirectory) -> None:
    assert directory.by_sn("N500W00012345") == FULLEST
    assert directory.by_sn("N500W00012346") == FULLEST
    assert directory.by_sn("SN-000002") == BARE
    assert directory.by_sn("n500w00012345") is None


def test_every_merchant_that_claims_a_serial_number_is_found(
    directory: MerchantDirectory,
) -> None:
    assert [one.merchant_no for one in directory.owners_of("SN-000003")] == [
        "102110054900003",
        "102110054900007",
    ]
    assert directory.owners_of("SN-000002") == (BARE,)
    assert directory.owners_of("unknown") == ()


def test_a_merchant_is_found_by_number_and_party(directory: MerchantDirectory) -> None:
    assert directory.by_merchant_no("102110054990001") == FULLEST
    assert directory.by_merchant_no("102110054999999") is None
    assert [one.merchant_no[-1] for one in directory.by_uscc(PARTY)] == ["3", "4"]
    assert directory.by_uscc("") == ()


def test_the_merchants_of_one_person_are_found(directory: MerchantDirectory) -> None:
    number = FULLEST.principal.id_number
    expected = [one.merchant_no for one in MERCHANTS if one.principal.id_number == number]
    assert [one.merchant_no for one in directory.of_principal(number)] == sorted(expected)
    assert directory.of_principal("nobody") == ()


def test_the_merchants_of_a_person_are_found_by_an_index(
    empty: SqlDirectory, tmp_path: Path
) -> None:
    empty.load(everything(tmp_path), NOW)
    (plan,) = empty._rows(f"EXPLAIN QUERY PLAN {_OF_PRINCIPAL.split(' ORDER')[0]}", "x")
    assert "merchant_by_principal" in str(plan[3])


def test_names_are_found_by_their_beginning_in_order(directory: MerchantDirectory) -> None:
    names = [one.name for one in directory.by_name_prefix("样本小吃店")]
    assert names == ["样本小吃店", "样本小吃店二店"]
    assert [one.name for one in directory.by_name_prefix("赵䶮")] == ["赵䶮的店"]
    assert len(directory.by_name_prefix("样本", limit=3)) == 3
    assert directory.by_name_prefix("%") == ()


def test_a_phone_number_knows_the_merchants_it_serves(directory: MerchantDirectory) -> None:
    assert directory.bound_to("13900000001") == ("102110054900004", "102110054990001")
    assert directory.bound_to("13900000003") == BINDINGS["13900000003"]
    assert directory.bound_to("13999999999") == ()


def test_the_snapshot_has_an_age(directory: MerchantDirectory) -> None:
    assert directory.state().merchants == len(MERCHANTS)
    assert directory.age(NOW + timedelta(hours=3)) == timedelta(hours=3)


def test_nothing_is_loaded_at_first(empty: SqlDirectory) -> None:
    assert empty.state() == DirectoryState(0, None, 0)
    assert empty.age(NOW) is None
    assert empty.by_sn("SN-000002") is None
    assert empty.bound_to("13900000001") == ()


def test_a_delta_changes_the_snapshot_it_names(empty: SqlDirectory, tmp_path: Path) -> None:
    empty.load(everything(tmp_path), NOW)
    moved = merchant(2, "样本新店", phone="13900000009")
    delta = Header(FileKind.DELTA, 8, 7, NOW + timedelta(hours=1))
    changes = (moved, merchant(6), Remove(0, "102110054900003"), Bind(0, "13900000003", ()))
    empty.load(file_of(tmp_path, delta, *changes, name="delta.jsonl"), NOW)
    assert empty.state() == DirectoryState(8, NOW + timedelta(hours=1), 6)
    assert empty.by_sn("SN-000002") == moved
    assert [one.name for one in empty.owners_of("SN-000003")] == ["同号商户"]
    assert empty.by_sn("SN-000006") == merchant(6)
    assert empty.bound_to("13900000003") == ()


def test_a_new_snapshot_replaces_the_old_one_and_its_file(
    empty: SqlDirectory, tmp_path: Path
) -> None:
    empty.load(everything(tmp_path), NOW)
    later = Header(FileKind.FULL, 9, 0, NOW)
    empty.load(file_of(tmp_path, later, merchant(8), name="later.jsonl"), NOW)
    assert empty.state().merchants == 1
    assert empty.by_merchant_no("102110054990001") is None
    assert len(list((tmp_path / "directory").glob("*.db"))) == 1


def test_another_process_sees_the_new_snapshot(empty: SqlDirectory, tmp_path: Path) -> None:
    other = SqlDirectory(tmp_path / "directory", KEY, OFFICE.public_key())
    assert other.state().serial == 0
    empty.load(everything(tmp_path), NOW)
    assert other.by_sn("SN-000002") == BARE
    later = Header(FileKind.FULL, 9, 0, NOW)
    empty.load(file_of(tmp_path, later, merchant(8), name="later.jsonl"), NOW)
    assert other.by_sn("SN-000002") is None
    assert other.state().serial == 9
    other.close()


def test_a_signature_may_be_the_last_line(empty: SqlDirectory, tmp_path: Path) -> None:
    path = tmp_path / "published"
    write_directory(path, FULL, MERCHANTS)
    path.write_bytes(with_signature(path.read_bytes(), Purpose.DIRECTORY, OFFICE))
    assert empty.load(path, NOW).merchants == len(MERCHANTS)


def _other_key(path: Path) -> None:
    sign_file(path, Purpose.DIRECTORY, Ed25519PrivateKey.generate())


def _other_purpose(path: Path) -> None:
    sign_file(path, Purpose.ACCOUNTS, OFFICE)


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)


def _unsigned(path: Path) -> None:
    path.with_name(path.name + ".sig").unlink()


def _nonsense(path: Path) -> None:
    path.with_name(path.name + ".sig").write_text("not base64 ☂", encoding="utf-8")


@pytest.mark.parametrize("harm", [_other_key, _other_purpose, _flipped, _unsigned, _nonsense])
def test_a_wrong_signature_is_refused_and_the_last_good_one_stays(
    empty: SqlDirectory, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    empty.load(everything(tmp_path), NOW)
    later = Header(FileKind.FULL, 9, 0, NOW)
    path = file_of(tmp_path, later, merchant(8), name="later.jsonl")
    harm(path)
    with pytest.raises(CounterError) as caught:
        empty.load(path, NOW)
    assert caught.value.code is FailureCode.RULES_SIGNATURE
    assert caught.value.facts == {"file": "later.jsonl"}
    assert empty.state().serial == 7


GOOD = b'{"schema":1,"kind":"full","serial":9,"base":0,"issued_at":"2026-11-23T02:00:00+00:00"}'
LINE = (
    b'{"merchant_no":"102110054900002","name":"n","provider":"lakala","type":"micro",'
    b'"principal":{"name":"n","id_type":"resident_id","id_number":"1"},"phone":"1"%s}'
)


@pytest.mark.parametrize(
    ("lines", "line", "key"),
    [
        ([], 1, "json"),
        ([b"nonsense"], 1, "json"),
        ([b"[" * 100_000], 1, "json"),
        ([b'{"schema":1,"kind":"full","serial":9,"base":0}'], 1, "issued_at"),
        ([GOOD.replace(b"full", b"half")], 1, "kind"),
        ([GOOD.replace(b'"schema":1', b'"schema":2')], 1, "schema"),
        ([GOOD.replace(b":9", b":true")], 1, "serial"),
        ([GOOD.replace(b":9", b":7")], 1, "serial"),
        ([GOOD.replace(b"2026-11-23", b"2026-13-23")], 1, "issued_at"),
        ([GOOD.replace(b"2026-11-23", b"2027-11-23")], 1, "issued_at"),
        ([GOOD.replace(b"+00:00", b"")], 1, "issued_at"),
        ([GOOD.replace(b'"full"', b'"delta"')], 1, "base"),
        ([GOOD, LINE % b"", b"{"], 3, "json"),
        ([GOOD, LINE % b',"colour":"red"'], 2, "colour"),
        ([GOOD, LINE % b',"status":"asleep"'], 2, "status"),
        ([GOOD, LINE % b',"in_flight":1'], 2, "in_flight"),
        ([GOOD, LINE % b',"phone_changed_on":"yesterday"'], 2, "phone_changed_on"),
        ([GOOD, LINE % b',"terminals":[{"sn":"not a number!"}]'], 2, "sn"),
        ([GOOD, LINE % b',"terminals":{}', LINE % b""], 3, "merchant_no"),
        ([GOOD, LINE % b',"settlement":{"bank":"b","account":"a"}'], 2, "kind"),
        ([GOOD, (LINE % b"").replace(b"102110054900002", b"short")], 2, "merchant_no"),
        ([GOOD, b'{"remove":"102110054900002"}'], 2, "remove"),
        ([GOOD, b'{"phone":"1","bound_to":"x"}'], 2, "bound_to"),
        ([GOOD, b'{"phone":1,"bound_to":[]}'], 2, "phone"),
    ],
)
def test_a_malformed_file_is_refused_whole_with_its_place(
    empty: SqlDirectory, tmp_path: Path, lines: list[bytes], line: int, key: str
) -> None:
    empty.load(everything(tmp_path), NOW)
    path = tmp_path / "later.jsonl"
    path.write_bytes(b"".join(one + b"\n" for one in lines))
    sign_file(path, Purpose.DIRECTORY, OFFICE)
    with pytest.raises(CounterError) as caught:
        empty.load(path, NOW)
    assert caught.value.code is FailureCode.DIRECTORY_INVALID
    assert caught.value.facts == {"file": "later.jsonl", "line": line, "key": key}
    assert empty.state().serial == 7
    assert empty.by_sn("SN-000002") == BARE
    assert len(list((tmp_path / "directory").glob("*.db"))) == 1


def test_a_terminal_is_listed_once_by_its_merchant(empty: SqlDirectory, tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_bytes(GOOD + b"\n" + LINE % b',"terminals":[{"sn":"S1"},{"sn":"S1"}]' + b"\n")
    sign_file(path, Purpose.DIRECTORY, OFFICE)
    with pytest.raises(CounterError) as caught:
        empty.load(path, NOW)
    assert caught.value.facts == {"file": "twice.jsonl", "line": 2, "key": "terminals"}


def test_a_delta_of_another_snapshot_is_refused_whole(empty: SqlDirectory, tmp_path: Path) -> None:
    empty.load(everything(tmp_path), NOW)
    delta = Header(FileKind.DELTA, 9, 8, NOW)
    with pytest.raises(CounterError) as caught:
        empty.load(file_of(tmp_path, delta, merchant(6), name="delta.jsonl"), NOW)
    assert caught.value.facts["key"] == "base"


def test_a_delta_that_fails_half_way_changes_nothing(empty: SqlDirectory, tmp_path: Path) -> None:
    empty.load(everything(tmp_path), NOW)
    delta = Header(FileKind.DELTA, 8, 7, NOW)
    path = tmp_path / "delta.jsonl"
    write_directory(path, delta, [Remove(0, "102110054900002")])
    path.write_bytes(path.read_bytes() + b"{}\n")
    sign_file(path, Purpose.DIRECTORY, OFFICE)
    with pytest.raises(CounterError):
        empty.load(path, NOW)
    assert empty.by_sn("SN-000002") == BARE
    assert empty.state().serial == 7


def test_searching_goes_on_while_a_snapshot_is_replaced(
    empty: SqlDirectory, tmp_path: Path
) -> None:
    empty.load(everything(tmp_path), NOW)
    wrong: list[object] = []
    loaded = threading.Event()

    def search() -> None:
        while not loaded.is_set():
            found = empty.by_sn("SN-000002")
            if found != BARE:
                wrong.append(found)

    thread = threading.Thread(target=search)
    thread.start()
    try:
        for serial in range(8, 12):
            header = Header(FileKind.FULL, serial, 0, NOW)
            empty.load(file_of(tmp_path, header, *MERCHANTS, name=f"{serial}.jsonl"), NOW)
    finally:
        loaded.set()
        thread.join()
    assert wrong == []


def test_the_directory_on_disk_says_nothing_in_the_clear(
    empty: SqlDirectory, tmp_path: Path
) -> None:
    empty.load(everything(tmp_path), NOW)
    content = b"".join(path.read_bytes() for path in (tmp_path / "directory").iterdir())
    for secret in ("样本甲", "13900000001", "110199199003070017", "样本小吃店"):
        assert secret.encode() not in content
