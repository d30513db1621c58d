"""Words for judging a receipt: key to Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RECEIPT_PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "receipt_check": ("核验客户带来的回执", "Verify a receipt that was brought"),
        "receipt_hint": (
            "交入 PDF、照片（不超过 10 MB）或二维码文字；核验后不保存。",
            "Hand in the PDF, a photo (up to 10 MB) or the text of its code; nothing is kept.",
        ),
        "receipt_file": ("PDF 或照片", "PDF or photo"),
        "receipt_code": ("或者二维码文字（PR1: 开头）", "Or the code's text (begins with PR1:)"),
        "receipt_judge": ("核验", "Verify"),
        "receipt_genuine": ("回执真实", "Genuine"),
        "receipt_not_genuine": ("回执不可采信", "Not to be relied on"),
        "receipt_number": ("回执上的编号", "Number on the receipt"),
        "receipt_branch": ("签发", "Sealed by"),
        "receipt_differs": ("不一致：", "Differs: "),
        "receipt_and": ("、", ", "),
        "receipt_empty": (
            "请选择回执文件，或粘贴二维码文字。",
            "Choose the receipt's file, or paste the text of its code.",
        ),
        "receipt_too_large": (
            "文件超过 10 MB，没有核验；请用原始 PDF 或较小的照片。",
            "The file is larger than 10 MB and was not judged. Use the PDF or a smaller photo.",
        ),
        "receipt_not_offered": (
            "本机没有配置受信证书，不能核验回执。",
            "No trusted certificates are configured here: receipts cannot be verified.",
        ),
        "receipt.this_case": (
            "属于本件：受理编号和所附记录都与本件一致。",
            "It belongs to this case: its number and its record agree with the case.",
        ),
        "receipt.this_number": (
            "受理编号与本件一致；只核验了二维码，纸面其他内容请与本件对照。",
            "Its number is this case's. Only the code was judged: compare the rest of the paper.",
        ),
        "receipt.other_case": ("不属于本件。", "It does not belong to this case."),
        "receipt.other_paper": (
            "编号一致，但不是受理回执。",
            "Its number is this case's, but it is no acceptance receipt.",
        ),
        "receipt.not_to_be_said": (
            "不能据此判断是否属于本件。",
            "Whether it belongs to this case cannot be said from it.",
        ),
        "receipt.case": ("业务标识", "Identity of the case"),
    }
)
