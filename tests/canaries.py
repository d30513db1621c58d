"""Invented people whose values must never appear in a log, an error text or a file name."""

CANARIES = (
    "110199199003070017",
    "110199198811020021",
    "110199194001010034",
    "样本甲",
    "样本乙",
    "13900000001",
    "13900000002",
    "6222020000000000018",
    "6217000000000000012",
)
