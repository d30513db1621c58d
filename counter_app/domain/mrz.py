"""The machine readable zone of travel documents: ICAO sizes and the Chinese travel permits.

Source: ICAO Doc 9303 parts 3 to 7. The permits' own line is described in `mrz_permit.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from counter_app.domain.mrz_fields import (
    ALPHABET,
    Mrz,
    MrzCheck,
    MrzKey,
    MrzLayout,
    bare,
    check_digit,
    is_checked,
    sex_of,
    split_names,
)
from counter_app.domain.mrz_permit import is_permit_line, parse_permit

__all__ = ["Mrz", "MrzCheck", "MrzKey", "MrzLayout", "check_digit", "parse_chip_mrz", "parse_mrz"]


def parse_mrz(lines: Iterable[str]) -> Mrz:
    """Read a printed machine readable zone.

    Args:
        lines: As printed, from the top: three of 30, two of 36 or two of 44 characters, or the
            single line of 30 of a Chinese travel permit. Blanks are dropped, letters raised.

    Returns:
        The fields with the validity of each check digit. A wrong check digit is no error here:
        specimens are printed with wrong ones.

    Raises:
        ValueError: The lines fit no layout or hold other characters.
    """
    rows = tuple("".join(line.split()).upper() for line in lines)
    rows = tuple(row for row in rows if row)
    if not set().union(*rows) <= ALPHABET:
        raise ValueError("a machine readable zone holds A to Z, 0 to 9 and < only")
    match [len(row) for row in rows]:
        case [30] | [30, 30, 30] if is_permit_line(rows):
            return parse_permit("".join(rows))
        case [30, 30, 30]:
            return _parse_td1(rows)
        case [36, 36] | [44, 44]:
            return _parse_two_lines(rows)
        case _:
            raise ValueError(
                "neither three lines of 30, two of 36 or 44, nor a permit's line of 30"
            )


def parse_chip_mrz(text: str) -> Mrz:
    """Read the machine readable zone as a chip's data group 1 holds it, without line ends.

    Args:
        text: 90, 72 or 88 characters.

    Raises:
        ValueError: The text fits no layout.

    Source: ICAO Doc 9303-10, section 4.7.1.
    """
    width = {90: 30, 72: 36, 88: 44}.get(len(text))
    if width is None:
        raise ValueError("data group 1 holds 72, 88 or 90 characters")
    return parse_mrz(text[start : start + width] for start in range(0, len(text), width))


def _parse_td1(rows: Sequence[str]) -> Mrz:
    top, middle, names = rows
    number, digit, optional = _document_number(top[5:14], top[14], top[15:30])
    surname, given_names = split_names(names)
    return Mrz(
        layout=MrzLayout.TD1,
        document_code=bare(top[:2]),
        issuer=bare(top[2:5]),
        document_number=bare(number),
        surname=surname,
        given_names=given_names,
        nationality=bare(middle[15:18]),
        born=middle[:6],
        sex=sex_of(middle[7]),
        expires=middle[8:14],
        optional=bare(f"{optional}{middle[18:29]}") if bare(middle[18:29]) else bare(optional),
        checks=MappingProxyType(
            {
                MrzCheck.DOCUMENT_NUMBER: is_checked(number, digit),
                MrzCheck.BIRTH: is_checked(middle[:6], middle[6]),
                MrzCheck.EXPIRY: is_checked(middle[8:14], middle[14]),
                MrzCheck.COMPOSITE: is_checked(
                    top[5:] + middle[:7] + middle[8:15] + middle[18:29], middle[29]
                ),
            }
        ),
        lines=tuple(rows),
    )


def _parse_two_lines(rows: Sequence[str]) -> Mrz:
    top, low = rows
    layout = _layout_of_two(top)
    number, digit, optional = low[:9], low[9], low[28:]
    if layout is MrzLayout.TD2:
        number, digit, optional = _document_number(number, digit, low[28:35])
    if layout is MrzLayout.TD3:
        optional = low[28:42]
    surname, given_names = split_names(top[5:])
    return Mrz(
        layout=layout,
        document_code=bare(top[:2]),
        issuer=bare(top[2:5]),
        document_number=bare(number),
        surname=surname,
        given_names=given_names,
        nationality=bare(low[10:13]),
        born=low[13:19],
        sex=sex_of(low[20]),
        expires=low[21:27],
        optional=bare(optional),
        checks=MappingProxyType(
            {
                MrzCheck.DOCUMENT_NUMBER: is_checked(number, digit),
                MrzCheck.BIRTH: is_checked(low[13:19], low[19]),
                MrzCheck.EXPIRY: is_checked(low[21:27], low[27]),
                **_checks_of_the_rest(layout, low),
            }
        ),
        lines=tuple(rows),
    )


def _checks_of_the_rest(layout: MrzLayout, low: str) -> dict[MrzCheck, bool]:
    if layout not in (MrzLayout.TD2, MrzLayout.TD3):
        return {}
    composite = is_checked(low[:10] + low[13:20] + low[21:-1], low[-1])
    if layout is MrzLayout.TD2:
        return {MrzCheck.COMPOSITE: composite}
    # An empty optional field may have a filler where its digit would be.
    optional = low[28:43] == "<" * 15 or is_checked(low[28:42], low[42])
    return {MrzCheck.OPTIONAL: optional, MrzCheck.COMPOSITE: composite}


def _layout_of_two(top: str) -> MrzLayout:
    if len(top) == 44:
        return MrzLayout.MRV_A if top[0] == "V" else MrzLayout.TD3
    return MrzLayout.MRV_B if top[0] == "V" else MrzLayout.TD2


def _document_number(number: str, digit: str, optional: str) -> tuple[str, str, str]:
    # A number longer than nine goes on in the optional field, its check digit behind it.
    tail = optional.split("<", maxsplit=1)[0]
    if digit != "<" or len(tail) < 2:
        return number, digit, optional
    return number + tail[:-1], tail[-1], optional[len(tail) :].lstrip("<")
