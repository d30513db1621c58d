"""A file that swells is turned away before a parser sees it."""

from __future__ import annotations

import zlib

import pytest

from counter_app.receipt.strangers import is_within_bounds


def pdf(dictionary: bytes, packed: bytes) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<<" + dictionary + b">>\nstream\n" + packed + b"\nendstream\nendobj\n"
    )


SMALL = zlib.compress(b"BT ET" * 100)
BOMB = zlib.compress(bytes(200 * 1024 * 1024), 1)


def test_an_ordinary_stream_passes() -> None:
    assert is_within_bounds(pdf(b"/Filter /FlateDecode /Length 9", SMALL))
    assert is_within_bounds(pdf(b"/Filter[/FlateDecode]", SMALL))
    assert is_within_bounds(pdf(b"/Length 5", b"BT ET"))


def test_a_bomb_does_not() -> None:
    assert not is_within_bounds(pdf(b"/Filter /FlateDecode", BOMB))


def test_many_small_bombs_do_not() -> None:
    part = zlib.compress(bytes(30 * 1024 * 1024), 1)
    assert not is_within_bounds(b"".join(pdf(b"/Filter /FlateDecode", part) for _ in range(6)))


@pytest.mark.parametrize(
    "dictionary",
    [
        b"/Filter [/FlateDecode /FlateDecode]",
        b"/Filter /LZWDecode",
        b"/F#69lter [/FlateDecode /FlateDecode]",
        b"/Filter 7 0 R",
        b"/Filter%x\n[/FlateDecode/FlateDecode]",
        b"/Filter /Fl#61teDecode",
    ],
)
def test_ways_of_packing_that_ours_never_use_do_not(dictionary: bytes) -> None:
    assert not is_within_bounds(pdf(dictionary, SMALL))


def test_a_damaged_stream_is_left_to_the_parser() -> None:
    assert is_within_bounds(pdf(b"/Filter /FlateDecode", b"\x78\x9cdamaged" + bytes(20)))
