"""Reads a business licence: its text, and its QR code to compare with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counter_app.capture import values
from counter_app.capture.fields import checked, from_parts, proposed
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.capture.upright import UprightPage
from counter_app.domain import uscc
from counter_app.domain.reading import (
    Box,
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
_PART_OF_CODE = re.compile(r"信用代码[:：]?([0-9A-Z]{12,22})(?![0-9A-Z])")
_CODE_ALPHABET = frozenset(uscc.ALPHABET)
_PERSON = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,20}|[A-Za-z .'-]{3,60}")

MIN_CONFIDENCE = 0.45
"""Less sure lines are watermarks and seals, not values."""

_LABELS = (
    (FieldName.COMPANY_NAME, r"名?称|名$"),
    (FieldName.COMPANY_TYPE, r"类?型|类$"),
    (FieldName.RESPONSIBLE_PERSON, r"(?:法定代表人|负责人|经营者|投资人|执行事务合伙人)(?:姓名)?"),
    (FieldName.CAPITAL, r"注册资本"),
    (FieldName.FOUNDED_ON, r"(?:成立|注册)日期"),
    (FieldName.BUSINESS_TERM, r"(?:营业|合伙)期限"),
    (FieldName.BUSINESS_SCOPE, r"经营范围"),
    (FieldName.ADDRESS, r"(?:住所|所|经营场所|主要经营场所)|住$"),
)
_HALF_LABEL = re.compile(r"\W*[名称类型住所]\W*")

_UNLABELLED = (
    (FieldName.COMPANY_NAME, re.compile(
        r"[\u3400-\u9fff()]{4,}(?:公司|商行|经营部|中心|合作社|店|厂)"
    )),
    (FieldName.COMPANY_TYPE, re.compile(
        r"(?:有限责任公司|股份有限公司|个人独资企业|个体工商户|(?:普通|有限)合伙企业)(?:\(.{2,20})?"
    )),
    (FieldName.FOUNDED_ON, re.compile(r"\d{4}年\d{2}月\d{2}日")),
)  # fmt: skip
"""What tells by itself what it is, where the label beside it was not read."""


def read_licence(page: UprightPage, codes: tuple[CodeRead, ...], engine: TextEngine) -> Reading:
    """Read the fields; the credit code of the QR code is compared with the printed one.

    Args:
        page: The licence, read.
        codes: What the picture's codes say, their boxes in pixels of the page.
        engine: Reads the printed code once more where its check character is wrong.
    """
    printed = _read_again(_printed_code(page.lines), page, engine)
    fields = [*_codes(printed, codes), *_labelled(page.lines)]
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


def _codes(printed: FieldRead | None, codes: Sequence[CodeRead]) -> list[FieldRead]:
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
        whole = values.plain(line.text).upper()
        text = re.sub(r"^.*?信用代码", "", whole).lstrip(":：")
        match = _PRINTED_CODE.search(text)
        part = _PART_OF_CODE.search(whole)
        raw = match.group() if match else part.group(1) if part else ""
        if raw:
            candidates.append((values.credit_code(raw), raw, line))
    if not candidates:
        return None
    code, raw, line = max(candidates, key=lambda each: (is_valid_uscc(each[0]), len(each[0]) == 18))
    doubts = list(checked(is_valid_uscc(code)))
    if len(code) != 18:
        doubts.append(Doubt.BAD_FORMAT)
    if code != raw:
        doubts.append(Doubt.CORRECTED)
    return proposed(FieldName.USCC, code, line, doubts)


def _read_again(
    printed: FieldRead | None, page: UprightPage, engine: TextEngine
) -> FieldRead | None:
    """Read a code whose check character is wrong once more, larger and from its alphabet alone.

    One wrong reading in 31 passes the check, so what the second try gives stays in doubt.
    """
    if printed is None or printed.box is None or is_valid_uscc(printed.text):
        return printed
    for growth in (0.0, 0.15, -0.1):
        high = growth * printed.box.height
        box = Box(printed.box.left - 4, printed.box.top - high,
                  printed.box.right + 4, printed.box.bottom + high)  # fmt: skip
        line = engine.read_restricted(page.bgr, box, _CODE_ALPHABET)
        text = values.credit_code(line.text)[-18:]
        if is_valid_uscc(text):
            return from_parts(FieldName.USCC, text, line.weakest(), printed.box, (Doubt.CORRECTED,))
    return printed


def _labelled(lines: Sequence[ReadLine]) -> list[FieldRead]:
    found = []
    for name, label in _LABELS:
        read = _value_of(lines, label) or _unlabelled(lines, name)
        if read is None:
            continue
        text, line = read
        if name is FieldName.FOUNDED_ON:
            text = next(iter(values.dates(text)), text)
        doubts = [Doubt.NO_CHECK]
        if name is FieldName.RESPONSIBLE_PERSON and not _PERSON.fullmatch(text):
            doubts.append(Doubt.BAD_FORMAT)
        if name is FieldName.COMPANY_TYPE and text != (closed := _closed(text)):
            text = closed
            doubts.append(Doubt.CORRECTED)
        found.append(proposed(name, text, line, doubts))
    return found


def _closed(text: str) -> str:
    """Return a kind of company with both its brackets: the one at the line's end is often lost."""
    opened = re.sub(r"[《〈<\[](?=自然人|法人|非|外|中|国|普|有)", "(", text)
    return f"{opened})" if opened.count("(") > opened.count(")") else opened


def _unlabelled(lines: Sequence[ReadLine], name: FieldName) -> tuple[str, ReadLine] | None:
    """Return the one line that tells by itself that it holds this value."""
    for wanted, pattern in _UNLABELLED:
        if wanted is not name:
            continue
        found = [
            (text, line)
            for line in lines
            if line.confidence >= MIN_CONFIDENCE
            and pattern.fullmatch(text := values.plain(line.text))
        ]
        return found[0] if len(found) == 1 else None
    return None


def _value_of(lines: Sequence[ReadLine], label: str) -> tuple[str, ReadLine] | None:
    clear = [line for line in lines if line.confidence >= MIN_CONFIDENCE]
    for line in clear:
        text = re.sub(r"^[^\w(]+", "", values.plain(line.text))
        match = re.match(rf"(?:{label})[:：]?", text)
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
        and not _HALF_LABEL.fullmatch(line.text)
        and line.box.left > label.box.left
        and line.box.top < middle < line.box.bottom
        and line.box.left - label.box.right < 12 * label.box.height
        and line.box.height < 1.8 * label.box.height
    ]
    return min(row, key=lambda line: line.box.left, default=None)
