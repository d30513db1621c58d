"""The cards of a rehearsal, as the file tells them."""

from __future__ import annotations

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import ReadBankCard, ReadChip
from counter_app.flow.outcomes import SettlementCardCompared
from counter_app.ports.identity import Progress
from counter_app.ports.stop import Stop
from counter_app.rehearsal.file import RehearsalFile
from counter_app.rehearsal.values import document_of
from counter_app.rehearsal.visit_tables import DocumentTable


class RehearsedChips:
    """Lays the file's cards on the reader, in order, when the flow asks for them."""

    def __init__(self, file: RehearsalFile) -> None:
        """Take reader and documents of the file."""
        self._file = file

    def read(self, wanted: ReadChip, stop: Stop, on_progress: Progress) -> IdentityDocument:
        """Return the owner's document as its chip tells it, or fail as the reader does."""
        match self._file.counter.id_reader:
            case "absent":
                raise CounterError(FailureCode.READER_MISSING)
            case "failing":
                raise CounterError(FailureCode.CARD_UNREADABLE)
            case "ok":
                for table in self._file.visit.documents:
                    if table.owner is wanted.owner:
                        _confirm(table)
                        return document_of(table, CaptureMethod.CHIP)
        raise CounterError(FailureCode.CARD_REMOVED)


def _confirm(table: DocumentTable) -> None:
    if not table.chip_confirmed:
        raise CounterError(FailureCode.CARD_NOT_GENUINE)


class NoBankCards:
    """No bank card is laid down; a rehearsal tells the card's number as an answer."""

    def compare(
        self, wanted: ReadBankCard, stop: Stop, on_progress: Progress
    ) -> SettlementCardCompared:
        """Refuse."""
        raise CounterError(FailureCode.READER_MISSING)
