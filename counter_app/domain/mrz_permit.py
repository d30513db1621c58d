"""The machine readable line of the Chinese travel permits, which is not ICAO's.

往来港澳通行证 (CS) and 往来台湾通行证 (CD) print one line of 30 characters, expiry before birth:

    code 2 | number 9 + digit | < | expiry 6 + digit | < | birth 6 + digit | < | composite digit

Data group 1 of the chip holds 90 characters: that line, the Chinese name (12), the Latin name
(18), sex (1), seven flags, the place of birth (3) and fillers. Cards for residents of Hong Kong,
Macao (CR) and Taiwan (CT) are known to share the first line only; their names are not read.

Source: GA/T 704.16-2015 is the governing standard, not public; the layout is what public readers
of these cards agree on. Not tried with a real card.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from counter_app.domain.mrz_fields import (
    Mrz,
    MrzCheck,
    MrzLayout,
    bare,
    is_checked,
    sex_of,
    split_names,
)

FILLERS = (12, 20, 28)
NAMED = ("CS", "CD")


def is_permit_line(rows: Sequence[str]) -> bool:
    """Say whether the first of the lines is a permit's.

    Args:
        rows: One or three lines of 30 characters. In a TD1 zone the second line begins with the
            day of birth; a permit's never does.
    """
    line = rows[0]
    has_shape = line[0] == "C" and all(line[place] == "<" for place in FILLERS)
    has_days = line[13:19].isdigit() and line[21:27].isdigit()
    return has_shape and has_days and not any(row[:6].isdigit() for row in rows[1:2])


def parse_permit(text: str) -> Mrz:
    """Read a permit's printed line or the 90 characters of its chip.

    Args:
        text: 30 or 90 characters that `is_permit_line` accepts.
    """
    line = text[:30]
    code = bare(line[:2])
    has_name = len(text) == 90 and code in NAMED
    surname, given_names = split_names(text[42:60]) if has_name else ("", "")
    return Mrz(
        layout=MrzLayout.PERMIT,
        document_code=code,
        issuer="CHN",
        document_number=bare(line[2:11]),
        surname=surname,
        given_names=given_names,
        nationality="CHN" if code in NAMED else "",
        born=line[21:27],
        sex=sex_of(text[60]) if has_name else "X",
        expires=line[13:19],
        optional="",
        checks=MappingProxyType(_checks(line)),
        lines=tuple(text[start : start + 30] for start in range(0, len(text), 30)),
        chinese_name=decode_chinese_name(text[30:42]) if has_name else "",
        birth_place=bare(text[68:71]) if has_name else "",
    )


def _checks(line: str) -> dict[MrzCheck, bool]:
    return {
        MrzCheck.DOCUMENT_NUMBER: is_checked(line[2:11], line[11]),
        MrzCheck.EXPIRY: is_checked(line[13:19], line[19]),
        MrzCheck.BIRTH: is_checked(line[21:27], line[27]),
        MrzCheck.COMPOSITE: is_checked(line[2:12] + line[13:20] + line[21:28], line[29]),
    }


def decode_chinese_name(text: str) -> str:
    """Return the name that a permit writes as letters.

    Args:
        text: Each half byte of the GBK text as a letter, A for 0 to P for 15; `<` fills.

    Returns:
        Up to three characters (longer names are cut by the card); empty when the text is no GBK.
    """
    letters = bare(text)
    if len(letters) % 4 or not all("A" <= letter <= "P" for letter in letters):
        return ""
    digits = "".join(f"{ord(letter) - ord('A'):x}" for letter in letters)
    try:
        return bytes.fromhex(digits).decode("gbk")
    except UnicodeDecodeError:
        return ""


def encode_chinese_name(name: str) -> str:
    """Return up to three characters as twelve letters and fillers; the inverse of decoding."""
    digits = name[:3].encode("gbk").hex()
    return "".join(chr(ord("A") + int(digit, 16)) for digit in digits).ljust(12, "<")
