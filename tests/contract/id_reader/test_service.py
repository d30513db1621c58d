"""What only a vendor's local service has: answers written by hand, and less proof."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.id_reader.service_record import card_of, parse_answer
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.service import SimulatedIdCardReaderService
from counter_app.domain.resident_card import Evidence, ResidentCard, ResidentCardKind, Sex
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from tests.contract.id_reader.rig import DEADLINE_S, HASTY

TOLD = {
    "resultFlag": 0,
    "errorMsg": "",
    "certType": " ",
    "partyName": "样本己",
    "gender": "男",
    "nation": "汉",
    "nationCode": "01",
    "bornDay": "18800101",
    "certAddress": "样本省样本市样本路9号",
    "certNumber": "440524188001010014",
    "certOrg": "样本市公安局",
    "effDate": "20200101",
    "expDate": "长期",
    "identityPic": base64.b64encode(b"\xff\xd8\xff\xd9").decode(),
}


def told(**changed: object) -> bytes:
    return json.dumps(TOLD | changed, ensure_ascii=False).encode()


def failure_of(body: bytes) -> tuple[FailureCode, str]:
    with pytest.raises(CounterError) as caught:
        card_of(parse_answer(body))
    return caught.value.code, str(caught.value.facts.get("field", ""))


@pytest.fixture
def service() -> Iterator[SimulatedIdCardReaderService]:
    with SimulatedIdCardReaderService(SimulatedIdCardReader(environment="test")) as served:
        yield served


def test_a_told_card_carries_less_proof_and_the_decoded_portrait() -> None:
    card = card_of(parse_answer(told()))
    assert card.evidence is Evidence.LOCAL_SERVICE
    assert card.module_number == ""
    assert card.photo_image == b"\xff\xd8\xff\xd9"
    assert (card.name, card.sex, card.ethnicity_code) == ("样本己", Sex.MALE, "01")
    assert (card.born_on, card.valid_until) == (date(1880, 1, 1), None)


def test_json_written_by_hand_is_understood() -> None:
    lines = [f'"{key}" : "{value}"' for key, value in TOLD.items()]
    body = ("{\n" + "\n".join(lines) + "\n}").encode("gb18030")
    assert card_of(parse_answer(body)).name == "样本己"


def test_a_record_in_an_object_of_its_own_is_understood() -> None:
    record = {key: value for key, value in TOLD.items() if key != "resultFlag"}
    body = json.dumps({"resultFlag": "0", "errorMsg": "", "resultContent": record}).encode()
    assert card_of(parse_answer(body)).name == "样本己"


@pytest.mark.parametrize("day", ["1880.01.01", "1880-01-01", "1880年01月01日"])
def test_days_may_be_written_as_they_are_printed(day: str) -> None:
    assert card_of(parse_answer(told(bornDay=day))).born_on == date(1880, 1, 1)


def test_the_ethnicity_is_taken_from_its_name_when_the_code_is_missing() -> None:
    card = card_of(parse_answer(told(nationCode="", nation="维吾尔")))
    assert card.ethnicity_code == "05"


@pytest.mark.parametrize("name", ["SPECIMEN, ALEX", "样本"])
def test_a_foreign_card_keeps_its_name_in_its_script(name: str) -> None:
    body = told(certType="Y", partyName=name, certNumber="911999188001010010", nationCode="UTO")
    card = card_of(parse_answer(body))
    assert card.kind is ResidentCardKind.FOREIGN_2023
    assert card.display_name == name
    assert bool(card.latin_name) is name.isascii()
    assert card.nationality == "UTO"


@pytest.mark.parametrize("picture", ["", "###", base64.b64encode(b"GIF89a").decode()])
def test_a_portrait_that_is_none_does_not_block_the_text(picture: str) -> None:
    card = card_of(parse_answer(told(identityPic=picture)))
    assert card.photo_image == b""


def test_a_lone_surrogate_can_be_stored() -> None:
    body = told().replace("样本己".encode(), rb"\ud840")
    card = card_of(parse_answer(body))
    assert card.needs_glyph_image
    card.name.encode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"certNumber": "44052418800101001"}, "number"),
        ({"bornDay": "18800230"}, "born_on"),
        ({"expDate": "never"}, "valid_until"),
        ({"partyName": ""}, "name"),
        ({"partyName": "样" * 16}, "name"),
        ({"certAddress": "路" * 36}, "address"),
        ({"partyName": "样\u0007本"}, "name"),
    ],
)
def test_what_a_chip_could_not_hold_is_refused(changed: dict[str, object], field: str) -> None:
    assert failure_of(told(**changed)) == (FailureCode.CARD_RECORD_INVALID, field)


def test_an_unknown_card_type_is_a_wrong_kind() -> None:
    assert failure_of(told(certType="Q"))[0] is FailureCode.CARD_WRONG_KIND


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"resultFlag": "yes"}', b"\xff\xfe\0"])
def test_an_answer_without_its_flag_is_garbled(
    service: SimulatedIdCardReaderService, body: bytes
) -> None:
    reader = open_id_card_reader(f"service:{service.path}", HASTY)
    assert reader.health().is_present
    service.body = body
    with pytest.raises(CounterError) as caught:
        reader.wait_for_card(never(), _ignore)
    assert caught.value.code is FailureCode.READER_GARBLED
    reader.close()


def test_an_endless_answer_is_garbled(service: SimulatedIdCardReaderService) -> None:
    reader = open_id_card_reader(f"service:{service.path}", HASTY)
    service.body = b"{" + b" " * (1 << 21)
    with pytest.raises(CounterError) as caught:
        reader.wait_for_card(never(), _ignore)
    assert caught.value.code is FailureCode.READER_GARBLED
    reader.close()


def test_a_service_that_refuses_its_reader_has_none(
    service: SimulatedIdCardReaderService,
) -> None:
    service.opens = False
    health = open_id_card_reader(f"service:{service.path}", HASTY).health()
    assert health.last_error is FailureCode.READER_MISSING


def test_another_program_on_the_port_is_no_reader(service: SimulatedIdCardReaderService) -> None:
    service.status = 404
    health = open_id_card_reader(f"service:{service.path}", HASTY).health()
    assert health.last_error is FailureCode.READER_GARBLED


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_garbled(body: bytes) -> None:
    assert _code_of(body) in _NAMED


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(list(TOLD)),
        st.one_of(st.text(max_size=40), st.integers(), st.booleans(), st.none(), st.just("I")),
    )
)
def test_any_values_are_a_card_or_a_named_failure(changed: dict[str, object]) -> None:
    assert _code_of(json.dumps(TOLD | changed).encode()) in _NAMED


_NAMED = (
    None,
    FailureCode.READER_GARBLED,
    FailureCode.CARD_RECORD_INVALID,
    FailureCode.CARD_WRONG_KIND,
)


def _code_of(body: bytes) -> FailureCode | None:
    try:
        card: ResidentCard = card_of(parse_answer(body))
    except CounterError as error:
        return error.code
    repr(card)
    return None


def _ignore(_progress: object) -> None: ...


def test_a_service_that_hangs_is_named_and_can_be_stopped() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"service:http://127.0.0.1:{mute.getsockname()[1]}"
        assert open_id_card_reader(address, HASTY).health().last_error is (
            FailureCode.READER_NO_ANSWER
        )
        stop = threading.Event()
        with ThreadPoolExecutor(1) as lane:
            wait = lane.submit(open_id_card_reader(address).wait_for_card, stop, _ignore)
            mute.accept()[0].close()
            connection, _ = mute.accept()
            stop.set()
            error = wait.exception(DEADLINE_S)
            connection.close()
        assert isinstance(error, CounterError)
        assert error.code is FailureCode.STOPPED
