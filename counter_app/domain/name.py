"""Personal names: compared with folding, stored as they came."""

from __future__ import annotations

from counter_app.domain.coverage import STANDARD

MIDDLE_DOT = "\u00b7"
DOT_VARIANTS = "\u2022\u2027\u2219\u30fb\uff0e\uff65"
_FOLD = str.maketrans(dict.fromkeys(DOT_VARIANTS, MIDDLE_DOT))


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
    extension that the bundled fonts do not draw. Which fonts are here is asked later.
    """
    return bool(STANDARD.missing(name))
