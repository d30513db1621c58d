"""Turns what was read into values: digits, dates, Chinese numerals, documents' numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from counter_app.domain.identity_number import birth_date_in, check_character
from counter_app.domain.uscc import is_valid_uscc

DIGITS = dict(
    zip("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两弍弎", "001234567891234567891223", strict=True)
)
"""Chinese numerals, plain and as written on cheques, with common variants."""

_LOOK_ALIKES = str.maketrans("OoQDIl|!SsBZz", "0000111155822")
_DATE = re.compile(r"(?<!\d)(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)日?")
_WRITTEN_DATE = re.compile(
    r"([〇零○ＯO0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日?"
)
_RUN = re.compile(f"[{''.join(DIGITS)}○]{{7,15}}")


def plain(text: str) -> str:
    """Return the text with full-width forms made plain and blanks removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def digits(text: str) -> str:
    """Return the digits of a field that holds nothing else; look-alike letters are digits."""
    return re.sub(r"\D", "", plain(text).translate(_LOOK_ALIKES))


def numerals_as_digits(text: str) -> str:
    """Return the longest run of Chinese numerals, digit by digit, or an empty string."""
    runs = _RUN.findall(plain(text))
    longest = max(runs, key=len, default="")
    return "".join(DIGITS.get(mark, "0") for mark in longest)


def dates(text: str) -> list[str]:
    """Return every date in the text as YYYY-MM-DD; impossible days are left out."""
    return [day for _, _, day in dates_at(plain(text))]


def dates_at(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and day (YYYY-MM-DD) of every date in a text without blanks."""
    found = [(match.span(), _iso(*match.groups())) for match in _DATE.finditer(text)]
    for match in _WRITTEN_DATE.finditer(text):
        year, month, day = match.groups()
        digit_year = "".join(DIGITS.get(mark, "0") for mark in year)
        day = _iso(digit_year, str(_counted(month)), str(_counted(day)))
        found.append((match.span(), day))
    return [(*span, day) for span, day in sorted(found) if day]


def _counted(text: str) -> int:
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return int(DIGITS.get(text, "0")) if len(text) == 1 else 0
    return 10 * int(DIGITS.get(tens, "1")) + int(DIGITS.get(ones, "0"))


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def identity_number(text: str) -> str:
    """Return an 18-character number without look-alikes: digits, and X at the end only."""
    raw = re.sub(r"[^0-9A-Za-z|!]", "", plain(text))
    last = raw[-1:].upper().replace("×", "X")
    body = re.sub(r"\D", "", raw[:-1].translate(_LOOK_ALIKES))
    return body + (last if last == "X" else digits(last))


def is_checked_identity_number(number: str) -> bool:
    """Say whether date and check character of an 18-character number are right."""
    has_shape = re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) is not None
    return (
        has_shape
        and birth_date_in(number) is not None
        and check_character(number[:17]) == number[17]
    )


def credit_code(text: str) -> str:
    """Return an 18-character credit code without the letters that it never has (I O S V Z)."""
    raw = re.sub(r"[^0-9A-Z]", "", plain(text).upper())
    return raw.translate(str.maketrans("IOSZ", "1052"))


def is_checked_document(number: str) -> bool:
    """Say whether an identity number's or a credit code's check character is right."""
    return is_checked_identity_number(number) or is_valid_uscc(number)
