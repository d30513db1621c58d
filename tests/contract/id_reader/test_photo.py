"""Portraits: a vendor's library may crash, hang or refuse, and never takes the counter with it."""

from __future__ import annotations

import io
import shutil
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from counter_app.devices.id_reader.photo import (
    BMP_BYTES,
    DecoderCall,
    NoPhotoDecoder,
    VendorLibrary,
    VendorPhotoDecoder,
)
from counter_app.devices.id_reader.simulator.specimen import SPECIMEN_PHOTO
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import PhotoDecoder
from counter_app.ports.stop import never
from tests.contract.id_reader.rig import DEADLINE_S

LIBRARY = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 102, HEIGHT = 126 };

static int write_bmp(const char *path)
{
    unsigned char file[54 + HEIGHT * 308] = "BM";
    FILE *out = fopen(path, "wb");
    int done = out && fwrite(file, sizeof file, 1, out) == 1;
    return out && fclose(out) == 0 && done;
}

int unpack(const char *wlt, unsigned char *pixels, int flag)
{
    printf("chatter of a library that thinks nobody listens\n");
    fflush(stdout);
    if (memcmp(wlt, "WLT-SPECIMEN", 12) != 0 || flag != 708) return 0;
    for (int at = 0; at < WIDTH * HEIGHT; ++at) {
        pixels[3 * at] = 10;
        pixels[3 * at + 1] = 20;
        pixels[3 * at + 2] = at < WIDTH ? 255 : 30;
    }
    return 1;
}

int wlt2Bmp(const char *from, const char *to)
{
    return access(from, R_OK) == 0 ? write_bmp(to) : -3;
}

int GetBmp(const char *from, int interface)
{
    char to[4096];
    snprintf(to, sizeof to, "%.*sbmp", (int)strlen(from) - 3, from);
    return interface == 2 ? write_bmp(to) : -5;
}

int crash(const char *wlt, char *pixels, int flag) { abort(); }
int hang(const char *wlt, char *pixels, int flag) { for (;;) sleep(1); }
int refuse(const char *wlt, char *pixels, int flag) { return -1; }
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A decoder in C that follows the vendors' three calling conventions."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler to build a decoder with")
    folder = tmp_path_factory.mktemp("decoder")
    source, built = folder / "decoder.c", folder / "libdecoder.so"
    source.write_text(LIBRARY)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", built, source], check=True)
    return built


def refusal_of(decoder: PhotoDecoder, wlt: bytes = SPECIMEN_PHOTO) -> FailureCode:
    with pytest.raises(CounterError) as caught:
        decoder.decode(wlt, never())
    return caught.value.code


def test_pixels_in_memory_become_a_picture_the_right_way_up(library: Path) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(library, DecoderCall.UNPACK, flag=708))
    picture = Image.open(io.BytesIO(decoder.decode(SPECIMEN_PHOTO, never())))
    assert picture.size == (102, 126)
    assert picture.getpixel((50, 125)) == (255, 20, 10)
    assert picture.getpixel((50, 0)) == (30, 20, 10)


@pytest.mark.parametrize(
    ("call", "flag"), [(DecoderCall.WLT2BMP, 0), (DecoderCall.GET_BMP, 2)], ids=str
)
def test_files_become_a_picture(library: Path, call: DecoderCall, flag: int) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(library, call, flag=flag))
    assert len(decoder.decode(SPECIMEN_PHOTO, never())) == BMP_BYTES


@pytest.mark.parametrize("symbol", ["crash", "refuse", "not_there"])
def test_a_library_that_fails_leaves_the_portrait_undecoded(library: Path, symbol: str) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(library, DecoderCall.UNPACK, symbol))
    assert refusal_of(decoder) is FailureCode.PHOTO_NOT_DECODED


def test_a_library_without_its_licence_leaves_the_portrait_undecoded(library: Path) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(library, DecoderCall.GET_BMP, flag=1))
    assert refusal_of(decoder) is FailureCode.PHOTO_NOT_DECODED


def test_a_library_that_hangs_is_given_up(library: Path) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(library, DecoderCall.UNPACK, "hang"), limit_s=0.3)
    assert refusal_of(decoder) is FailureCode.PHOTO_NOT_DECODED


def test_a_stop_ends_the_decoding(library: Path) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(library, DecoderCall.UNPACK, "hang"), limit_s=60.0)
    stop = threading.Event()
    with ThreadPoolExecutor(1) as lane:
        decoding = lane.submit(decoder.decode, SPECIMEN_PHOTO, stop)
        stop.set()
        error = decoding.exception(DEADLINE_S)
    assert isinstance(error, CounterError)
    assert error.code is FailureCode.STOPPED


def test_a_library_that_is_not_installed_leaves_the_portrait_undecoded(tmp_path: Path) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(tmp_path / "none.so", DecoderCall.UNPACK))
    assert refusal_of(decoder) is FailureCode.PHOTO_NOT_DECODED


@pytest.mark.parametrize("wlt", [b"", bytes(1_025)], ids=["empty", "too long"])
def test_a_portrait_of_impossible_size_is_not_tried(tmp_path: Path, wlt: bytes) -> None:
    decoder = VendorPhotoDecoder(VendorLibrary(tmp_path / "none.so", DecoderCall.UNPACK))
    assert refusal_of(decoder, wlt) is FailureCode.PHOTO_NOT_DECODED


def test_without_a_library_every_portrait_stays_undecoded() -> None:
    assert refusal_of(NoPhotoDecoder()) is FailureCode.PHOTO_NOT_DECODED
    gone = threading.Event()
    gone.set()
    with pytest.raises(CounterError, match="STOPPED"):
        NoPhotoDecoder().decode(SPECIMEN_PHOTO, gone)
