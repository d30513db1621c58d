"""Searches a free-form letter's text for the facts that the delegation checks ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from counter_app.capture import values
from counter_app.capture.fields import checked, from_parts
from counter_app.capture.letter_text import LetterText
from counter_app.domain.reading import Doubt, FieldName, FieldRead

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_NAME = rf"([{_HAN}](?:[{_HAN}·、]|\([{_HAN}]{{1,6}}\)(?=[{_HAN}])){{1,59}})"
_ROLE_END = r"(?=[,，。;；:：()（）\n]|身份证|证件|性别|男|女|统一|住址|地址|电话|联系|办理|$)"
_NOTE = r"(?:\([^)]{0,12}\))?"
_PRINCIPAL_WORD = r"(?<![受被])(?:委托|授权)(?:人|单位|方)"
_AGENT_WORD = r"(?:受托|被委托|受委托|被授权|代理|代办)(?:人|方)"
_PRINCIPAL = re.compile(
    rf"{_PRINCIPAL_WORD}{_NOTE}[:：]{_NAME}?|(?:本人|(?<![^\n。,，])我(?:叫|是)?(?!公司|单位|店|司))[:：]?{_NAME}(?=[,，(])"
)
_WHO = (
    r"(?:(?:我|本)(?:公司|单位|店|司|人)?的?|其)?"
    r"(?:员工|职员|职工|工作人员|店员|经理|同事|朋友|亲属|亲戚|配偶|妻子|丈夫|儿子|女儿|父亲|母亲|[哥弟姐妹])?"
)
_AGENT = re.compile(
    rf"{_AGENT_WORD}{_NOTE}[:：]{_NAME}?"
    rf"|(?:委托|授权|委派|指派){_WHO}{_NAME}"
    r"(?:同志|先生|女士)?[,，]?\(?(?=[,，(]?(?:男|女|性别|身份证|公民身份|证件|居民身份))"
)
_ASKED = re.compile(r"[特现兹今谨](?:委托|授权)")
_TITLES = re.compile(r"(?:同志|先生|女士)$")
_NO_NAME = re.compile(
    r"[年月].*日|日期|签名|签字|盖章|签章|^(?:受托|被委托|委托|被授权|授权|代理)人"
)
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_CREDIT = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_BETWEEN = re.compile(r"日?起?(?:至|到|—+|--?|~|～)")
_UNTIL = re.compile(r"(?:有效期|期限|有效)[^。\n]{0,6}(?:至|到|为|[:：]){1,2}$|(?:至|到)$")
_MERCHANT = re.compile(r"商户(?:编)?号(?:码)?[:：]?([0-9A-Z]{15})(?![0-9A-Z])")
_SERIAL = re.compile(
    r"(?:序列号|机身号|(?<![A-Za-z])S/?N)[:：]?((?=[A-Za-z-]*\d)[0-9A-Za-z-]{6,38})"
)
_NOTARY = re.compile(
    r"[(\[〔【]?((?:19|20)\d{2})[)\]〕】]?([\u4e00-\u9fff]{1,12}?字?)第?(\d{1,8})号"
)
_OFFICE = re.compile(r"(?!号)([\u4e00-\u9fff]{2,16}公证处)")
_NEW = r"新|(?:变更|换绑|更改|修改|更换|绑定|改绑|[改换])(?:为|成)"
_OLD = r"原|旧|由$"

MIN_CODE_FIGURES = 8
"""A credit code begins with eight figures of registry and district."""
PHONE_WORDS = 22
"""So far before a phone number its role is looked for."""


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
    first: dict[tuple[FieldName, str], FieldRead] = {}
    for read in found:
        first.setdefault((read.name, read.text), read)
    return tuple(first.values())


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
            told = next((group for group in match.groups() if group), "")
            for person in re.split(r"、|及|(?<=[^、]{2})和(?=[^、]{2})", _cut_name(told)):
                if 2 <= len(person) <= 30 and not _NO_NAME.search(person):
                    yield _read(name, _TITLES.sub("", person), letter, match.start())


def _cut_name(text: str) -> str:
    match = re.match(r"(.+?)(?:\([^)]*$|$)", text)
    inner = match.group(1) if match else text
    cut = re.match(r"(.+?)" + _ROLE_END.replace("()（）", ""), inner)
    return cut.group(1) if cut else inner


def _roles(text: str) -> list[tuple[int, FieldName]]:
    """Return where the text begins to speak of which party, in its order."""
    agents = (_AGENT_WORD, _AGENT.pattern, _ASKED.pattern)
    found = [
        (match.start(), FieldName.AGENT_DOCUMENT)
        for pattern in agents
        for match in re.finditer(pattern, text)
    ]
    found += [
        (match.start(), FieldName.PRINCIPAL_DOCUMENT)
        for match in re.finditer(rf"{_PRINCIPAL_WORD}|本人", text)
    ]
    return sorted(found)


def _role_before(letter: LetterText, place: int) -> FieldName | None:
    """Return whose number stands at `place`: of the party that was named last before it."""
    roles = [role for where, role in _roles(letter.text) if where < place]
    return roles[-1] if roles else None


def _documents(letter: LetterText) -> Iterator[FieldRead]:
    end = 0
    for match in _IDENTITY.finditer(letter.text):
        number = match.group().upper()
        is_right = values.is_checked_identity_number(number)
        # A sole trader's credit code may be all digits.
        doubts = checked(is_right or values.is_checked_document(number))
        role = _role_before(letter, match.start())
        if role is None or not any(
            end <= where < match.start() for where, _ in _roles(letter.text)
        ):
            # The number may be right and still another person's.
            doubts = (*doubts, Doubt.SEVERAL_FOUND)
        end = match.end()
        yield _read(role or FieldName.PRINCIPAL_DOCUMENT, number, letter, match.start(), doubts)
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
    before = letter.text[max(0, place - PHONE_WORDS) : place].replace("\n", "")
    places = {
        name: max((match.start() for match in re.finditer(pattern, before)), default=-1)
        for name, pattern in ((FieldName.NEW_PHONE, _NEW), (FieldName.OLD_PHONE, _OLD))
    }
    name, where = max(places.items(), key=lambda item: item[1])
    if where >= 0:
        return name
    is_agent = _role_before(letter, place) is FieldName.AGENT_DOCUMENT
    return FieldName.AGENT_PHONE if is_agent else FieldName.PRINCIPAL_PHONE


def _term(letter: LetterText) -> Iterator[FieldRead]:
    days = values.dates_at(letter.text)
    term: set[int] = set()
    for (start, end, first), (later, _, last) in pairwise(days):
        if _BETWEEN.fullmatch(letter.text[end:later].replace("\n", "")):
            term |= {start, later}
            yield _read(FieldName.TERM_FROM, first, letter, start)
            yield _read(FieldName.TERM_UNTIL, last, letter, later)
            break
    else:
        for start, _, day in days:
            if _UNTIL.search(letter.text[:start]):
                term.add(start)
                yield _read(FieldName.TERM_UNTIL, day, letter, start)
                break
    others = [(start, day) for start, _, day in days if start not in term]
    if others:
        start, day = others[-1]
        yield _read(FieldName.PRINCIPAL_SIGNED_ON, day, letter, start)


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
