"""The wordings of a letter that decide checks A3, A8, A9, A10 and A14."""

from __future__ import annotations

import re

from counter_app.domain.reading import LetterPhrase

_CHANGES = r"(?:变更|更换|更改|修改|换绑)"
_NUMBERS = r"(?:手机|号码|电话)"
_PHRASES = {
    LetterPhrase.EVERYTHING: (
        r"全权(?:办理|处理|代理|代为|代表|负责|委托)"
        r"|(?:一切|所有|全部)(?:有关|相关)?(?:事宜|事务|手续|业务)"
    ),
    LetterPhrase.CHANGE_PHONE: (
        rf"换绑|{_CHANGES}[^。]{{0,16}}{_NUMBERS}|{_NUMBERS}[^。]{{0,10}}{_CHANGES}"
    ),
    LetterPhrase.SUBDELEGATION_DENIED: (
        r"(?:无|不得|不可|不能|没有|禁止|不允许|不准|不享有|不具有|不具备|不同意|不许)"
        r"[^。;；]{0,24}转委托"
        r"|转委托权?[:：]?(?:无|否|不)"
    ),
    LetterPhrase.SUBDELEGATION_ALLOWED: (
        r"(?:有权|可以|可|允许|同意|享有|具有|(?<!没)有)[^。,，;；]{0,14}转委托"
    ),
    LetterPhrase.EACH_ALONE: r"(?:可|均可|各自|分别)以?(?:单独|独立)(?:办理|行使|代理)",
    LetterPhrase.NOTARISED: r"公证书|公证处",
    LetterPhrase.THIRD_PARTY_NUMBER: (
        r"(?:号码|手机号|手机)[^。]{0,12}(?:归|属于|登记在|为)"
        r"(?:受托人|代办人|员工|他人)(?:所有|名下|使用)"
    ),
}
_ONLY_WITH_CONSENT = re.compile(
    r"(?:经|征得|取得|获得)[^。;；]{0,16}(?:同意|许可|授权)[^。;；]{0,10}转委托"
)
_REFUSED = re.compile(r"(?:不得|不可|不能|禁止|不允许|不包括|不含|无权|不予|不准)[^。,，;；]{0,6}$")
_REFUSABLE = frozenset({LetterPhrase.EVERYTHING, LetterPhrase.CHANGE_PHONE})
BEFORE = 14


def phrases_of(text: str) -> frozenset[LetterPhrase]:
    """Return the wordings; what is refused, or allowed with a further consent only, is not one."""
    flat = text.replace("\n", "")
    found = {phrase for phrase in _PHRASES if _says(phrase, flat)}
    if LetterPhrase.SUBDELEGATION_DENIED in found or _ONLY_WITH_CONSENT.search(flat):
        found.discard(LetterPhrase.SUBDELEGATION_ALLOWED)
    return frozenset(found)


def _says(phrase: LetterPhrase, text: str) -> bool:
    matches = re.finditer(_PHRASES[phrase], text)
    if phrase not in _REFUSABLE:
        return any(True for _ in matches)
    return any(
        not _REFUSED.search(text[max(0, match.start() - BEFORE) : match.start()])
        for match in matches
    )
