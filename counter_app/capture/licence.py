"""Reads a business licence: its text, and its QR code to compare with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counter_app.capture import values
from counter_app.capture.fields import checked, from_parts, proposed
from counter_app.capture.text_engine import ReadLine
from counter_app.capture.upright import UprightPage
from counter_app.domain.reading import (
    CodeRead,
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    Notice,
    Reading,
)
from counter_app.domain.uscc import is_valid_uscc

_QR_CODE = re.compile(r"uniscid=([0-9A-Z]{17,18})(?![0-9A-Z])", re.IGNORECASE)
_PRINTED_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{17,19}(?![0-9A-Z])")
_PERSON = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,20}|[A-Za-z .'-]{3,60}")

MIN_CONFIDENCE = 0.45
"""Less sure lines are watermarks and seals, not values."""

_LABELS = (
    (FieldName.COMPANY_NAME, r"名?称"),
    (FieldName.COMPANY_TYPE, r"类?型"),
    (FieldName.RESPONSIBLE_PERSON, r"(?:法定代表人|负责人|经营者|投资人|执行事务合伙人)(?:姓名)?"),
    (FieldName.CAPITAL, r"注册资本"),
    (FieldName.FOUNDED_ON, r"(?:成立|注册)日期"),
    (FieldName.BUSINESS_TERM, r"(?:营业|合伙)期限"),
    (FieldName.BUSINESS_SCOPE, r"经营范围"),
    (FieldName.ADDRESS, r"(?:住所|所|经营场所|主要经营场所)"),
)


def read_licence(page: UprightPage, codes: tuple[CodeRead, ...]) -> Reading:
    """Read the fields; the credit code of the QR code is compared with the printed one.

    Args:
        page: The licence, read.
        codes: What the picture's codes say, their boxes in pixels of the page.
    """
    fields = [*_codes(page.lines, codes), *_labelled(page.lines)]
    notices = list(page.notices())
    if not fields:
        notices.append(Notice.NOTHING_READ)
    if any(re.search(r"复印|样本", line.text) for line in page.lines):
        notices.append(Notice.WATERMARKED_COPY)
    return Reading(
        DocumentKind.LICENCE,
        tuple(fields),
        codes=codes,
        notices=tuple(notices),
        lines=tuple(line.as_text_line() for line in page.lines),
    )


def _codes(lines: Sequence[ReadLine], codes: Sequence[CodeRead]) -> list[FieldRead]:
    printed = _printed_code(lines)
    scanned = _scanned_code(codes)
    if scanned is None:
        return [printed] if printed else []
    text, code = scanned
    doubts = list(checked(is_valid_uscc(text)))
    if printed is None:
        return [from_parts(FieldName.USCC, text, 1.0, code.box, doubts)]
    if printed.text == text:
        return [from_parts(FieldName.USCC, text, 1.0, printed.box, doubts)]
    disagree = Doubt.SOURCES_DISAGREE
    return [
        from_parts(
            FieldName.USCC,
            printed.text,
            printed.confidence,
            printed.box,
            (disagree, *printed.doubts),
        ),
        from_parts(FieldName.USCC, text, 1.0, code.box, (disagree, *doubts)),
    ]


def _scanned_code(codes: Sequence[CodeRead]) -> tuple[str, CodeRead] | None:
    for code in codes:
        match = _QR_CODE.search(code.text)
        if match:
            return match.group(1).upper(), code
    return None


def _printed_code(lines: Sequence[ReadLine]) -> FieldRead | None:
    candidates = []
    for line in lines:
        text = re.sub(r"^.*?信用代码", "", values.plain(line.text)).lstrip(":：").upper()
        match = _PRINTED_CODE.search(text)
        if match:
            candidates.append((values.credit_code(match.group()), match.group(), line))
    if not candidates:
        return None
    code, raw, line = max(candidates, key=lambda each: (is_valid_uscc(each[0]), len(each[0]) == 18))
    doubts = list(checked(is_valid_uscc(code)))
    if len(code) != 18:
        doubts.append(Doubt.BAD_FORMAT)
    if code != raw:
        doubts.append(Doubt.CORRECTED)
    return proposed(FieldName.USCC, code, line, doubts)


def _labelled(lines: Sequence[ReadLine]) -> list[FieldRead]:
    found = []
    for name, label in _LABELS:
        read = _value_of(lines, label)
        if read is None:
            continue
        text, line = read
        if name is FieldName.FOUNDED_ON:
            text = next(iter(values.dates(text)), text)
        doubts = [Doubt.NO_CHECK]
        if name is FieldName.RESPONSIBLE_PERSON and not _PERSON.fullmatch(text):
            doubts.append(Doubt.BAD_FORMAT)
        found.append(proposed(name, text, line, doubts))
    return found


def _value_of(lines: Sequence[ReadLine], label: str) -> tuple[str, ReadLine] | None:
    clear = [line for line in lines if line.confidence >= MIN_CONFIDENCE]
    for line in clear:
        text = values.plain(line.text)
        match = re.match(rf"{label}[:：]?", text)
        if match is None:
            continue
        if text[match.end() :]:
            return text[match.end() :], line
        beside = _beside(line, clear)
        if beside is not None:
            value = values.plain(beside.text)
            # Spread labels (名 称, 住 所) lose their second half to the value's line.
            return re.sub(r"^(?:称|型|所)(?=.)", "", value), beside
    return None


def _beside(label: ReadLine, lines: Sequence[ReadLine]) -> ReadLine | None:
    middle = (label.box.top + label.box.bottom) / 2
    row = [
        line
        for line in lines
        if line is not label
        and line.box.left > label.box.left
        and line.box.top < middle < line.box.bottom
        and line.box.left - label.box.right < 12 * label.box.height
        and line.box.height < 1.8 * label.box.height
    ]
    return min(row, key=lambda line: line.box.left, default=None)
