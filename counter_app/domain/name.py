"""Personal names: compared with folding, stored as they came."""

from __future__ import annotations

MIDDLE_DOT = "\u00b7"
DOT_VARIANTS = "\u2022\u2027\u2219\u30fb\uff0e\uff65"
_FOLD = str.maketrans(dict.fromkeys(DOT_VARIANTS, MIDDLE_DOT))

PRINTABLE_IDEOGRAPHS = (
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0x20000, 0x2A6DF),  # extension B
    (0x2A700, 0x2B739),  # extension C
    (0x2B740, 0x2B81D),  # extension D
    (0x2B820, 0x2CEA1),  # extension E
    (0x2CEB0, 0x2EBE0),  # extension F
)
"""Blocks that the bundled fonts cover; a later extension falls back to the picture of the name."""


def folded(name: str) -> str:
    """Return the form in which two spellings of one name are equal.

    Only the separator of minority and foreign names is folded (U+2022, U+2027, U+2219, U+30FB,
    U+FF0E, U+FF65 to U+00B7), surrounding and repeated spaces are dropped, and Latin letters are
    upper case. Characters are never replaced by others or by pinyin.
    """
    return " ".join(name.translate(_FOLD).upper().split())


def is_same_name(one: str, other: str) -> bool:
    """Say whether two spellings are the same name."""
    return folded(one) == folded(other)


def whole_characters(name: str) -> str:
    """Return the name with every lone surrogate, which no text can carry, as U+FFFD.

    Nothing else changes; the picture of the name decides (以图片为准).
    """
    return name.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def needs_glyph_image(name: str) -> bool:
    """Say whether a name holds a character that must be kept as a picture (以图片为准).

    That is: private use, a lone surrogate, the replacement character, or an ideograph of an
    extension that no bundled font draws.
    """
    return any(_is_unsafe(ord(char)) for char in name)


def _is_unsafe(point: int) -> bool:
    if 0xE000 <= point <= 0xF8FF or point >= 0xF0000 or 0xD800 <= point <= 0xDFFF:
        return True
    if point == 0xFFFD:
        return True
    is_later_ideograph = 0x20000 <= point <= 0x3FFFF
    return is_later_ideograph and not any(
        first <= point <= last for first, last in PRINTABLE_IDEOGRAPHS
    )
