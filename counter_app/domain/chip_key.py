"""What opens a travel document's chip, from a picture's reading or from typed lines."""

from __future__ import annotations

from counter_app.domain.mrz import parse_mrz
from counter_app.domain.mrz_fields import Mrz, MrzCheck, MrzKey, is_checked
from counter_app.domain.reading import DocumentKind, FieldName, Reading

LINE_NAMES = (FieldName.MRZ_LINE_1, FieldName.MRZ_LINE_2, FieldName.MRZ_LINE_3)
NEEDED = frozenset({MrzCheck.DOCUMENT_NUMBER, MrzCheck.BIRTH, MrzCheck.EXPIRY})
WIDTHS = {30: 30, 72: 36, 88: 44, 90: 30}
LOWER_LINE = 44


def key_of_reading(reading: Reading | None) -> MrzKey | None:
    """Return the key that a picture shows, or None where its check digits do not bear it out."""
    if reading is None or reading.kind is not DocumentKind.MRZ:
        return None
    lines = tuple(text for name in LINE_NAMES if (text := reading.text(name)))
    return _key_of_lines(lines)


def key_of_text(text: str) -> MrzKey | None:
    """Return the key of a machine readable zone as typed or scanned.

    Args:
        text: All lines one after the other, 88 (passport), 72, 90 or 30 (permit) characters;
            or the lower line of a passport alone, 44. Blanks are dropped, letters raised.

    Returns:
        None while the text is incomplete or a check digit is wrong.
    """
    plain = "".join(text.split()).upper()
    if len(plain) == LOWER_LINE:
        return _key_of_lower_line(plain)
    width = WIDTHS.get(len(plain))
    if width is None:
        return None
    return _key_of_lines(
        tuple(plain[start : start + width] for start in range(0, len(plain), width))
    )


def _key_of_lines(lines: tuple[str, ...]) -> MrzKey | None:
    try:
        mrz = parse_mrz(lines)
    except ValueError:
        return None
    return mrz.key() if _is_borne_out(mrz) else None


def _is_borne_out(mrz: Mrz) -> bool:
    return not mrz.failed_checks() & NEEDED


def _key_of_lower_line(line: str) -> MrzKey | None:
    """Read number, birth and expiry of a passport's second line (ICAO Doc 9303-4, 4.2.2)."""
    parts = ((line[:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27]))
    try:
        is_right = all(is_checked(part, digit) for part, digit in parts)
    except ValueError:
        return None
    return MrzKey(line[:9].rstrip("<"), line[13:19], line[21:27]) if is_right else None
