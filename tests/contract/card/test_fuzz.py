"""Whatever a card answers: a result or a CounterError, within bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import Chip
from counter_app.devices.card.bank.account import read_bank_card
from counter_app.devices.card.emrtd.data_groups import parse_group1, parse_group11, parse_group12
from counter_app.devices.card.emrtd.files import SECURITY_OBJECT
from counter_app.devices.card.emrtd.passive import (
    check_content,
    check_issuer,
    check_signature,
    parse_security_object,
)
from counter_app.devices.card.emrtd.photo import parse_group2
from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.security_infos import parse_security_infos
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.devices.card.simulator.bank_card import SimulatedBankCard
from counter_app.devices.card.simulator.card import SimulatedCard, SimulatedLink
from counter_app.devices.card.simulator.demo_issuer import demo_authority, document_signer
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import (
    ActiveKind,
    Offer,
    demo_holder,
    demo_passport,
)
from counter_app.errors import CounterError

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
PASSPORT = demo_passport(document_signer(NOW), NOW, Offer(pace=None, active=ActiveKind.ELLIPTIC))
TRUST = TrustStore([demo_authority()])
FILES = list(PASSPORT.files.values())
MOST_COMMANDS = 3000
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def changed(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with bytes changed, cut out or put in."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.integers(0, 2)):
            case 0:
                data[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case 1:
                del data[place : place + draw(st.integers(1, 8))]
            case _:
                data[place:place] = draw(st.binary(max_size=8))
    return bytes(data)


@QUICK
@given(st.binary(max_size=200))
def test_data_objects(data: bytes) -> None:
    try:
        found = list(tlv.objects(data))
    except CounterError:
        return
    assert sum(len(item.value) for item in found) <= len(data)


@QUICK
@given(st.data())
def test_a_changed_security_object(data: st.DataObject) -> None:
    whole = data.draw(changed(PASSPORT.files[SECURITY_OBJECT]))
    try:
        security = parse_security_object(whole)
        check_signature(security.signed)
        check_issuer(security.signed.signer, TRUST)
        check_content(security, {1: PASSPORT.files[0x0101]})
    except CounterError:
        return


@pytest.mark.parametrize(
    "parse",
    [parse_group1, parse_group2, parse_group11, parse_group12, parse_security_infos],
)
def test_changed_data_groups(parse: object) -> None:
    assert callable(parse)

    @QUICK
    @given(st.data())
    def run(data: st.DataObject) -> None:
        whole = data.draw(changed(data.draw(st.sampled_from(FILES))))
        try:
            parse(whole)
        except CounterError:
            return

    run()


class Spoiling:
    """Hands commands to a card and spoils some of its answers."""

    most_answer = 256

    def __init__(self, card: SimulatedCard, spoilt: dict[int, bytes]) -> None:
        self._link = SimulatedLink(card)
        self._spoilt = spoilt
        self.commands = 0

    def transmit(self, sent: bytes) -> bytes:
        self.commands += 1
        assert self.commands < MOST_COMMANDS, "the reading does not end"
        answer = self._link.transmit(sent)
        return self._spoilt.get(self.commands, answer)

    def reset(self) -> None:
        self._link.reset()


ANSWERS = st.dictionaries(
    st.integers(1, 60),
    st.one_of(
        st.binary(max_size=300),
        st.sampled_from(["9000", "6100", "6C00", "6700", "6282", "6988", "6A82"]).map(
            bytes.fromhex
        ),
    ),
    max_size=4,
)


@FEW
@given(ANSWERS)
def test_a_passport_that_answers_anything(spoilt: dict[int, bytes]) -> None:
    link = Spoiling(SimulatedPassport(PASSPORT), spoilt)
    try:
        read_travel_document(link, demo_holder(NOW.date()).key(), TRUST, lambda _step: None)
    except CounterError:
        return


@QUICK
@given(ANSWERS)
def test_a_bank_card_that_answers_anything(spoilt: dict[int, bytes]) -> None:
    link = Spoiling(SimulatedBankCard(), spoilt)
    try:
        read_bank_card(Chip(link.transmit), date(2026, 11, 23), bytes(16))
    except CounterError:
        return


@QUICK
@given(st.lists(st.binary(min_size=2, max_size=80), min_size=1, max_size=30))
def test_a_card_of_pure_noise(answers: list[bytes]) -> None:
    class Noise:
        most_answer = 256
        count = 0

        def transmit(self, _sent: bytes) -> bytes:
            self.count += 1
            assert self.count < MOST_COMMANDS, "the reading does not end"
            return answers[self.count % len(answers)]

        def reset(self) -> None:
            pass

    for read in (
        lambda: read_travel_document(
            Noise(), demo_holder(NOW.date()).key(), TRUST, lambda _step: None
        ),
        lambda: read_bank_card(Chip(Noise().transmit), date(2026, 11, 23), bytes(16)),
    ):
        with pytest.raises(CounterError):
            read()


@QUICK
@given(st.binary(max_size=80))
def test_simulated_cards_answer_any_command(sent: bytes) -> None:
    for card in (SimulatedPassport(PASSPORT), SimulatedBankCard()):
        assert len(card.process(sent)) >= 2
