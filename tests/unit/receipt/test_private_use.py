"""Names that an old codec read come out with the characters people write."""

from __future__ import annotations

import pytest

from counter_app.domain.private_use import without_old_private_use
from counter_app.receipt.fonts import FontBook
from tests.contract.receipt.conftest import FONTS

PRINTED = [0xFE51, 0xFE52, 0xFE53, 0xFE59, 0xFE61, 0xFE66, 0xFE67, 0xFE6C, 0xFE6D, 0xFE76]
PRINTED += [0xFE7E, 0xFE90, 0xFE91, 0xFEA0]


@pytest.mark.parametrize("code", PRINTED)
def test_what_pythons_gb18030_codec_leaves_in_private_use_prints(code: int) -> None:
    read = code.to_bytes(2, "big").decode("gb18030")
    fixed = without_old_private_use(read)
    assert not 0xE000 <= ord(fixed) <= 0xF8FF
    assert FontBook(FONTS).missing(fixed) == ()


def test_the_standards_own_example() -> None:
    assert without_old_private_use(b"\xfe\x59".decode("gb18030")) == "\u9fb4"


def test_other_private_use_is_left_alone() -> None:
    assert without_old_private_use("样\ue000本\U000f0000") == "样\ue000本\U000f0000"
