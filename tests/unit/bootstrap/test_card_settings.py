"""From the settings to the readers for chips and the decoder of portraits."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.bootstrap.devices import open_devices, photo_decoder
from counter_app.bootstrap.places import Places
from counter_app.devices.card.readers import PcscBankCardReader, PcscTravelDocumentReader
from counter_app.devices.id_reader.photo import NoPhotoDecoder, VendorPhotoDecoder
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from counter_app.settings import FILE_NAME, DeviceTable, Settings, read_settings


def test_without_a_library_portraits_stay_closed() -> None:
    assert isinstance(photo_decoder(DeviceTable()), NoPhotoDecoder)


def test_a_library_that_is_not_there_leaves_the_portrait_undecoded(tmp_path: Path) -> None:
    decoder = photo_decoder(DeviceTable(photo_decoder=str(tmp_path / "none.so")))
    assert isinstance(decoder, VendorPhotoDecoder)
    with pytest.raises(CounterError) as caught:
        decoder.decode(b"wlt", never())
    assert caught.value.code is FailureCode.PHOTO_NOT_DECODED


def test_the_readers_are_there_without_any_setting(tmp_path: Path) -> None:
    devices = open_devices(Settings(), Places(tmp_path))
    assert isinstance(devices.travel_documents, PcscTravelDocumentReader)
    assert isinstance(devices.bank_cards, PcscBankCardReader)
    assert devices.other_readers is not None
    devices.close()


def test_the_settings_file_names_library_and_call(tmp_path: Path) -> None:
    lines = '[devices]\nphoto_decoder = "/opt/wlt.so"\nphoto_call = "GetBmp"\nphoto_flag = 2\n'
    (tmp_path / FILE_NAME).write_text(lines + 'card_reader = "ACS 0"\n', encoding="utf-8")
    table = read_settings(tmp_path).devices
    assert (table.photo_call, table.photo_flag, table.card_reader) == ("GetBmp", 2, "ACS 0")


def test_an_unknown_call_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('[devices]\nphoto_call = "magic"\n', encoding="utf-8")
    with pytest.raises(CounterError) as caught:
        read_settings(tmp_path)
    assert caught.value.code is FailureCode.SETTINGS_INVALID
