"""What can be said of a paper that somebody brings back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.paper import NoticeRecord, ReceiptRecord


class PaperFault(StrEnum):
    """One thing that is wrong with a paper; the value is stable."""

    FILE_DAMAGED = "FILE_DAMAGED"
    UNSIGNED = "UNSIGNED"
    CONTENT_CHANGED = "CONTENT_CHANGED"
    CHANGED_AFTER_SEALING = "CHANGED_AFTER_SEALING"
    SEAL_NOT_JUDGED = "SEAL_NOT_JUDGED"
    UNKNOWN_SEALER = "UNKNOWN_SEALER"
    OTHER_BRANCH = "OTHER_BRANCH"
    CERTIFICATE_EXPIRED = "CERTIFICATE_EXPIRED"
    CERTIFICATE_REVOKED = "CERTIFICATE_REVOKED"
    RECORD_MISSING = "RECORD_MISSING"
    RECORD_DAMAGED = "RECORD_DAMAGED"
    PAGE_DIFFERS_FROM_RECORD = "PAGE_DIFFERS_FROM_RECORD"
    CODE_NOT_JUDGED = "CODE_NOT_JUDGED"
    SEVERAL_CODES = "SEVERAL_CODES"
    CODE_MISSING = "CODE_MISSING"
    CODE_FORGED = "CODE_FORGED"
    CODE_UNKNOWN_KEY = "CODE_UNKNOWN_KEY"
    CODE_DIFFERS_FROM_RECORD = "CODE_DIFFERS_FROM_RECORD"
    TOO_LARGE = "TOO_LARGE"


class PaperForm(StrEnum):
    """In which form the paper was judged."""

    SEALED_PDF = "sealed_pdf"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on a paper.

    Attributes:
        faults: Everything that is wrong, worst first; empty means genuine and unchanged.
        number: The number the paper claims, or empty; to be believed only without faults.
        record_sha256: Hash that the code or the attached record has, lower-case hex, or empty.
        branch: Name in the sealing certificate, or the key id of the code.
        demonstration: Sealed with a demonstration key: worth nothing as proof.
        only_code: Only the code was judged; the page around it was not compared.
        record: What the sealed file carries, or None; to be believed only without faults.
    """

    form: PaperForm
    faults: tuple[PaperFault, ...]
    number: str = ""
    record_sha256: str = ""
    branch: str = ""
    demonstration: bool = False
    only_code: bool = False
    record: ReceiptRecord | NoticeRecord | None = field(default=None, repr=False)

    @property
    def is_valid(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults
