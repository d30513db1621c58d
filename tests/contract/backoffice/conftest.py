"""A real head office in its own process, one for each module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.backoffice.transport import OfficeAddress
from counter_app.headoffice import embedded
from counter_app.headoffice.serve import Deciding
from counter_app.headoffice.station import institution_key
from counter_app.wire.keys import new_signing_key, public_half
from tests.contract.backoffice.messages import Desk

KEYS = {f"110199-{number:02d}": new_signing_key() for number in range(1, 30)}


@pytest.fixture(scope="module")
def head_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.EmbeddedOffice]:
    folder = tmp_path_factory.mktemp("office")
    options = embedded.EmbeddedOptions(
        decide=Deciding.AUTO,
        pause_s=0.2,
        counters={counter: public_half(key) for counter, key in KEYS.items()},
    )
    office = embedded.start(folder, options)
    yield office
    office.stop()


@pytest.fixture
def desk(head_office: embedded.EmbeddedOffice) -> Desk:
    """A counter that this test has for itself."""
    counter, key = KEYS.popitem()
    return Desk(counter, key, institution_key(head_office.folder))


@pytest.fixture
def connect(
    head_office: embedded.EmbeddedOffice,
) -> Iterator[Callable[[Desk], HttpBackOffice]]:
    """Connects a counter; the connections are closed afterwards."""
    opened: list[HttpBackOffice] = []

    def connect(desk: Desk) -> HttpBackOffice:
        address = address_of(desk, head_office.url)
        opened.append(HttpBackOffice(address))
        return opened[-1]

    yield connect
    for office in opened:
        office.close()


def address_of(desk: Desk, url: str, **files: Path) -> OfficeAddress:
    return OfficeAddress(
        url=url,
        counter=desk.counter,
        institution_key=public_half(desk.institution_key),
        environment="test",
        **files,
    )
