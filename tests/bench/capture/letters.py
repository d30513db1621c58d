"""Free-form delegation letters that nothing was tuned on: wording, dates and numbers vary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from counter_app.capture import values
from counter_app.devices.camera.specimen_ink import INK, PEN, font, round_seal, scribble
from counter_app.domain.reading import LetterPhrase, MarkName
from counter_app.domain.uscc import is_valid_uscc
from counter_app.ports.camera import Pixels
from tests.bench.capture import papers

WIDTH, HEIGHT = 1654, 2339
PER_LINE = 27
CHEQUE = "零壹贰叁肆伍陆柒捌玖"
PLAIN = "〇一二三四五六七八九"
SPOKEN = "零幺二三四五六七八九"
COMPANIES = ("样本商贸有限公司", "示例餐饮管理有限公司", "样本科技（集团）有限公司", "示例便利店")


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it was written, and what must be read of it.

    Attributes:
        lines: The first is the title.
        facts: By field name; a fact that the letter does not state is not there.
        phrases: Exactly these wordings.
        marks: Of seal, signature and handwriting, whether they are there.
    """

    lines: tuple[str, ...]
    facts: dict[str, str]
    phrases: frozenset[LetterPhrase]
    marks: dict[MarkName, bool]
    company: str = ""
    by_hand: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class _Facts:
    principal: str
    principal_number: str
    agent: str
    agent_number: str
    phone: str
    old_phone: str
    start: tuple[int, int, int]
    end: tuple[int, int, int]
    signed: tuple[int, int, int]
    company: str
    code: str


def letter(chance: np.random.Generator) -> Written:
    """Return a letter of a wording chosen by chance."""
    facts = _facts(chance)
    make = _STYLES[int(chance.integers(len(_STYLES)))]
    return make(facts, chance)


def _facts(chance: np.random.Generator) -> _Facts:
    first, second = papers.resident(chance), papers.resident(chance)
    while second["name"] == first["name"]:
        second = papers.resident(chance)
    month, day = int(chance.integers(1, 13)), int(chance.integers(1, 28))
    return _Facts(
        first["name"],
        first["id_number"],
        second["name"],
        second["id_number"],
        _phone(chance),
        _phone(chance),
        (2026, month, day),
        (2027, int(chance.integers(1, 13)), int(chance.integers(1, 28))),
        (2026, month, day),
        str(chance.choice(COMPANIES)),
        _credit_code(chance),
    )


def _phone(chance: np.random.Generator) -> str:
    head = str(chance.choice(("139", "138", "158", "177", "186", "199")))
    return head + "".join(str(digit) for digit in chance.integers(0, 10, 8))


def _credit_code(chance: np.random.Generator) -> str:
    stem = "91110199" + "".join(chance.choice(list("0123456789ABCDEFGHJKLMNPQRTUWXY"), 9))
    return next(
        stem + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_valid_uscc(stem + last)
    )


Day = tuple[int, int, int]


def _iso(day: Day) -> str:
    return f"{day[0]}-{day[1]:02d}-{day[2]:02d}"


def _day(day: Day, chance: np.random.Generator) -> str:
    """Return a day as people write it."""
    year, month, date = day
    how = int(chance.integers(5))
    if how == 0:
        return f"{year}年{month}月{date}日"
    if how == 1:
        return f"{year}年{month:02d}月{date:02d}日"
    if how == 2:
        return f"{year}.{month}.{date}"
    if how == 3:
        return f"{year}-{month:02d}-{date:02d}"
    years = "".join(PLAIN[int(digit)] for digit in str(year))
    return f"{years}年{_counted(month)}月{_counted(date)}日"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else PLAIN[tens] + "十")
    return head + (PLAIN[ones] if ones else "")


def _in_words(phone: str, chance: np.random.Generator) -> tuple[str, str]:
    """Return the number with, or without, its Chinese numerals, and those."""
    how = int(chance.integers(4))
    if how == 0:
        return phone, ""
    table = (CHEQUE, PLAIN, SPOKEN)[how - 1]
    words = "".join(table[int(digit)] for digit in phone)
    return f"{phone}（大写：{words}）", words


def _substitution(chance: np.random.Generator) -> tuple[str, frozenset[LetterPhrase]]:
    how = int(chance.integers(7))
    denied, allowed = (
        frozenset({LetterPhrase.SUBDELEGATION_DENIED}),
        frozenset({LetterPhrase.SUBDELEGATION_ALLOWED}),
    )
    return (
        ("", frozenset()),
        ("", frozenset()),
        ("受托人无转委托权。", denied),
        ("未经委托人书面同意，受托人不得转委托。", denied),
        ("受托人不享有转委托的权利。", denied),
        ("受托人有权转委托。", allowed),
        ("委托人同意受托人将上述事项转委托他人办理。", allowed),
    )[how]


def _term(facts: _Facts, chance: np.random.Generator) -> tuple[str, dict[str, str]]:
    how = int(chance.integers(4))
    start, end = _day(facts.start, chance), _day(facts.end, chance)
    both = {"term_from": _iso(facts.start), "term_until": _iso(facts.end)}
    until = {"term_until": _iso(facts.end)}
    return (
        (f"委托期限自{start}起至{end}止。", both),
        (f"本委托书有效期：{start}至{end}。", both),
        (f"委托有效期至{end}。", until),
        (f"授权期限：从{start}到{end}。", both),
    )[how]


def _matter(
    facts: _Facts, chance: np.random.Generator
) -> tuple[str, dict[str, str], set[LetterPhrase]]:
    number, words = _in_words(facts.phone, chance)
    told = {"new_phone": facts.phone}
    if words:
        told["new_phone_in_words"] = words
    how = int(chance.integers(5))
    change = {LetterPhrase.CHANGE_PHONE}
    old = {"old_phone": facts.old_phone}
    return (
        (
            f"办理小型POS终端绑定手机号码变更手续，原手机号码{facts.old_phone}，新手机号码{number}。",
            told | old,
            change,
        ),
        (f"代为办理POS机换绑手机号业务，将绑定手机号变更为{number}。", told, change),
        (
            f"全权办理本商户POS机手机号码更换事宜，由{facts.old_phone}更换为{number}。",
            told | old,
            change | {LetterPhrase.EVERYTHING},
        ),
        (
            f"到贵中心更改收款终端的预留手机号码，新号码为{number}。",
            told,
            change,
        ),
        (
            f"全权代表我办理POS机的一切手续，包括修改绑定的手机号码，新手机号：{number}。",
            told,
            change | {LetterPhrase.EVERYTHING},
        ),
    )[how]


def _labelled(facts: _Facts, chance: np.random.Generator) -> Written:
    """Parties with labels, as most templates have them."""
    words = str(chance.choice(("委托人", "授权人")))
    other = {"委托人": "受托人", "授权人": "被授权人"}[words]
    number = str(chance.choice(("身份证号码", "身份证号", "公民身份号码")))
    matter, told, phrases = _matter(facts, chance)
    term, days = _term(facts, chance)
    denied, more = _substitution(chance)
    body = (
        f"{words}：{facts.principal}",
        f"{number}：{facts.principal_number}",
        f"{other}：{facts.agent}",
        f"{number}：{facts.agent_number}",
        f"　　{words}因事务繁忙，现委托{other}{matter}",
        *((f"　　{denied}",) if denied else ()),
        f"　　{term}",
    )
    return _closed(body, facts, told | days, phrases | more, words, chance)


def _narrated(facts: _Facts, chance: np.random.Generator) -> Written:
    """One paragraph in the first person, as people write by themselves."""
    matter, told, phrases = _matter(facts, chance)
    term, days = _term(facts, chance)
    denied, more = _substitution(chance)
    verb = str(chance.choice(("特委托", "现委托", "兹委托", "特授权")))
    why = str(chance.choice(("因工作繁忙", "因身体原因不能亲自前往", "因在外地出差")))
    text = (
        f"　　本人{facts.principal}，身份证号{facts.principal_number}，{why}，{verb}"
        f"{facts.agent}（身份证号：{facts.agent_number}）{matter}{denied}{term}"
    )
    return _closed((text,), facts, told | days, phrases | more, "委托人", chance)


def _of_company(facts: _Facts, chance: np.random.Generator) -> Written:
    """A company sends its employee."""
    matter, told, phrases = _matter(facts, chance)
    term, days = _term(facts, chance)
    denied, more = _substitution(chance)
    text = (
        f"　　兹委托我公司员工{facts.agent}（身份证号码：{facts.agent_number}）"
        f"前往贵中心{matter}{denied}{term}"
    )
    body = (
        f"委托单位：{facts.company}",
        f"统一社会信用代码：{facts.code}",
        text,
    )
    return _closed(body, facts, told | days, phrases | more, "委托单位", chance, is_company=True)


def _closed(
    body: tuple[str, ...],
    facts: _Facts,
    told: dict[str, str],
    phrases: set[LetterPhrase] | frozenset[LetterPhrase],
    words: str,
    chance: np.random.Generator,
    *,
    is_company: bool = False,
) -> Written:
    title = str(chance.choice(("授权委托书", "委托书", "授　权　委　托　书")))
    is_signed = chance.random() < 0.75
    has_seal = is_company and chance.random() < 0.7
    signing = "（盖章）：" if is_company else str(chance.choice(("（签名）：", "签字：", "签名：")))
    signed = _day(facts.signed, chance)
    parties = {
        "principal_name": values.plain(facts.company) if is_company else facts.principal,
        "principal_document": facts.code if is_company else facts.principal_number,
        "agent_name": facts.agent,
        "agent_document": facts.agent_number,
        "principal_signed_on": _iso(facts.signed),
    }
    marks = {MarkName.SEAL: has_seal}
    if not is_company:
        marks[MarkName.PRINCIPAL_SIGNATURE] = bool(is_signed)
    cut = _by_width if chance.random() < 0.6 else _by_count
    lines = (
        title,
        *(row for part in body for row in cut(part)),
        "",
        f"{words}{signing}",
        signed,
    )
    return Written(
        lines, parties | told, frozenset(phrases), marks, facts.company if has_seal else ""
    )


def _by_count(text: str) -> list[str]:
    """Cut after so many characters, as people write on squared paper."""
    return [text[start : start + PER_LINE] for start in range(0, len(text), PER_LINE)]


def _by_width(text: str) -> list[str]:
    """Cut where the paper ends, as a text program does."""
    rows, room = [""], 0.0
    for mark in text:
        size = 0.56 if mark.isascii() else 1.0
        if room + size > PER_LINE:
            rows.append("")
            room = 0.0
        rows[-1] += mark
        room += size
    return rows


Style = Callable[[_Facts, np.random.Generator], Written]
_STYLES: tuple[Style, ...] = (_labelled, _labelled, _narrated, _of_company)


def drawn(written: Written, chance: np.random.Generator) -> Pixels:
    """Return the page, A4 at 200 dots per inch, typed or in a script, signed and sealed."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (250, 250, 247))
    pen = ImageDraw.Draw(image)
    ink = PEN if chance.random() < 0.25 else INK
    pen.text((WIDTH / 2, 210), written.lines[0], INK, font(64, "Bold"), anchor="mm")
    pitch, size = int(chance.integers(74, 96)), int(chance.integers(42, 48))
    face = font(size)
    for number, line in enumerate(written.lines[1:]):
        at = (150, 360 + pitch * number)
        pen.text(at, line, ink, face, anchor="ls")
        low = at[1]
    ends = 150 + face.getlength(written.lines[-2])
    if written.marks.get(MarkName.PRINCIPAL_SIGNATURE):
        box = (ends + 20, low - 2 * pitch + 6, ends + 380, low - pitch + 24)
        scribble(pen, box, int(chance.integers(1000)))
    if written.marks[MarkName.SEAL]:
        round_seal(image, (ends + 60, low - pitch), 330, written.company)
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
