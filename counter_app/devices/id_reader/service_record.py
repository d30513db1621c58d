"""What a vendor's local reader service tells, checked like the record of a chip."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from counter_app.domain.ethnicity import ETHNICITIES
from counter_app.domain.resident_card import Evidence, ResidentCard, ResidentCardKind, Sex
from counter_app.domain.resident_record import LAYOUTS, card_of_texts
from counter_app.errors import CounterError, FailureCode

LONGEST_ANSWER = 1 << 20

_KINDS = {
    "": ResidentCardKind.MAINLAND,
    "I": ResidentCardKind.FOREIGN_2017,
    "J": ResidentCardKind.HMT_RESIDENCE,
    "Y": ResidentCardKind.FOREIGN_2023,
}
_FOREIGN = frozenset({ResidentCardKind.FOREIGN_2017, ResidentCardKind.FOREIGN_2023})
_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}
_ETHNICITY_CODES = {name: code for code, name in ETHNICITIES.items()}
_JPEG_START = b"\xff\xd8"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile(r'"(\w+)"\s*:\s*(?:"([^"]*)"|(-?\d+))')


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """One answer: the flag (0 for success, negative for none or failure) and its texts."""

    flag: int
    texts: Mapping[str, str] = field(repr=False)
    sha256: str = field(repr=False)


def parse_answer(body: bytes) -> ServiceAnswer:
    """Read an answer's key-value pairs.

    Services write JSON by hand: when it is not well formed the pairs are taken as they stand.

    Args:
        body: UTF-8 or GB 18030.

    Raises:
        CounterError: READER_GARBLED.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030", errors="replace")
    texts = _texts_of(text)
    try:
        flag = int(texts["resultFlag"])
    except (KeyError, ValueError) as error:
        raise CounterError(FailureCode.READER_GARBLED, reason="result flag") from error
    return ServiceAnswer(flag, texts, hashlib.sha256(body).hexdigest())


def card_of(answer: ServiceAnswer) -> ResidentCard:
    """Make a card of an answer to a read.

    Raises:
        CounterError: CARD_RECORD_INVALID, also for a text longer than the chip can hold;
            CARD_WRONG_KIND.
    """
    told = {key: _LONE_SURROGATE.sub("\ufffd", text).strip() for key, text in answer.texts.items()}
    kind = _KINDS.get(told.get("certType", "").upper())
    if kind is None:
        raise CounterError(FailureCode.CARD_WRONG_KIND, reason="certType")
    texts = {**_common_texts(told), **_texts_of_kind(kind, told)}
    for name, text in texts.items():
        room = sum(length for _, length in LAYOUTS[kind].get(name, ()))
        if len(text.encode("utf-16-le")) > room:
            raise CounterError(FailureCode.CARD_RECORD_INVALID, field=name)
    return replace(
        card_of_texts(kind, texts),
        photo_image=_jpeg(told.get("identityPic", "")),
        raw_sha256=answer.sha256,
        evidence=Evidence.LOCAL_SERVICE,
    )


def _common_texts(told: Mapping[str, str]) -> dict[str, str]:
    return {
        "sex": _SEXES.get(told.get("gender", ""), Sex.UNKNOWN).value,
        "born_on": _digits(told.get("bornDay", "")),
        "number": told.get("certNumber", ""),
        "valid_from": _digits(told.get("effDate", "")),
        "valid_until": _digits(told.get("expDate", "")),
    }


def _digits(day: str) -> str:
    """Take the marks out of a day that a service wrote as it is printed."""
    return re.sub("[-./年月日]", "", day)


def _texts_of_kind(kind: ResidentCardKind, told: Mapping[str, str]) -> dict[str, str]:
    name = told.get("partyName", "")
    if kind in _FOREIGN:
        is_latin = name.isascii()
        return {
            "name": "" if is_latin else name,
            "latin_name": name if is_latin else "",
            "nationality": _letters(told.get("nationCode", "")),
        }
    place = {
        "name": name,
        "address": told.get("certAddress", ""),
        "authority": told.get("certOrg", ""),
    }
    if kind is ResidentCardKind.MAINLAND:
        code = told.get("nationCode") or _ETHNICITY_CODES.get(told.get("nation", ""), "")
        return {**place, "ethnicity_code": code}
    return place


def _letters(code: str) -> str:
    return code if re.fullmatch("[A-Z]{3}", code) else ""


def _jpeg(encoded: str) -> bytes:
    """Decode the portrait; one that is no JPEG is left out, it never blocks the text."""
    try:
        decoded = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return decoded if decoded.startswith(_JPEG_START) else b""


def _texts_of(text: str) -> dict[str, str]:
    try:
        parsed = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {key: quoted or bare for key, quoted, bare in _PAIR.findall(text)}
    if not isinstance(parsed, dict):
        return {}
    # Some services put the record into an object of its own.
    inner = [value for value in parsed.values() if isinstance(value, dict)]
    return {
        str(key): str(value)
        for pairs in (*inner, parsed)
        for key, value in pairs.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
