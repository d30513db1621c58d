"""Private-use code points that old GB 18030 codecs hand out for characters that now have their own.

Source: GB 18030-2022, and GB 18030-2005 for the six of extension B: the ideographs at FE51 to FEA0
and the vertical forms at A6D9 to A6F5 that earlier editions had mapped to private use.
"""

from __future__ import annotations

_IDEOGRAPHS = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}
_OTHERS = {
    0xE78D: 0xFE10,
    0xE78E: 0xFE12,
    0xE78F: 0xFE11,
    0xE790: 0xFE13,
    0xE791: 0xFE14,
    0xE792: 0xFE15,
    0xE793: 0xFE16,
    0xE794: 0xFE17,
    0xE795: 0xFE18,
    0xE796: 0xFE19,
    0xE7C7: 0x1E3F,
}
_TABLE = {**_IDEOGRAPHS, **_OTHERS}


def without_old_private_use(text: str) -> str:
    """Give characters their own code points where an old codec left private-use ones.

    Other private-use code points stay: they mean something only to who made them, and are kept
    as pictures (以图片为准).
    """
    return text.translate(_TABLE)
