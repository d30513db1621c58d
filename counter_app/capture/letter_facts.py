"""Searches a free-form letter's text for the facts that the delegation checks ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counter_app.capture import values
from counter_app.capture.fields import checked, from_parts
from counter_app.capture.text_engine import ReadLine
from counter_app.domain.reading import Doubt, FieldName, FieldRead, LetterPhrase

_NAME = r"([\u3400-\u9fff\U00020000-\U0003ffff·、]{2,60})"
_ROLE_END = r"(?=[,，。;；:：()（）\n]|身份证|证件|性别|男|女|统一|住址|地址|电话|联系|办理|$)"
_PRINCIPAL = re.compile(r"(?<!受)(?<!被)委托(?:人|单位|方)(?:\([^)]{0,12}\))?[:：]" + _NAME + "?")
_AGENT = re.compile(
    r"(?:受托人|被委托人|代理人|代办人|受委托人)(?:\([^)]{0,12}\))?[:：]" + _NAME + "?"
)
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_CREDIT = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_TERM = re.compile(r"(?:自|从)?([^自从至到\n]{6,14})起?(?:至|到|—|-)([^止。;；\n]{6,14})")
_UNTIL = re.compile(r"(?:有效期|期限)(?:截)?[止至到为:：]{1,3}([^。;；\n]{6,14})")
_MERCHANT = re.compile(r"商户(?:编)?号(?:码)?[:：]?([0-9A-Z]{15})(?![0-9A-Z])")
_SERIAL = re.compile(
    r"(?:序列号|机身号|(?<![A-Za-z])S/?N)[:：]?((?=[A-Za-z-]*\d)[0-9A-Za-z-]{6,38})"
)
_NOTARY = re.compile(
    r"[(\[〔【]?((?:19|20)\d{2})[)\]〕】]?([\u4e00-\u9fff]{1,12}?字?)第?(\d{1,8})号"
)
_OFFICE = re.compile(r"([\u4e00-\u9fff]{2,16}公证处)")

MIN_CODE_FIGURES = 8
"""A credit code begins with eight figures of registry and district."""

_PHRASES = {
    LetterPhrase.EVERYTHING: (
        r"全权(?:办理|处理|代理|代为|负责|委托)"
        r"|(?:一切|所有|全部)(?:有关)?(?:事宜|事务|手续|业务)"
    ),
    LetterPhrase.CHANGE_PHONE: r"换绑|(?:变更|更换|更改|修改)[^。]{0,16}(?:手机|号码|电话)",
    LetterPhrase.SUBDELEGATION_DENIED: (r"(?:无|不得|不可|不能|没有|禁止|不允许)[^。]{0,24}转委托"),
    LetterPhrase.SUBDELEGATION_ALLOWED: (
        r"(?:有权|可以|可|允许|同意|享有|(?<!没)有)[^。,，]{0,6}转委托"
    ),
    LetterPhrase.EACH_ALONE: r"(?:可|均可|各自|分别)以?(?:单独|独立)(?:办理|行使|代理)",
    LetterPhrase.NOTARISED: r"公证书|公证处",
    LetterPhrase.THIRD_PARTY_NUMBER: (
        r"(?:号码|手机号|手机)[^。]{0,12}(?:归|属于|登记在|为)"
        r"(?:受托人|代办人|员工|他人)(?:所有|名下|使用)"
    ),
}


@dataclass(frozen=True, slots=True)
class LetterText:
    """The letter's text without blanks, and which line each character came from."""

    text: str
    owners: tuple[int, ...]
    lines: tuple[ReadLine, ...]

    def line_at(self, place: int) -> ReadLine:
        """Return the line that holds the character at `place`."""
        return self.lines[self.owners[min(place, len(self.owners) - 1)]]


def joined(lines: Sequence[ReadLine]) -> LetterText:
    """Join the lines; each ends with a line feed."""
    parts, owners = [], []
    for number, line in enumerate(lines):
        part = values.plain(line.text) + "\n"
        parts.append(part)
        owners += [number] * len(part)
    return LetterText("".join(parts), tuple(owners), tuple(lines))


def facts_of(letter: LetterText) -> tuple[FieldRead, ...]:
    """Return every fact found; those that one letter may hold several times come several times."""
    if not letter.lines:
        return ()
    found = [
        *_people(letter),
        *_documents(letter),
        *_phones(letter),
        *_term(letter),
        *_simple(letter),
    ]
    return tuple(dict.fromkeys(found))


def phrases_of(text: str) -> frozenset[LetterPhrase]:
    """Return the wordings that decide checks A3, A8, A9, A10 and A14."""
    flat = text.replace("\n", "")
    found = {phrase for phrase, pattern in _PHRASES.items() if re.search(pattern, flat)}
    if LetterPhrase.SUBDELEGATION_DENIED in found:
        found.discard(LetterPhrase.SUBDELEGATION_ALLOWED)
    return frozenset(found)


def _read(
    name: FieldName,
    text: str,
    letter: LetterText,
    place: int,
    doubts: tuple[Doubt, ...] = (Doubt.NO_CHECK,),
) -> FieldRead:
    line = letter.line_at(place)
    return from_parts(name, text, line.weakest(), line.box, doubts)


def _people(letter: LetterText) -> Iterator[FieldRead]:
    roles = ((FieldName.PRINCIPAL_NAME, _PRINCIPAL), (FieldName.AGENT_NAME, _AGENT))
    for name, pattern in roles:
        for match in pattern.finditer(letter.text):
            for person in re.split(
                r"、|及|(?<=[^、]{2})和(?=[^、]{2})", _cut_name(match.group(1) or "")
            ):
                if 2 <= len(person) <= 30:
                    yield _read(name, person, letter, match.start())


def _cut_name(text: str) -> str:
    match = re.match(r"(.+?)" + _ROLE_END, text)
    return match.group(1) if match else text


def _role_before(letter: LetterText, place: int) -> FieldName:
    """Return whose number stands at `place`: of the party that was named last before it."""
    before = letter.text[:place]
    agent = max(before.rfind(word) for word in ("受托人", "被委托人", "代理人", "代办人"))
    principal = max(
        [match.start() for match in re.finditer(r"(?<!受)(?<!被)委托(?:人|单位|方)|本人", before)],
        default=-1,
    )
    return FieldName.AGENT_DOCUMENT if agent > principal else FieldName.PRINCIPAL_DOCUMENT


def _documents(letter: LetterText) -> Iterator[FieldRead]:
    for match in _IDENTITY.finditer(letter.text):
        number = match.group().upper()
        is_right = values.is_checked_identity_number(number)
        # A sole trader's credit code may be all digits.
        right = is_right or values.is_checked_document(number)
        yield _read(
            _role_before(letter, match.start()), number, letter, match.start(), checked(right)
        )
    for match in _CREDIT.finditer(letter.text):
        code = match.group()
        has_figures = sum(mark.isdigit() for mark in code) >= MIN_CODE_FIGURES
        if not code[:17].isdigit() and has_figures:
            doubts = checked(values.is_checked_document(code))
            yield _read(FieldName.PRINCIPAL_DOCUMENT, code, letter, match.start(), doubts)


def _phones(letter: LetterText) -> Iterator[FieldRead]:
    in_words = values.numerals_as_digits(letter.text)
    for match in _PHONE.finditer(letter.text):
        name = _phone_role(letter, match.start())
        doubts: tuple[Doubt, ...] = (Doubt.NO_CHECK,)
        if name is FieldName.NEW_PHONE and len(in_words) == 11:
            agrees = in_words == match.group()
            doubts = () if agrees else (Doubt.SOURCES_DISAGREE,)
        yield _read(name, match.group(), letter, match.start(), doubts)
    for match in re.finditer(rf"[{''.join(values.DIGITS)}]{{11}}", letter.text):
        yield _read(FieldName.NEW_PHONE_IN_WORDS, match.group(), letter, match.start())


def _phone_role(letter: LetterText, place: int) -> FieldName:
    before = letter.text[max(0, place - 22) : place]
    marks = {
        FieldName.NEW_PHONE: r"新|变更为|换绑为|改为|更换为|绑定为",
        FieldName.OLD_PHONE: r"原|旧",
    }
    places = {
        name: max((match.start() for match in re.finditer(pattern, before)), default=-1)
        for name, pattern in marks.items()
    }
    name, where = max(places.items(), key=lambda item: item[1])
    if where >= 0:
        return name
    is_agent = _role_before(letter, place) is FieldName.AGENT_DOCUMENT
    return FieldName.AGENT_PHONE if is_agent else FieldName.PRINCIPAL_PHONE


def _term(letter: LetterText) -> Iterator[FieldRead]:
    for match in _TERM.finditer(letter.text):
        start, end = values.dates(match.group(1)), values.dates(match.group(2))
        if start and end:
            yield _read(FieldName.TERM_FROM, start[0], letter, match.start())
            yield _read(FieldName.TERM_UNTIL, end[0], letter, match.start())
            break
    else:
        for match in _UNTIL.finditer(letter.text):
            for day in values.dates(match.group(1))[:1]:
                yield _read(FieldName.TERM_UNTIL, day, letter, match.start())
    days = [(line, day) for line in letter.lines for day in values.dates(line.text)]
    if days:
        line, day = days[-1]
        yield from_parts(FieldName.PRINCIPAL_SIGNED_ON, day, line.weakest(), line.box)


def _simple(letter: LetterText) -> Iterator[FieldRead]:
    for name, pattern in (
        (FieldName.MERCHANT_NUMBER, _MERCHANT),
        (FieldName.TERMINAL_SN, _SERIAL),
        (FieldName.NOTARY_OFFICE, _OFFICE),
    ):
        for match in pattern.finditer(letter.text):
            yield _read(name, match.group(1), letter, match.start())
    for match in _NOTARY.finditer(letter.text):
        year, office, number = match.groups()
        if "证" in office or "字" in office:
            yield _read(
                FieldName.NOTARY_NUMBER, f"({year}){office}第{number}号", letter, match.start()
            )
