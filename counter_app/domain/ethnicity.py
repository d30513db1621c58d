"""Names of ethnic groups by the two-digit code on mainland cards.

Source: GB/T 3304, with the residence register's 97 and 98.
"""

from __future__ import annotations

_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 "
    "拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 "
    "怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
ETHNICITIES = {f"{code:02d}": name for code, name in enumerate(_NAMES.split(), start=1)} | {
    "97": "其他",
    "98": "外国血统中国籍人士",
}


def ethnicity_name(code: str) -> str:
    """Return the group's short name, or the code itself where the table does not know it.

    Makers disagree about codes above 56 (穿青人, 革家人), so an unknown code is shown, not refused.
    """
    return ETHNICITIES.get(code, code)
