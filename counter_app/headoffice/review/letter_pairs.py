"""Words for the checks of a delegation letter: key to Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LETTER_PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "letter_checks": ("委托书十六项检查", "The sixteen checks of the letter"),
        "letter_derived": (
            "此件没有逐项结论：✓ 表示柜台没有发现问题。",
            "This message gives no verdict for each check: ✓ means that nothing was found.",
        ),
        "letter_original": ("委托书原件", "Original shown"),
        "letter.good": ("相符", "in order"),
        "letter.caution": ("须留意", "to be looked at"),
        "letter.stop": ("不符", "against it"),
        "letter.open": ("未核实", "not looked into"),
        "letter.unknown": ("须留意，原因未说明", "To be looked at; no reason was told"),
        "letter.nothing_found": ("没有发现问题", "Nothing found against it"),
        "letter.and": ("；", "; "),
        "letter.A1": ("委托人", "Principal"),
        "letter.A2": ("受托人", "Agent"),
        "letter.A3": ("委托事项", "Matters"),
        "letter.A4": ("新手机号码", "New number"),
        "letter.A5": ("期限", "Term"),
        "letter.A6": ("签名盖章", "Signature, seal"),
        "letter.A7": ("代办人年龄", "Agent's age"),
        "letter.A8": ("共同代理", "Joint agents"),
        "letter.A9": ("转委托", "Passing on"),
        "letter.A10": ("号码归属", "Whose number"),
        "letter.A11": ("是否用过", "Used before"),
        "letter.A12": ("是否撤销", "Revoked"),
        "letter.A13": ("本人确认", "Principal's word"),
        "letter.A14": ("公证书", "Certificate"),
        "letter.A15": ("代办记录", "Earlier visits"),
        "letter.A16": ("有无涂改", "Alterations"),
        "letter.A1.good": ("与登记的负责人一致", "The principal on record"),
        "letter.A2.good": ("就是来办理的人", "The one who came"),
        "letter.A3.good": ("包含这项业务", "The letter covers this matter"),
        "letter.A4.good": ("与录入的新号码一致", "The number that was entered"),
        "letter.A5.good": ("在期限内", "Within its term"),
        "letter.A6.good": ("签名盖章齐全", "Signed and sealed as needed"),
        "letter.A7.good": ("已成年", "Of age"),
        "letter.A8.good": ("应到场的都已到场", "All who must come were there"),
        "letter.A9.good": ("没有转委托，或允许且手续齐全", "None, or allowed and complete"),
        "letter.A10.good": ("号码使用人符合要求", "Belongs to whom it may"),
        "letter.A11.good": ("没有使用记录", "No earlier use on record"),
        "letter.A12.good": ("没有撤销或终止记录", "No revocation on record"),
        "letter.A13.good": (
            "已电话确认，或公证委托书无须致电",
            "Confirmed by telephone, or notarised and no call needed",
        ),
        "letter.A14.good": ("已核实，或不是公证委托书", "Verified, or not a notarised letter"),
        "letter.A15.good": ("没有频繁代办记录", "No frequent visits on record"),
        "letter.A16.good": ("未见涂改", "None seen"),
        "yes": ("是", "yes"),
        "no": ("否", "no"),
    }
)
